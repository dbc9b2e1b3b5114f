"""A claim: one statement of the theory, in words and as a callable that every check of it uses."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from ...theory.dataset import Dataset
from ...theory.verdict import DoesNotApply, Holds, Refuted, Undecided, Verdict
from ..answers.answers import answers
from ..answers.findings import Findings

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

VerdictOnFindings = Callable[[Findings], Verdict]
Explain = Callable[[Findings], list[str]]


class Scope(StrEnum):
    """What one instance of a statement is about."""

    DATASET = "a dataset"
    FUNCTION = "a dataset and a function or network"
    DISTRIBUTION = "a distribution of datasets"


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """A named condition on a subject; the claim says nothing about subjects that do not meet it."""

    name: str
    holds: Callable[[Any], bool]


@dataclass(frozen=True, slots=True)
class NotApplicable:
    """Why a way of testing cannot be used for a claim, or was not built."""

    reason: str


@dataclass(frozen=True, slots=True)
class Instances:
    """The exact way of a claim about more than a dataset: the subjects that one dataset gives rise to."""

    of: Callable[[Findings], Iterable[Any]]


BY_ITS_FORMULAS = "symbolic"
"""The symbolic way exists: the module of the claim's name in `symbolic/`."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement.

    letter, name, statement, source: for the reader; source is "paper" with its section, or "derived". scope: what a
    subject of the claim is. module: `__name__` of the file, whose stem is also that of the note and of the symbolic
    check. rests_on: the letters of the claims that its proof uses.

    conclusion: decides the statement on one subject, hypotheses aside. exact: the same for a dataset whose findings
    are known, in a way that does not quote the statement. explain: the numbers at the place that decides.
    strategy: a Hypothesis strategy of subjects; called only when a search is run.
    """

    letter: str
    name: str
    statement: str
    source: str
    scope: Scope
    module: str
    rests_on: tuple[str, ...]
    conclusion: Callable[[Any], Verdict] | NotApplicable
    exact: VerdictOnFindings | Instances | NotApplicable
    symbolic: str | NotApplicable
    strategy: "Callable[[], SearchStrategy[Any]] | NotApplicable"
    hypotheses: tuple[Hypothesis, ...] = ()
    explain: Explain = lambda _findings: []
    dropped: tuple[str, ...] = ()

    @property
    def stem(self) -> str:
        """The common file name of the claim, its note and its symbolic check."""
        return self.module.rpartition(".")[2]

    def without(self, name: str) -> "Claim":
        """The changed claim that does not assume the named hypothesis; ValueError if there is no such hypothesis."""
        kept = tuple([hypothesis for hypothesis in self.hypotheses if hypothesis.name != name])
        if len(kept) == len(self.hypotheses):
            names = ", ".join(repr(hypothesis.name) for hypothesis in self.hypotheses) or "none that can be dropped"
            raise ValueError(f"claim {self.letter} has no hypothesis {name!r}; it has {names}")
        return replace(self, hypotheses=kept, dropped=(*self.dropped, name))

    def holds(self, subject: Any) -> Verdict:
        """The verdict on one subject: whether the hypotheses are met, then the conclusion."""
        for hypothesis in self.hypotheses:
            if not hypothesis.holds(subject):
                return DoesNotApply(hypothesis.name)
        if isinstance(self.conclusion, NotApplicable):
            return DoesNotApply(self.conclusion.reason)
        return self.conclusion(subject)

    def verdict_on(self, findings: Findings) -> Verdict:
        """The exact way: the statement on the dataset of the findings, or on all the subjects that it gives rise to."""
        if isinstance(self.exact, NotApplicable):
            return DoesNotApply(self.exact.reason)
        if isinstance(self.exact, Instances):
            return self._on_instances(self.exact.of(findings))
        for hypothesis in self.hypotheses:
            if not hypothesis.holds(findings.data):
                return DoesNotApply(hypothesis.name)
        return self.exact(findings)

    def _on_instances(self, subjects: Iterable[Any]) -> Verdict:
        evidence, held = "", 0
        unmet = DoesNotApply("this dataset gives rise to no subject of the claim")
        for subject in subjects:
            verdict = self.holds(subject)
            if isinstance(verdict, Refuted | Undecided):
                return verdict
            if isinstance(verdict, Holds):
                evidence, held = verdict.evidence, held + 1
            else:
                unmet = verdict
        return Holds(f"{held} instances, the last: {evidence}") if held else unmet


def by_findings(verdict_on: VerdictOnFindings) -> Callable[[Dataset], Verdict]:
    """The conclusion of a claim about datasets: its exact verdict; no other claim is decided."""

    def conclusion(data: Dataset) -> Verdict:
        return verdict_on(answers(data))

    return conclusion


def non_unique_dataset() -> "SearchStrategy[Dataset]":
    """The strategy of a claim about aligned pairs: datasets with a planted run."""
    from ..strategies import planted_datasets

    return planted_datasets(non_unique=True)


def four_points() -> "SearchStrategy[Dataset]":
    """The strategy of a claim about N >= 4."""
    from ..strategies import generic_datasets, grid_datasets

    return grid_datasets(min_size=4) | generic_datasets(min_size=4)


def some_dataset() -> "SearchStrategy[Dataset]":
    """The strategy of a claim about datasets: all kinds of them."""
    from ..strategies import datasets

    return datasets()
