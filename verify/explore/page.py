"""One self-contained HTML page: its parts put together with the data that it begins with.

The page's arithmetic (`rational.js`, `theory.js`) is a third implementation of the theory, apart from theory/ and from
the checker. Nothing in the data is trusted: names travel as JSON without `<` and are set as text.
"""

import json
from collections.abc import Sequence
from html import escape
from importlib.metadata import version
from typing import Any

from ...theory.dataset import Dataset
from ..claims.without import CHANGED
from ..one_page import filled, own_text, policy_hash
from ..reading.source import printable
from ..words import counted, numerals

MOST_POINTS = 200
MOST_TASKS = 2
SCRIPTS = (
    "rational.js", "theory.js", "digits.js", "state.js", "words.js", "axes.js", "picture.js", "hands.js", "panels.js",
)  # fmt: skip
FIRST = Dataset.from_fractions(range(7), [0, 0, 1, 3, 5, 8, 12])
"""What the page shows where no data are given: second differences 1, 1, 0, 1, 1."""


def explore_page(data: Dataset = FIRST, *, title: str = "", point: str = "x", tasks: Sequence[str] = ()) -> str:
    """The page. title: shown above the verdict; point, tasks: column names.

    ValueError for more than 200 points or two tasks.
    """
    if data.size > MOST_POINTS or data.tasks > MOST_TASKS:
        remedy = "" if data.tasks <= MOST_TASKS else ": choose labels with --y"
        raise ValueError(
            f"the page shows at most {MOST_POINTS} points and {MOST_TASKS} tasks, "
            f"not {counted(data.size, 'point')} and {counted(data.tasks, 'task')}{remedy}"
        )
    given = {
        **_numbers(data),
        "title": printable(title),
        "point": printable(point),
        "tasks": list(map(printable, tasks)),
        "examples": [
            {"letter": changed.letter, "without": changed.without, "statement": changed.statement}
            | _numbers(changed.smallest)
            for changed in CHANGED
            if changed.smallest.tasks <= MOST_TASKS
        ],
    }
    script = own_text(__package__, SCRIPTS)
    parts = {
        "style": own_text(__package__, ["page.css"]),
        "script": script,
        "script_hash": policy_hash(script),
        "title": escape(f"{given['title'] or 'reluproof'}: explore"),
        "version": f"reluproof {version('reluproof')}",
        "given": json.dumps(given, ensure_ascii=False).replace("<", "\\u003c"),
    }
    return filled(own_text(__package__, ["page.html"]), parts)


def _numbers(data: Dataset) -> dict[str, Any]:
    return {"x": numerals(data.points), "y": [numerals(label) for label in data.labels]}
