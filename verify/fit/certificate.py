"""The certificate of a fit, one line at a time, in the order that SPECIFICATION.md gives; `fit_checker.py` judges it.

Rational knot values and a rational dual at the knots; between them v follows. What is exact is written exactly, else to
more digits than were asked for, so that what is proved is proved again by arithmetic that knows nothing of balls.
"""

import json
from collections.abc import Iterator, Sequence
from hashlib import sha256
from itertools import pairwise
from typing import Any

from flint import arb, ctx, fmpq

from ...theory.enclosure import Enclosure, round_decimal
from ...theory.knot_fit import KnotFit, segment_dual, spline_labels
from ...theory.numbers import ZERO, Vector, is_zero
from ...theory.numeral import format_rational
from ...theory.regularised import Regularised
from ...theory.root_sum import RootSum
from ...theory.vectors import dot, scale, squared_length, subtract, zero
from .proof import exact
from .provable import SUM_BITS, Drawn, Provable, turn
from .refine import Refinement
from .result import Fit
from .summary import knot_labels

SCHEMA = "reluproof.fit-certificate/1"
DIGITS = 25
"""Decimals of the knot values of a fit that is not exact; its dual has twice as many."""
MOST_DIGITS, KINK_DIGITS = 60, 12
"""Decimals for small kinks, as far as the sums of the checker reach, and the digits that a kink keeps."""
BOUND_DIGITS = 40


def certificate_lines(fit: Fit, digits: int | None = None) -> Iterator[str]:
    """The lines, each a JSON object and a newline."""
    places = max(DIGITS, digits or 0)
    problem = fit.noisy.regularised(fit.penalty)
    candidate = fit.exact if fit.exact is not None else _rational(fit, problem, places)
    drawn = _drawn(problem, candidate)
    bound, value = _proved(problem, candidate, drawn)
    kinds, known = _decided(fit), True
    if not fit.is_exact:
        provable = Provable(problem, candidate, drawn, bound)
        kinds = provable.kinds(kinds)
        # That kinks are multiples of one vector, tiny or hardly turned, is decided without these records.
        known = fit.signs is None and kinds == _decided(fit) and provable.all_apart(kinds)
    yield _line(_head(fit, problem, (bound, value), kinds, known=known))
    for record in _points(fit, candidate, drawn.given, kinds):
        yield _line(record)
    yield _line({"conclusion": "proved", "records": fit.noisy.size + 2, "knots": len(candidate.dual)})


def _line(record: dict[str, Any]) -> str:
    return json.dumps(record, separators=(",", ":")) + "\n"


