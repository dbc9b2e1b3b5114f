"""Findings as a source of a certificate: a pure view, nothing is decided here."""

from collections.abc import Iterator
from hashlib import sha256

from ...theory import stencil
from ...theory.dataset import Dataset
from ...theory.numbers import Vector
from ...theory.root_sum import square_root
from ...theory.solution_set import ratio
from ...theory.vectors import subtract
from ..answers.findings import Findings
from .records import Knot, Place, Source, Statement, data_line, lines_of

NORM_LIMIT = 1000
"""Up to this many points the squared Sobolev norms are certified: exact sums of many fractions grow without bound."""


def certificate_lines(findings: Findings) -> Iterator[str]:
    """The lines of the certificate of these findings, each a JSON object and a newline."""
    return lines_of(_source(findings))


def _source(findings: Findings) -> Source:
    data = findings.data
    digest = sha256()
    for x, label in zip(data.points, data.labels, strict=True):
        digest.update(data_line(x, label))
    return Source(
        points=data.size,
        tasks=data.tasks,
        reading=findings.source.reading,
        data_sha256=digest.hexdigest(),
        aligned_pairs=sum([run.last - run.first for run in findings.aligned_runs]),
        statement=_statement(findings),
        places=_places(findings),
    )


def _statement(findings: Findings) -> Statement:
    optimum, angle, margin = findings.optima.connect_the_dots, findings.smallest_angle, findings.margin
    squared = None if margin is None else margin.squared().enclosure()
    return Statement(
        slope=optimum.slope,
        offset=optimum.offset,
        cost=findings.cost.enclosure(),
        connect_the_dots=optimum.width,
        sparsest=findings.sparsest.width,
        sparsest_dimension=findings.sparsest.dimension,
        radius=findings.optima.radius,
        angle=None if angle is None else (angle.one_minus_cosine().enclosure(), angle.gap),
        margin=None if margin is None or squared is None else (square_root(squared), squared, margin.pair),
        first=subtract(findings.data.labels[0], optimum.slope),
        last=_last_slope(findings.data),
        norm_squared=findings.sobolev.norm_squared if findings.data.size <= NORM_LIMIT else None,
    )


def _last_slope(data: Dataset) -> Vector:
    (x, next_x), (y, next_y) = data.points[-2:], data.labels[-2:]
    return tuple([stencil.slope(x, next_x, a, b) for a, b in zip(y, next_y, strict=True)])


def _places(findings: Findings) -> Iterator[Place]:
    data, kinks, knots = findings.data, findings.kinks, _knots_by_hat(findings)
    aligned = {right for run in findings.aligned_runs for right in range(run.first + 1, run.last + 1)}
    for index, (x, label) in enumerate(zip(data.points, data.labels, strict=True)):
        inner = 0 < index < data.size - 1
        yield Place(x, label, kinks[index - 1] if inner else None, knots.get(index), index in aligned)


def _knots_by_hat(findings: Findings) -> dict[int, Knot]:
    """The knots of the sparsest optimum, each at the last data point j not right of it, as a multiple of d_j (K)."""
    points, spline = findings.data.points, findings.sparsest.spline
    found, hat = {}, 0
    for knot, kink in zip(spline.knots, spline.kinks, strict=True):
        while points[hat + 1] <= knot:
            hat += 1
        found[hat] = (knot, ratio(findings.kinks[hat - 1], kink))
    return found
