"""Newton's method for an optimum over the whole line, its breakpoints moving with it, at any precision.

The solution is a stationary point of  <l, r> + sum_k c_k (w(t_k)^2 - |eta(t_k)|^2) / 2  in the multipliers l, the
masses c_k and the places t_k inside gaps (a place at a data point stays): the kinks c_k eta(t_k) interpolate, the dual
touches the bound at t_k, and inside a gap it has the slope of the bound there. Optima need not be isolated: a
Levenberg-Marquardt step, damped by the square of the gradient, still converges quadratically to one close by.

What comes out is approximate; `rigorous` and `line` make a proof of it, or find that it is none.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from flint import arb, arb_mat, ctx, fmpq, fmpq_mat

from .interior_point import dot, dyadic, dyadic_matrix
from .program import Atom, Program
from .scaling import Scaled, power_of_two
from .semidefinite import Sketch, Touch

Table = list[list[arb]]
_MOST_STEPS = 60
_MOST_TRIALS = 8


@dataclass(frozen=True, slots=True)
class Stationary:
    """Multipliers (q x T) and, for each atom, the kink that belongs to it, in the original units."""

    multipliers: fmpq_mat
    kinks: tuple[tuple[Atom, tuple[fmpq, ...]], ...]


@dataclass(frozen=True, slots=True)
class _Ramp:
    """G(t) / unit = base + tau slope with t = start + tau length; a place that stays has slope and length 0."""

    base: list[arb]
    slope: list[arb]
    start: fmpq
    length: fmpq
    unit: fmpq
    side: int


class _System:
    """The gradient of the function above and its derivative, at (l row by row, c, tau)."""

    def __init__(self, program: Program, scaled: Scaled, touches: Sequence[Touch]) -> None:
        self.program, self.scaled = program, scaled
        self.ramps = [_ramp(program, scaled, touch) for touch in touches]
        self.moving = [k for k, ramp in enumerate(self.ramps) if ramp.length]
        self.target = arb_mat(scaled.reduced.target)
        self.rows, self.tasks = scaled.reduced.rows, scaled.reduced.tasks

    def start(self, sketch: Sketch, touches: Sequence[Touch]) -> list[arb]:
        masses, shifts = [], []
        for ramp, touch in zip(self.ramps, touches, strict=True):
            masses.append(arb(touch.mass * ramp.unit**2 / self.program.weight_square(touch.place)))
            if ramp.length:
                shifts.append(arb((touch.place - ramp.start) / ramp.length))
        return [*map(arb, sketch.multipliers.entries()), *masses, *shifts]

    def split(self, point: list[arb]) -> tuple[arb_mat, list[arb], dict[int, arb]]:
        size, count = self.rows * self.tasks, len(self.ramps)
        shifts = dict(zip(self.moving, point[size + count :], strict=True))
        return arb_mat(self.rows, self.tasks, point[:size]), point[size : size + count], shifts

    def place(self, k: int, shifts: dict[int, arb]) -> arb:
        ramp = self.ramps[k]
        return arb(ramp.start) + shifts.get(k, arb(0)) * arb(ramp.length)

    def at(self, point: list[arb]) -> tuple[list[arb], arb_mat]:
        """The gradient and its derivative, a symmetric matrix."""
        dual, masses, shifts = self.split(point)
        size, count, transposed = self.rows * self.tasks, len(self.ramps), dual.transpose()
        table: Table = [[arb(0)] * len(point) for _ in point]
        left, by_mass, by_shift = self.target, list[arb](), list[arb]()
        for k, (ramp, c) in enumerate(zip(self.ramps, masses, strict=True)):
            t, g = self.place(k, shifts), self.ramp_at(k, shifts)
            eta = (transposed * arb_mat(self.rows, 1, g)).mid().entries()
            left = (left - arb_mat(self.rows, 1, g) * arb_mat(1, self.tasks, [c * e for e in eta])).mid()
            by_mass.append(((self.weight(ramp, t) - dot(eta, eta)) / 2).mid())
            self._curve(table, c, g)
            _mirror(table, size + k, [-a * e for a in g for e in eta])
            if k in shifts:
                column = size + count + len(by_shift)
                bend = (transposed * arb_mat(self.rows, 1, ramp.slope)).mid().entries()
                pull = arb(ramp.length / ramp.unit**2)
                turn = (t * pull - dot(eta, bend)).mid()
                by_shift.append(c * turn)
                pairs = zip(g, ramp.slope, strict=True)
                _mirror(table, column, [-c * (b * e + a * f) for a, b in pairs for e, f in zip(eta, bend, strict=True)])
                table[size + k][column] = table[column][size + k] = turn
                table[column][column] = c * (arb(ramp.length) * pull - dot(bend, bend))
        return [entry.mid() for entry in (*left.entries(), *by_mass, *by_shift)], arb_mat(table).mid()

    def ramp_at(self, k: int, shifts: dict[int, arb]) -> list[arb]:
        """G(t_k) in the units of the system."""
        ramp, tau = self.ramps[k], shifts.get(k, arb(0))
        return [a + tau * b for a, b in zip(ramp.base, ramp.slope, strict=True)]

    def weight(self, ramp: _Ramp, t: arb) -> arb:
        """w(t)^2 in the units of the system."""
        return (1 + t * t) / arb(ramp.unit**2) if self.program.penalised_biases else arb(1)

    def _curve(self, table: Table, c: arb, g: list[arb]) -> None:
        """Subtract c g g' for every task."""
        for i, a in enumerate(g):
            for j, b in enumerate(g):
                for task in range(self.tasks):
                    table[i * self.tasks + task][j * self.tasks + task] -= c * a * b


