"""The census: exact probabilities by a transfer matrix, for any number of points (statement P)."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
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

MOST_WINDOWS = 4_000_000
"""The most of them over all spacings: each triple of gaps that is no multiple of another has windows of its own."""

MOST_BYTES = 2**31
"""The most memory for the numbers of one step."""

Progress = Callable[[Iterable["Gaps"], int], Iterable["Gaps"]]
"""Wraps the iterator over the steps, given their number (tqdm does)."""

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


def census(labels: LabelSet, points: Sequence[fmpq], progress: Progress | None = None) -> Census:
    """The probability of uniqueness for labels drawn independently from the set, at N >= 2 increasing points.

    Raises CensusError, before any work, if there are too many windows or their counts need too much memory.
    """
    x = validated(labels, points)
    walk = _Walk(labels, x, progress)
    equal = len({right - left for left, right in pairwise(x)}) == 1
    return Census(x, walk.unique(), walk.decay() if equal else None)


def unique_probability(labels: LabelSet, points: Sequence[fmpq], progress: Progress | None = None) -> fmpq:
    """The probability of uniqueness alone, for the same arguments as `census` and with the same errors."""
    return _Walk(labels, validated(labels, points), progress).unique()


def aligned_runs(labels: LabelSet, points: Sequence[fmpq], progress: Progress | None = None) -> Distribution:
    """{number of runs of length at least 2: probability}."""

    def step(phase: int, arrow: Arrow) -> tuple[int, int]:
        # phase: how many kinks the present run has, counted up to 2.
        if arrow.aligned:
            return 2, int(phase == 1)
        return int(arrow.bends), 0

    return _Walk(labels, validated(labels, points, phases=3), progress).distribution(step, start=0)


def sparsest_widths(labels: LabelSet, points: Sequence[fmpq], progress: Progress | None = None) -> Distribution:
    """{fewest active neurons of an optimum: probability} (statement K: one for every second kink of a run)."""

    def step(phase: int, arrow: Arrow) -> tuple[int, int]:
        # phase: 1 at the odd places of a run, 2 at the even ones, 0 at a zero kink.
        if arrow.aligned:
            return (2, 0) if phase == 1 else (1, 1)
        return int(arrow.bends), int(arrow.bends)

    return _Walk(labels, validated(labels, points, phases=3), progress).distribution(step, start=1)


def validated(labels: LabelSet, points: Sequence[fmpq], phases: int = 0) -> tuple[fmpq, ...]:
    """The points; CensusError if they are none, or if the work is too much. phases: of a distribution, else 0."""
    x = tuple(points)
    if len(x) < 2:
        raise CensusError("a census needs at least 2 points")
    for left, right in pairwise(x):
        if left >= right:
            raise CensusError(f"the points must be increasing: {right} comes after {left}")
    windows = labels.complexity()
    if windows > LARGEST:
        raise CensusError(
            f"about {windows:,} windows of four labels are too many, at most {LARGEST:,} are counted; "
            "labels of zeros and ones count only by their number, as one-hot:n"
        )
    spacings = len(set(_steps(x)))
    if windows * spacings > MOST_WINDOWS:
        raise CensusError(
            f"about {windows:,} windows of four labels at {spacings:,} different spacings are too many, at most "
            f"{MOST_WINDOWS:,} are counted; equally spaced points have one spacing"
        )
    # A weight is below total^N; a distribution has a polynomial of degree at most N / 2 in each phase.
    numbers = sum(1 for _ in labels.states()) * max(1, phases * len(x) // 2)
    size = numbers * len(x) * labels.total.bit_length() // 8
    if size > MOST_BYTES:
        raise CensusError(f"the counts would take up to {size >> 20:,} MiB, at most {MOST_BYTES >> 20:,}: fewer points")
    return x


def _steps(points: tuple[fmpq, ...]) -> "list[Gaps]":
    """The three gaps of each window of four points, scaled so that the first is 1: only their ratios matter."""
    gaps = [right - left for left, right in pairwise(points)]
    windows = zip(gaps, gaps[1:], gaps[2:], strict=False)
    return [(fmpq(1), middle / left, right / left) for left, middle, right in windows]


class _Walk:
    """The chain from the first three points to the last three."""

    def __init__(self, labels: LabelSet, points: tuple[fmpq, ...], progress: Progress | None) -> None:
        self.labels, self.points, self.progress = labels, points, progress
        self.arrows = lru_cache(maxsize=4)(lambda gaps: arrows(labels, gaps))
        self.transfer = lru_cache(maxsize=4)(self._transfer)
        self.by_state = lru_cache(maxsize=4)(self._by_state)

    def steps(self) -> "Iterable[Gaps]":
        """The scaled gaps of each window of four points."""
        found = _steps(self.points)
        return found if self.progress is None else self.progress(found, len(found))

    def unique(self) -> fmpq:
        """The probability that no two neighbouring kinks are aligned."""
        if len(self.points) < 4:
            return fmpq(1)
        here: Mapping[State, fmpz] = {state: fmpz(weight) for state, _, weight in self.labels.states()}
        for gaps in self.steps():
            there: defaultdict[State, fmpz] = defaultdict(fmpz)
            for (before, after), weight in self.transfer(gaps).items():
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

    def _by_state(self, gaps: Gaps) -> dict[State, list[tuple[Arrow, int]]]:
        found: defaultdict[State, list[tuple[Arrow, int]]] = defaultdict(list)
        for arrow, weight in self.arrows(gaps).items():
            found[arrow.before].append((arrow, weight))
        return found

    def decay(self) -> Enclosure:
        """The spectral radius of the transfer matrix at equal gaps, per label."""
        places = {state: place for place, (state, _, _) in enumerate(self.labels.states())}
        transfer = self.transfer((fmpq(1), fmpq(1), fmpq(1)))
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
        first, second = (right - left for left, right in pairwise(self.points[:3]))
        here: defaultdict[tuple[State, int], fmpz_poly] = defaultdict(fmpz_poly)
        for state, window, weight in self.labels.states():
            phase = int(bends(window, first, second))
            here[state, phase] += _monomial(weight, start * phase)
        for gaps in self.steps():
            by_state = self.by_state(gaps)
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
