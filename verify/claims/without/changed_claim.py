"""A changed claim: a statement of the theory with one hypothesis dropped or changed, and what refutes it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from ....theory.dataset import Dataset
from ....theory.spline import LinearSpline
from ....theory.verdict import Verdict

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy


Data = TypeVar("Data")


@dataclass(frozen=True, slots=True)
class Counterexample:
    """A dataset that refutes a changed claim, with everything that is needed to see it.

    says: what is refuted, in one sentence with exact numbers. functions: splines by name, such as two different optima.
    values: exact numbers by name. certified: whether the refuted thing is uniqueness, so that the certificate of the
    dataset proves it.
    """

    data: Dataset
    says: str
    functions: tuple[tuple[str, LinearSpline], ...] = ()
    values: tuple[tuple[str, str], ...] = ()
    certified: bool = False


@dataclass(frozen=True, slots=True)
class ChangedClaim(Generic[Data]):
    """One statement without one of its hypotheses; about datasets, or about points in the plane.

    letter, without: the statement, and the hypothesis that is dropped, as `hunt LETTER --without HYPOTHESIS` names
    them. stem: the file name in examples/counterexamples/. statement: what the changed claim says; it is false.
    verdict_on: Refuted, for a dataset with a Counterexample, if the data refute it, exactly; other choices (a function,
    a weight, a task) are made by `verdict_on` or are part of the data. strategy, words: where it is searched. score:
    what the search climbs; None if all data are as good. integer_points: whether the claim depends on where the points
    are, so that they are searched too. smallest: the smallest counterexample known.
    """

    letter: str
    without: str
    stem: str
    statement: str
    verdict_on: Callable[[Data], Verdict]
    strategy: "Callable[[], SearchStrategy[Data]]"
    words: str
    smallest: Data
    score: Callable[[Data], float] | None = None
    integer_points: bool = False
