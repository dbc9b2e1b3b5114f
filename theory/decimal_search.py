"""The nearest non-unique labels with few decimals by exhaustion: what it finds is proved to be the nearest.

In units of 10^-D labels are integers. Non-unique labels have an aligned pair of kinks, d_{j+1} = rho d_j != 0. Outside
the four points of the pair each label is best rounded. Inside, every task chooses four integers: both its kinks are
zero, or they have one sign and the ratio rho that all tasks share. So for each rho the tasks decide on their own, and
only the four integers of one task, within a small ball, have to be listed.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from flint import fmpq, fmpz

from .dataset import Dataset
from .margin import pair_margins
from .nearest import functionals, window
from .numbers import ZERO, Vector, nearest_float, sign
from .vectors import integral

MOST_POINTS = 200_000
"""The most integer points that are listed, over all pairs and tasks; about two seconds."""

Integers = tuple[int, ...]
Ratio = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Exhausted:
    """pair, ratio, labels: the nearest aligned labels below the bound, in units, if there are any.

    square: their squared distance in units. complete: whether everything below the bound was looked at.
    """

    complete: bool
    square: fmpq
    pair: int = 0
    ratio: fmpq = ZERO
    columns: tuple[Integers, ...] = ()


def exhaust(data: Dataset, unit: fmpq, bound: fmpq, most_points: int = MOST_POINTS) -> Exhausted:
    """The nearest aligned labels that are multiples of `unit`, if they are nearer than sqrt(bound) units.

    The pairs that could be nearest come first; the search gives up, incomplete, before it would list more points of
    the integers than allowed.

    >>> found = exhaust(Dataset.from_fractions([0, 1, 2, 3], [0, 0, 0, 1]), fmpq(1, 100), fmpq(3))
    >>> str(found.square), found.complete
    ('1', True)
    """
    pairs = sorted(_pairs(data, unit), key=lambda pair: pair.least)
    best = Exhausted(True, bound)
    listed = 0.0
    for pair in pairs:
        if pair.least >= best.square:
            break
        listed += pair.estimate(best.square)
        if listed > most_points:
            return Exhausted(False, bound)
        best = pair.improved(best)
    return best


def _pairs(data: Dataset, unit: fmpq) -> Iterator["_Pair"]:
    rounding = [sum([_rounding(entry / unit) for entry in label], ZERO) for label in data.labels]
    everywhere = sum(rounding, ZERO)
    for found in pair_margins(data):
        outside = everywhere - sum(rounding[found.pair - 1 : found.pair + 3], ZERO)
        margin = found.squared().enclosure(64).lower / (unit * unit)
        yield _Pair(data, found.pair, unit, outside, outside + margin)


def _rounding(value: fmpq) -> fmpq:
    """The squared distance to the nearest integer."""
    rest = value - (value + fmpq(1, 2)).floor()
    return rest * rest


class _Pair:
    """The four points of one pair. outside: what rounding the other labels costs; least: no choice here costs less."""

    def __init__(self, data: Dataset, pair: int, unit: fmpq, outside: fmpq, least: fmpq) -> None:
        one, two = functionals(data, pair)
        self.number, self.outside, self.least = pair, outside, least
        both, _ = integral((*one, *two))
        self.one, self.two = tuple(map(int, both[:4])), tuple(map(int, both[4:]))
        columns = zip(*window(data, pair).labels, strict=True)
        self.targets: list[Vector] = [tuple([entry / unit for entry in column]) for column in columns]
        self.rounded = [sum(map(_rounding, column), ZERO) for column in self.targets]

    def room(self, task: int, bound: fmpq) -> fmpq:
        """What the task may cost at most if all labels together stay below the bound."""
        return bound - self.outside - sum(self.rounded, ZERO) + self.rounded[task]

    def estimate(self, bound: fmpq) -> float:
        """About how many integer points the tasks have to list: the volumes of balls in four dimensions."""
        radii = [nearest_float(max(self.room(task, bound), ZERO)) ** 0.5 + 1 for task in range(len(self.targets))]
        return float(sum([5 * radius**4 for radius in radii]))

    def improved(self, best: Exhausted) -> Exhausted:
        """The best labels that are aligned here, if they are better."""
        tasks = [_Task.listed(target, self.room(task, best.square), self) for task, target in enumerate(self.targets)]
        for p, q in sorted({ratio for task in tasks for ratio in task.bent}):
            chosen = _chosen(tasks, (p, q))
            square = self.outside + sum([cost for cost, _ in chosen], ZERO) if chosen else best.square
            if square < best.square:
                best = Exhausted(True, square, self.number, fmpq(p, q), tuple([point for _, point in chosen]))
        return best


Choice = tuple[fmpq, Integers]


@dataclass(slots=True)
class _Task:
    """The cheapest integers of one task with both kinks zero, and for each ratio of two kinks of one sign."""

    straight: Choice | None = None
    bent: dict[Ratio, Choice] = field(default_factory=dict)

    @classmethod
    def listed(cls, target: Vector, room: fmpq, pair: _Pair) -> "_Task":
        """All integer points that cost at most `room`, sorted into these."""
        found = cls()
        for cost, point in ball(target, room):
            u = sum([a * b for a, b in zip(pair.one, point, strict=True)])
            v = sum([a * b for a, b in zip(pair.two, point, strict=True)])
            if not u and not v:
                found.straight = min(found.straight or (cost, point), (cost, point))
            elif u and sign(u) == sign(v):
                ratio = fmpq(v, u)
                key = int(ratio.p), int(ratio.q)
                found.bent[key] = min(found.bent.get(key, (cost, point)), (cost, point))
        return found


def _chosen(tasks: Sequence[_Task], ratio: Ratio) -> list[Choice]:
    """The cheapest choice of every task for one ratio, not all of them straight; empty if a task has none."""
    choices, extra = [], []
    for task in tasks:
        bent, straight = task.bent.get(ratio), task.straight
        options = [choice for choice in (bent, straight) if choice is not None]
        if not options:
            return []
        choices.append(min(options))
        extra.append((bent[0] - choices[-1][0], bent) if bent is not None else None)
    bends = [(more, index, bent) for index, option in enumerate(extra) if option for more, bent in [option]]
    _, index, bent = min(bends)
    choices[index] = bent
    return choices


def ball(target: Vector, room: fmpq) -> Iterator[Choice]:
    """All integer points whose squared distance from the target is at most `room`, with that distance.

    >>> [(str(cost), point) for cost, point in ball((fmpq(1, 2), fmpq(0)), fmpq(1, 2))]
    [('1/4', (0, 0)), ('1/4', (1, 0))]
    """
    numerators, denominator = integral(target)
    entries, scale = list(map(int, numerators)), int(denominator)
    square = fmpq(scale * scale)
    yield from ((cost / square, point) for cost, point in _within(entries, scale, int((room * square).floor())))


def _within(entries: Sequence[int], scale: int, room: int) -> Iterator[tuple[fmpq, Integers]]:
    """The same for entries / scale, with distances in units of 1 / scale."""
    if sign(room) < 0:
        return
    if not entries:
        yield ZERO, ()
        return
    here, *rest = entries
    reach = int(fmpz(room).isqrt())
    for n in range(-((reach - here) // scale), (here + reach) // scale + 1):
        cost = (here - n * scale) ** 2
        for more, point in _within(rest, scale, room - cost):
            yield cost + more, (n, *point)
