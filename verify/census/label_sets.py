"""Finite label sets, and their windows of three and four labels up to symmetry.

Whether neighbouring kinks are aligned depends on four consecutive labels, so a chain over windows of three counts
the label sequences without an aligned pair. A symmetry of the label set that is affine and injective keeps alignment
(statement X) and the weights, so the windows of one orbit may be counted as one state.

Weights are positive integers: a label has the probability weight / total.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations_with_replacement, product
from math import comb, factorial, prod
from typing import NamedTuple, Protocol

from flint import fmpq, fmpz

from ...theory.numbers import Vector

State = Hashable
Labels = tuple[Vector, ...]


class Extension(NamedTuple):
    """Four labels that extend a state: representatives, how often they occur, and the state of the last three."""

    labels: Labels
    weight: int
    state: State


class LabelSet(Protocol):
    """What the census needs to know about a set of labels."""

    @property
    def tasks(self) -> int:
        """T, the number of coordinates of a label."""

    @property
    def total(self) -> int:
        """The sum of all weights; the number of labels if they are equally likely."""

    def states(self) -> Iterator[tuple[State, Labels, int]]:
        """All windows of three labels up to symmetry: the state, representatives, and the weight of the orbit."""

    def extensions(self, state: State) -> Iterator[Extension]:
        """The ways to add a fourth label to a representative of the state; their weights add up to `total`."""

    def labels(self) -> list[tuple[Vector, int]]:
        """Every label with its weight (for enumeration)."""

    def complexity(self) -> int:
        """About how many windows of four labels there are up to symmetry."""


@dataclass(frozen=True, slots=True)
class OneHot:
    """The T unit vectors, equally likely. Only the pattern of equalities in a window matters."""

    tasks: int

    @property
    def total(self) -> int:
        """T."""
        return self.tasks

    def complexity(self) -> int:
        """The 15 patterns of four labels."""
        return 15

    def labels(self) -> list[tuple[Vector, int]]:
        """The unit vectors."""
        return [(_unit(symbol, self.tasks), 1) for symbol in range(self.tasks)]

    def states(self) -> Iterator[tuple[State, Labels, int]]:
        """Patterns such as (0, 1, 0): the first and the third label are equal, the second is another."""
        for pattern in product(range(3), repeat=3):
            used = max(pattern) + 1
            if pattern == _relabelled(pattern) and used <= self.tasks:
                weight = prod(self.tasks - symbol for symbol in range(used))
                yield pattern, tuple([_unit(symbol, used) for symbol in pattern]), weight

    def extensions(self, state: State) -> Iterator[Extension]:
        """A symbol of the pattern, or one of the T - k others."""
        assert isinstance(state, tuple)
        used = max(state) + 1
        for symbol in range(min(used + 1, self.tasks)):
            window = (*state, symbol)
            weight = 1 if symbol < used else self.tasks - used
            # Coordinates of labels that do not occur are zero throughout and may be left out.
            yield Extension(tuple([_unit(s, used + 1) for s in window]), weight, _relabelled(window[1:]))


def _unit(symbol: int, tasks: int) -> Vector:
    return tuple([fmpq(int(index == symbol)) for index in range(tasks)])


def _relabelled(pattern: Sequence[int]) -> tuple[int, ...]:
    names: dict[int, int] = {}
    return tuple([names.setdefault(symbol, len(names)) for symbol in pattern])


Column = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Box:
    """values^T, equally likely: every task takes each of the values independently ({0, 1}^T, grids [-M, M]^T).

    The tasks may be exchanged, so a window is the multiset of its columns (the values of one task in the window). If
    the values are symmetric about their middle, each column may also be reflected.
    """

    values: tuple[fmpq, ...]
    tasks: int

    def __post_init__(self) -> None:
        values = tuple(sorted({fmpq(value) for value in self.values}))
        if len(values) != len(self.values):
            raise ValueError("the values of a box must be distinct")
        object.__setattr__(self, "values", values)

    @property
    def total(self) -> int:
        """The number of labels."""
        return int(len(self.values) ** self.tasks)

    @property
    def _symmetric(self) -> bool:
        ends = self.values[0] + self.values[-1]
        return all(a + b == ends for a, b in zip(self.values, reversed(self.values), strict=True))

    def complexity(self) -> int:
        """Multisets of T columns of length 4."""
        columns = len(self.values) ** 4
        return comb((columns + 1) // 2 + self.tasks - 1 if self._symmetric else columns + self.tasks - 1, self.tasks)

    def labels(self) -> list[tuple[Vector, int]]:
        """All vectors of values."""
        return [(label, 1) for label in product(self.values, repeat=self.tasks)]

    def states(self) -> Iterator[tuple[State, Labels, int]]:
        """Multisets of columns of length 3."""
        orbits = Counter(self._canonical(column) for column in product(range(len(self.values)), repeat=3))
        for columns in combinations_with_replacement(sorted(orbits), self.tasks):
            counts = Counter(columns)
            weight = _multinomial(counts.values()) * prod(orbits[column] ** n for column, n in counts.items())
            yield tuple(sorted(counts.items())), self._labels(counts), weight

    def extensions(self, state: State) -> Iterator[Extension]:
        """The tasks with equal columns are told apart only by how many of them take each value next."""
        assert isinstance(state, tuple)
        ways = [list(_splits(column, count, len(self.values))) for column, count in state]
        for choice in product(*ways):
            columns: Counter[Column] = Counter()
            for part, _ in choice:
                columns.update(part)
            after: Counter[Column] = Counter()
            for column, count in columns.items():
                after[self._canonical(column[1:])] += count
            yield Extension(self._labels(columns), prod(weight for _, weight in choice), tuple(sorted(after.items())))

    def _canonical(self, column: Column) -> Column:
        top = len(self.values) - 1
        return min(column, tuple([top - index for index in column])) if self._symmetric else column

    def _labels(self, columns: Counter[Column]) -> Labels:
        """One coordinate for each distinct column: repeated ones change no alignment."""
        return tuple(zip(*[[self.values[index] for index in column] for column in sorted(columns)], strict=True))


def _multinomial(counts: Iterable[int]) -> int:
    sizes = list(counts)
    return factorial(sum(sizes)) // prod([factorial(size) for size in sizes])


def _splits(column: Column, count: int, choices: int) -> Iterator[tuple[dict[Column, int], int]]:
    """How `count` equal columns can be extended: {longer column: how many}, and in how many ways."""
    for values in combinations_with_replacement(range(choices), count):
        sizes = Counter(values)
        yield {(*column, value): size for value, size in sizes.items()}, _multinomial(sizes.values())


@dataclass(frozen=True, slots=True)
class LabelList:
    """An explicit list of distinct labels with integer weights; no symmetry is used."""

    vectors: tuple[Vector, ...]
    weights: tuple[int, ...]

    def __post_init__(self) -> None:
        if len(set(self.vectors)) != len(self.vectors):
            raise ValueError("the labels of a list must be distinct")
        if len(self.vectors) != len(self.weights) or not self.vectors:
            raise ValueError("one weight per label is needed")
        if min(self.weights) < 1:
            raise ValueError("weights must be positive")
        if len({len(vector) for vector in self.vectors}) > 1:
            raise ValueError("all labels need the same number of coordinates")

    @classmethod
    def from_rationals(cls, vectors: Sequence[Vector], weights: Sequence[fmpq] | None = None) -> "LabelList":
        """From rational weights (any positive multiple of the probabilities); equal ones if there are none."""
        given = [fmpq(1)] * len(vectors) if weights is None else list(weights)
        common = fmpz(1)
        for weight in given:
            common = common.lcm(weight.q)
        return cls(tuple(vectors), tuple([int(weight.p * (common // weight.q)) for weight in given]))

    @property
    def tasks(self) -> int:
        """T."""
        return len(self.vectors[0])

    @property
    def total(self) -> int:
        """The sum of the weights."""
        return sum(self.weights)

    def complexity(self) -> int:
        """All windows of four labels."""
        return len(self.vectors) ** 4

    def labels(self) -> list[tuple[Vector, int]]:
        """The list itself."""
        return list(zip(self.vectors, self.weights, strict=True))

    def states(self) -> Iterator[tuple[State, Labels, int]]:
        """All triples of places in the list."""
        for state in product(range(len(self.vectors)), repeat=3):
            yield state, tuple([self.vectors[i] for i in state]), prod(self.weights[i] for i in state)

    def extensions(self, state: State) -> Iterator[Extension]:
        """Every label."""
        assert isinstance(state, tuple)
        for place, (vector, weight) in enumerate(self.labels()):
            window = (*[self.vectors[i] for i in state], vector)
            yield Extension(window, weight, (*state[1:], place))
