"""Identities between rational functions of positive gaps, decided by their normal form."""

from collections.abc import Iterable
from itertools import accumulate
from types import SimpleNamespace
from typing import Any, NamedTuple

import sympy

from ....theory import stencil
from ....theory.numbers import sign

Expr = Any
"""A sympy expression; sympy ships no types that would say more."""

Formulas = Any
"""The formulas under test: attributes named as in theory/stencil.py."""

FORMULAS = SimpleNamespace(
    **{
        name: value
        for name, value in vars(stencil).items()
        if callable(value) and not isinstance(value, type) and value.__module__ == stencil.__name__
    }
)
"""Those that the program runs."""


class Identity(NamedTuple):
    """One thing that was computed: what it says, and whether it came out."""

    words: str
    holds: bool


def equal(words: str, left: Expr, right: Expr) -> Identity:
    """left = right as rational functions: the numerator of the difference is the zero polynomial."""
    return Identity(words, bool(sympy.cancel(sympy.together(left - right)) == 0))


def all_equal(words: str, pairs: Iterable[tuple[Expr, Expr]]) -> Identity:
    """Several equations that say one thing."""
    return Identity(words, all([equal(words, left, right).holds for left, right in pairs]))


def positive(words: str, value: Expr) -> Identity:
    """value > 0 for all positive values of the symbols: numerator and denominator have positive terms only."""
    numerator, denominator = sympy.fraction(sympy.cancel(sympy.together(value)))
    return Identity(words, _positive_terms(numerator) == _positive_terms(denominator) is True)


def _positive_terms(polynomial: Expr) -> bool:
    return sympy.expand(polynomial).is_positive is True


def nonnegative(words: str, value: Expr) -> Identity:
    """value >= 0 for all positive values of the symbols; squares of real expressions count."""
    return Identity(words, sympy.factor(sympy.cancel(sympy.together(value))).is_nonnegative is True)


def positives(names: str) -> tuple[Expr, ...]:
    """Positive symbols, as gaps and lengths are."""
    return sympy.symbols(names, positive=True, seq=True)  # type: ignore[no-any-return]


def reals(names: str) -> tuple[Expr, ...]:
    """Real symbols, as labels and values are."""
    return sympy.symbols(names, real=True, seq=True)  # type: ignore[no-any-return]


def points_from(gaps: Iterable[Expr]) -> list[Expr]:
    """x_1 and the points that follow at the given positive gaps."""
    return list(accumulate(gaps, initial=sympy.Symbol("x_1", real=True)))


def ramp(x: Expr, t: Expr) -> Expr:
    """(x - t)_+, for x and t whose order follows from the gaps being positive."""
    difference = sympy.expand(x - t)
    return difference if sign(difference) > 0 else sympy.Integer(0)


def kink_of(f: Formulas, x: list[Expr], y: list[Expr]) -> Expr:
    """d at the middle one of three points, by the program's slope and kink."""
    return f.kink(f.slope(x[0], x[1], y[0], y[1]), f.slope(x[1], x[2], y[1], y[2]))
