"""X. What does not change under affine maps of labels and points."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from flint import fmpq

from ...theory.alignment import Run, runs
from ...theory.dataset import Dataset
from ...theory.duality import dual_certificate
from ...theory.margin import margin
from ...theory.numbers import Vector, sign
from ...theory.optimum import kinks, optimal_cost
from ...theory.solution_set import sparsest_width, tents
from ...theory.transformation import Transformation, is_injective, is_isometry, transformed
from ...theory.verdict import Holds, Refuted, Verdict
from ..answers.findings import Findings
from .claim import BY_ITS_FORMULAS, Claim, Hypothesis, Instances, Scope

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy


def conclusion(transformation: Transformation) -> Verdict:
    """Runs, contact gaps, K* and merged knots of the image against the images of those; costs and margins too."""
    data, image = transformation.data, transformed(transformation)
    mirrored = sign(transformation.stretch) < 0
    if list(runs(image)) != _mirrored_runs(data, mirrored):
        return Refuted(transformation, "the runs change")
    if bool(dual_certificate(image).contact_gaps()) != bool(dual_certificate(data).contact_gaps()):
        return Refuted(transformation, "uniqueness changes")
    if sparsest_width(runs(image)) != sparsest_width(runs(data)):
        return Refuted(transformation, "K* changes")
    moved = [transformation.stretch * knot + transformation.shift for knot in merged_knots(data)]
    if sorted(moved) != merged_knots(image):
        return Refuted(transformation, "a merged knot does not move with the points")
    if not is_isometry(transformation):
        return Holds("runs, uniqueness, K* and merged knots are those of the original")
    if optimal_cost(image) != optimal_cost(data):
        return Refuted(transformation, "the map is an isometry, but the optimal cost changes")
    before, after = margin(data), margin(image)
    if (before and before.squared()) != (after and after.squared()):
        return Refuted(transformation, "the map is an isometry, but the margin changes")
    return Holds("and, the map being an isometry, so are the optimal cost and the margin")


def merged_knots(data: Dataset) -> list[fmpq]:
    """t* of every aligned gap, in increasing order."""
    return [tent.at for tent in tents(data, kinks(data), runs(data))]


def _mirrored_runs(data: Dataset, mirrored: bool) -> list[Run]:
    last = data.size - 1
    found = list(runs(data))
    return [Run(last - run.last, last - run.first) for run in reversed(found)] if mirrored else found


def matrices(tasks: int) -> list[tuple[Vector, ...]]:
    """Injective ones: reversal with a sign, a rational rotation, a shear, and one with an extra row."""
    identity = [[fmpq(i == j) for j in range(tasks)] for i in range(tasks)]
    reversal = [[(-1) ** i * entry for entry in row] for i, row in enumerate(reversed(identity))]
    shear = [[entry + 2 * (j > i) for j, entry in enumerate(row)] for i, row in enumerate(identity)]
    found = [reversal, shear, [*identity, [fmpq(j + 1) for j in range(tasks)]]]
    if tasks >= 2:
        rotation = [list(row) for row in identity]
        rotation[0][:2], rotation[1][:2] = [fmpq(3, 5), fmpq(4, 5)], [fmpq(-4, 5), fmpq(3, 5)]
        found.append(rotation)
    return [tuple(map(tuple, matrix)) for matrix in found]


def _transformations(findings: Findings) -> Iterator[Transformation]:
    data = findings.data
    for matrix in matrices(data.tasks):
        slope = tuple([fmpq(i, 3) for i in range(len(matrix))])
        offset = tuple([fmpq(5 - i) for i in range(len(matrix))])
        for stretch in (fmpq(1), fmpq(-1), fmpq(-2, 3)):
            yield Transformation(data, matrix, slope, offset, stretch, fmpq(1, 7))


def strategy() -> "SearchStrategy[Transformation]":
    """Datasets with matrices of small integers, some of them not injective, and any maps of the points."""
    from hypothesis import strategies as st

    from ..strategies import POSITIVE, datasets, vectors

    @st.composite
    def transformations(draw: st.DrawFn) -> Transformation:
        data = draw(datasets())
        rows = draw(st.lists(vectors(data.tasks, 2), min_size=1, max_size=data.tasks + 1).map(tuple))
        matrix = draw(st.sampled_from(matrices(data.tasks)) | st.just(rows))
        stretch = draw(st.sampled_from(POSITIVE)) * draw(st.sampled_from((1, -1)))
        slope, offset = draw(vectors(len(matrix))), draw(vectors(len(matrix)))
        return Transformation(data, matrix, slope, offset, stretch, fmpq(draw(st.integers(-2, 2))))

    return transformations()


CLAIM = Claim(
    letter="X",
    name="invariance",
    statement=(
        "Runs, uniqueness, K* and t* are unchanged by y -> A y + B x + c with A injective and linear, and by x -> "
        "alpha x + beta with alpha != 0, the order being reversed if alpha < 0. Costs and margins are unchanged for "
        "orthogonal A and alpha = 1 or -1."
    ),
    source="derived",
    scope=Scope.DATASET,
    module=__name__,
    rests_on=("B", "J", "K", "N"),
    hypotheses=(Hypothesis("A is injective", is_injective),),
    conclusion=conclusion,
    exact=Instances(_transformations),
    symbolic=BY_ITS_FORMULAS,
    strategy=strategy,
)
