"""Choosing lambda: by the discrepancy principle, certified; by cross-validation or degrees of freedom, estimated."""

import math
from collections.abc import Callable
from dataclasses import dataclass

from flint import fmpq

from ...theory.enclosure import round_decimal
from ...theory.numbers import sign
from ...theory.numeral import NumeralError, parse_rational
from ...theory.root_sum import RootSum
from ..reading import InputError
from .certified import fit
from .noisy import Noisy
from .result import Fit

GRID = 60
LEAST_SHARE = 1e-4
ROUNDS = 60
SIGNIFICANT = 6
SHARE_DIGITS = 15


@dataclass(frozen=True, slots=True)
class Choice:
    """The fit chosen and why: what is certified about the choice, and what is only estimated."""

    fit: Fit
    rule: str
    certified: str | None
    estimated: str | None


def choose(noisy: Noisy, rule: str) -> Choice:
    """By a rule `discrepancy:SIGMA`, `gcv` or `df:K`; InputError for any other, or if no lambda will do."""
    name, _, argument = rule.partition(":")
    if name == "discrepancy":
        return _discrepancy(noisy, _number(argument, rule), rule)
    if name == "gcv" and not argument:
        return _least(noisy, _gcv, rule, "generalised cross-validation {:.6g}, the least of the lambdas tried")
    if name == "df":
        number = _number(argument, rule)
        if not 2 * noisy.tasks <= number <= noisy.size * noisy.tasks:
            raise InputError(
                f"--choose {rule}: the degrees of freedom are between 2 T = {2 * noisy.tasks} "
                f"and N T = {noisy.size * noisy.tasks}"
            )
        wanted = float(number)
        return _least(noisy, lambda f: abs(f.degrees_of_freedom - wanted), rule, "degrees of freedom off by {:.6g}")
    raise InputError(f"--choose {rule}: give discrepancy:SIGMA, gcv or df:K")


def _number(text: str, rule: str) -> fmpq:
    try:
        value = parse_rational(text)
    except NumeralError as error:
        raise InputError(f"--choose {rule}: {error}") from None
    if sign(value) <= 0:
        raise InputError(f"--choose {rule}: a positive number is needed")
    return value


def grid(noisy: Noisy, count: int = GRID, least: float = LEAST_SHARE) -> list[fmpq]:
    """Decimal lambdas from 0.99 lambda_max down to `least` of it, evenly spread in log lambda."""
    from .largest import lambda_max_squared

    square = lambda_max_squared(noisy)
    if not square:
        raise InputError("lambda_max is 0: the labels lie on a line, and so does the fit at every lambda")
    top = math.sqrt(float(square)) if square < fmpq(10) ** 300 else math.inf
    steps = [0.99 * (least / 0.99) ** (k / max(count - 1, 1)) for k in range(count)]
    return [decimal(fmpq(*(top * step).as_integer_ratio())) for step in steps]


def share_of_max(noisy: Noisy, share: fmpq) -> fmpq | None:
    """A share of lambda_max, rounded up to 15 significant digits; None where lambda_max is 0."""
    from .largest import lambda_max_squared

    square = lambda_max_squared(noisy)
    if not square:
        return None
    exact = RootSum([square]).scaled(share)
    return parse_rational(round_decimal(exact.enclosure().upper, SHARE_DIGITS, up=True))


def decimal(value: fmpq, digits: int = SIGNIFICANT) -> fmpq:
    """A decimal of so many significant digits, rounded down."""
    return parse_rational(round_decimal(value, digits, up=False))


def _least(noisy: Noisy, value: Callable[[Fit], float], rule: str, words: str) -> Choice:
    best: tuple[float, Fit] | None = None
    before: Fit | None = None
    for penalty in grid(noisy):
        before = fit(noisy, penalty, start=before)
        found = value(before)
        if best is None or found < best[0]:
            best = found, before
    assert best is not None
    return Choice(best[1], rule, None, words.format(best[0]))


def _gcv(found: Fit) -> float:
    entries = found.noisy.observed * found.noisy.tasks
    left = entries - found.degrees_of_freedom
    return math.inf if left <= 0 else entries * float(found.residual_square.upper) / left**2


def _discrepancy(noisy: Noisy, sigma: fmpq, rule: str) -> Choice:
    """The largest decimal lambda with |Y - Z|^2 <= n T sigma^2: |Y - Z| does not fall as lambda grows (BC)."""
    target = noisy.observed * noisy.tasks * sigma * sigma
    if 2 * noisy.scatter > target:
        raise InputError(f"--choose {rule}: repeated points alone differ by more than that: no lambda will do")
    penalties = grid(noisy)
    high = decimal(penalties[0] * 2)
    above = fit(noisy, high)
    if above.residual_square.upper <= target:
        raise InputError(f"--choose {rule}: the least-squares line already fits so well: no lambda is the largest")
    low, below = penalties[-1], fit(noisy, penalties[-1])
    for _ in range(ROUNDS):
        if below.residual_square.upper <= target:
            break
        low = decimal(low / 100)
        below = fit(noisy, low, start=below)
    else:
        raise InputError(f"--choose {rule}: no lambda down to {float(low):.3g} fits so well")
    while True:
        middle = _between(low, high)
        if not low < middle < high:
            break
        found = fit(noisy, middle, start=below)
        if found.residual_square.upper <= target:
            low, below = middle, found
        elif found.residual_square.lower > target:
            high = middle
        else:
            break
    words = (
        f"|Y - Z*|^2 <= n T sigma^2 at lambda = {_text(low)}, and > at {_text(high)}: it does not fall as lambda grows"
    )
    return Choice(below, rule, words, None)


def _between(low: fmpq, high: fmpq) -> fmpq:
    """A decimal near the geometric mean while the two are far apart, then near the arithmetic one."""
    if high > 2 * low:
        return decimal(fmpq(*math.sqrt(float(low) * float(high)).as_integer_ratio()))
    return decimal((low + high) / 2)


def _text(value: fmpq) -> str:
    return round_decimal(value, SIGNIFICANT, up=False)
