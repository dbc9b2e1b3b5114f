"""What is proved about one regularised fit, in the units of the data."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy
from flint import fmpq

from ...theory.alignment import Run, aligned
from ...theory.enclosure import Enclosure
from ...theory.knot_fit import KnotFit, spline_labels
from ...theory.numbers import ZERO, Vector, is_zero
from ...theory.root_sum import RootSum
from ...theory.vectors import squared_length, subtract
from .. import drawing
from .candidate import Support
from .noisy import Noisy
from .problem import Problem
from .proved import Proved

Array = Any


@dataclass(frozen=True, eq=False)
class Fit:
    """The fit of noisy data at one lambda: labels near the minimiser Z*, and what is proved about Z*.

    exact: Z* itself at its knots, if it is known exactly; refined: exact rationals at the knots of the candidate, if
    balls were needed; else the candidate is the one of the float64 solver, None where float64 could not hold the data.
    """

    noisy: Noisy
    penalty: fmpq
    proved: Proved
    labels: Array
    """The candidate at all N points, shape (N, T), float64."""
    candidate: Support | None
    arrays: Problem | None
    label_error: float = 0.0
    """An upper bound of the Frobenius distance between `labels` and the exact spline meant."""
    exact: KnotFit | None = None
    refined: KnotFit | None = None
    signs: tuple[int, ...] | None = None
    """For labels along one vector: the signs of the kinks along it, decided exactly."""
    tight: tuple[int, ...] = ()
    """Points without a kink where |v| = lambda all the same; known only for exact fits."""

    @property
    def is_exact(self) -> bool:
        """Whether Z* is known exactly."""
        return self.exact is not None

    @property
    def support(self) -> tuple[int, ...]:
        """The points whose kink of Z* is proved nonzero, counted from 0."""
        return tuple(self.proved.knots[self.proved.nonzero].tolist())

    @property
    def undecided(self) -> tuple[int, ...]:
        """The inner points whose kink of Z* is not known to be zero or nonzero."""
        open_ = ~self.proved.zero
        open_[[0, -1]] = False
        open_[self.proved.knots[self.proved.nonzero]] = False
        return tuple(numpy.flatnonzero(open_).tolist())

    @cached_property
    def runs(self) -> tuple[Run, ...] | None:
        """The runs of the kinks of Z* (statement B applied to the fitted values); None if they are not decided."""
        knots = self.proved.knots
        if self.exact is not None:
            return _runs(knots.tolist(), self.exact.dual)
        if self.signs is not None:
            return _runs(knots.tolist(), [(fmpq(s),) for s in self.signs])
        possible = ~self.proved.zero
        possible[[0, -1]] = False
        places = numpy.flatnonzero(possible)
        apart = dict(zip(pairwise(knots.tolist()), self.proved.apart.tolist(), strict=True))
        known = set(self.support)
        for a, b in pairwise(places.tolist()):
            if b == a + 1 and not (a in known and b in known and apart.get((a, b), False)):
                return None
        return None if self.undecided else tuple([Run(k, k) for k in places.tolist()])

    @property
    def unique(self) -> bool | None:
        """Whether the fitted network is the only one (statements B and H); None if that is not decided."""
        if self.runs is not None:
            return all(run.length == 1 for run in self.runs)
        places = {*self.support, *self.undecided}
        return True if not any(j + 1 in places for j in places) else None

    @property
    def sparsest(self) -> int | None:
        """The fewest neurons of a network that is optimal for the fitted values (statement K)."""
        return None if self.runs is None else sum([(run.length + 1) // 2 for run in self.runs])

    @property
    def objective(self) -> Enclosure:
        """Bounds of P*, scatter of repeated points included."""
        scatter = self.noisy.scatter
        return Enclosure(self.proved.objective.lower + scatter, self.proved.objective.upper + scatter)

    @property
    def relative_gap(self) -> fmpq:
        """An upper bound of (P(Z) - P*) / P*; 0 if both are 0."""
        lower = self.objective.lower
        if is_zero(self.proved.gap):
            return ZERO
        return self.proved.gap / lower if lower else fmpq(1)

    @property
    def distance(self) -> fmpq:
        """An upper bound of |Z - Z*| (Frobenius norm), Z the exact spline that the candidate means."""
        return self.proved.distance

    @property
    def residual_square(self) -> Enclosure:
        """Bounds of sum_i w_i |y_i - z*_i|^2 over all observations."""
        extra = 2 * self.noisy.scatter
        return Enclosure(self.proved.residual_square.lower + extra, self.proved.residual_square.upper + extra)

    @property
    def residual_norm(self) -> Enclosure:
        """Bounds of its square root."""
        square = self.residual_square
        return Enclosure(RootSum([square.lower]).enclosure().lower, RootSum([square.upper]).enclosure().upper)

    @property
    def degrees_of_freedom(self) -> int | float:
        """The divergence of Y -> Z* (statement BD): exactly K + 2 for one task, else estimated in float64."""
        if self.noisy.tasks == 1 and self.is_exact:
            return len(self.support) + 2
        from .freedom import degrees_of_freedom

        assert self.arrays is not None
        assert self.candidate is not None
        return degrees_of_freedom(self.arrays, self.candidate)

    @cached_property
    def lambda_max_squared(self) -> fmpq:
        """lambda_max^2, exact."""
        from .largest import lambda_max_squared

        return lambda_max_squared(self.noisy)

    @property
    def lambda_max(self) -> Enclosure:
        """Bounds of lambda_max; of width 0 where it is rational."""
        return RootSum([self.lambda_max_squared]).enclosure()

    @cached_property
    def radius_squared(self) -> fmpq | None:
        """The square of the largest distance from the fit of another optimum (statement L); exact fits only."""
        if self.unique:
            return ZERO
        if self.exact is None:
            return None
        lengths = dict(zip(self.proved.knots.tolist(), self._kink_squares(self.exact), strict=True))
        x = self.noisy.data.points
        best = ZERO
        for run in self.runs or ():
            for j in range(run.first, run.last):
                # Aligned kinks a and c a: their squares have a square as ratio, and the height is h c |a| / (1 + c).
                ratio = RootSum([lengths[j + 1] / lengths[j]]).as_rational()
                assert ratio is not None
                height = (x[j + 1] - x[j]) * ratio / (1 + ratio)
                best = max(best, height * height * lengths[j])
        return best

    def exact_values(self) -> list[Vector] | None:
        """Z* at all N points, if it is known exactly."""
        return (
            None if self.exact is None else spline_labels(self.noisy.data.points, self.exact.knots, self.exact.values)
        )

    def exact_objective(self) -> RootSum | None:
        """P* exactly, as a sum of roots; rational for one task."""
        if self.exact is None:
            return None
        z = self.exact_values()
        assert z is not None
        problem = self.noisy.regularised(self.penalty)
        squares = self._kink_squares(self.exact)
        cost = RootSum(squares).scaled(self.penalty) if self.noisy.tasks > 1 else _rational_cost(squares, self.penalty)
        return cost + RootSum.of_rational(problem.loss(z) + self.noisy.scatter)

    def text(self) -> str:
        """The report that `reluproof fit` prints, without a final newline."""
        shown: str = VIEWS["text"](self)
        return shown

    def to_json(self) -> dict[str, Any]:
        """The object that `reluproof fit --json` prints, schema "reluproof.fit/1"."""
        shown: dict[str, Any] = VIEWS["json"](self)
        return shown

    def certificate(self) -> Iterator[str]:
        """The lines of a certificate of this fit, for `verify/fit_checker.py` to judge."""
        lines: Iterator[str] = VIEWS["certificate"](self)
        return lines

    def plot(self, ax: Any = None, *, width: float | None = None) -> Any:
        """A matplotlib figure of data, fit, residuals and what is proved about the kinks; with `ax`, the first task.

        width: in inches, of the figure; None for that of a page. Needs the extra `plots`; InputError without it.
        """
        return drawing.plot("fit", self, ax, width=width)

    def _kink_squares(self, fit: KnotFit) -> list[fmpq]:
        x = self.noisy.data.points
        slopes = [
            [(q - p) / (x[b] - x[a]) for p, q in zip(left, right, strict=True)]
            for (a, b), (left, right) in zip(pairwise(fit.knots), pairwise(fit.values), strict=True)
        ]
        return [squared_length(subtract(tuple(after), tuple(before))) for before, after in pairwise(slopes)]


VIEWS: dict[str, Callable[[Fit], Any]] = {}
"""How fits are shown: the doors of `Fit` lead there, and the face of the room says where that is."""


def _rational_cost(squares: Sequence[fmpq], penalty: fmpq) -> RootSum:
    total = ZERO
    for square in squares:
        root = RootSum([square]).as_rational()
        assert root is not None
        total += root
    return RootSum.of_rational(penalty * total)


def _runs(knots: Sequence[int], directions: Sequence[Vector]) -> tuple[Run, ...]:
    found: list[Run] = []
    for index, knot in enumerate(knots):
        if found and found[-1].last == knot - 1 and aligned(directions[index - 1], directions[index]):
            found[-1] = Run(found[-1].first, knot)
        else:
            found.append(Run(knot, knot))
    return tuple(found)
