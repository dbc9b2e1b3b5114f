"""The certificate of a fit, one line at a time, in the order that SPECIFICATION.md gives; `fit_checker.py` judges it.

Rational knot values and a rational dual at the knots; between them v follows. What is exact is written exactly, else to
more digits than were asked for, so that what is proved is proved again by arithmetic that knows nothing of balls.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import pairwise
from typing import Any

from flint import arb, ctx, fmpq

from ...theory.enclosure import Enclosure, round_decimal
from ...theory.numbers import ZERO, Vector, is_zero
from ...theory.numeral import format_rational
from ...theory.regularised import KnotFit, Regularised, segment_dual, spline_labels
from ...theory.root_sum import RootSum
from ...theory.vectors import dot, scale, squared_length, subtract, zero
from .certified import knot_labels
from .proof import exact
from .refine import refine
from .result import Fit

SCHEMA = "reluproof.fit-certificate/1"
DIGITS = 25
"""Decimals of the knot values of a fit that is not exact; its dual has twice as many."""
BOUND_DIGITS = 40
SUM_BITS = 512


def certificate_lines(fit: Fit, digits: int | None = None) -> Iterator[str]:
    """The lines, each a JSON object and a newline."""
    places = max(DIGITS, digits or 0)
    problem = fit.noisy.regularised(fit.penalty)
    candidate = fit.exact if fit.exact is not None else _rational(fit, problem, places)
    drawn = _drawn(problem, candidate)
    yield _line(_head(fit, problem, candidate, drawn))
    for record in _points(fit, candidate, drawn.given):
        yield _line(record)
    yield _line({"conclusion": "proved", "records": fit.noisy.size + 2, "knots": len(candidate.dual)})


def _line(record: dict[str, Any]) -> str:
    return json.dumps(record, separators=(",", ":")) + "\n"


def _rational(fit: Fit, problem: Regularised, places: int) -> KnotFit:
    """Decimal knot values near the minimiser, and decimal duals near lambda d / |d|, not longer than lambda."""
    assert fit.arrays is not None
    assert fit.candidate is not None
    refined = refine(problem, fit.noisy.sums, fit.arrays, fit.candidate, places + 5)
    if refined is not None:
        knots, near = refined.knots, refined.values
    else:
        knots = tuple(fit.candidate.knots.tolist())
        rows = knot_labels(fit.arrays, fit.candidate).tolist()
        near = tuple([tuple([fmpq(*value.as_integer_ratio()) for value in row]) for row in rows])
    unit = fmpq(10) ** places
    values = tuple([tuple([(entry * unit).floor() / unit for entry in row]) for row in near])
    x = problem.data.points
    slopes = [
        tuple([(q - p) / (x[b] - x[a]) for p, q in zip(*rows, strict=True)])
        for (a, b), rows in zip(pairwise(knots), pairwise(values), strict=True)
    ]
    kinks = [subtract(after, before) for before, after in pairwise(slopes)]
    return KnotFit(knots, values, tuple([_dual(d, problem.penalty, 2 * places) for d in kinks]))


def _dual(d: Vector, penalty: fmpq, places: int) -> Vector:
    """A vector of rationals just shorter than lambda, along d up to so many digits."""
    with ctx.workprec(int(places * 3.4) + 64):
        size = sum([arb(e) * arb(e) for e in d], arb(0)).sqrt()
        unit = fmpq(10) ** places
        shorter = 1 - 2 * len(d) / arb(unit)
        if not size > 0:
            return zero(len(d))
        rounded = [_floor(exact(((arb(e) / size * shorter) * arb(unit)).mid())) / unit for e in d]
    return scale(penalty, tuple(rounded))


def _floor(value: fmpq) -> fmpq:
    """Towards 0, so that nothing gets longer."""
    return fmpq(value.floor() if value > 0 else value.ceil())


@dataclass(frozen=True, slots=True)
class _Drawn:
    """Z and v at all points, W (Y - Z), and where v is given: the knots, and where it would be longer than lambda."""

    z: list[Vector]
    v: list[Vector]
    pulls: list[Vector]
    given: dict[int, Vector]


def _drawn(problem: Regularised, fit: KnotFit) -> _Drawn:
    """v is shortened where it would be longer than lambda, until it is not."""
    x, y, nothing = problem.data.points, problem.data.labels, zero(problem.data.tasks)
    z = spline_labels(x, fit.knots, fit.values)
    pulls = [scale(w, subtract(a, b)) for w, a, b in zip(problem.weights, y, z, strict=True)]
    given = {0: nothing, **dict(zip(fit.knots[1:-1], fit.dual, strict=True)), len(x) - 1: nothing}
    square = problem.penalty * problem.penalty
    while True:
        places = sorted(given)
        v = segment_dual(x, pulls, places, [given[k] for k in places])
        over = [j for j, row in enumerate(v) if j not in given and squared_length(row) > square]
        if not over:
            return _Drawn(z, v, pulls, given)
        for j in over:
            longer = RootSum([squared_length(v[j]) / square]).enclosure().upper
            given[j] = scale(1 / longer, v[j])


def _proved(problem: Regularised, fit: KnotFit, drawn: _Drawn) -> tuple[fmpq, Enclosure]:
    """An upper bound of the gap, and bounds of P(Z); sums in balls, because exact ones grow with every stretch."""
    x = problem.data.points
    with ctx.workprec(SUM_BITS):
        gap, cost, loss = arb(0), arb(0), arb(0)
        for k in drawn.given:
            force = subtract(drawn.pulls[k], _turn(x, drawn.v, k))
            gap += arb(squared_length(force) / problem.weights[k]) / 2
        for k, v in zip(fit.knots[1:-1], fit.dual, strict=True):
            d = _turn(x, drawn.z, k)
            length, paired = problem.penalty * arb(squared_length(d)).sqrt(), dot(v, d)
            rest = problem.penalty**2 * squared_length(d) - paired * paired
            gap += arb(rest) / (length + arb(paired)) if paired > 0 else length - arb(paired)
            cost += length
        for row, w in zip(drawn.pulls, problem.weights, strict=True):
            loss += arb(squared_length(row) / w) / 2
        return Enclosure.from_ball(gap).upper, Enclosure.from_ball(loss + cost)


def _turn(x: Sequence[fmpq], rows: Sequence[Vector], k: int) -> Vector:
    """The second difference at a point; beyond an end there is no slope."""
    turn = zero(len(rows[0]))
    if k + 1 < len(rows):
        turn = scale(1 / (x[k + 1] - x[k]), subtract(rows[k + 1], rows[k]))
    if k > 0:
        turn = subtract(turn, scale(1 / (x[k] - x[k - 1]), subtract(rows[k], rows[k - 1])))
    return turn


def _head(fit: Fit, problem: Regularised, candidate: KnotFit, drawn: _Drawn) -> dict[str, Any]:
    if fit.is_exact:
        bound, distance, objective = ZERO, ZERO, fit.objective
    else:
        found, value = _proved(problem, candidate, drawn)
        # The checker rounds every root up; that is far below one part in a thousand.
        bound = _up(found * fmpq(1001, 1000) + fmpq(1, 10**55) * (1 + problem.penalty))
        distance = RootSum([2 * bound / min(problem.weights)]).enclosure().upper * fmpq(1001, 1000)
        scatter = fit.noisy.scatter
        objective = Enclosure(max(value.lower + scatter - bound, ZERO), value.upper + scatter)
    slack = (objective.upper + 1) * fmpq(1, 10**45)
    lower = max(objective.lower - slack, ZERO)
    statement = {
        "lambda": format_rational(fit.penalty),
        "exact": fit.is_exact,
        "objective": {
            "lower": round_decimal(lower, BOUND_DIGITS, up=False),
            "upper": round_decimal(objective.upper + slack, BOUND_DIGITS, up=True),
        },
        "gap": round_decimal(bound, 60, up=True),
        "distance": round_decimal(distance, 4, up=True),
        "kinks": _counts(fit),
        # That kinks are multiples of one vector is decided without these records.
        "unique": fit.unique if fit.signs is None else None,
        "sparsest": fit.sparsest if fit.signs is None else None,
    }
    noisy = fit.noisy
    return {
        "schema": SCHEMA,
        "points": noisy.size,
        "tasks": noisy.tasks,
        "reading": noisy.source.reading,
        "weighted": noisy.weighted,
        "data_sha256": _sha256(fit),
        "statement": statement,
    }


def _counts(fit: Fit) -> dict[str, int]:
    nonzero, undecided = len(fit.support), len(fit.undecided)
    return {"zero": fit.noisy.size - 2 - nonzero - undecided, "nonzero": nonzero, "undecided": undecided}


def _up(value: fmpq) -> fmpq:
    """Rounded up to few digits, so that it is short and what it is compared with is what is written."""
    if is_zero(value):
        return value
    shift = fmpq(10) ** (60 + max(0, value.q.bit_length() - value.p.bit_length()) // 3)
    return (value * shift).ceil() / shift


def _sha256(fit: Fit) -> str:
    digest = sha256()
    for point, rows in zip(fit.noisy.data.points, fit.noisy.observations, strict=True):
        for label, weight in sorted(rows):
            words = [point, *label] + ([weight] if fit.noisy.weighted else [])
            digest.update(" ".join(map(format_rational, words)).encode() + b"\n")
    return digest.hexdigest()


def _points(fit: Fit, candidate: KnotFit, given: dict[int, Vector]) -> Iterator[dict[str, Any]]:
    nonzero, undecided = set(fit.support), set(fit.undecided)
    values = dict(zip(candidate.knots, candidate.values, strict=True))
    last = fit.noisy.size - 1
    for index, (point, rows) in enumerate(zip(fit.noisy.data.points, fit.noisy.observations, strict=True)):
        kind = "nonzero" if index in nonzero else "undecided" if index in undecided else "zero"
        dual = given.get(index) if 0 < index < last else None
        value = values.get(index)
        yield {
            "point": index,
            "x": format_rational(point),
            "y": [[format_rational(entry) for entry in label] for label, _ in rows],
            "w": [format_rational(weight) for _, weight in rows] if fit.noisy.weighted else None,
            "kink": kind,
            "value": None if value is None else [format_rational(entry) for entry in value],
            "dual": None if dual is None else [format_rational(entry) for entry in dual],
        }
