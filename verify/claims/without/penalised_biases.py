"""A with the biases penalised too: a knot at t costs |m| sqrt(1 + t^2), and connect-the-dots need not be optimal.

The dual function eta of connect-the-dots is w_j d_j / |d_j| at the interior points, w_j^2 = 1 + x_j^2, 0 at zero kinks
and at both ends, linear in between. On a gap, |eta|^2 - (1 + t^2) is a quadratic polynomial with Bernstein coefficients
e, b, e' where e, e' <= 0 and b = <eta_j, eta_{j+1}> - (1 + x_j x_{j+1}); it is <= 0 there iff b <= sqrt(e e').
"""

from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from flint import fmpq

from ....theory.dataset import Dataset
from ....theory.numbers import ZERO, Vector, is_zero, sign
from ....theory.optimum import connect_the_dots, kinks, through
from ....theory.root_sum import RootSum
from ....theory.spline import LinearSpline
from ....theory.vectors import add, dot, is_zero_vector, scale, squared_length, zero
from ....theory.verdict import Holds, Refuted, Undecided, Verdict
from .changed_claim import ChangedClaim, Counterexample

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

DIGITS = 12
DENOMINATORS = (1, 2, 3, 4)


def verdict_on(data: Dataset) -> Verdict:
    """Optimal by the dual function, in exact arithmetic; else a cheaper interpolant; else what an enclosure says.

    The enclosure of the optimum over all breakpoints on the line may leave it `Undecided`.
    """
    dots = connect_the_dots(data)
    crossed = list(crossed_gaps(data))
    if not crossed:
        return Holds("the dual function stays below sqrt(1 + t^2): connect-the-dots is optimal")
    cost = penalised_cost(dots)
    cheaper = next((f for f in _simple(data, crossed) if (penalised_cost(f) - cost).sign() < 0), None)
    return _exhibit(data, cheaper) if cheaper is not None else _by_enclosure(data)


def crossed_gaps(data: Dataset) -> Iterator[int]:
    """The gaps (left point, from 0) in which |eta(t)| > sqrt(1 + t^2) somewhere, eta being 0 at zero kinks."""
    bent = [zero(data.tasks), *kinks(data), zero(data.tasks)]
    ends = zip(pairwise(data.points), pairwise(bent), strict=True)
    for gap, ((x, z), (u, v)) in enumerate(ends):
        if is_zero_vector(u) and is_zero_vector(v):
            continue
        room = 1 + x * z
        if sign(_signed_square_of_product(x, z, u, v) - sign(room) * room * room) > 0:
            yield gap


def _signed_square_of_product(x: fmpq, z: fmpq, u: Vector, v: Vector) -> fmpq:
    """sign times square of <eta, eta'> at two neighbouring points; as a rational it is compared exactly."""
    if is_zero_vector(u) or is_zero_vector(v):
        return ZERO
    inner = dot(u, v)
    return sign(inner) * inner * inner * (1 + x * x) * (1 + z * z) / (squared_length(u) * squared_length(v))


def penalised_cost(f: LinearSpline) -> RootSum:
    """sum_k |m_k| sqrt(1 + t_k^2), exact."""
    return RootSum([squared_length(m) * (1 + t * t) for t, m in zip(f.knots, f.kinks, strict=True)])


def _simple(data: Dataset, gaps: list[int]) -> Iterator[LinearSpline]:
    """Interpolants with one more knot at a simple place of a crossed gap, instead of the kink at one of its ends."""
    nothing = LinearSpline(zero(data.tasks), zero(data.tasks), (), ())
    all_kinks = [zero(data.tasks), *kinks(data), zero(data.tasks)]
    for denominator in DENOMINATORS:
        for gap in gaps:
            left, right = data.points[gap], data.points[gap + 1]
            for t in _places(left, right, denominator):
                for end, share in ((gap, (right - t) / (right - left)), (gap + 1, (t - left) / (right - left))):
                    if not is_zero_vector(all_kinks[end]):
                        yield through(data, nothing.bent([(t, scale(1 / share, all_kinks[end]))]))


def _places(left: fmpq, right: fmpq, denominator: int) -> Iterator[fmpq]:
    """Up to 12 fractions with this denominator strictly between the ends, from the left."""
    start = int((left * denominator).floor()) + 1
    for numerator in range(start, start + 12):
        if fmpq(numerator, denominator) >= right:
            return
        yield fmpq(numerator, denominator)


def _by_enclosure(data: Dataset) -> Verdict:
    from ...solve.column_generation import solve_on_the_line
    from ...solve.program import Program, midpoints

    start = Program(data, data.points + midpoints(data.points), penalised_biases=True)
    found = solve_on_the_line(start, DIGITS)
    if found.bounds is None:
        return Undecided(f"no enclosure of the optimum: {found.reason}")
    candidate = found.spline()
    if candidate.interpolates(data.points, data.labels):
        excess = penalised_cost(connect_the_dots(data)) - penalised_cost(candidate)
        if excess.sign() > 0:
            return _exhibit(data, candidate)
    shown = " .. ".join(found.bounds.decimals(DIGITS))
    return Undecided(f"the optimum lies in {shown}, and so does the cost of connect-the-dots")


def _exhibit(data: Dataset, cheaper: LinearSpline) -> Verdict:
    dots = connect_the_dots(data)
    high, low = penalised_cost(dots), penalised_cost(cheaper)
    if not cheaper.interpolates(data.points, data.labels) or (high - low).sign() <= 0:
        raise ArithmeticError(f"no cheaper interpolant: {cheaper!r} for {data!r}")
    says = f"connect-the-dots costs {high}, another interpolant {low}, which is less"
    functions = (("connect-the-dots", dots), ("a cheaper interpolant", cheaper))
    values = (("cost of connect-the-dots", str(high)), ("cost of the other", str(low)))
    return Refuted(Counterexample(data, says, functions, values), says)


def score(data: Dataset) -> float:
    """How far the dual function of connect-the-dots reaches beyond its bound, in signed squares; the largest gap."""
    bent = [zero(data.tasks), *kinks(data), zero(data.tasks)]
    reach = [
        float(_signed_square_of_product(x, z, u, v)) - float(1 + x * z)
        for (x, z), (u, v) in zip(pairwise(data.points), pairwise(bent), strict=True)
        if not is_zero(squared_length(add(u, v)))
    ]
    return max(reach, default=-1e6)


def strategy() -> "SearchStrategy[Dataset]":
    """Points on both sides of 0."""
    from ...strategies import generic_datasets, planted_datasets

    return generic_datasets(tasks=(1, 2)) | planted_datasets(tasks=(1, 2))


CHANGED = ChangedClaim(
    letter="A",
    without="biases are not penalised",
    stem="penalised_biases",
    statement=(
        "With the biases penalised too, a neuron costing |v| sqrt(w^2 + b^2), connect-the-dots still has the least "
        "cost of all interpolants."
    ),
    verdict_on=verdict_on,
    strategy=strategy,
    words="rational points on both sides of 0 with rational labels, and planted runs; one or two tasks",
    smallest=Dataset.from_fractions([-2, 1, 2], [0, 0, 1]),
    score=score,
    integer_points=True,
)
