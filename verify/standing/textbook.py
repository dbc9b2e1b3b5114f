"""The datasets on which every exact check is run for the table: ordinary ones, and every kind of degeneracy."""

from collections.abc import Sequence
from typing import Any

from ...theory.dataset import Dataset


def _line(*labels: Any, x: Sequence[Any] | None = None) -> Dataset:
    return Dataset.from_fractions(list(range(len(labels))) if x is None else x, labels)


DATASETS: dict[str, Dataset] = {
    "two points": _line(0, 1),
    "two points, two tasks": _line((0, 1), (2, -1), x=["-1/2", "7/3"]),
    "three points": _line(0, 0, 1),
    "three collinear points": _line((0, 0), (1, 2), (2, 4)),
    "a run of two": _line(0, 0, 1, 3),
    "a run of two, uneven": _line(0, 0, "1/3", 2, x=[0, 1, "3/2", 4]),
    "an odd run of three": _line(0, 0, 1, 3, 6),
    "a run of four": _line(0, 0, 1, 3, 6, 10),
    "a run of five, two tasks": _line(*[(n * (n - 1), -n * (n - 1)) for n in range(7)]),
    "two runs around a zero kink": _line(0, 0, -1, -3, -5, -8, -12),
    "a zigzag": _line(0, 1, 0, 1, 0, 1),
    "a zero kink beside a kink": _line(0, 1, 1, 1),
    "all kinks zero": _line(1, 2, 3, 4, 5),
    "constant labels": _line((2, 2), (2, 2), (2, 2), (2, 2)),
    "labels a, b, b, a": _line((1, 0, 0), (0, 1, 0), (0, 1, 0), (1, 0, 0), x=[0, 5, "11/2", 100]),
    "orthogonal kinks": _line((0, 0), (0, 0), (1, 0), (2, 1), (3, 2)),
    "margin on an axis": _line((0, 0), (0, 0), (1, 0), (1, 0)),
    "opposite kinks": _line((0, 0), (0, 0), (3, 4), (3, 4), (6, 8)),
    "a run in the direction (3, 4)": _line((0, 0), (0, 0), (3, 4), (9, 12), (9, 13)),
    "generic, two tasks": _line((0, 1), (1, 0), (0, 2), (5, 1), (0, 0), x=[0, 1, 3, 4, 6]),
    "generic, three tasks": _line((0, 1, 2), (3, -1, 4), (1, -5, 9), (2, 6, -5), (3, 5, 8), (9, 7, 9)),
    "nearly aligned": _line((0, 0), (0, 0), (1, 0), (3, "1e-9"), (3, 5)),
    "huge and tiny": _line("1e30", "-1e-30", "2e15", "3e30", 0, x=["-1e9", "-1e-9", 0, "1e-12", "1e12"]),
}
