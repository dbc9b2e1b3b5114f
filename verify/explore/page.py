"""One self-contained HTML page: its parts put together with the data that it begins with.

The page's arithmetic (`rational.js`, `theory.js`) is a third implementation of the theory, apart from theory/ and from
the checker. Nothing in the data is trusted: names travel as JSON without `<` and are set as text.
"""

import json
from collections.abc import Sequence
from importlib.metadata import version
from importlib.resources import files
from typing import Any

from ...theory.dataset import Dataset
from ..claims.without import CHANGED
from ..words import numerals

MOST_POINTS = 200
MOST_TASKS = 2
_PARTS = {"style": ("page.css",), "script": ("rational.js", "theory.js", "view.js")}
FIRST = Dataset.from_fractions(range(7), [0, 0, 1, 3, 5, 8, 12])
"""What the page shows where no data are given: second differences 1, 1, 0, 1, 1."""


def explore_page(data: Dataset = FIRST, *, title: str = "", point: str = "x", tasks: Sequence[str] = ()) -> str:
    """The page. title: shown above the verdict; point, tasks: column names.

    ValueError for more than 200 points or two tasks.
    """
    if data.size > MOST_POINTS or data.tasks > MOST_TASKS:
        raise ValueError(
            f"the page shows at most {MOST_POINTS} points and {MOST_TASKS} tasks, not {data.size} and {data.tasks}"
        )
    given = {
        **_numbers(data),
        "point": point,
        "tasks": list(tasks),
        "examples": [
            {"letter": changed.letter, "without": changed.without, "statement": changed.statement}
            | _numbers(changed.smallest)
            for changed in CHANGED
            if changed.smallest.tasks <= MOST_TASKS
        ],
    }
    parts = {name: "\n".join(map(_part, names)) for name, names in _PARTS.items()}
    parts |= {
        "title": _escaped(f"reluproof explore{f': {title}' if title else ''}"),
        "version": f"reluproof {version('reluproof')}",
        "given": json.dumps(given, ensure_ascii=False).replace("<", "\\u003c"),
    }
    # One pass over the template, so that nothing in the parts is taken for a place in it.
    head, *places = _part("page.html").split("{{")
    filled = [head]
    for place in places:
        name, _, text = place.partition("}}")
        filled += [parts[name], text]
    return "".join(filled)


def _numbers(data: Dataset) -> dict[str, Any]:
    return {"x": numerals(data.points), "y": [numerals(label) for label in data.labels]}


def _part(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8")


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
