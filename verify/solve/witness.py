"""Solver 1 beside the theorem: the network that bends at interior data points, by linear algebra alone."""

from collections.abc import Sequence

from flint import fmpq

from ...theory.dataset import Dataset
from ...theory.spline import LinearSpline
from ...theory.verdict import DoesNotApply, Holds, Refuted, Verdict
from .linear_algebra import interior_optimum

METHOD = "exact linear algebra over the interior data points"
MOST_POINTS = 200


def interior_witness(data: Dataset, optimum: LinearSpline, squares: Sequence[fmpq]) -> Verdict:
    """Whether the N x N interpolation system has `optimum` as its solution, and its cost; not run above MOST_POINTS."""
    if data.size > MOST_POINTS:
        return DoesNotApply(f"not run: N > {MOST_POINTS}")
    found = interior_optimum(data)
    network = found.spline()
    if network != optimum:
        return Refuted(data, f"the interpolation system has the solution {network!r}, connect-the-dots is {optimum!r}")
    costs = sorted([square for square in found.squares if square])
    if costs != sorted(squares):
        return Refuted(data, f"the squared kinks of the solution {network!r} are {costs}, those of the cost {squares}")
    return Holds("the N x N interpolation system has one solution, the same network at the same cost")
