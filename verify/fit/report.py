"""Fits as text and as JSON: exact numbers as numerals, bounds rounded outward, what is only estimated said to be so."""

import math
from importlib.metadata import version
from typing import Any

from flint import fmpq

from ...theory.enclosure import Enclosure, round_decimal
from ...theory.knot_fit import spline_labels
from ...theory.numeral import format_rational
from ...theory.root_sum import RootSum
from ..words import READINGS, TEXT_DIGITS, between, bounds, numeral
from .refine import affordable
from .result import Fit

FLOAT_DIGITS = 11
SMALL = 3
"""Significant digits of a gap, a distance or a radius."""
SHOWN = 8
MOST_EXACT = 60
"""Characters of an exact value that are shown unasked."""
SHORT = 15
"""Decimals of a number that is shown as a decimal."""
PROVED_BY = {
    "exact": "exact rational arithmetic",
    "float64": "float64 with error bounds",
    "balls": "ball arithmetic",
}


def fit_json(fit: Fit, *, exact_value: bool = False, digits: int | None = None) -> dict[str, Any]:
    """The object "reluproof.fit/1"; `exact_value` adds P* in full, `digits` is how many the labels shall have."""
    values, distance = values_and_distance(fit, digits)
    found: dict[str, Any] = {
        "schema": "reluproof.fit/1",
        "version": version("reluproof"),
        "input": fit.noisy.source.to_json(),
        "points": fit.noisy.size,
        "observations": fit.noisy.observed,
        "tasks": fit.noisy.tasks,
        "lambda": format_rational(fit.penalty),
        "exact": fit.is_exact,
        "proved_by": fit.proved.how,
        "objective": bounds(fit.objective),
        "relative_gap": round_decimal(fit.relative_gap, SMALL, up=True),
        "distance": round_decimal(distance, SMALL, up=True),
        "values": values,
        "kinks": kink_counts(fit),
        "support": list(fit.support),
        "undecided": list(fit.undecided),
        "tight": list(fit.tight) if fit.is_exact else None,
        "unique": fit.unique,
        "runs": None if fit.runs is None else [{"first": r.first, "last": r.last} for r in fit.runs if r.length > 1],
        "sparsest": fit.sparsest,
        "radius": _radius(fit),
        "df": fit.degrees_of_freedom,
        "df_exact": isinstance(fit.degrees_of_freedom, int),
        "lambda_max": bounds(fit.lambda_max),
        "lambda_max_squared": format_rational(fit.lambda_max_squared),
        "residual_norm": bounds(fit.residual_norm),
    }
    if exact_value:
        exact = fit.exact_objective()
        found["exact_objective"] = None if exact is None else [format_rational(term) for term in exact.terms]
    return found


def kink_counts(fit: Fit) -> dict[str, int]:
    """How many inner points certainly have a kink, certainly have none, or are undecided."""
    nonzero, undecided = len(fit.support), len(fit.undecided)
    return {"zero": max(fit.noisy.size - 2, 0) - nonzero - undecided, "nonzero": nonzero, "undecided": undecided}


def values_and_distance(fit: Fit, digits: int | None = None) -> tuple[list[list[str]], fmpq]:
    """The fitted labels as strings, and a bound of their Frobenius distance from Z*: 0 if they are exact."""
    exact = fit.exact_values()
    if exact is not None:
        return [[format_rational(value) for value in row] for row in exact], fmpq(0)
    if fit.refined is None:
        error = fmpq(*fit.label_error.as_integer_ratio())
        return [[_shortest(value) for value in row] for row in fit.labels.tolist()], fit.distance + error
    rows = spline_labels(fit.noisy.data.points, fit.refined.knots, fit.refined.values)
    places = max(digits or 0, _places(fit.distance), 1) + 2
    # Truncation loses less than 10^-places an entry.
    lost = RootSum([fmpq(fit.noisy.size * fit.noisy.tasks)]).enclosure().upper / fmpq(10) ** places
    return [[_fixed(value, places) for value in row] for row in rows], fit.distance + lost


def _places(distance: fmpq) -> int:
    return (
        0 if not distance else max(0, math.ceil(-math.log10(float(distance)))) if distance > fmpq(10) ** -300 else 300
    )


def _shortest(value: float) -> str:
    return repr(value)


def _fixed(value: fmpq, places: int) -> str:
    """The value cut after so many decimals."""
    scaled = abs(value) * fmpq(10) ** places
    whole = str(scaled.floor()).rjust(places + 1, "0")
    minus = "-" if value < 0 and int(whole) else ""
    return f"{minus}{whole[:-places]}.{whole[-places:]}"


def _radius(fit: Fit) -> dict[str, str] | None:
    square = fit.radius_squared
    return None if square is None else bounds(RootSum([square]).enclosure())


def fit_text(fit: Fit, *, exact_value: bool = False, notes: tuple[tuple[str, str], ...] = ()) -> str:
    """The report for a reader, without a final newline; points are named by x."""
    rows = [
        ("lambda", _penalty(fit)),
        *notes,
        ("optimal value", _value(fit, exact_value)),
        ("certified", _certified(fit)),
        ("kinks", _kinks(fit)),
        ("only network", _uniqueness(fit)),
        ("neurons", _neurons(fit)),
        ("freedom", _freedom(fit)),
        ("residual norm", _enclosed(fit, fit.residual_norm)),
        ("lambda_max", _largest(fit)),
        ("proved by", PROVED_BY[fit.proved.how]),
    ]
    width = max(len(name) for name, _ in rows)
    return "\n".join([head(fit), "", *[f"{name:<{width}}  {text}" for name, text in rows]])


