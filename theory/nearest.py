"""The nearest non-unique dataset: labels moved as little as possible, the points staying fixed (statement N).

At the pair of interior points j, j+1 the labels with d_{j+1} = rho d_j form a linear space, the zero set of the one
functional n = rho B_1 - B_2 in every task (B_1, B_2: the functionals d_j and d_{j+1}). So the nearest such labels are
an orthogonal projection, rational if rho is, at the squared distance |rho d_j - d_{j+1}|^2 / |n|^2. Where the best rho
is irrational, or at an end of [0, infinity] where the kinks are not aligned any more, rationals near it do nearly as
well.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate, count

from flint import arb, ctx, fmpq, fmpz

from .alignment import aligned, is_unique
from .dataset import Dataset
from .enclosure import Enclosure
from .margin import PairMargin, nearest_pairs
from .numbers import ZERO, ExactRepr, Vector, canonicalise, is_zero, sign
from .optimum import kinks
from .square_classes import rational_root
from .vectors import add, dot, scale, subtract

FACTOR = 1 + fmpq(1, 10**12)
"""How much farther than the margin the dataset given may be where the nearest one is irrational or does not exist."""


@dataclass(frozen=True, slots=True, repr=False)
class Nearest(ExactRepr):
    """A non-unique dataset near the one asked about.

    pair: the left one of the two interior points whose kinks became aligned, d_{j+1} = ratio * d_j.
    squared_distance: exact. attained: whether any dataset is as near as the margin, the distance to the closure.
    optimal: whether this one is.
    """

    dataset: Dataset
    pair: int
    ratio: fmpq
    squared_distance: fmpq
    attained: bool
    optimal: bool

    def __post_init__(self) -> None:
        canonicalise(self, "ratio", "squared_distance")


def window(data: Dataset, pair: int) -> Dataset:
    """The four points on which the kinks of the pair depend; there its left point is point 1.

    >>> data = Dataset.from_fractions([0, 1, 2, 3], [0, 0, 1, 3])
    >>> window(data, 1).points
    (0, 1, 2, 3)
    """
    return Dataset(data.points[pair - 1 : pair + 3], data.labels[pair - 1 : pair + 3])


def functionals(data: Dataset, pair: int) -> tuple[Vector, Vector]:
    """d_j and d_{j+1} as functionals of the four labels at pair - 1, ..., pair + 2.

    >>> data = Dataset.from_fractions([0, 1, 2, 3], [0, 0, 1, 3])
    >>> functionals(data, 1)
    ((1, -2, 1, 0), (0, 1, -2, 1))
    """
    a, b, c = (1 / h for h in window(data, pair).gaps)
    return (a, -a - b, b, ZERO), (ZERO, b, -b - c, c)


def project(data: Dataset, pair: int, ratio: fmpq) -> tuple[Dataset, fmpq]:
    """The nearest labels with d_{j+1} = ratio * d_j at the pair, and their squared distance.

    >>> data = Dataset.from_fractions([0, 1, 2, 3], [(0, 0), (0, 0), (1, 0), (2, 1)])
    >>> project(data, 1, fmpq(1))[1]
    1/10
    """
    one, two = functionals(data, pair)
    normal = subtract(scale(ratio, one), two)
    four = data.labels[pair - 1 : pair + 3]
    amounts = tuple([dot(normal, column) for column in zip(*four, strict=True)])
    length = dot(normal, normal)
    moved = [subtract(label, scale(n / length, amounts)) for n, label in zip(normal, four, strict=True)]
    labels = (*data.labels[: pair - 1], *moved, *data.labels[pair + 3 :])
    return Dataset(data.points, labels), dot(amounts, amounts) / length


def nearest_non_unique(data: Dataset, factor: fmpq = FACTOR) -> Nearest | None:
    """A non-unique dataset at most `factor` > 1 times as far as the margin; None for N < 4, where there is none.

    The nearest one itself where it is rational. Where the margin is 0 though the dataset is unique, no factor can be
    kept: then the distance is at most factor - 1 times the largest absolute label (times 1 if all are 0).

    Several pairs can be nearest, and for some of them only the distance may be attained, or only irrationally: the
    first one with a nearest dataset that is rational is taken, else the first with any, else the first.

    >>> data = Dataset.from_fractions([0, 1, 2, 3], [0, 0, 1, 3])
    >>> nearest_non_unique(data).attained
    True
    """
    tied = nearest_pairs(data)
    if not tied:
        return None
    if not is_unique(data):
        return _itself(data)
    inside = [pair for pair in (_Pair(data, best) for best in tied) if pair.inside]
    for pair in inside:
        exact = pair.rational_ratio()
        if exact is not None:
            moved, square = project(data, pair.best.pair, exact)
            return Nearest(moved, pair.best.pair, exact, square, True, True)
    near = inside[0] if inside else _Pair(data, tied[0])
    best = near.best
    if not any(map(any, kinks(window(data, best.pair)))):
        return _both_bent(data, best.pair, _allowance(data, factor))
    four, reach = window(data, best.pair), _allowance(data, factor)
    for ratio in near.ratios():
        moved, square = project(four, 1, ratio)
        if _is_near(square, best, factor, reach) and aligned(*kinks(moved)):
            return Nearest(project(data, best.pair, ratio)[0], best.pair, ratio, square, near.inside, False)
    raise AssertionError("the ratios converge to the best one")


def is_attained(data: Dataset) -> bool | None:
    """Whether some non-unique dataset is at the distance of the margin; None for N < 4, where there is none.

    It is where the dataset is non-unique itself, or at a pair of the smallest margin the nearest aligned labels have
    both factors positive; a dataset with a zero kink and margin 0 is unique, so there it is not.

    >>> data = Dataset.from_fractions([0, 1, 2, 3], [0, 0, 1, 3])
    >>> is_attained(data)
    True
    """
    tied = nearest_pairs(data)
    if not tied:
        return None
    return not is_unique(data) or any(best.determinant is not None and not best.is_zero for best in tied)


def _is_near(square: fmpq, best: PairMargin, factor: fmpq, reach: fmpq) -> bool:
    """Whether the squared distance is at most factor^2 margin^2, margin^2 = rational - sqrt(discriminant).

    reach: how far is near where the margin is 0.
    """
    if best.is_zero:
        return sign(reach * reach - square) >= 0
    room = best.rational - square / (factor * factor)
    return sign(room) >= 0 and sign(room * room - best.discriminant) >= 0


def _itself(data: Dataset) -> Nearest:
    of_data = kinks(data)
    left = next(j for j in range(len(of_data) - 1) if aligned(of_data[j], of_data[j + 1]))
    place = next(index for index, entry in enumerate(of_data[left]) if not is_zero(entry))
    return Nearest(data, left + 1, of_data[left + 1][place] / of_data[left][place], ZERO, True, True)


def _allowance(data: Dataset, factor: fmpq) -> fmpq:
    largest = max(abs(entry) for label in data.labels for entry in label)
    return (factor - 1) * (fmpq(1) if is_zero(largest) else largest)


def _both_bent(data: Dataset, pair: int, reach: fmpq) -> Nearest:
    """Both kinks are zero: lift the two labels of the pair in one task so little that the distance is within reach."""
    one, two = functionals(data, pair)
    # Labels r B_1 + s B_2 with G (r, s) = (1, 1) give both kinks the same value.
    g11, g12, g22 = dot(one, one), dot(one, two), dot(two, two)
    determinant = g11 * g22 - g12 * g12
    bump = add(scale((g22 - g12) / determinant, one), scale((g11 - g12) / determinant, two))
    length = dot(bump, bump)
    size = fmpq(1)
    while sign(size * size * length - reach * reach) > 0:
        size /= 2
    four = data.labels[pair - 1 : pair + 3]
    moved = [(label[0] + size * b, *label[1:]) for b, label in zip(bump, four, strict=True)]
    labels = (*data.labels[: pair - 1], *moved, *data.labels[pair + 3 :])
    return Nearest(Dataset(data.points, labels), pair, fmpq(1), size * size * length, False, False)


class _Pair:
    """rho -> |rho u - v|^2 / |rho B_1 - B_2|^2 for the kinks u, v of one pair.

    Its derivative has the sign of alpha rho^2 + beta rho + gamma, so the minimum inside (0, infinity), if there is
    one, is at the root where that expression grows.
    """

    def __init__(self, data: Dataset, best: PairMargin) -> None:
        self.best = best
        u, v = kinks(window(data, best.pair))
        one, two = functionals(data, best.pair)
        a11, a12, a22 = dot(u, u), dot(u, v), dot(v, v)
        g11, g12, g22 = dot(one, one), dot(one, two), dot(two, two)
        self.alpha = a12 * g11 - a11 * g12
        self.beta = a11 * g22 - a22 * g11
        self.gamma = a22 * g12 - a12 * g22
        self.inside = best.determinant is not None and not best.is_zero
        # At an end: whether rho = infinity (v = 0 times anything: only u is kept) does worse than rho = 0.
        self.end_is_zero = sign(a22 * g11 - a11 * g22) <= 0

    @property
    def _discriminant(self) -> fmpq:
        return self.beta * self.beta - 4 * self.alpha * self.gamma

    def rational_ratio(self) -> fmpq | None:
        """The best rho if it is rational."""
        root = rational_root(self._discriminant)
        if root is None:
            return None
        if is_zero(self.alpha):
            return -self.gamma / self.beta
        return (root - self.beta) / (2 * self.alpha)

    def ratios(self) -> Iterator[fmpq]:
        """Positive rationals that converge to the best rho: continued fractions, or powers of 2 towards an end."""
        if not self.inside:
            # Exponents grow by half, so that even numbers with exponents of 1000 need a few dozen steps.
            exponents = accumulate(count(1), lambda k, _: k + 1 + k // 2)
            yield from (fmpq(1, 2**k) if self.end_is_zero else fmpq(2**k) for k in exponents)
        for bits in (64 << k for k in count()):
            with ctx.workprec(bits):
                ball = (arb(self._discriminant).sqrt() - arb(self.beta)) / (2 * arb(self.alpha))
                middle = Enclosure.from_ball(ball)
            if sign(middle.lower) > 0:
                yield from convergents((middle.lower + middle.upper) / 2)


def convergents(value: fmpq) -> Iterator[fmpq]:
    """The positive convergents of the continued fraction of a positive rational, the last one being itself.

    >>> list(convergents(fmpq(7, 5)))
    [1, 3/2, 7/5]
    """
    (p, q), (p_next, q_next) = (fmpz(0), fmpz(1)), (fmpz(1), fmpz(0))
    rest = value
    while True:
        whole = rest.floor()
        (p, q), (p_next, q_next) = (p_next, q_next), (whole * p_next + p, whole * q_next + q)
        if p_next:
            yield fmpq(p_next, q_next)
        rest -= whole
        if not rest:
            return
        rest = 1 / rest
