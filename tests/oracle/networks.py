"""A trained network by first principles: fractions and mpmath, from the parameters alone."""

from fractions import Fraction

import mpmath

from .kinks import kinks

DIGITS = 200


def value(network, x):
    """f(x), a list of fractions. network: ([(w, b, v), ...], slope, offset) in fractions."""
    neurons, slope, offset = network
    return [
        a * x + c + sum((v[task] * max(w * x + b, 0) for w, b, v in neurons), Fraction(0))
        for task, (a, c) in enumerate(zip(slope, offset, strict=True))
    ]


def length(vector):
    """The Euclidean norm to DIGITS digits."""
    return mpmath.sqrt(sum((real(entry) ** 2 for entry in vector), mpmath.mpf(0)))


def real(fraction):
    """A fraction as a number of mpmath."""
    return mpmath.mpf(fraction.numerator) / fraction.denominator


def eta(points, values, t):
    """The dual certificate at t: hat functions times unit vectors."""
    total = [mpmath.mpf(0)] * len(values[0])
    for j, kink in enumerate(kinks(points, values), start=1):
        left, middle, right = points[j - 1 : j + 2]
        if not left < t < right or not any(kink):
            continue
        hat = (t - left) / (middle - left) if t <= middle else (right - t) / (right - middle)
        total = [e + real(hat) * real(d) / length(kink) for e, d in zip(total, kink, strict=True)]
    return total


def judged(network, points):
    """(path cost, cheapest cost with the same outputs, {index: defect}) as numbers of mpmath."""
    with mpmath.workdps(DIGITS):
        values = [value(network, x) for x in points]
        cheapest = sum((length(kink) for kink in kinks(points, values)), mpmath.mpf(0))
        cost, defects = mpmath.mpf(0), {}
        for index, (w, b, v) in enumerate(network[0]):
            if w == 0 or not any(v):
                continue
            bend = [abs(w) * entry for entry in v]
            part = sum((e * real(m) for e, m in zip(eta(points, values, -b / w), bend, strict=True)), mpmath.mpf(0))
            cost += length(bend)
            defects[index] = length(bend) - part
        return cost, cheapest, defects


def largest_distance(network, points, gap):
    """The largest |f - connect-the-dots of the outputs| on a gap, by looking at every knot in it."""
    with mpmath.workdps(DIGITS):
        left, right = points[gap], points[gap + 1]
        at_left, at_right = value(network, left), value(network, right)
        best = mpmath.mpf(0)
        for w, b, _ in network[0]:
            if w and left < -b / w < right:
                t = -b / w
                tau = (t - left) / (right - left)
                dots = [(1 - tau) * p + tau * q for p, q in zip(at_left, at_right, strict=True)]
                best = max(best, length([f - d for f, d in zip(value(network, t), dots, strict=True)]))
        return best
