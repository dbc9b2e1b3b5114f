"""Networks and points as training leaves them: dead, doubled, turned, constant, huge, tiny, bent at data points."""

from fractions import Fraction

import numpy
from hypothesis import strategies as st
from reluproof.theory import Dataset, ReLUNetwork

SIZES = (Fraction(1), Fraction(1, 3), Fraction(2**60), Fraction(1, 2**60), Fraction(10**9))


@st.composite
def networks_on_points(draw, float32=False):
    """([(w, b, v), ...], slope, offset) in fractions, and increasing points; half of the knots on data points."""
    tasks = draw(st.integers(1, 3))
    points = sorted(draw(st.sets(st.integers(-8, 8), min_size=2, max_size=7)))
    points = [Fraction(p, 2) for p in points]
    number = _float32 if float32 else _small
    neurons = []
    for _ in range(draw(st.integers(0, 6))):
        w = draw(number())
        place = draw(st.sampled_from(points)) if draw(st.booleans()) else draw(_small())
        size = Fraction(1) if float32 else draw(st.sampled_from(SIZES))
        b = draw(number()) if float32 else -w * place
        neurons.append((w, b, [size * draw(number()) for _ in range(tasks)]))
    if neurons and draw(st.booleans()):
        w, b, v = draw(st.sampled_from(neurons))
        neurons.append((2 * w, 2 * b, [entry / 2 for entry in v]))
    affine = [[draw(number()) for _ in range(tasks)] for _ in range(2)]
    return (neurons, *affine), points


def _small():
    return st.builds(Fraction, st.integers(-6, 6), st.sampled_from((1, 2, 3)))


def _float32():
    return st.floats(-4, 4, width=32).map(Fraction)


def built(network, points):
    """The same as the package's values; the labels of the dataset are 0."""
    neurons, slope, offset = network
    zeros = [[Fraction(0)] * len(slope) for _ in points]
    return ReLUNetwork.from_parameters(neurons, slope, offset), Dataset.from_fractions(points, zeros)


def random_layers(seed, width, tasks, kind="float32", skip=False):
    """Arrays of a random network under the usual names."""
    source = numpy.random.default_rng(seed)
    layers = {
        "0.weight": source.normal(size=(width, 1)),
        "0.bias": source.normal(size=width),
        "2.weight": source.normal(size=(tasks, width)),
        "2.bias": source.normal(size=tasks),
    }
    if skip:
        layers["skip.weight"] = source.normal(size=(tasks, 1))
    return {name: array.astype(kind) for name, array in layers.items()}
