"""Texts near tables: tables of several kinds with a few marks, words and line ends put in, taken out or moved."""

import random

PIECES = [
    *",;\t \n\r\"#+-./eE0195x|=%()'",
    "\r\n",
    "\n\n",
    "\f",
    "\v",
    "\x1c",
    "\x85",
    "\u2028",
    "\ufeff",
    "\xa0",
    "\u0663",
    '""',
    "#N/A",
    "#VALUE!",
    "# ",
    "\n#",
    "\n# 1,2\n",
    "nan",
    "1.#INF",
    "sep=;\n",
    "sep=,\n",
    "β1",
    "y (1)",
    "3m",
    "++9",
    "1,234",
    "1e5",
    "1e1001",
    "-7/3",
    "1/0",
    '"a, b"',
    '"1"',
    '"2\n3"',
    "x,y\n",
    "title\n",
]

DECIMALS = ("{}", "{}.5", "-{}.25", "0{}")
FORMS = (*DECIMALS, "-{}e-1", "+{}.", "{}/7", ".{}")


def mutated_text(source: random.Random) -> str:
    """One text: a plain table and up to four changes."""
    text = _table(source)
    for _ in range(source.choice((0, 0, 1, 1, 2, 3, 4))):
        place = source.randrange(len(text) + 1)
        change = source.randrange(4)
        if change == 0:
            text = text[:place] + text[place + source.randint(1, 3) :]
        elif change == 1:
            piece = source.choice(PIECES)
            text = text[:place] + piece + text[place + len(piece) :]
        elif change == 2 and "\n" in text:
            lines = text.split("\n")
            lines.insert(source.randrange(len(lines)), source.choice(lines))
            text = "\n".join(lines)
        else:
            text = text[:place] + source.choice(PIECES) + text[place:]
    return text


def _table(source: random.Random) -> str:
    separator = source.choice((",", ",", ";", "\t", " ", " , ", "|"))
    end = source.choice(("\n", "\n", "\r\n", "\r"))
    width = source.randint(2, 3)
    forms = source.choice((DECIMALS, DECIMALS, FORMS))
    rows = [
        [source.choice(forms).format(whole) for whole in [row, *[9] * (width - 1)]]
        for row in range(1, source.randint(3, 6))
    ]
    source.shuffle(rows)
    if source.random() < 0.5:
        rows.insert(0, [source.choice(("x", "y (1)", "3m", "β1", '"a; b"', "GDP", "t, s")) for _ in range(width)])
    if source.random() < 0.15:
        rows = [[f'"{cell}"' if cell[0] != '"' else cell for cell in row] for row in rows]
    head = source.choice(("", "", "", "", "\ufeff", "# note\n", f"sep={separator}{end}"))
    return head + end.join([separator.join(row) for row in rows]) + source.choice(("", end))
