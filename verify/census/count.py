"""The census: exact probabilities by a transfer matrix, for any number of points (statement P)."""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from flint import fmpq, fmpz, fmpz_poly

from ...theory.enclosure import Enclosure
from ...theory.numbers import ExactRepr
from .chain import Arrow, Gaps, arrows, bends
from .decay import spectral_radius
from .label_sets import LabelSet, State

LARGEST = 400_000
"""The most windows of four labels, up to symmetry, that a census takes on."""

Distribution = dict[int, fmpq]


class CensusError(ValueError):
    """The census asked for is too large, or no census; one line says why."""


@dataclass(frozen=True, slots=True, repr=False)
class Census(ExactRepr):
    """Exact answers about i.i.d. labels from a finite set at given points.

    unique: the probability that connect-the-dots is the only optimum. decay: an enclosure of the factor by which it
    shrinks with each further point in the long run; None if the points are not equally spaced.
    """

    points: tuple[fmpq, ...]
    unique: fmpq
    decay: Enclosure | None = field(compare=False)

    @property
    def non_unique(self) -> fmpq:
        """The probability that uniqueness fails."""
        return 1 - self.unique


def census(labels: LabelSet, points: Sequence[fmpq]) -> Census:
    """The probability of uniqueness for labels drawn independently from the set, at N >= 2 increasing points.

    Raises CensusError if there are more than `LARGEST` windows.
    """
    x = _validated(labels, points)
    walk = _Walk(labels, x)
    equal = len({right - left for left, right in pairwise(x)}) == 1
    return Census(x, walk.unique(), walk.decay() if equal else None)


def aligned_runs(labels: LabelSet, points: Sequence[fmpq]) -> Distribution:
    """{number of runs of length at least 2: probability}."""

    def step(phase: int, arrow: Arrow) -> tuple[int, int]:
        # phase: how many kinks the present run has, counted up to 2.
        if arrow.aligned:
            return 2, int(phase == 1)
        return int(arrow.bends), 0

    return _Walk(labels, _validated(labels, points)).distribution(step, start=0)


def sparsest_widths(labels: LabelSet, points: Sequence[fmpq]) -> Distribution:
    """{fewest active neurons of an optimum: probability} (statement K: one for every second kink of a run)."""

    def step(phase: int, arrow: Arrow) -> tuple[int, int]:
        # phase: 1 at the odd places of a run, 2 at the even ones, 0 at a zero kink.
        if arrow.aligned:
            return (2, 0) if phase == 1 else (1, 1)
        return int(arrow.bends), int(arrow.bends)

    return _Walk(labels, _validated(labels, points)).distribution(step, start=1)


def _validated(labels: LabelSet, points: Sequence[fmpq]) -> tuple[fmpq, ...]:
    x = tuple(points)
    if len(x) < 2:
        raise CensusError("a census needs at least 2 points")
    for left, right in pairwise(x):
        if left >= right:
            raise CensusError(f"the points must be increasing: {right} comes after {left}")
    if labels.complexity() > LARGEST:
        raise CensusError(
            f"about {labels.complexity():,} windows of four labels are too many, at most {LARGEST:,} are counted; "
            "labels of zeros and ones count only by their number, as one-hot:n"
        )
    return x


class _Walk:
    """The chain from the first three points to the last three."""

    def __init__(self, labels: LabelSet, points: tuple[fmpq, ...]) -> None:
        self.labels, self.points = labels, points
        self.gaps = tuple([right - left for left, right in pairwise(points)])
        self.arrows = lru_cache(maxsize=4)(lambda gaps: arrows(labels, gaps))

    def steps(self) -> "list[Gaps]":
        """The three gaps of each window of four points, scaled so that the first is 1: only their ratios matter."""
        windows = zip(self.gaps, self.gaps[1:], self.gaps[2:], strict=False)
        return [(fmpq(1), middle / left, right / left) for left, middle, right in windows]

    def unique(self) -> fmpq:
        """The probability that no two neighbouring kinks are aligned."""
        if len(self.points) < 4:
            return fmpq(1)
        here: Mapping[State, fmpz] = {state: fmpz(weight) for state, _, weight in self.labels.states()}
        for gaps in self.steps():
            there: defaultdict[State, fmpz] = defaultdict(fmpz)
            for (before, after), weight in self._transfer(gaps).items():
                if before in here:
                    there[after] += weight * here[before]
            here = there
        return fmpq(sum(here.values(), fmpz(0)), fmpz(self.labels.total) ** len(self.points))

    def _transfer(self, gaps: Gaps) -> Counter[tuple[State, State]]:
        found: Counter[tuple[State, State]] = Counter()
        for arrow, weight in self.arrows(gaps).items():
            if not arrow.aligned:
                found[arrow.before, arrow.after] += weight
        return found

    def decay(self) -> Enclosure:
        """The spectral radius of the transfer matrix at equal gaps, per label."""
        places = {state: place for place, (state, _, _) in enumerate(self.labels.states())}
        transfer = self._transfer((fmpq(1), fmpq(1), fmpq(1)))
        matrix = {(places[before], places[after]): weight for (before, after), weight in transfer.items()}
        radius = spectral_radius(matrix, len(places))
        return Enclosure(radius.lower / self.labels.total, radius.upper / self.labels.total)

    def distribution(self, step: Callable[[int, Arrow], tuple[int, int]], start: int) -> Distribution:
        """The distribution of a number that grows by `step(phase, arrow) -> (phase, growth)` along the chain.

        The phase is 1 and the number is `start` where the first kink is nonzero, else both are 0. Coefficient n of a
        polynomial is the weight of the sequences at which the number is n.
        """
        if len(self.points) < 3:
            return {0: fmpq(1)}
        here: defaultdict[tuple[State, int], fmpz_poly] = defaultdict(fmpz_poly)
        for state, window, weight in self.labels.states():
            phase = int(bends(window, self.gaps[0], self.gaps[1]))
            here[state, phase] += _monomial(weight, start * phase)
        for gaps in self.steps():
            by_state: defaultdict[State, list[tuple[Arrow, int]]] = defaultdict(list)
            for arrow, weight in self.arrows(gaps).items():
                by_state[arrow.before].append((arrow, weight))
            there: defaultdict[tuple[State, int], fmpz_poly] = defaultdict(fmpz_poly)
            for (state, phase), polynomial in here.items():
                for arrow, weight in by_state[state]:
                    next_phase, growth = step(phase, arrow)
                    there[arrow.after, next_phase] += polynomial * _monomial(weight, growth)
            here = there
        total = sum(here.values(), fmpz_poly())
        everything = fmpz(self.labels.total) ** len(self.points)
        return {number: fmpq(weight, everything) for number, weight in enumerate(total.coeffs()) if weight}


def _monomial(weight: int, exponent: int) -> fmpz_poly:
    return fmpz_poly([0] * exponent + [weight])
