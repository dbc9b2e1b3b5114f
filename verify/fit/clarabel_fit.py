"""The same fit by Clarabel, an interior point solver for cone programs that shares nothing with ours."""

from typing import Any

import numpy

from ...theory.numbers import nearest_float
from .result import Fit

Array = Any

METHOD = "Clarabel"


def solve(x: Array, y: Array, weights: Array, penalty: float) -> tuple[float, Array]:
    """(optimal value, labels) to Clarabel's accuracy, for arrays of shapes (N,), (N, T), (N,).

    Variables Z, kinks D Z and bounds of their lengths, one second-order cone for each kink.
    """
    import clarabel
    from scipy import sparse

    size, tasks = y.shape
    inner = size - 2
    count = size * tasks
    quadratic = sparse.diags(numpy.concatenate([numpy.repeat(weights, tasks), numpy.zeros(inner)]), format="csc")
    linear = numpy.concatenate([-(weights[:, None] * y).ravel(), numpy.full(inner, penalty)])
    before, after = 1 / numpy.diff(x)[:-1], 1 / numpy.diff(x)[1:]
    kinks = sparse.diags([before, -before - after, after], [0, 1, 2], shape=(inner, size), format="coo")
    # Cone of kink j: (t_j, d_j), so rows (1 + T) j are -t_j and the following are -D_j Z.
    rows, columns, values = [(1 + tasks) * numpy.arange(inner)], [count + numpy.arange(inner)], [-numpy.ones(inner)]
    for task in range(tasks):
        rows.append((1 + tasks) * kinks.row + 1 + task)
        columns.append(kinks.col * tasks + task)
        values.append(-kinks.data)
    shape = ((1 + tasks) * inner, count + inner)
    places = (numpy.concatenate(rows), numpy.concatenate(columns))
    matrix = sparse.csc_matrix((numpy.concatenate(values), places), shape=shape)
    settings = clarabel.DefaultSettings()
    settings.verbose = False
    cones = [clarabel.SecondOrderConeT(1 + tasks)] * inner
    solution = clarabel.DefaultSolver(quadratic, linear, matrix, numpy.zeros(shape[0]), cones, settings).solve()
    labels = numpy.array(solution.x[:count]).reshape(size, tasks)
    return float(solution.obj_val + 0.5 * (weights[:, None] * y**2).sum()), labels


def comparison(fit: Fit) -> tuple[tuple[str, str], ...]:
    """Rows for the report: Clarabel's value and labels beside what is proved."""
    data, weights = fit.noisy.exact
    if data.size < 3:
        return ((METHOD, "needs at least 3 points"),)
    x = numpy.array([nearest_float(v) for v in data.points])
    y = numpy.array([[nearest_float(v) for v in row] for row in data.labels])
    w = numpy.array([nearest_float(v) for v in weights])
    value, labels = solve(x, y, w, float(fit.penalty))
    value += float(fit.noisy.scatter)
    middle = float((fit.objective.lower + fit.objective.upper) / 2)
    off = float(numpy.sqrt(((labels - fit.labels) ** 2).sum()))
    relative = abs(value - middle) / max(abs(middle), 1e-300)
    return (
        (METHOD, f"optimal value {value:.12g} (relative difference {relative:.1e}), its labels at {off:.1e} from ours"),
        ("", f"largest kink it leaves where ours is proved zero: {_largest_left(fit, x, labels):.1e}"),
    )


def _largest_left(fit: Fit, x: Array, labels: Array) -> float:
    kinks = numpy.diff(numpy.diff(labels, axis=0) / numpy.diff(x)[:, None], axis=0)
    lengths = numpy.sqrt((kinks**2).sum(axis=1))[fit.proved.zero[1:-1]]
    return float(lengths.max(initial=0.0))
