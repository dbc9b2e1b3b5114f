"""What the theory says about the probabilities that are sampled: statements D, E, P and Q."""

from dataclasses import dataclass

from flint import arb, ctx, fmpq

from ...theory.enclosure import Enclosure
from ..census import Box, LabelSet, OneHot, census
from ..census.count import CensusError
from .couplings import Coupling
from .laws import Law

MOST_COUNTED, MOST_WINDOWS = 1000, 20_000
"""Beyond so many points, values or windows nothing is counted: it would take longer than the sampling."""


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """An exact or enclosed probability of non-uniqueness, and where it comes from."""

    value: Enclosure
    source: str


def known_probability(law: Law, coupling: Coupling = "l2") -> Known | None:
    """The probability of non-uniqueness in exact arithmetic where it is known, else None.

    The samples are floats, so they have no density themselves; where D says 0, the floats' probability is not 0 but
    far too small to be seen.
    """
    if law.size < 4:
        return Known(Enclosure.exactly(fmpq(0)), "fewer than 4 points are always unique")
    if coupling != "l2" and law.tasks > 1:
        return None
    counted = _counted(law)
    if counted is not None:
        return counted
    one_task = law.tasks == 1 or (law.labels.kind == "low-rank" and law.labels.parameter == 1)
    if not one_task and (law.labels.has_density or law.labels.kind == "low-rank"):
        return Known(Enclosure.exactly(fmpq(0)), "statement D: two tasks or more with a density")
    if one_task and law.size == 4 and law.points.kind == "equal" and law.labels.kind in ("gaussian", "low-rank"):
        rounded = ", up to the rounding of the latent task" if law.labels.kind == "low-rank" else ""
        return Known(gaussian_one_task(), f"statement Q: 1/2 - asin(2/3)/pi{rounded}")
    return None


def gaussian_one_task() -> Enclosure:
    """1/2 - asin(2/3)/pi, for one task, four equally spaced points and independent Gaussian labels (statement Q)."""
    with ctx.workprec(128):
        return Enclosure.from_ball(arb(fmpq(1, 2)) - (arb(2) / 3).asin() / arb.pi())


def _counted(law: Law) -> Known | None:
    labels: LabelSet
    if law.points.kind != "equal" or law.size > MOST_COUNTED or law.labels.parameter > MOST_COUNTED:
        return None
    match law.labels.kind:
        case "one-hot":
            labels = OneHot(law.tasks)
        case "rademacher":
            labels = Box((fmpq(-1), fmpq(1)), law.tasks)
        case "integers":
            reach = law.labels.parameter
            labels = Box(tuple(fmpq(value) for value in range(-reach, reach + 1)), law.tasks)
        case _:
            return None
    if labels.complexity() > MOST_WINDOWS:
        return None
    try:
        found = census(labels, [fmpq(index) for index in range(law.size)])
    except CensusError:
        return None
    return Known(Enclosure.exactly(found.non_unique), "statement P: counted exactly (reluproof census)")
