"""One dataset in, everything that is so about it out: exact, and no claim is asked."""

from collections.abc import Sequence

from flint import fmpq, fmpz

from ...theory.alignment import Run, runs_of
from ...theory.dataset import Dataset
from ...theory.directions import directions
from ...theory.duality import Angle, DualCertificate, dual_certificate, smallest_angle, smallest_angle_among
from ...theory.enclosure import Enclosure
from ...theory.margin import PairMargin, margin, margin_among
from ...theory.numbers import Vector, bounded_total
from ...theory.optimum import changes, slopes, with_kinks
from ...theory.sobolev import (
    enclosed_total,
    is_minimum_norm,
    kernel_coefficients,
    norm_terms,
)
from ...theory.solution_set import (
    another_optimum,
    radius,
    sparsest_dimension,
    sparsest_is_unique,
    sparsest_optimum,
    sparsest_width,
)
from ...theory.spline import LinearSpline
from ..reading.provenance import Source
from .findings import Cost, Duality, Findings, Optima, Sobolev, Sparsest

NORM_BITS = 4096
"""The squared Sobolev norms are given exactly only up to denominators of this length; they are always enclosed."""

LARGE = 10_000
"""From so many points on, a floating-point filter leaves few windows to exact arithmetic."""


def answers(data: Dataset, source: Source | None = None) -> Findings:
    """What is so about the dataset, without the verdicts of claims and without the independent solver.

    source: where the data came from; None for a dataset that no file or array gave to `reading`.
    """
    all_slopes = slopes(data)
    all_kinks = changes(all_slopes)
    runs, decided_by = _runs(data, all_kinks)
    optimum = with_kinks(data, all_slopes[0], all_kinks)
    many = any(run.length > 1 for run in runs)
    # What needs most memory on its way goes first, and nothing of it is left when the directions come.
    sobolev = _sobolev(data, all_slopes, optimum)
    dual = dual_certificate(data, all_kinks)
    angle, least_margin = _nearest_to_alignment(data, all_kinks)
    return Findings(
        data=data,
        source=source or Source("dataset", None, data.reading),
        decided_by=decided_by,
        slopes=all_slopes,
        kinks=all_kinks,
        runs=runs,
        cost=Cost(tuple([square for square in dual.squared_lengths if square])),
        optima=Optima(optimum, another_optimum(data) if many else None, radius(data) if many else None),
        sparsest=Sparsest(
            sparsest_optimum(data) if many else optimum,
            sparsest_width(runs),
            sparsest_is_unique(runs),
            sparsest_dimension(runs),
        ),
        duality=_duality(data, dual),
        smallest_angle=angle,
        margin=least_margin,
        sobolev=sobolev,
    )


def _runs(data: Dataset, all_kinks: Sequence[Vector]) -> tuple[tuple[Run, ...], str]:
    """The runs, and how they were decided."""
    if data.size < LARGE:
        return runs_of(all_kinks), "exact rational arithmetic"
    from ..arrays.dataset import all_runs, decide_dataset

    decision = decide_dataset(data, all_kinks)
    return all_runs(decision, all_kinks), decision.stages.words


def _nearest_to_alignment(data: Dataset, all_kinks: Sequence[Vector]) -> tuple[Angle | None, PairMargin | None]:
    """The smallest angle and the margin."""
    if data.size < LARGE:
        of_kinks = directions(all_kinks)
        return smallest_angle(of_kinks), margin(data, of_kinks)
    from ..arrays.contenders import contenders

    left = contenders(data, all_kinks)
    return smallest_angle_among(all_kinks, left.angle), margin_among(data, all_kinks, left.margin)


def _duality(data: Dataset, dual: DualCertificate) -> Duality:
    curvatures = dual.curvatures(data.labels)
    # What is equal to an object that is held already is held as that object: long data need half the memory.
    if curvatures == dual.directions:
        curvatures = dual.directions
    squares = dual.squared_lengths
    pairing = {j: squares[j - 1] if c == squares[j - 1] else c for j, c in dual.pairing(curvatures).items()}
    return Duality(dual, dual.contact_gaps(), curvatures, pairing)


def _sobolev(data: Dataset, all_slopes: Sequence[Vector], optimum: LinearSpline) -> Sobolev:
    coefficients = kernel_coefficients(data)
    common: fmpz | None = fmpz(1)
    totals: list[fmpq] = []
    enclosures: list[Enclosure] = []
    for terms in norm_terms(data, all_slopes):
        enclosures.append(enclosed_total(terms))
        if common is not None:
            found = bounded_total(terms, NORM_BITS, common)
            common = None if found is None else found[1]
            totals += [] if found is None else [found[0]]
    return Sobolev(
        agrees=is_minimum_norm(optimum, data.points, coefficients),
        norm_squared=None if common is None else tuple(totals),
        norm_enclosures=tuple(enclosures),
        coefficients=coefficients,
    )
