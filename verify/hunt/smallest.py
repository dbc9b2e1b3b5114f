"""What 'smallest' means, and how it is proved: every smaller dataset is decided.

Fewest points, then fewest tasks, then smallest largest |label|, then points (0, 1, 2, ... first, then by the largest
|x|), then labels point by point and task by task. Single numbers are ordered 0, 1, -1, 2, -2, ..., as Hypothesis
shrinks them; integers come before fractions. There are infinitely many smaller datasets, so the proof covers integer
labels up to a stated size, and no more tasks than the counterexample has.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations, product
from math import lcm

from flint import fmpq

from ...theory.dataset import Dataset
from ...theory.numbers import Vector, sign
from ...theory.verdict import Refuted, Undecided, Verdict

VerdictOnData = Callable[[Dataset], Verdict]
Shape = tuple[int, int]
MOST_HEIGHT = 8
"""Larger labels are not enumerated: what has so many digits is no textbook example."""


class FickleError(ValueError):
    """A dataset that was refuted is not refuted when it is decided again."""


@dataclass(frozen=True, slots=True)
class Smallest:
    """A counterexample and how small it is known to be.

    proved: whether all smaller datasets with integer labels up to `height`, integer points where points matter, else
    points 0, 1, 2, ..., and no more tasks were decided and none refutes; decided: how many were.
    undecided: those of them whose verdict stayed open, which prevent a proof.
    """

    data: Dataset
    verdict: Refuted
    proved: bool
    height: int
    decided: int
    undecided: int

    @property
    def words(self) -> str:
        """'smallest: proved over ...' or 'smallest found'."""
        count = f"{self.decided} dataset{'' if self.decided == 1 else 's'} decided"
        if self.proved:
            return f"smallest: proved over |label| <= {self.height} ({count}, none of the smaller ones refutes)"
        reason = (
            f"{self.undecided} of the smaller ones stay undecided"
            if self.undecided
            else "the smaller ones are too many"
        )
        return f"smallest found ({reason}; {count})"


def order_key(data: Dataset) -> tuple[object, ...]:
    """Sorts datasets from small to large."""
    entries = [entry for label in data.labels for entry in label]
    standard = all(x == i for i, x in enumerate(data.points))
    reach = fmpq(0) if standard else max(map(abs, data.points))
    points = not standard, not _integral(data.points), reach, [_rank(x) for x in data.points]
    return data.size, data.tasks, not _integral(entries), max(map(abs, entries)), points, [_rank(a) for a in entries]


def _integral(numbers: Iterable[fmpq]) -> bool:
    return all(number.q == 1 for number in numbers)


def _rank(value: fmpq) -> tuple[fmpq, bool]:
    return abs(value), sign(value) < 0


def smallest(found: Dataset, verdict_on: VerdictOnData, budget: int, *, integer_points: bool = False) -> Smallest:
    """The smallest counterexample, from one that `verdict_on` refutes: reduced by steps, then all smaller ones decided.

    budget: how many datasets are enumerated at most. FickleError if `verdict_on` does not refute `found`.
    """
    verdict = verdict_on(found)
    if not isinstance(verdict, Refuted):
        raise FickleError(f"the verdict on the dataset found is {verdict.word}")
    best, verdict = _reduced(found, verdict, verdict_on)
    while True:
        search = _Enumeration(best, verdict, verdict_on, budget, integer_points)
        search.run()
        if search.best == best:
            return search.answer()
        # Once more from the smaller one, so that what is said of it does not depend on how it was found.
        best, verdict = search.best, search.verdict


class _Enumeration:
    """Decides datasets by increasing size of the labels, smaller shapes first, and keeps the smallest refutation."""

    def __init__(
        self, best: Dataset, verdict: Refuted, verdict_on: VerdictOnData, budget: int, integer_points: bool
    ) -> None:
        self.best, self.verdict, self.verdict_on = best, verdict, verdict_on
        self.budget, self.integer_points = budget, integer_points
        self.height, self.decided, self.undecided = -1, 0, 0

    def run(self) -> None:
        """All shapes at height 0, then 1, ..., as long as the budget lasts; heights above that of the best too.

        Those are begun only if they can be finished: they prove more, but nothing smaller is likely there.
        """
        for height in range(MOST_HEIGHT + 1):
            shapes = [(n, t) for n in range(2, self.best.size + 1) for t in range(1, self.best.tasks + 1)]
            smaller = [shape for shape in shapes if shape < (self.best.size, self.best.tasks)]
            cost = sum(self._count(shape, height) for shape in smaller)
            if height > self._tallest() and self.decided + cost > self.budget:
                return
            for shape in shapes:
                self._shape(shape, height)
            if self.decided >= self.budget:
                return
            self.height = height

    def _count(self, shape: Shape, height: int) -> int:
        entries = shape[0] * shape[1]
        labels = int((2 * height + 1) ** entries - max(2 * height - 1, 0) ** entries)
        return labels * sum(1 for _ in self._points(shape[0]))

    def _below(self, shape: Shape, height: int) -> bool:
        """Whether there is something smaller than the best of this shape and height."""
        here = (self.best.size, self.best.tasks)
        return shape < here or (shape == here and height <= self._tallest())

    def _tallest(self) -> fmpq:
        return max([abs(entry) for label in self.best.labels for entry in label])

    def _points(self, size: int) -> Iterator[Vector]:
        return point_sets(size, self._reach()) if self.integer_points else point_sets(size, 0)

    def _reach(self) -> int:
        largest: fmpq = max([abs(x) for x in self.best.points])
        return int(largest.ceil())

    def _shape(self, shape: Shape, height: int) -> None:
        if not self._below(shape, height):
            return
        rival = shape == (self.best.size, self.best.tasks)
        for points in self._points(shape[0]):
            for labels in labels_of_height(shape, height):
                data = Dataset(points, labels)
                if self.decided >= self.budget or (rival and order_key(data) >= order_key(self.best)):
                    return
                verdict = self.verdict_on(data)
                self.decided += 1
                self.undecided += isinstance(verdict, Undecided)
                if isinstance(verdict, Refuted):
                    self.best, self.verdict = data, verdict
                    return

    def answer(self) -> Smallest:
        """The best one; proved if every smaller dataset up to its own height at least was decided."""
        proved = self.height >= self._tallest() and not self.undecided and self._on_the_grid()
        return Smallest(self.best, self.verdict, proved, self.height, self.decided, self.undecided)

    def _on_the_grid(self) -> bool:
        if not self.integer_points and any(x != i for i, x in enumerate(self.best.points)):
            return False
        return _integral([*self.best.points, *[entry for label in self.best.labels for entry in label]])


def labels_of_height(shape: Shape, height: int) -> Iterator[tuple[Vector, ...]]:
    """All integer labels whose largest |entry| is `height`, in order."""
    size, tasks = shape
    digits = [fmpq(0)] + [fmpq(s * n) for n in range(1, height + 1) for s in (1, -1)]
    for flat in product(digits, repeat=size * tasks):
        if height == 0 or any(abs(entry) == height for entry in flat):
            yield tuple([flat[i : i + tasks] for i in range(0, len(flat), tasks)])


def point_sets(size: int, reach: int) -> Iterator[Vector]:
    """0, 1, ..., size - 1, then all other increasing integer points with |x| <= reach, in order."""
    standard = tuple([fmpq(i) for i in range(size)])
    yield standard
    numbers = [fmpq(n) for n in range(-reach, reach + 1)]
    others = [points for points in combinations(numbers, size) if points != standard]
    yield from sorted(others, key=lambda points: (max(map(abs, points)), [_rank(x) for x in points]))


def _reduced(data: Dataset, verdict: Refuted, verdict_on: VerdictOnData) -> tuple[Dataset, Refuted]:
    """Steps down the order while one of the simple changes still refutes."""
    while True:
        for candidate in _steps(data):
            if order_key(candidate) < order_key(data):
                answer = verdict_on(candidate)
                if isinstance(answer, Refuted):
                    data, verdict = candidate, answer
                    break
        else:
            return data, verdict


def _steps(data: Dataset) -> Iterator[Dataset]:
    """A point or a task less, points at 0, 1, 2, ..., integers in the place of fractions, smaller integers.

    Every sequence of steps down the order is finite: whole numbers fall, and fractions are only made whole.
    """
    if data.size > 2:
        for i in range(data.size):
            yield Dataset(data.points[:i] + data.points[i + 1 :], data.labels[:i] + data.labels[i + 1 :])
    if data.tasks > 1:
        for t in range(data.tasks):
            yield Dataset(data.points, tuple([label[:t] + label[t + 1 :] for label in data.labels]))
    yield Dataset(tuple([fmpq(i) for i in range(data.size)]), data.labels)
    for change in (_nearest, lambda a: a * _denominator(data), _half, _nearer):
        yield Dataset(data.points, tuple([tuple(map(change, label)) for label in data.labels]))
        moved = sorted({change(x) for x in data.points})
        if len(moved) == data.size:
            yield Dataset(tuple(moved), data.labels)
    for i, label in enumerate(data.labels):
        for t, entry in enumerate(label):
            for change in (lambda _: fmpq(0), _nearest, _half, _nearer):
                changed = (*label[:t], change(entry), *label[t + 1 :])
                yield Dataset(data.points, (*data.labels[:i], changed, *data.labels[i + 1 :]))


def _denominator(data: Dataset) -> int:
    return lcm(*[int(a.q) for numbers in (data.points, *data.labels) for a in numbers])


def _nearest(a: fmpq) -> fmpq:
    return fmpq((a + fmpq(1, 2)).floor())


def _half(a: fmpq) -> fmpq:
    return sign(a) * fmpq((abs(a) / 2).floor())


def _nearer(a: fmpq) -> fmpq:
    """One nearer to 0, a fraction to an integer."""
    return sign(a) * fmpq(abs(a).ceil() - 1) if sign(a) else a
