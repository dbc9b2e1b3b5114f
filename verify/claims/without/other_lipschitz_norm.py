"""Z with the l-infinity norm throughout: a coordinate that is not the steepest has more room than the bound leaves."""

from flint import fmpq

from ....theory.dataset import Dataset
from ....theory.lipschitz import NORMS, piece_slopes, steepest
from ....theory.numbers import Vector
from ....theory.optimum import connect_the_dots, slopes
from ....theory.stencil import lipschitz_square, turning_share
from ....theory.vectors import scale, subtract
from ....theory.verdict import Holds, Refuted, Verdict
from ..claim import some_dataset
from .changed_claim import ChangedClaim, Counterexample

NORM = NORMS["l-infinity"]


def verdict_on(data: Dataset) -> Verdict:
    """A function through the data that is as steep in one coordinate as the data allow: up, then down.

    With L the largest |s_i|, a coordinate with |s_t| < |s| on its gap gets (L^2 - s_t^2) h / (2 L) away, and the
    square of this exceeds (L^2 - |s|^2) tau (1 - tau) h^2. If all coordinates of every slope are equal in size, no
    Lipschitz function gets farther than the bound in any of them.
    """
    all_slopes, dots = slopes(data), connect_the_dots(data)
    constant = steepest(all_slopes, NORM)
    for gap, slope in enumerate(all_slopes):
        for task in range(data.tasks):
            if abs(slope[task]) < NORM(slope):
                return _refuted(data, gap, task, constant)
    return Holds(f"all coordinates of every slope of {dots.width + 1} pieces are equal in size")


def _refuted(data: Dataset, gap: int, task: int, constant: fmpq) -> Verdict:
    left, h, slope = data.points[gap], data.gaps[gap], slopes(data)[gap]
    unit: Vector = tuple([fmpq(t == task) for t in range(data.tasks)])
    share = turning_share(constant, slope[task])
    up, down = scale(constant - slope[task], unit), scale(-constant - slope[task], unit)
    knots = [(left, up), (left + share * h, subtract(down, up)), (left + h, scale(fmpq(-1), down))]
    dots, place = connect_the_dots(data), left + share * h
    g = dots.bent(knots)
    assert steepest(piece_slopes(g), NORM) == constant
    distance = NORM(subtract(dots(place), g(place)))
    square, bound = distance * distance, lipschitz_square(constant * constant, NORM(slope) ** 2, share, h)
    assert square > bound
    says = (
        f"g has the l-infinity Lipschitz constant {constant}; at x = {place} its distance from connect-the-dots has "
        f"the square {square}, the bound is {bound}"
    )
    values = (
        ("place", str(place)),
        ("Lipschitz constant", str(constant)),
        ("squared distance", str(square)),
        ("squared bound", str(bound)),
    )
    return Refuted(Counterexample(data, says, (("connect-the-dots", dots), ("g", g)), values), says)


CHANGED = ChangedClaim(
    letter="Z",
    without="Euclidean norm, not l-infinity",
    stem="other_lipschitz_norm",
    statement=(
        "Let y_i = g(x_i) with g of Lipschitz constant L in the l-infinity norm. On a gap of length h and slope s, at "
        "x = x_i + tau h, |f_D(x) - g(x)|^2 <= (L^2 - |s|^2) tau (1 - tau) h^2 in that norm."
    ),
    verdict_on=verdict_on,
    strategy=some_dataset,
    words="all kinds of datasets",
    smallest=Dataset.from_fractions(range(2), [(0, 0), (0, 1)]),
)
