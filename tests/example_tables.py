"""Every table in examples/, with what check says about it: for the tests that go through all of them."""

from functools import cache
from pathlib import Path

from reluproof import check
from reluproof.verify.reading import InputError

EXAMPLES = Path(__file__).parents[1] / "examples"
TABLES = sorted(EXAMPLES.rglob("*.csv"))


def name_of(table):
    """Its path below examples/."""
    return str(table.relative_to(EXAMPLES))


@cache
def answer(table):
    """The findings, or the line with which check refuses the table."""
    try:
        return check(table)
    except InputError as error:
        return str(error)
