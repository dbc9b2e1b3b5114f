"""F compared on all of R: beyond the data the minimum-norm interpolant is constant, connect-the-dots is not."""

from flint import fmpq, fmpq_mat

from ....theory.dataset import Dataset
from ....theory.numbers import ZERO, Vector
from ....theory.optimum import connect_the_dots
from ....theory.verdict import Holds, Refuted, Verdict
from ..claim import some_dataset
from .changed_claim import ChangedClaim, Counterexample


def verdict_on(data: Dataset) -> Verdict:
    """Both functions one step beyond each end, where both are affine and at the end of which they agree.

    The minimum-norm interpolant comes from the Gram matrix of the kernel 1 + overlap of [x_1, x] and [x_1, x'].
    """
    dots = connect_the_dots(data)
    for place in (data.points[-1] + 1, data.points[0] - 1):
        smooth, straight = minimum_norm_value(data, place), dots(place)
        if smooth != straight:
            says = (
                f"at x = {place} the minimum-norm interpolant on R has the value {_tuple(smooth)}, connect-the-dots "
                f"{_tuple(straight)}"
            )
            values = (
                ("place", str(place)),
                ("minimum-norm value", _tuple(smooth)),
                ("connect-the-dots value", _tuple(straight)),
            )
            return Refuted(Counterexample(data, says, (("connect-the-dots", dots),), values), says)
    return Holds("the two functions agree one step beyond each end, and are affine there")


def minimum_norm_value(data: Dataset, place: fmpq) -> Vector:
    """The value at `place` of the minimum-norm interpolant on R, by solving with the Gram matrix."""
    first = data.points[0]
    gram = fmpq_mat(data.size, data.size, [kernel(x, z, first) for x in data.points for z in data.points])
    labels = fmpq_mat(data.size, data.tasks, [entry for label in data.labels for entry in label])
    section = fmpq_mat(1, data.size, [kernel(place, x, first) for x in data.points])
    return tuple((section * gram.solve(labels)).entries())


def kernel(x: fmpq, z: fmpq, first: fmpq) -> fmpq:
    """1 + the length of the overlap of [first, x] and [first, z], on either side of `first`."""
    return 1 + max(ZERO, min(x, z) - first) + max(ZERO, first - max(x, z))


def _tuple(v: Vector) -> str:
    return str(v[0]) if len(v) == 1 else f"({', '.join(map(str, v))})"


CHANGED = ChangedClaim(
    letter="F",
    without="on [x_1, x_N]",
    stem="whole_line",
    statement="On all of R each coordinate of connect-the-dots is the minimum-norm interpolant.",
    verdict_on=verdict_on,
    strategy=some_dataset,
    words="all kinds of datasets",
    smallest=Dataset.from_fractions(range(2), [0, 1]),
)
