"""The Sobolev side: connect-the-dots as a minimum-norm interpolant on [x_1, x_N] (statement F).

Each coordinate lives in H^1 with <f, g> = f(x_1) g(x_1) + the integral of f' g', whose kernel is
k(x, x') = 1 + min(x, x') - x_1. The Gram matrix is K = L diag(1, h_1, ..., h_{N-1}) L^T with L the lower-triangular
ones, so K^-1 is applied by taking differences: nothing here is larger than linear in N.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from flint import arb, ctx, fmpq, fmpz

from . import stencil
from .dataset import Dataset
from .enclosure import Enclosure
from .numbers import ZERO, ExactRepr, Vector, canonicalise
from .optimum import slopes
from .spline import LinearSpline


@dataclass(frozen=True, slots=True, repr=False)
class PiecewisePolynomial(ExactRepr):
    """On [breaks_i, breaks_{i+1}] the polynomial constants_i + linears_i x, for each task one column of either."""

    breaks: tuple[fmpq, ...]
    constants: tuple[Vector, ...]
    linears: tuple[Vector, ...]

    def __post_init__(self) -> None:
        canonicalise(self, "breaks", "constants", "linears")

    @property
    def pieces(self) -> tuple[tuple[Vector, Vector], ...]:
        """(constant, linear) in Q^T for each piece."""
        columns = zip(*self.constants, strict=True), zip(*self.linears, strict=True)
        return tuple(zip(*columns, strict=True))


def solve_gram(data: Dataset, values: tuple[fmpq, ...]) -> tuple[fmpq, ...]:
    """K^-1 values, by the bidiagonal factors: differences, division by (1, h_1, ...), differences from the right.

    >>> data = Dataset.from_fractions([0, 1, 2, 3], [0, 0, 1, 3])
    >>> solve_gram(data, (fmpq(0), fmpq(0), fmpq(1), fmpq(3)))
    (0, -1, -1, 2)
    """
    forward = [values[0]] + [right - left for left, right in pairwise(values)]
    middle = forward[:1] + [z / h for z, h in zip(forward[1:], data.gaps, strict=True)]
    return tuple([a - b for a, b in pairwise(middle)] + middle[-1:])


def kernel_coefficients(data: Dataset) -> tuple[Vector, ...]:
    """alpha = K^-1 y, one vector of length N per task: the interpolant is sum_i alpha_i k(., x_i).

    >>> data = Dataset.from_fractions([0, 1, 2, 3], [0, 0, 1, 3])
    >>> kernel_coefficients(data)
    ((0, -1, -1, 2),)
    """
    return tuple([solve_gram(data, column) for column in zip(*data.labels, strict=True)])


def minimum_norm_interpolant(data: Dataset, coefficients: tuple[Vector, ...]) -> PiecewisePolynomial:
    """sum_i alpha_i k(., x_i) on [x_1, x_N], for one vector of coefficients per task.

    On the gap right of x_i the sections k(., x_j) with j <= i are constant and the others have slope 1.

    >>> data = Dataset.from_fractions([0, 1, 2, 3], [0, 0, 1, 3])
    >>> minimum_norm_interpolant(data, kernel_coefficients(data)) == restricted(connect_the_dots(data), data.points)
    True
    """
    x_first = data.points[0]
    sections = [stencil.kernel(x, x_first) for x in data.points[:-1]]
    at_zero = stencil.kernel(ZERO, x_first)
    constants, linears = [], []
    for alpha in coefficients:
        total = sum(alpha, ZERO)
        remaining = [total - weight for weight in accumulate(alpha[:-1])]
        flat = accumulate([a * section for a, section in zip(alpha, sections, strict=False)])
        linears.append(tuple(remaining))
        constants.append(tuple([level + rest * at_zero for level, rest in zip(flat, remaining, strict=True)]))
    return PiecewisePolynomial(data.points, tuple(constants), tuple(linears))


def restricted(f: LinearSpline, breaks: tuple[fmpq, ...]) -> PiecewisePolynomial:
    """f on [breaks_0, breaks_-1] in pieces; every knot strictly inside must be one of the breaks (ValueError).

    >>> data = Dataset.from_fractions([0, 1, 2, 3], [0, 0, 1, 3])
    >>> len(restricted(connect_the_dots(data), data.points).pieces)
    3
    """
    kinks_at = _kinks_at_the_left_ends(f, breaks)
    constants, linears = [], []
    for task in range(f.tasks):
        slope = f.slope[task] + sum([kink[task] for _, kink in kinks_at[0]], ZERO)
        offset = f.offset[task] - sum([knot * kink[task] for knot, kink in kinks_at[0]], ZERO)
        column = [ZERO if kink is None else kink[task] for kink in kinks_at[1]]
        moments = [-knot * kink for knot, kink in zip(breaks[1:-1], column, strict=True)]
        linears.append(tuple(accumulate(column, initial=slope)))
        constants.append(tuple(accumulate(moments, initial=offset)))
    return PiecewisePolynomial(breaks, tuple(constants), tuple(linears))


def _kinks_at_the_left_ends(
    f: LinearSpline, breaks: Sequence[fmpq]
) -> tuple[list[tuple[fmpq, Vector]], list[Vector | None]]:
    """The (knot, kink) up to breaks_0, and for each further break but the last its kink, None where f does not bend."""
    knots = iter(zip(f.knots, f.kinks, strict=True))
    upcoming = next(knots, None)
    before, found = [], []
    while upcoming is not None and upcoming[0] <= breaks[0]:
        before.append(upcoming)
        upcoming = next(knots, None)
    for left, place in pairwise(breaks):
        kink = None
        if upcoming is not None and upcoming[0] == place:
            kink, upcoming = upcoming[1], next(knots, None)
        elif upcoming is not None and upcoming[0] < place:
            raise ValueError(f"the knot {upcoming[0]} lies inside the piece from {left} to {place}")
        found.append(kink)
    return before, found[:-1]


def norm_terms(data: Dataset, all_slopes: Sequence[Vector]) -> list[Vector]:
    """y_1^2, then h_i s_i^2 for every gap: the terms of the squared norm of f_D, one coordinate per task.

    >>> data = Dataset.from_fractions([0, 1, 2, 3], [0, 0, 1, 3])
    >>> norm_terms(data, slopes(data))
    [(0,), (0,), (1,), (4,)]
    """
    terms = [tuple([y * y for y in data.labels[0]])]
    terms += [tuple([stencil.energy(h, s) for s in slope]) for h, slope in zip(data.gaps, all_slopes, strict=True)]
    return terms


def norm_squared(data: Dataset) -> Vector:
    """The squared norm y_1^2 + sum h_i s_i^2 of the connect-the-dots interpolant, exact, one number per task.

    >>> data = Dataset.from_fractions([0, 1, 2, 3], [0, 0, 1, 3])
    >>> norm_squared(data)
    (5,)
    """
    total = exact_total(norm_terms(data, slopes(data)))
    assert total is not None  # without a limit there is always a total
    return total


def exact_total(terms: Sequence[Vector], bit_limit: int | None = None) -> Vector | None:
    """The sum of the terms.

    Its denominator is in general the least common multiple of all gaps, whose length grows with N. With a `bit_limit`
    the answer is None, in linear time, where the common denominator is longer.

    >>> exact_total([(fmpq(1, 2),), (fmpq(1, 3),)])
    (5/6,)
    """
    common = fmpz(1)
    for term in terms:
        for value in term:
            common = common.lcm(value.q)
        if bit_limit is not None and common.bit_length() > bit_limit:
            return None
    columns = zip(*terms, strict=True)
    return tuple([fmpq(sum([v.p * (common // v.q) for v in column], fmpz(0)), common) for column in columns])


def enclosed_total(terms: Sequence[Vector], bits: int = 96) -> tuple[Enclosure, ...]:
    """Enclosures of the sum of nonnegative terms of relative width about 2^-bits, in linear time.

    >>> enclosed_total([(fmpq(1, 2),), (fmpq(1, 3),)])[0].contains(fmpq(5, 6))
    True
    """
    with ctx.workprec(bits + 32):
        totals = [arb(0)] * len(terms[0])
        for term in terms:
            totals = [total + arb(value) for total, value in zip(totals, term, strict=True)]
        return tuple([Enclosure.from_ball(total) for total in totals])
