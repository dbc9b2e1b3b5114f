"""GRAMMAR.md, sentence by sentence: what is a line, a comment, a quoted cell, the separator, a header, a lost row."""

import pytest
from flint import fmpq
from reluproof.verify.reading.header import attempts_number
from reluproof.verify.reading.source import InputError

from .exactly import rows_of


def rows(text):
    return [list(map(str, row)) for row in rows_of(text)]


NINE = [["0", "0"], ["1", "1"], ["2", "4"], ["3", "9"]]


@pytest.mark.parametrize(
    "text",
    [
        "x,y\n0,0\n1,1\n2,4\n3,9\n",
        "x,y\r0,0\r\n1,1\n2,4\r3,9",  # a bare CR behind the header once cost `decide` a row
        "# x y\n0 0\n# note\n1 1\n\n \t\n2\t4\n3   9",
        'sep=;\nx;y\n0;0\n1;1\n2;4\n3;"9"',
        '"SEP=|"\nx|y\n0|0\n1|1\n2|4\n3|9',
        "sep=\t\r\nx, in m\ty; z\n0\t0\n1\t1\n2\t4\n3\t9",
        "Temp (C; dry),R\n0,0\n1,1\n2,4\n3,9",
        '"a; b","c\nd"\n0,0\n1,1\n2,4\n3,9',
        '"a\n# no comment, ""nor"" a row",b\n 0 , 0\n"1" ,\t"1 "\n2,4\n3,9',
        '"a b" d"\n0 0\n1 1\n  2 "4"\n"3" 9',
        "3m,y (1)\n0,0\n1,1\n2,4\n3,9",
        "β1,GDP #1\n0,0\n1,1\n2,4\n3,9",
        "x,y\f\n0,0\n1,1\n2,4\n3,9",
        "# #N/A stands for what is missing\nx,y\n0,0\n1,1\n2,4\n3,9",
        "x,y\n# two, words\n0,0\n1,1\n2,4\n# 3\n3,9",
    ],
)
def test_tables_that_are_one_table(text):
    """Header or none, whatever separates and ends lines: the same four rows."""
    assert rows(text) == NINE


@pytest.mark.parametrize(
    ("text", "fragments"),
    [
        ("x,y\n0,0\n1,1.#INF\n2,4\n3,9", ["row 3, column 2", "'1.#INF'", "not a finite number"]),
        ("x,y\n0,0\n1,-1.#IND\n2,4\n3,9", ["row 3, column 2", "'-1.#IND'"]),
        ("x,y\n0,0\n1,1.#QNAN0\n2,4\n3,9", ["row 3, column 2", "'1.#QNAN0'"]),
        ("x,y\n0,0\n1,#VALUE!\n2,4\n3,9", ["row 3, column 2", "'#VALUE!'"]),
        ("x,y\n0,0\n#N/A,5\n2,4\n3,9", ["row 3, column 1", "#N/A", "missing"]),
        ("#N/A,5\n0,0\n2,4\n3,9", ["row 1, column 1", "#N/A", "missing"]),
        ("#DIV/0!;5\n0;0\n2;4\n3;9", ["row 1, column 1", "#DIV/0!"]),
        ("x y\n0 0\n#REF!\n2 4", ["row 3, column 1", "#REF!"]),
        ("x,y\n0,0\n#1,1\n2,4\n3,9", ["row 3", "looks like a row"]),
        ('x,y\n0,0\n ##  "1", "1"\n2,4\n3,9', ["row 3", "looks like a row"]),
        ("x,#N/A\n0,0\n1,1", ["row 1, column 1", "header"]),
        ("x,y\n0,0\n1,1 # note\n2,4", ["row 3, column 2", "'1 # note'", "line of its own"]),
        ("++9,++9\n0,0\n1,1", ["row 1, column 1", "'++9'"]),
        ("0,0\n1,0\n2,1\n3,3 # n\f4,99\n", ["row 4", "3 columns"]),
        ("0,0\n1,0\f\n2,1\n", ["row 2, column 2", r"\x0c"]),
        ("0,0\n1,0\n2,1\x853,1\n", ["row 3 has 3 columns"]),
        ("0,0\u2028\n1,1\n", ["row 1, column 2", r"\u2028"]),
        (
            "Land-Ocean: Global Means\nYear,Jan,Feb\n1,2,3\n2,3,4\n",
            ["row 1", "1 column", "below have 3", "skip-rows 1"],
        ),
        ("# c\n\nA title, with a comma, or two\nx,y\n0,0\n1,1\n", ["row 3", "3 columns", "a title", "--skip-rows 3"]),
        ('0,"1,234"\n1,2', ["row 1, column 2", "'1,234'", "thousands or decimals"]),
        ('0,"1,234.56"\n1,2', ["row 1, column 2", "commas as thousands separators"]),
        ("0;1.299,99\n1;2", ["row 1, column 2", "points as thousands separators", "decimal point"]),
        ("0;1'234\n1;2", ["row 1, column 2", "thousands separators"]),
        ('x,y\n"0,0\n1,1\n2,4', ["row 2", "quotation mark"]),
        ('x,y\n"0"1,0\n1,1', ["row 2", "quotation mark"]),
        ("sep=;\nx,y\n0,0", ["row 2", "no label"]),
        ("sep=;\n", ["no data"]),
        ("x,y\n0,0\n0,1", ["row 2 and row 3", "same x, '0'"]),
        ("1,2\n8.8,1\n8.80,3\n", ["'8.8' and '8.80'"]),
        ("8.8,1\n8.8,3\n", ["the same x, '8.8': keep"]),
    ],
)
def test_refused_in_the_words_of_the_file(tmp_path, text, fragments):
    """The row, the cell as it is written, and what to do."""
    from reluproof.verify.reading import read

    path = tmp_path / "t.csv"
    path.write_bytes(text.encode())
    with pytest.raises(InputError) as refusal:
        read(path)
    message = str(refusal.value)
    assert message.isprintable()
    for fragment in fragments:
        assert fragment in message


ATTEMPTS = """1 nan -inf Infinity 0,5 1_000 0x1F 0b101 1e9999 1/0 \u0663 .5 ++9 2020-01-01 (5) 1,234 €5 1e5 1d-5 #N/A
#DIV/0! 1.#INF -1.#IND −5 12:30 nan(1) 5%"""
NAMES = """x gdp 3m 3m_rate NA (s) y(1) β1 e5 inflation nano information GDP#1 2020Q1 # #a 1st ½ 1e T2m"""


@pytest.mark.parametrize("cell", [*ATTEMPTS.split(), "5 %"])
def test_attempts_at_numbers(cell):
    """Numbers and miswritten numbers are data, so their row is no header."""
    assert attempts_number(cell)


@pytest.mark.parametrize("cell", [*NAMES.split(), "", "infinity pool", "y (1)"])
def test_names_are_no_attempts(cell):
    """Names are not numbers, also those that begin like one."""
    assert not attempts_number(cell)


def test_a_long_open_quotation_is_linear():
    """A quotation mark that is never closed costs one pass for each separator, wherever it opens."""
    with pytest.raises(InputError, match=r"row 2 .*quotation"):
        rows_of('x,y\n"' + "0,0\n" * 300_000)
    quoted = rows_of("x,y\n" + "".join(f'"{i}","1"\n' for i in range(50_000)))
    assert quoted[-1] == [fmpq(49_999), fmpq(1)]
