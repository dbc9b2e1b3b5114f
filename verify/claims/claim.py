"""A claim: one statement of the theory in a form that a dataset can refute."""

from collections.abc import Callable
from dataclasses import dataclass

from ...theory.dataset import Dataset
from ...theory.verdict import Verdict
from ..findings import Findings

Decide = Callable[[Dataset, Findings], Verdict]
Explain = Callable[[Dataset, Findings], list[str]]


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement.

    source: "paper" with its section, or "derived". decide: re-establishes the answer of the findings in a second way
    that does not quote the statement, and says how they compare. explain: the numbers at the place that decides.
    """

    letter: str
    name: str
    statement: str
    source: str
    decide: Decide
    explain: Explain