def head(fit: Fit) -> str:
    """What was fitted: the first line, and what there is to say about the input."""
    noisy = fit.noisy
    points = f"{noisy.size} points" + (f" ({noisy.observed} observations)" if noisy.observed != noisy.size else "")
    reading = READINGS[noisy.source.reading]
    first = f"{noisy.source.name}: {points}, {noisy.tasks} task{'' if noisy.tasks == 1 else 's'}; {reading}"
    return "\n".join([first, *noisy.source.said])


def decimal(value: fmpq) -> str:
    """The number as a decimal if it is a short one, else as a numeral."""
    short = value * 10**SHORT
    return round_decimal(value, 2 * SHORT, up=True) if short.q == 1 and abs(value) < 10**SHORT else numeral(value)


def _penalty(fit: Fit) -> str:
    square = fit.lambda_max_squared
    if not square:
        return f"{decimal(fit.penalty)}; the labels lie on a line"
    share = RootSum([fit.penalty**2 / square]).enclosure()
    return f"{decimal(fit.penalty)}, {round_decimal(share.lower, 4, up=False)} of lambda_max"


def _value(fit: Fit, exact_value: bool) -> str:
    bounded = _enclosed(fit, fit.objective)
    if not fit.is_exact:
        return bounded
    if exact_value or fit.noisy.size <= 1000:
        text = str(fit.exact_objective())
        if exact_value or len(text) <= MOST_EXACT:
            return f"exactly {text}"
    return f"{bounded}; known exactly (--exact-value prints it)"


def _enclosed(fit: Fit, value: Enclosure) -> str:
    """Bounds that float64 proves show the digits that do not depend on how rounding went."""
    return between(value, FLOAT_DIGITS if fit.proved.how == "float64" else TEXT_DIGITS)


def _certified(fit: Fit) -> str:
    if fit.is_exact:
        return "every fitted label is exact"
    gap, distance = (_power(value) for value in (fit.relative_gap, fit.distance))
    return f"relative gap below {gap}, |Z - Z*| below {distance}"


def _power(value: fmpq) -> str:
    """The next power of ten: what is left to say of a bound that depends on how rounding went."""
    mantissa, _, exponent = round_decimal(value * fmpq(10) ** 400, 1, up=True).partition("e")
    power = int(exponent or len(mantissa) - 1) - 400 + 1
    return f"1e{power}" if value else "0"


def _kinks(fit: Fit) -> str:
    counts = kink_counts(fit)
    places = [decimal(fit.noisy.data.points[k]) for k in fit.support[:SHOWN]]
    more = f", and {len(fit.support) - SHOWN} more" if len(fit.support) > SHOWN else ""
    where = f": x = {', '.join(places)}{more}" if places else ""
    undecided = f", {counts['undecided']} undecided" if counts["undecided"] else ""
    tight = f"; at {len(fit.tight)} of the zero ones the dual has length lambda all the same" if fit.tight else ""
    return f"{counts['nonzero']} nonzero, {counts['zero']} zero{undecided}{tight}{where}"


def _uniqueness(fit: Fit) -> str:
    if fit.unique is None:
        room = affordable(fit.noisy.tasks, len(fit.support) + 2)
        return "not decided: more digits may help (--digits)" if room else "not decided: too many tasks for more digits"
    if fit.unique:
        return "yes: no two neighbouring kinks of the fitted labels are aligned"
    long = [run for run in fit.runs or () if run.length > 1]
    radius = fit.radius_squared
    reach = "" if not radius else f"; others reach as far as {between(RootSum([radius]).enclosure())}"
    return f"no: the kinks of the fitted labels are aligned on {len(long)} run{'' if len(long) == 1 else 's'}{reach}"


def _neurons(fit: Fit) -> str:
    width = len(fit.support)
    if fit.sparsest is None:
        return f"{width} in connect-the-dots of the fitted labels, as far as that is decided"
    if fit.sparsest == width:
        return f"{width}, and no fewer will do"
    return f"{width} in connect-the-dots of the fitted labels, {fit.sparsest} in the sparsest optimum"


def _freedom(fit: Fit) -> str:
    df = fit.degrees_of_freedom
    if isinstance(df, int):
        return f"exactly {df} degrees"
    low, high = 2 * fit.noisy.tasks + len(fit.support), fit.noisy.tasks * (len(fit.support) + 2)
    return f"about {df:.6g} degrees, an estimate; certainly from {low} to {high}"


def _largest(fit: Fit) -> str:
    exact = RootSum([fit.lambda_max_squared])
    text = str(exact)
    if exact.as_rational() is not None:
        return (
            f"exactly {decimal(exact.as_rational() or fmpq(0))}" if len(text) <= MOST_EXACT else between(fit.lambda_max)
        )
    return f"exactly {text}, {between(fit.lambda_max)}" if len(text) <= MOST_EXACT else between(fit.lambda_max)
