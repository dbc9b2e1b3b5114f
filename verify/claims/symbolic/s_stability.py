"""S. The Green function of a gap, and every constant of the table as a bound of it by what the excess pays there.

A kink of length 1 at the fraction tau of a gap of length h moves f - f_D by at most h tau (1 - tau) anywhere in the
gap, and the excess pays 1 - <eta, m> for it. One gap is involved: all N; only an inner product enters: all T.
"""

from collections.abc import Iterator

import sympy

from .identity import Formulas, Identity, equal, nonnegative, points_from, positive, positives, ramp, reals

COVERAGE = "all N, all T"


def identities(f: Formulas) -> Iterator[Identity]:
    """The Green function, its maximum, and one inequality per line of the table."""
    yield from green_function(f)
    yield from inner_gaps(f)
    yield from outer_gaps(f)


def green_function(f: Formulas) -> Iterator[Identity]:
    """The ramp minus its chord is minus the Green function, on both sides of the knot; it is largest at the knot."""
    p, q, r = positives("p q r")
    for words, at, knot in (("left", p, p + q), ("right", p + q, p)):
        left, right = points_from((p + q + r,))
        x, t = left + at, left + knot
        chord = ramp(right, t) * (x - left) / (right - left)
        lower, upper = (x, t) if words == "left" else (t, x)
        green = f.green(lower, upper, left, right)
        yield equal(f"chord minus ramp, {words} of the knot", chord - ramp(x, t), green)
        yield positive(f"it is larger at the knot than {words} of it", f.green(t, t, left, right) - green)
    left, right = points_from((p + q,))
    h, tau = p + q, p / (p + q)
    yield equal("at the knot it is h tau (1 - tau)", f.green(left + p, left + p, left, right), h * tau * (1 - tau))


def inner_gaps(f: Formulas) -> Iterator[Identity]:
    """1 - |eta| >= (1 - |eta|^2) / 2 gives h / (1 - cos theta); the free choices of eta at zero kinks give 2 and 8."""
    p, q, k = positives("p q k")
    h, tau = p + q, p / (p + q)
    left, right = points_from((h,))
    green = f.green(left + p, left + p, left, right)
    pays = (1 - f.squared_eta(tau, 1 - k)) / 2
    yield equal("between nonzero kinks: green <= h / (1 - cos theta) times what is paid", green, h / k * pays)
    (eta,) = reals("eta")
    yield nonnegative("(1 - |eta|) is at least (1 - |eta|^2) / 2", (1 - eta) - (1 - eta**2) / 2)
    # At a zero kink -u is admissible beside u: cos theta = -1, so 1 - cos theta = 2.
    yield equal("one zero kink: green = h / 2 times what is paid for eta from u to -u", green, h / 2 * pays.subs(k, 2))
    # Both zero: eta = z on the whole gap, z the direction of interest; s = <z, m>, and -green s <= (h / 8) (1 - s).
    yield nonnegative("h / 4 is the largest value of green", sympy.cancel(h / 4 - green))
    s, g = reals("s g")
    worst = (h / 8) * (1 - s) + g * s
    at_minus_one, at_one = worst.subs(s, -1), worst.subs(s, 1)
    yield equal("both zero: at s = -1 the bound is h / 4 - green", at_minus_one, h / 4 - g)
    yield equal("and at s = 1 it is green; linear in between", at_one, g)


def outer_gaps(f: Formulas) -> Iterator[Identity]:
    """eta is 0 at the end of the data; beyond it, a kink counts with its fraction of the last gap."""
    p, q = positives("p q")
    h, tau = p + q, p / (p + q)
    left, right = points_from((h,))
    green = f.green(left + p, left + p, left, right)
    yield positive("inner kink nonzero: green <= h (1 - tau), eta = tau u", h * (1 - tau) - green)
    # Inner kink zero: eta = tau z; at s = -1 the excess pays 1 + tau.
    best = (3 - 2 * sympy.sqrt(2)) * h
    square = h * (tau - (sympy.sqrt(2) - 1)) ** 2
    yield equal("inner kink zero: (3 - 2 sqrt 2) h (1 + tau) - green is a square", best * (1 + tau) - green, square)
    yield nonnegative("N = 2: green <= h / 4, eta = 0", sympy.cancel(h / 4 - green))
    (delta,) = positives("delta")
    # Left of the data: a kink m at the fraction tau of the first gap changes the slope there by -(1 - tau) m.
    slope = -ramp(right, left + p) / h
    yield equal("outside: the slope of the chord changes by 1 - tau", slope, -(1 - tau))
    yield equal(
        "so f - f_D grows by what the excess pays at least, 1 - |eta| >= 1 - tau", -slope * delta, delta * (1 - tau)
    )
