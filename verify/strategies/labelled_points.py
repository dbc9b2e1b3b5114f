"""Labelled points with many inputs, for Hypothesis."""

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from ...theory.labelled_points import LabelledPoints

Corner = tuple[int, int]

_GRID = [(x, y) for x in range(-2, 3) for y in range(-2, 3)]


def plane_points(min_size: int = 4, max_size: int = 6) -> SearchStrategy[tuple[Corner, ...]]:
    """Distinct integer points in [-2, 2]^2."""
    return st.lists(st.sampled_from(_GRID), min_size=min_size, max_size=max_size, unique=True).map(tuple)


def plane_datasets(
    min_size: int = 4, max_size: int = 6, tasks: tuple[int, ...] = (1, 2, 3), reach: int = 2
) -> SearchStrategy[LabelledPoints]:
    """Integer points in [-2, 2]^2 with integer labels in -reach..reach."""

    def labelled(points: tuple[Corner, ...]) -> SearchStrategy[LabelledPoints]:
        entry = st.integers(-reach, reach)
        rows = st.sampled_from(tasks).flatmap(
            lambda count: st.lists(st.tuples(*[entry] * count), min_size=len(points), max_size=len(points))
        )
        return rows.map(lambda labels: LabelledPoints(points, tuple(labels)))  # type: ignore[arg-type]

    return plane_points(min_size, max_size).flatmap(labelled)
