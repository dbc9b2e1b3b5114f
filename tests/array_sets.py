"""Arrays of many kinds from a seed, exact ties and noisy data; the answer of plain fractions to compare with."""

from fractions import Fraction

import numpy
from oracle import kinks


def in_fractions(x, y):
    """Points in order and rows of labels, each float the fraction that it is."""
    order = numpy.argsort(x, kind="stable").tolist()
    points, rows = numpy.asarray(x).tolist(), numpy.asarray(y).reshape(len(x), -1).tolist()
    return [Fraction(points[i]) for i in order], [[Fraction(entry) for entry in rows[i]] for i in order]


def exact_runs(x, y):
    """The runs of length 2 and more by the oracle, as pairs."""
    return [(first, last) for first, last in kinks.runs(kinks.kinks(*in_fractions(x, y))) if last > first]


def gaussian(source, size, tasks):
    """Generic points and labels."""
    return numpy.sort(source.normal(size=size)), source.normal(size=(size, tasks))


def few_values(source, size, tasks):
    """Small integers as floats: zero kinks and ties of all kinds."""
    points = numpy.cumsum(source.integers(1, 4, size)).astype(float)
    return points, source.integers(-1, 2, (size, tasks)).astype(float)


def repeated_labels(source, size, tasks):
    """Two labels with full mantissas over irregular points: exact ties that rounding hides (statement P)."""
    x, y = gaussian(source, size, tasks)
    return x, y[source.integers(0, 2, size)]


def rank_one(source, size, tasks):
    """Labels near a line, so that all minors nearly vanish."""
    x, y = gaussian(source, size, tasks)
    return x, numpy.outer(y[:, 0], source.normal(size=tasks))


def near_ties(source, size, tasks):
    """Exact ties of which one label is moved by one or two units in the last place."""
    x, y = repeated_labels(source, size, tasks)
    place = source.integers(size), source.integers(tasks)
    for _ in range(source.integers(1, 3)):
        y[place] = numpy.nextafter(y[place], numpy.inf)
    return x, y


def nearly_straight(source, size, tasks):
    """Labels on a line up to rounding: kinks of a few units in the last place."""
    x, _ = gaussian(source, size, tasks)
    return x, numpy.outer(x, source.normal(size=tasks)) + 1


def far_scales(source, size, tasks):
    """The same relations at 2^-1060 ... 2^1020."""
    x, y = repeated_labels(source, size, tasks)
    return x * 2.0 ** source.integers(-1000, 1000), y * 2.0 ** source.integers(-1060, 1020)


def mixed_exponents(source, size, tasks):
    """Exponents all over the range within one window, subnormals included."""
    x = numpy.unique(numpy.ldexp(source.normal(size=size), source.integers(-1000, 1000, size)))
    values = numpy.ldexp(source.normal(size=(4, tasks)), source.integers(-1070, 1020, (4, tasks)))
    return x, values[source.integers(0, 4, size)]


def integers(source, size, tasks):
    """Small int64."""
    return numpy.cumsum(source.integers(1, 4, size)), source.integers(-2, 3, (size, tasks))


def large_integers(source, size, tasks):
    """int64 over the whole range, where differences overflow."""
    ends = numpy.iinfo(numpy.int64)
    x = numpy.unique(source.integers(ends.min, ends.max, size, endpoint=True))
    return x, source.integers(ends.min, ends.max, (3, tasks), endpoint=True)[source.integers(0, 3, size)]


def neighbouring_integers(source, size, tasks):
    """int64 near 2^62 that float64 cannot tell apart."""
    x = 2**62 + numpy.cumsum(source.integers(1, 4, size))
    return x, 2**62 + source.integers(-2, 3, (size, tasks))


KINDS = (
    gaussian,
    few_values,
    repeated_labels,
    rank_one,
    near_ties,
    nearly_straight,
    far_scales,
    mixed_exponents,
    integers,
    large_integers,
    neighbouring_integers,
)

NOISY = (
    "smooth", "outliers", "gaps", "collinear", "one-hot", "periodic", "rounded", "noiseless", "exact kinks",
    "integrated", "offset", "mixed",
)  # fmt: skip


def noisy(family, size, tasks, seed):
    """(x, y) of shapes (N,) and (N, T) of a family of noisy data."""
    rng = numpy.random.default_rng(seed)
    x = numpy.concatenate([[0.0], numpy.cumsum(rng.uniform(0.5, 1.5, size - 1))])
    t = x / x[-1]
    signal = numpy.stack([numpy.sin((5 + k) * t) * 3 + numpy.abs(t - 0.3 - 0.1 * k) * 5 for k in range(tasks)], 1)
    y = signal + 0.3 * rng.standard_normal((size, tasks))
    steps = numpy.arange(size, dtype=float)
    if family == "outliers":
        y[rng.integers(0, size, 2)] += 1e8 * rng.standard_normal((2, tasks))
    elif family == "gaps":
        x = numpy.concatenate([[0.0], numpy.cumsum(10.0 ** rng.uniform(-3, 3, size - 1))])
        y = rng.standard_normal((size, tasks))
    elif family == "collinear":
        y = rng.standard_normal((size, 1)) * numpy.arange(1, tasks + 1)
    elif family == "one-hot":
        x, y = steps, numpy.eye(tasks + 1)[rng.integers(0, tasks + 1, size)]
    elif family == "periodic":
        x, y = steps, (numpy.arange(tasks) % 2) + (steps % 2)[:, None]
    elif family == "rounded":
        x, y = steps, numpy.round(y)
    elif family == "noiseless":
        y = signal
    elif family == "exact kinks":
        x, y = steps, numpy.stack([abs(steps - size // 3) + k * abs(steps - size // 2) for k in range(tasks)], 1)
    elif family == "integrated":
        y = numpy.cumsum(numpy.cumsum(rng.standard_normal((size, tasks)), 0), 0)
    elif family == "offset":
        x, y = x + 1e6, y + 1e6
    elif family == "mixed":
        y = rng.standard_normal((size, tasks)) * 10.0 ** rng.uniform(-6, 6, (size, 1))
    return x, y
