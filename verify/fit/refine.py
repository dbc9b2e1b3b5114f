"""More digits: Newton in ball arithmetic, the second-order certificate in balls, and knots exchanged between them.

What is proved is proved by the last values alone (BA, BB), whatever led there. Kinks of 1e-40, which float64 cannot
tell from 0, are decided here: where |v| is certainly beyond lambda a knot is added, one left undecided is dropped.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from flint import ctx, fmpq

from ...theory.knot_sums import KnotSums
from ...theory.numbers import Vector
from ...theory.regularised import Regularised, spline_labels
from ...theory.vectors import scale, squared_length
from .candidate import Support
from .newton import Newton
from .problem import Problem
from .proof import Proof, Refined
from .solver import normalised


@dataclass(frozen=True, slots=True, eq=False)
class Start:
    """Knots (data indices, both ends included), exact values there and kinks at the inner ones, in original units.

    The kinks are not those of the values: what float64 or Newton knows of small ones is better than that.
    """

    knots: tuple[int, ...]
    values: tuple[Vector, ...]
    kinks: tuple[Vector, ...]


class Refinement:
    """One problem whose candidates are improved; found: a candidate in the units of `problem`, to start from."""

    def __init__(self, regularised: Regularised, sums: KnotSums, problem: Problem, found: Support) -> None:
        self.regularised, self.sums = regularised, sums
        self.data, x_unit, y_unit = normalised(problem)
        self.x_scale = x_unit * float(sums.x_unit / problem.units.x)
        self.y_scale = y_unit * float(sums.y_unit / problem.units.y)
        self.w_scale = float(problem.weights.mean()) * float(sums.w_unit / problem.units.w)
        self.start = _start(problem, found)
        self.reached = False
        self.turned: int | None = None
        self.seen: set[tuple[bool, tuple[int, ...]]] = set()

    def to(self, digits: int) -> Refined | None:
        """Improved until |Z - Z*| <= 10^-digits is proved or nothing is gained any more; None if some kink may be 0."""
        with ctx.workprec(int(digits * 3.33) + 160):
            try:
                newton = Newton(self)
                self.reached = newton.run(digits)
                self.turned = newton.turned()
                self.start = newton.as_start()
                if self.turned is not None:
                    return None
                return Proof(self.regularised, self.sums, newton.knots, newton.z).refined()
            except ZeroDivisionError:
                return None

    def exchange(self, refined: Refined | None) -> bool:
        """Start anew without a kink that turned round, or with a knot wherever |v| is beyond lambda, or, where Newton
        was stuck, without the smallest kink that is undecided; False if there is none, or if that was tried before."""
        inner = self.start.knots[1:-1]
        kinks = dict(zip(inner, self.start.kinks, strict=True))
        added = self.turned is None and refined is not None and bool(refined.beyond)
        if self.turned is not None:
            del kinks[self.turned]
        elif refined is not None and refined.beyond:
            kinks |= dict(refined.beyond)
        else:
            known = [False] * len(inner) if refined is None else refined.nonzero.tolist()
            open_ = [k for k, decided in zip(inner, known, strict=True) if not decided]
            if self.reached or not open_:
                return False
            del kinks[min(open_, key=lambda k: squared_length(kinks[k]))]
        knots = (self.start.knots[0], *sorted(kinks), self.start.knots[-1])
        if (added, knots) in self.seen:
            return False
        self.seen.add((added, knots))
        line = spline_labels(self.regularised.data.points, self.start.knots, self.start.values)
        self.start = Start(knots, tuple([line[k] for k in knots]), tuple([kinks[k] for k in knots[1:-1]]))
        return True


def _start(problem: Problem, found: Support) -> Start:
    """The knot values of the candidate, the line put back, and its kinks."""
    offset, slope = _exact_row(problem.offset.tolist()), _exact_row(problem.slope.tolist())
    rows = []
    for k, row in zip(found.knots.tolist(), found.values.tolist(), strict=True):
        x = sum(_exact_row([problem.x[k].item(), problem.x_low[k].item()]))
        line = [a + b * x for a, b in zip(offset, slope, strict=True)]
        rows.append(tuple([(v + c) / problem.units.y for v, c in zip(_exact_row(row), line, strict=True)]))
    unit = problem.units.x / problem.units.y
    kinks = [
        scale(size * unit, _exact_row(row))
        for size, row in zip(_exact_row(found.lengths.tolist()), found.directions.tolist(), strict=True)
    ]
    return Start(tuple(found.knots.tolist()), tuple(rows), tuple(kinks))


def _exact_row(values: Sequence[float]) -> Vector:
    return tuple([fmpq(*value.as_integer_ratio()) for value in values])