def _mirror(table: Table, column: int, entries: list[arb]) -> None:
    """Write the entries at the top of a column and at the start of the row of the same number."""
    for i, entry in enumerate(entries):
        table[i][column] = table[column][i] = entry


def stationary(program: Program, scaled: Scaled, sketch: Sketch, touches: Sequence[Touch], digits: int) -> Stationary:
    """Iterate from the sketch with these touches until the gradient is about 10^-(digits + 20), or no longer falls."""
    bits = 14 * (digits + 20)
    with ctx.workprec(bits):
        system = _System(program, scaled, touches)
        point, goal = system.start(sketch, touches), arb(10) ** (-2 * (digits + 20))
        gradient, derivative = system.at(point)
        error = dot(gradient, gradient)
        for _ in range(_MOST_STEPS):
            if error < goal:
                break
            following = _improved(system, point, gradient, derivative, error)
            if following is None:
                break
            point, gradient, derivative, error = following
        return _in_original_units(system, point, digits)


def _improved(
    system: _System, point: list[arb], gradient: list[arb], derivative: arb_mat, error: arb
) -> tuple[list[arb], list[arb], arb_mat, arb] | None:
    """A step that lowers the gradient, with as much damping as it takes; None if none is found."""
    size = len(point)
    right = (derivative * arb_mat(size, 1, [-entry for entry in gradient])).mid()
    square, damping = (derivative * derivative).mid(), error
    for _ in range(_MOST_TRIALS):
        damped = arb_mat(square)
        for k in range(size):
            damped[k, k] += damping
        try:
            step = damped.mid().solve(right, algorithm="approx").entries()
        except ZeroDivisionError:
            return None
        moved = [(a + b).mid() for a, b in zip(point, step, strict=True)]
        after, slope = system.at(moved)
        value = dot(after, after)
        if value < error:
            return moved, after, slope, value
        damping = damping * 100
    return None


def _in_original_units(system: _System, point: list[arb], digits: int) -> Stationary:
    dual, masses, shifts = system.split(point)
    transposed, found = dual.transpose(), []
    for k, (ramp, mass) in enumerate(zip(system.ramps, masses, strict=True)):
        g = arb_mat(system.rows, 1, system.ramp_at(k, shifts))
        factor = system.scaled.value_unit / ramp.unit
        kink = tuple([factor * dyadic(mass * e) for e in (transposed * g).mid().entries()])
        found.append((Atom(_rounded(ramp, system.place(k, shifts), digits), ramp.side), kink))
    return Stationary(system.scaled.to_dual(dyadic_matrix(dual)), tuple(found))


def _rounded(ramp: _Ramp, place: arb, digits: int) -> fmpq:
    """The place, to digits + 14 digits of the gap it is in."""
    if not ramp.length:
        return ramp.start
    spacing = power_of_two(ramp.length * fmpq(10) ** -(digits + 14))
    return (dyadic(place) / spacing + fmpq(1, 2)).floor() * spacing


def _ramp(program: Program, scaled: Scaled, touch: Touch) -> _Ramp:
    unit = power_of_two(program.weight_square(touch.place), half=True)
    if touch.gap is None:
        base = _column(program, scaled, Atom(touch.place, touch.side), unit)
        return _Ramp(base, [arb(0)] * len(base), touch.place, fmpq(0), unit, touch.side)
    left, right = touch.gap
    base, end = (_column(program, scaled, Atom(t, touch.side), unit) for t in (left, right))
    return _Ramp(base, [b - a for a, b in zip(base, end, strict=True)], left, right - left, unit, touch.side)


def _column(program: Program, scaled: Scaled, atom: Atom, unit: fmpq) -> list[arb]:
    """G(t) in the row units, over the unit of the weight."""
    values = fmpq_mat(program.data.size, 1, [atom(x) for x in program.data.points])
    rows = (scaled.reduced.elimination * values).entries()
    return [arb(entry / (row * unit)) for entry, row in zip(rows, scaled.row_units, strict=True)]
