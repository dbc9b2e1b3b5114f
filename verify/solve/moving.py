"""Penalised biases: breakpoints that move to where they belong, instead of candidates that close in on the place.

An approximate solution, from double precision (`semidefinite`) or from a program over candidates, says which
breakpoints there are and roughly where; Newton's method (`touching`) finds them to all digits, and `conic.prove` proves
what it can.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from flint import arb, ctx, fmpq, fmpq_mat

from ...theory.numbers import ZERO, Vector
from .conic import is_straight, prove
from .interface import Solution
from .interior_point import dyadic
from .line import peaks
from .norms import square
from .program import Program
from .reduced import Contradiction, reduce
from .scaling import Scaled, rescale
from .semidefinite import Sketch, Touch, sketch
from .touching import Stationary, stationary

METHOD = "moving breakpoints"
_MOST_UNKNOWNS = 200
_CUTS = (fmpq(1, 10**5), fmpq(1, 10**7))


def from_double_precision(program: Program, digits: int) -> Iterator[Solution]:
    """Solutions over the breakpoints found and the data points, to be judged on the whole line; maybe none."""
    scaled = _scaled(program)
    drawn = None if scaled is None else sketch(_on_points(program), scaled.reduced)
    if scaled is not None and drawn is not None:
        yield from _attempts(program, scaled, drawn, digits, _CUTS)


def from_candidates(solution: Solution, digits: int) -> Iterator[Solution]:
    """The same from a solution over candidates: kinks inside a gap stand for one at their centre of mass."""
    scaled = _scaled(solution.program)
    if scaled is not None and solution.dual is not None:
        multipliers = _multipliers(scaled, solution.dual, digits)
        touches = _touches(solution, scaled.value_unit)
        total = sum([touch.mass for touch in touches], ZERO)
        seen = [touch for touch in touches if touch.mass > total * fmpq(10) ** -(digits // 2)]
        tried: list[list[Touch]] = []
        for chosen in (_merged(seen), seen, _tangent(solution, seen, digits)):
            if chosen not in tried:
                tried.append(chosen)
                yield from _attempts(solution.program, scaled, Sketch(multipliers, tuple(chosen)), digits, (ZERO,))


def _tangent(solution: Solution, touches: list[Touch], digits: int) -> list[Touch]:
    """Touches at data points with a peak of the violation close by, shared between the gaps where the peaks are.

    There the dual has to be tangent to the bound at the end of the gap, although no kink is inside.
    """
    assert solution.dual is not None
    high = peaks(solution.program, solution.dual, fmpq(1), 8 * digits)
    found = []
    for touch in touches:
        gaps = [
            (left, right)
            for left, right in pairwise(solution.program.data.points)
            if touch.gap is None
            and touch.place in (left, right)
            and any(left < t < right and abs(t - touch.place) * 100 < right - left for t in high)
        ]
        found += [replace(touch, mass=touch.mass / len(gaps), gap=gap) for gap in gaps] or [touch]
    return found


def _merged(touches: list[Touch]) -> list[Touch]:
    """Every touch inside a gap with the one at its nearer end, where there is one, at their centre of mass.

    The quadratic w^2 - |eta|^2 is not negative on a gap: if it is zero inside, it is not zero at an end, or throughout.
    """
    taken: list[Touch] = []
    found = []
    for touch in (touch for touch in touches if touch.gap is not None):
        ends = [end for end in touches if end.gap is None and end.side == touch.side and end.place in (touch.gap or ())]
        if not ends:
            found.append(touch)
            continue
        end = min(ends, key=lambda end: abs(end.place - touch.place))
        taken.append(end)
        mass = touch.mass + end.mass
        found.append(replace(touch, place=(touch.place * touch.mass + end.place * end.mass) / mass, mass=mass))
    return found + [touch for touch in touches if touch.gap is None and touch not in taken]


def _on_points(program: Program) -> Program:
    return replace(program, candidates=program.data.points)


def _scaled(program: Program) -> Scaled | None:
    """The scaled reduction with the data points as candidates; None if no neuron is needed, or for large problems."""
    reduced = reduce(_on_points(program))
    assert not isinstance(reduced, Contradiction)
    large = reduced.rows * reduced.tasks > _MOST_UNKNOWNS
    return None if large or is_straight(reduced) else rescale(reduced)


def _multipliers(scaled: Scaled, dual: tuple[Vector, ...], digits: int) -> fmpq_mat:
    """The l with E' l = L, in the scaled units, rounded."""
    E = scaled.reduced.elimination
    lifted = fmpq_mat(len(dual), len(dual[0]), [entry for row in dual for entry in row])
    solved = (E * E.transpose()).solve(E * lifted).tolist()
    with ctx.workprec(8 * digits):
        entries = [
            dyadic(arb(entry * unit)) for row, unit in zip(solved, scaled.row_units, strict=True) for entry in row
        ]
    return fmpq_mat(len(solved), len(dual[0]), entries)


def _touches(solution: Solution, value_unit: fmpq) -> tuple[Touch, ...]:
    """One touch for every gap and side with kinks in it, one for every kink elsewhere.

    Where |eta| = w, the mass c w^2 is |m| w.
    """
    assert solution.primal is not None
    program, gaps = solution.program, list(pairwise(solution.program.data.points))
    inside: dict[tuple[int, tuple[fmpq, fmpq]], list[tuple[fmpq, fmpq]]] = {}
    found = []
    for atom, kink in zip(program.atoms, solution.primal.kinks, strict=True):
        with ctx.workprec(128):
            mass = dyadic(arb(square(kink) * program.weight_square(atom.knot)).sqrt()) / value_unit
        gap = next(((left, right) for left, right in gaps if left < atom.knot < right), None)
        if mass and gap is None:
            found.append(Touch(atom.knot, atom.side, mass, None))
        elif mass and gap is not None:
            inside.setdefault((atom.side, gap), []).append((atom.knot, mass))
    for (side, gap), kinks in inside.items():
        total = sum([mass for _, mass in kinks], ZERO)
        centre = sum([knot * mass for knot, mass in kinks], ZERO) / total
        with ctx.workprec(512):
            found.append(Touch(dyadic(arb(centre)), side, total, gap))
    return tuple(found)


def _attempts(program: Program, scaled: Scaled, drawn: Sketch, digits: int, cuts: Sequence[fmpq]) -> Iterator[Solution]:
    """One for every choice of the touches whose share of the mass is above a cut."""
    total = sum([touch.mass for touch in drawn.touches], ZERO)
    tried: list[list[Touch]] = []
    for cut in cuts:
        touches = [touch for touch in drawn.touches if touch.mass > cut * total]
        if touches and touches not in tried:
            tried.append(touches)
            yield _attempt(program, scaled, drawn, touches, digits)


def _attempt(program: Program, scaled: Scaled, drawn: Sketch, touches: list[Touch], digits: int) -> Solution:
    refined = stationary(_on_points(program), scaled, drawn, touches, digits)
    places = tuple([atom.knot for atom, _ in refined.kinks])
    enlarged = replace(program, candidates=program.data.points + places)
    reduced = reduce(enlarged)
    assert not isinstance(reduced, Contradiction)
    return prove(enlarged, reduced, _table(enlarged, refined), refined.multipliers, digits, METHOD)


def _table(program: Program, refined: Stationary) -> fmpq_mat:
    tasks = program.data.tasks
    table = fmpq_mat(len(program.atoms), tasks)
    position = {atom: k for k, atom in enumerate(program.atoms)}
    for atom, kink in refined.kinks:
        for task, entry in enumerate(kink):
            table[position[atom], task] += entry
    return table
