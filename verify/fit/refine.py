"""More digits: Newton in ball arithmetic, the second-order certificate in balls, and knots exchanged between them.

What is proved is proved by the last values alone (BA, BB), whatever led there. Kinks of 1e-40, which float64 cannot
tell from 0, are decided here: where |v| is certainly beyond lambda a knot is added, one left undecided is dropped.
"""

from flint import ctx

from ...theory.knot_fit import spline_labels
from ...theory.knot_sums import KnotSums
from ...theory.regularised import Regularised
from ...theory.vectors import squared_length
from .candidate import Support
from .newton import Newton
from .problem import Problem
from .proof import Proof, Refined
from .saddle import bytes_of_factors
from .start import Scaled, Start

MOST_BYTES = 1 << 30
"""Memory for the factors; what would take more stays as float64 left it."""


def affordable(tasks: int, knots: int) -> bool:
    """Whether there is room for more digits than float64 has: it grows with the square of the number of tasks."""
    return bytes_of_factors(tasks, knots) <= MOST_BYTES


class Refinement:
    """One problem whose candidates are improved; found: a candidate in the units of `problem`, to start from."""

    def __init__(self, regularised: Regularised, sums: KnotSums, problem: Problem, found: Support) -> None:
        self.scaled = Scaled.of(regularised, sums, problem)
        self.start = Start.of(problem, found)
        self.reached = False
        self.turned: int | None = None
        self.seen: set[tuple[bool, tuple[int, ...]]] = set()

    def to(self, digits: int) -> Refined | None:
        """Improved until |Z - Z*| <= 10^-digits is proved or nothing is gained any more; None if some kink may be 0,
        or if there are too many tasks."""
        if not affordable(self.scaled.regularised.data.tasks, len(self.start.knots)):
            return None
        with ctx.workprec(int(digits * 3.33) + 160):
            try:
                newton = Newton(self.scaled, self.start)
                self.reached = newton.run(digits)
                self.turned = newton.turned()
                self.start = newton.as_start()
                if self.turned is not None:
                    return None
                return Proof(self.scaled.regularised, self.scaled.sums, newton.knots, newton.z).refined()
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
        line = spline_labels(self.scaled.regularised.data.points, self.start.knots, self.start.values)
        self.start = Start(knots, tuple([line[k] for k in knots]), tuple([kinks[k] for k in knots[1:-1]]))
        return True