def _rational(fit: Fit, problem: Regularised, places: int) -> KnotFit:
    """Decimal knot values near the minimiser, and decimal duals near lambda d / |d|, not longer than lambda."""
    knots, near = _near(fit, problem, places)
    sizes = _sizes(problem, knots, near)
    small = min([size for size in sizes if size], default=fmpq(1))
    places = min(max(places, KINK_DIGITS + small.q.bit_length() // 3), max(places, MOST_DIGITS))
    kept = [0, *[k for k, size in enumerate(sizes, 1) if size * fmpq(10) ** (places - KINK_DIGITS) > 1], len(knots) - 1]
    knots, near = tuple([knots[k] for k in kept]), tuple([near[k] for k in kept])
    unit = fmpq(10) ** places
    values = tuple([tuple([(entry * unit).floor() / unit for entry in row]) for row in near])
    x = problem.data.points
    slopes = [
        tuple([(q - p) / (x[b] - x[a]) for p, q in zip(*rows, strict=True)])
        for (a, b), rows in zip(pairwise(knots), pairwise(values), strict=True)
    ]
    kinks = [subtract(after, before) for before, after in pairwise(slopes)]
    return KnotFit(knots, values, tuple([_dual(d, problem.penalty, 2 * places) for d in kinks]))


def _near(fit: Fit, problem: Regularised, places: int) -> tuple[tuple[int, ...], tuple[Vector, ...]]:
    """Knots and values there: what the fit was refined to, or refined now, or the floats themselves."""
    assert fit.arrays is not None
    assert fit.candidate is not None
    if fit.refined is not None and fit.distance < fmpq(1, 10**places):
        return fit.refined.knots, fit.refined.values
    refined = Refinement(problem, fit.noisy.sums, fit.arrays, fit.candidate).to(places + 5)
    if refined is not None and (fit.refined is None or refined.knots == fit.refined.knots):
        return refined.knots, refined.values
    if fit.refined is not None:
        return fit.refined.knots, fit.refined.values
    rows = knot_labels(fit.arrays, fit.candidate).tolist()
    return tuple(fit.candidate.knots.tolist()), tuple(
        [tuple([fmpq(*value.as_integer_ratio()) for value in row]) for row in rows]
    )


def _sizes(problem: Regularised, knots: Sequence[int], values: Sequence[Vector]) -> list[fmpq]:
    """About the sizes of the kinks times the distance to the nearer knot."""
    x = problem.data.points
    found = []
    for (a, b, c), rows in zip(
        zip(knots, knots[1:], knots[2:], strict=False), zip(values, values[1:], values[2:], strict=False), strict=True
    ):
        share = (x[b] - x[a]) / (x[c] - x[a])
        found.append(max([abs(q - p - share * (r - p)) for p, q, r in zip(*rows, strict=True)]))
    return found


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


def _drawn(problem: Regularised, fit: KnotFit) -> Drawn:
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
            return Drawn(z, v, pulls, given)
        for j in over:
            longer = RootSum([squared_length(v[j]) / square]).enclosure().upper
            given[j] = scale(1 / longer, v[j])


def _proved(problem: Regularised, fit: KnotFit, drawn: Drawn) -> tuple[fmpq, Enclosure]:
    """An upper bound of the gap, and bounds of P(Z); sums in balls, because exact ones grow with every stretch."""
    x = problem.data.points
    with ctx.workprec(SUM_BITS):
        gap, cost, loss = arb(0), arb(0), arb(0)
        for k in drawn.given:
            force = subtract(drawn.pulls[k], turn(x, drawn.v, k))
            gap += arb(squared_length(force) / problem.weights[k]) / 2
        for k, v in zip(fit.knots[1:-1], fit.dual, strict=True):
            d = turn(x, drawn.z, k)
            length, paired = problem.penalty * arb(squared_length(d)).sqrt(), dot(v, d)
            rest = problem.penalty**2 * squared_length(d) - paired * paired
            gap += arb(rest) / (length + arb(paired)) if paired > 0 else length - arb(paired)
            cost += length
        for row, w in zip(drawn.pulls, problem.weights, strict=True):
            loss += arb(squared_length(row) / w) / 2
        # The checker rounds every root up; that is far below one part in a thousand.
        bound = _up(Enclosure.from_ball(gap).upper * fmpq(1001, 1000) + fmpq(1, 10**55) * (1 + problem.penalty))
        return bound, Enclosure.from_ball(loss + cost)


def _head(
    fit: Fit, problem: Regularised, proved: tuple[fmpq, Enclosure], kinds: list[str], *, known: bool
) -> dict[str, Any]:
    if fit.is_exact:
        bound, distance, objective = ZERO, ZERO, fit.objective
    else:
        bound, value = proved
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
        "kinks": {kind: kinds.count(kind) for kind in ("zero", "nonzero", "undecided")},
        "unique": fit.unique if known else None,
        "sparsest": fit.sparsest if known else None,
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


def _decided(fit: Fit) -> list[str]:
    """What the fit knows of the kinks at the inner points."""
    nonzero, undecided = set(fit.support), set(fit.undecided)
    return [
        "nonzero" if j in nonzero else "undecided" if j in undecided else "zero" for j in range(1, fit.noisy.size - 1)
    ]


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


def _points(fit: Fit, candidate: KnotFit, given: dict[int, Vector], kinds: list[str]) -> Iterator[dict[str, Any]]:
    values = dict(zip(candidate.knots, candidate.values, strict=True))
    last = fit.noisy.size - 1
    for index, (point, rows) in enumerate(zip(fit.noisy.data.points, fit.noisy.observations, strict=True)):
        kind = kinds[index - 1] if 0 < index < last else "zero"
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
