"""Two things that hold at one lambda, or that one expects, and that fail along the path in lambda."""

from typing import TYPE_CHECKING

from flint import fmpq

from ....theory.alignment import is_unique
from ....theory.crossing import crossings
from ....theory.dataset import Dataset
from ....theory.minimisers import labels_fitted_by
from ....theory.numbers import Vector
from ....theory.numeral import format_rational
from ....theory.optimum import connect_the_dots, kinks
from ....theory.vectors import scale, zero
from ....theory.verdict import Holds, Refuted, Verdict
from ...words import tuple_text
from .changed_claim import ChangedClaim, Counterexample

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy


def verdict_on_crossing(data: Dataset) -> Verdict:
    """Five equally spaced points, two tasks, a rational lambda: solved in closed form and verified by the gap.

    Smaller labels cross too, at irrational lambdas, which nothing here decides: so the claim is about rational ones.
    """
    found = next(iter(crossings(data)), None)
    if found is None or not is_unique(data):
        return Holds("no rational lambda of the kind tried, or the labels themselves are not unique")
    fitted = Dataset(data.points, found.labels)
    aligned, following = (tuple_text(d) for d in kinks(fitted)[:2])
    penalty = format_rational(found.penalty)
    says = f"the labels have one optimum only, but their fit at lambda = {penalty} does not: two kinks are aligned"
    values = (
        ("lambda", penalty),
        ("fitted labels", ", ".join(map(tuple_text, found.labels))),
        ("kinks of the fit at 1 and 2", f"{aligned} and {following}"),
    )
    return Refuted(Counterexample(data, says, (("connect-the-dots", connect_the_dots(data)),), values), says)


def verdict_on_kinks(data: Dataset) -> Verdict:
    """One task: every breakpoint of the path exactly, from lambda_max down."""
    from ...fit.exact_path import exact_path
    from ...fit.noisy import Noisy

    if data.tasks > 1 or len(set(data.gaps)) > 1:
        return Holds("only paths of one task at equally spaced points are followed")
    before = 0
    for found in exact_path(Noisy.of(data)):
        if found.kinks < before:
            penalty = format_rational(found.penalty)
            says = f"as lambda grows beyond {penalty} the number of kinks rises from {found.kinks} to {before}"
            values = (("lambda", penalty), ("kinks below", str(found.kinks)), ("kinks above", str(before)))
            return Refuted(Counterexample(data, says, (("connect-the-dots", connect_the_dots(data)),), values), says)
        before = found.kinks
    return Holds("the number of kinks does not rise along this path")


def planted_crossings() -> "SearchStrategy[Dataset]":
    """Labels y = z + lambda D^T eta of fits z whose first two kinks are aligned, all of rational length."""
    from hypothesis import strategies as st

    from ...strategies import POSITIVE, from_kinks

    units = [tuple(map(fmpq, pair)) for pair in ((1, 0), (0, 1), (-1, 0), (0, -1))]
    units += [(fmpq(s * 3, 5), fmpq(t * 4, 5)) for s in (1, -1) for t in (1, -1)]
    lengths, lambdas = st.sampled_from(POSITIVE), st.sampled_from((fmpq(1), fmpq(1, 2), fmpq(1, 5)))

    def labels(u: Vector, v: Vector, sizes: list[fmpq], penalty: fmpq) -> Dataset:
        bends = [scale(size, w) for size, w in zip(sizes, (u, u, v), strict=True)]
        fitted = labels_fitted_by(from_kinks([fmpq(i) for i in range(5)], bends, zero(2), zero(2)), penalty)
        assert fitted is not None
        return fitted

    chosen = st.sampled_from(units)
    return st.builds(labels, chosen, chosen, st.lists(lengths, min_size=3, max_size=3), lambdas)


def one_task() -> "SearchStrategy[Dataset]":
    """A few points, one task; where they are not equally spaced nothing is decided."""
    from ...strategies import grid_datasets

    return grid_datasets(min_size=4, max_size=8, tasks=(1,))


CROSSING = ChangedClaim(
    letter="R",
    without="fixed lambda",
    stem="isolated_lambda",
    statement=(
        "Five equally spaced points, T = 2, labels of rank 2 whose own optimum is unique: the first two kinks of the "
        "fit are not aligned at any lambda at which all three kinks are nonzero and the fit and its dual are rational."
    ),
    verdict_on=verdict_on_crossing,
    strategy=planted_crossings,
    words="five equally spaced points, two tasks, built from fits with aligned kinks",
    smallest=Dataset.from_fractions(range(5), [(0, 1), (1, -1), (1, -1), (-1, -1), (0, 1)]),
)

KINKS = ChangedClaim(
    letter="BC",
    without="residual, not number of kinks",
    stem="kinks_along_the_path",
    statement="As lambda grows the number of kinks of the fit at equally spaced points does not rise.",
    verdict_on=verdict_on_kinks,
    strategy=one_task,
    words="a few equally spaced points, one task",
    smallest=Dataset(tuple(map(fmpq, range(5))), ((fmpq(0),), (fmpq(1),), (fmpq(0),), (fmpq(0),), (fmpq(-2),))),
)
