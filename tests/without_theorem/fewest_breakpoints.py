"""The fewest breakpoints of any optimum, by enumeration: for small N, without the theorem.

Sets of places are tried by size until one carries an optimum. Two kinds of place suffice (the exchange argument is in
proofs_notes/solvers.md): the interior data points, and in each interior gap the place where the line through the two
points before it meets the line through the two points after it. On a set of places the interpolating kinks are found by
exact linear algebra; that they are optimal is the equality of two sums of square roots, decided exactly.
"""

from dataclasses import dataclass
from itertools import combinations

from flint import fmpq, fmpq_mat
from reluproof.theory.dataset import Dataset
from reluproof.theory.enclosure import Enclosure
from reluproof.theory.root_sum import RootSum
from reluproof.theory.spline import LinearSpline
from reluproof.verify.solve.column_generation import solve_on_the_line
from reluproof.verify.solve.linear_algebra import interior_optimum
from reluproof.verify.solve.program import Program, ProgramError, midpoints, rows_of
from reluproof.verify.solve.reduced import Contradiction, lift_primal, reduce

MOST_POINTS = 9
"""With N = 9 there are at most 13 places, 8192 sets of them."""


@dataclass(frozen=True, slots=True)
class Fewest:
    """count: the fewest breakpoints; optima: every optimum with so few on the places tried; tried: sets of places."""

    count: int
    optima: tuple[LinearSpline, ...]
    tried: int


def fewest_breakpoints(data: Dataset, digits: int = 30) -> Fewest:
    """Search all sets of places by increasing size. ProgramError above MOST_POINTS points.

    The network with breakpoints at the interior data points is the standard: first its cost is required to be within
    10^-digits of a lower bound proved for all breakpoints on the line.
    """
    if data.size > MOST_POINTS:
        raise ProgramError(f"the search for the fewest breakpoints is made for N <= {MOST_POINTS}, not {data.size}")
    standard = _standard(data, digits)
    places = (*data.points[1:-1], *meeting_places(data))
    tried = 0
    for count in range(data.size - 1):
        optima = []
        for chosen in combinations(places, count):
            tried += 1
            spline = _interpolating(data, chosen)
            if spline is not None and spline.width == count and spline.path_cost() == standard:
                optima.append(spline)
        if optima:
            return Fewest(count, tuple(optima), tried)
    raise ProgramError("the interior data points carry no optimum among the sets tried")


def meeting_places(data: Dataset) -> tuple[fmpq, ...]:
    """In each gap with two points on either side: where the neighbouring segments meet, if they do inside the gap."""
    found = []
    for i in range(1, data.size - 2):
        place = _meeting(data, i)
        if place is not None and data.points[i] < place < data.points[i + 1]:
            found.append(place)
    return tuple(found)


def _meeting(data: Dataset, i: int) -> fmpq | None:
    """The only t with left(t) = right(t) in all tasks, or None: the lines through points i-1, i and i+1, i+2."""
    left, right = _line(data, i - 1), _line(data, i + 1)
    apart = [(a - b, c - d) for (a, c), (b, d) in zip(left, right, strict=True)]
    pivot = next(((a, c) for a, c in apart if c != 0), None)
    if pivot is None:
        return None
    place = -pivot[0] / pivot[1]
    return place if all(a + c * place == 0 for a, c in apart) else None


def _line(data: Dataset, i: int) -> list[tuple[fmpq, fmpq]]:
    """(offset, slope) for each task of the line through points i and i + 1."""
    x, z = data.points[i], data.points[i + 1]
    slopes = [(b - a) / (z - x) for a, b in zip(data.labels[i], data.labels[i + 1], strict=True)]
    return [(a - slope * x, slope) for a, slope in zip(data.labels[i], slopes, strict=True)]


def _standard(data: Dataset, digits: int) -> RootSum:
    cost = interior_optimum(data).spline().path_cost()
    line = solve_on_the_line(Program(data, midpoints(data.points)), digits)
    if line.bounds is None or not _meets(cost.enclosure(8 * digits + 64), line.bounds, digits):
        raise ProgramError("the network that bends at the interior data points is not proved optimal")
    return cost


def _meets(cost: Enclosure, line: Enclosure, digits: int) -> bool:
    return (cost.upper - line.lower) * fmpq(10) ** digits <= cost.upper


def _interpolating(data: Dataset, places: tuple[fmpq, ...]) -> LinearSpline | None:
    """The only interpolating network that bends at these places; None if there is none or more than one."""
    program = Program(data, places)
    reduced = reduce(program)
    if isinstance(reduced, Contradiction) or reduced.rows != reduced.atoms:
        return None
    kinks = reduced.matrix.solve(reduced.target) if places else fmpq_mat(0, data.tasks)
    slope, offset = lift_primal(program, kinks)
    return LinearSpline.from_knots(slope, offset, zip(program.candidates, rows_of(kinks), strict=True))
