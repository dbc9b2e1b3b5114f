"""Numbers, vectors and points, drawn so that they shrink to 0, to small integers and to 0, 1, 2, ..."""

from itertools import accumulate

from flint import fmpq
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from ...theory.numbers import Vector

GAPS = tuple([fmpq(p, q) for p, q in ((1, 1), (2, 1), (1, 2), (3, 1), (1, 3), (5, 2), (7, 1))])
POSITIVE = tuple([fmpq(p, q) for p, q in ((1, 1), (2, 1), (1, 2), (3, 1), (2, 3))])
PARTS = tuple([fmpq(p, q) for p, q in ((0, 1), (1, 1), (1, 2), (1, 3), (3, 4))])


def rationals(bound: int = 9) -> SearchStrategy[fmpq]:
    """Integers and small fractions of size at most `bound`, shrinking to 0, then to small integers."""
    integers = st.integers(-bound, bound).map(fmpq)
    return integers | st.builds(fmpq, st.integers(-bound, bound), st.integers(2, 5))


def vectors(tasks: int, bound: int = 9) -> SearchStrategy[Vector]:
    """Vectors of Q^tasks, shrinking to 0."""
    return st.tuples(*[rationals(bound)] * tasks)


FIRST = st.integers(-2, 2).map(fmpq)


@st.composite
def points(draw: DrawFn, size: int) -> tuple[fmpq, ...]:
    """`size` increasing points with small rational gaps, shrinking to 0, 1, 2, ..."""
    first = draw(FIRST)
    gaps = [draw(st.sampled_from(GAPS)) for _ in range(size - 1)]
    return tuple(accumulate(gaps, initial=first))
