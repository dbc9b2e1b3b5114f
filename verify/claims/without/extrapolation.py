"""Z on all of R: beyond the data the distance grows without end."""

from math import isqrt

from flint import fmpq

from ....theory.dataset import Dataset
from ....theory.lipschitz import lipschitz_squared
from ....theory.optimum import connect_the_dots, slopes
from ....theory.stencil import lipschitz_square
from ....theory.vectors import squared_length, subtract
from ....theory.verdict import Refuted, Verdict
from ..claim import some_dataset
from .changed_claim import ChangedClaim, Counterexample


def verdict_on(data: Dataset) -> Verdict:
    """Connect-the-dots with one more knot at x_N; far enough beyond it the distance exceeds every bound of the gaps."""
    dots, last = connect_the_dots(data), data.points[-1]
    g = dots.bent([(last, (1, *[0] * (data.tasks - 1)))])
    square, half = lipschitz_squared(g), fmpq(1, 2)
    bound = max(
        lipschitz_square(square, squared_length(slope), half, h)
        for slope, h in zip(slopes(data), data.gaps, strict=True)
    )
    place = last + isqrt(int(bound.floor())) + 1
    distance = squared_length(subtract(g(place), dots(place)))
    assert distance > bound
    says = (
        f"g has the squared Lipschitz constant {square}; at x = {place} its squared distance from connect-the-dots is "
        f"{distance}, the largest bound of a gap {bound}"
    )
    values = (
        ("place", str(place)),
        ("squared Lipschitz constant", str(square)),
        ("squared distance", str(distance)),
        ("largest squared bound", str(bound)),
    )
    return Refuted(Counterexample(data, says, (("connect-the-dots", dots), ("g", g)), values), says)


CHANGED = ChangedClaim(
    letter="Z",
    without="between x_1 and x_N",
    stem="extrapolation",
    statement=(
        "Let y_i = g(x_i) with g of Lipschitz constant L. On all of R, |f_D - g| is at most the largest "
        "(h_i / 2) sqrt(L^2 - |s_i|^2)."
    ),
    verdict_on=verdict_on,
    strategy=some_dataset,
    words="all kinds of datasets",
    smallest=Dataset.from_fractions(range(2), [0, 0]),
)
