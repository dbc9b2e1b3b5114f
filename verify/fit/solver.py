"""The float64 solver: scaling, interior point, Newton on the support. What it finds is a candidate, no more."""

from collections.abc import Callable
from typing import Any

import numpy

from . import exchange, interior_point, operators, support
from .candidate import Data, Support
from .interior_point import Guess
from .problem import Problem

Array = Any

FEW = 100
"""One kink among so many points, or fewer, and exchange is faster than all points at once."""
VERY_FEW = 25
FEW_ROUNDS = 4
"""Rounds of Newton worth their time while the interior point method could still go on."""


def candidate(problem: Problem, warm: Support | None = None) -> Support:
    """A candidate for the problem, in its units; warm: one for a lambda nearby."""
    data, x_unit, y_unit = normalised(problem)
    with numpy.errstate(all="ignore"):
        found = _warm(data, rescaled(warm, 1 / x_unit, 1 / y_unit)) if warm is not None else None
        if found is None or not found.settled:
            found = _cold(data)
    return rescaled(found, x_unit, y_unit)


def normalised(problem: Problem) -> tuple[Data, float, float]:
    """Points with mean gap 1, labels with residuals of mean square 1 about a line."""
    x = problem.x - problem.x[0] + (problem.x_low - problem.x_low[0])
    x_unit = float(x[-1]) / (len(x) - 1)
    w = problem.weights / problem.weights.mean()
    labels = problem.labels
    away = x - x.mean()
    flat = labels - labels.mean(axis=0)
    flat = flat - away[:, None] * ((away @ flat) / (away @ away))
    y_unit = float(numpy.sqrt((flat**2).mean())) or 1.0
    penalty = problem.penalty / (x_unit * y_unit * float(problem.weights.mean()))
    return Data(x / x_unit, w, labels / y_unit, penalty), x_unit, y_unit


def rescaled(found: Support, x_factor: float, y_factor: float) -> Support:
    """The candidate when points and labels are multiplied by these factors."""
    return Support(
        found.knots, found.values * y_factor, found.directions, found.lengths * (y_factor / x_factor), found.settled
    )  # fmt: skip


def _warm(data: Data, before: Support) -> Support:
    """From the solution for a lambda nearby: exchange where kinks are very few, else Newton with its knots."""
    if len(before.lengths) < min(VERY_FEW, len(data.x) / FEW):
        return exchange.exchange(data, exchange.beside(data, before))
    return support.settle(data, before)


def _cold(data: Data) -> Support:
    """Exchange where few kinks are expected, else all points at once; each is tried where the other fails, and last
    kinks are added to the line one by one."""
    size, tasks = data.labels.shape
    if size == 2:
        return support.straight(data)
    expected = exchange.FEWEST + size / (4 * data.penalty ** (2 / 3))
    reduced = Data(data.x, data.weights, _reduced(data.labels), data.penalty)
    few = expected < size / FEW
    best, least = support.straight(data), numpy.inf
    tries: list[Callable[[], Support]] = [
        lambda: exchange.exchange(reduced, exchange.grid(size, round(4 * expected))),
        lambda: _interior(reduced),
    ]
    tries = [*(tries if few else tries[::-1]), lambda: support.settle(reduced, support.straight(reduced))]
    for attempt in tries:
        found = attempt()
        if reduced.labels.shape[1] < tasks:
            found = _back(data, found)
        if found.settled:
            return found
        gap = support.rough_gap(data, found)[0]
        if gap < least:
            best, least = found, gap
    return best


def on_support(problem: Problem, knots: Array, directions: Array) -> Support:
    """The candidate with these inner knots (data indices) and unit directions (K, T) of their kinks."""
    data, x_unit, y_unit = normalised(problem)
    ends = numpy.concatenate([[0], knots, [problem.size - 1]]).astype(int)
    start = Support(ends, data.labels[ends], directions, numpy.ones(len(knots)))
    with numpy.errstate(all="ignore"):
        return rescaled(support.reduce(data, start), x_unit, y_unit)


def _interior(data: Data) -> Support:
    """Interior point over all points, then Newton on the support it indicates; early, which often does, then late."""
    h = numpy.diff(data.x)
    iteration = interior_point.Dual(h, data.weights, data.labels, data.penalty)
    found = _indicated(data, iteration.run(interior_point.HOPEFUL), h, FEW_ROUNDS)
    return found if found.settled else _indicated(data, iteration.run(interior_point.ENOUGH), h, support.MOST_ROUNDS)


def _indicated(data: Data, guess: Guess, h: Array, rounds: int) -> Support:
    z = data.labels - data.penalty * operators.transposed(h, guess.eta) / data.weights[:, None]
    return support.settle(data, support.start(guess.nonzero, guess.eta, guess.mu, z), rounds)


def _back(data: Data, found: Support) -> Support:
    """A solution in the coordinates of the span, in those of the tasks, and settled there."""
    directions = found.directions @ _basis(data.labels)[1].T
    return support.settle(data, Support(found.knots, data.labels[found.knots], directions, found.lengths))


def _basis(labels: Array) -> tuple[int, Array]:
    """The rank of the centred labels up to rounding, and an orthonormal basis (T, rank) of their span."""
    centred = labels - labels.mean(axis=0)
    if len(labels) < labels.shape[1]:
        _, lengths, rows = numpy.linalg.svd(centred, full_matrices=False)
        values, vectors = lengths**2, rows.T
    else:
        values, vectors = numpy.linalg.eigh(centred.T @ centred)
    kept = values > 1e-13 * max(float(values.max()), 1e-300)
    return int(kept.sum()), vectors[:, kept]


def _reduced(labels: Array) -> Array:
    """The labels in coordinates of their span: fewer tasks, the same lengths."""
    if labels.shape[1] == 1:
        return labels
    rank, basis = _basis(labels)
    return labels if rank in (0, labels.shape[1]) else labels @ basis
