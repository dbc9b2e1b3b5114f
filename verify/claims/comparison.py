"""Comparing the costs of two splines, most of whose knots are the same."""

from collections.abc import Iterator
from operator import itemgetter

from ...theory.root_sum import RootSum
from ...theory.solution_set import Knot
from ...theory.spline import LinearSpline
from ...theory.vectors import squared_length


def cost_difference(f: LinearSpline, g: LinearSpline) -> RootSum:
    """R(f) - R(g), exact; knots that f and g share with the same kink cancel before any root is merged.

    The terms go by place, so that what an aligned pair and its merged knot cost cancels at once: no long partial sums.
    """
    if f is g:
        return RootSum()
    terms = [(knot, squared_length(kink)) for knot, kink in _kinks_of_first_alone(f, g)]
    terms += [(knot, -squared_length(kink)) for knot, kink in _kinks_of_first_alone(g, f)]
    return RootSum([square for _, square in sorted(terms, key=itemgetter(0))])


def _kinks_of_first_alone(f: LinearSpline, g: LinearSpline) -> Iterator[Knot]:
    others = iter(zip(g.knots, g.kinks, strict=True))
    other = next(others, None)
    for knot, kink in zip(f.knots, f.kinks, strict=True):
        # Most knots are the very same object, and that needs no comparison of fractions.
        while other is not None and other[0] is not knot and other[0] < knot:
            other = next(others, None)
        if other is None or other != (knot, kink):
            yield knot, kink
