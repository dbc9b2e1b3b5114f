"""A trained network's objective beside the least one: P(f) - P*, divided into misfit and excess (BF with H)."""

from dataclasses import dataclass

from flint import fmpq

from ...theory.enclosure import Enclosure
from ...theory.numbers import ZERO
from ..fit.certified import fit
from .judgement import Judgement


@dataclass(frozen=True, slots=True, eq=False)
class Objective:
    """P(f) = 1/2 sum |y_i - f(x_i)|^2 + penalty * path cost, beside P*, its least value over all networks.

    of_outputs: what the best network with f's outputs still lies above P*; of_excess: penalty * excess, what f lies
    above that network. Both are nonnegative and add up to the gap.
    """

    penalty: fmpq
    value: Enclosure
    optimum: Enclosure
    of_outputs: Enclosure
    of_excess: Enclosure

    @property
    def gap(self) -> Enclosure:
        """P(f) - P*."""
        return Enclosure(self.of_outputs.lower + self.of_excess.lower, self.of_outputs.upper + self.of_excess.upper)

    @property
    def relative(self) -> Enclosure | None:
        """The gap as a part of P*; None where P* is 0."""
        if self.optimum.lower <= 0:
            return None
        return Enclosure(self.gap.lower / self.optimum.upper, self.gap.upper / self.optimum.lower)


def objective(judged: Judgement, penalty: fmpq) -> Objective:
    """The objective at this lambda > 0, P* certified by the fit."""
    return beside(judged, penalty, fit(judged.data, penalty).objective)


def beside(judged: Judgement, penalty: fmpq, least: Enclosure) -> Objective:
    """The objective beside a certified least value."""
    low = judged.misfit + penalty * judged.cheapest.lower
    high = judged.misfit + penalty * judged.cheapest.upper
    cost = judged.path_cost
    return Objective(
        penalty=penalty,
        value=Enclosure(judged.misfit + penalty * cost.lower, judged.misfit + penalty * cost.upper),
        optimum=least,
        of_outputs=Enclosure(max(low - least.upper, ZERO), max(high - least.lower, ZERO)),
        of_excess=Enclosure(penalty * judged.excess.lower, penalty * judged.excess.upper),
    )
