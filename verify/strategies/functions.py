"""Functions and networks: interpolants and optima of a dataset, networks that compute a spline, and any of them."""

from itertools import pairwise

from flint import fmpq
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from ...theory.alignment import runs_of
from ...theory.dataset import Dataset
from ...theory.network import Neuron, ReLUNetwork
from ...theory.numbers import Vector, is_zero, sign
from ...theory.optimum import kinks, slopes, through
from ...theory.solution_set import aligned_gaps, ratio
from ...theory.spline import LinearSpline
from ...theory.vectors import add, scale, subtract, zero
from .data import planted_datasets
from .entries import PARTS, POSITIVE, rationals, vectors

PLACES = tuple([fmpq(p, q) for p, q in ((1, 2), (1, 100), (99, 100), (29, 70), (41, 70))])
SIZES = tuple([fmpq(1, 10**power) for power in (0, 6)])


@st.composite
def interpolants(draw: DrawFn, data: Dataset, most_knots: int = 4) -> LinearSpline:
    """A spline through the data with rational knots anywhere, outside and at data points included.

    Any spline g plus the connect-the-dots of what it misses; every interpolating spline arises so. Shrinks to f_D.
    """
    left, right = data.points[0] - 2, data.points[-1] + 2
    part = st.builds(fmpq, st.integers(0, 24), st.just(24))
    anywhere = part.map(lambda r: left + r * (right - left)) | st.sampled_from(data.points) | rationals(99)
    knots = draw(st.lists(st.tuples(anywhere, vectors(data.tasks, 3)), max_size=most_knots) | _nudges(data))
    g = LinearSpline.from_knots(zero(data.tasks), zero(data.tasks), knots)
    return through(data, g)


@st.composite
def _nudges(draw: DrawFn, data: Dataset) -> list[tuple[fmpq, Vector]]:
    """One small kink in a gap, where interpolants of small excess are as far from f_D as they can be (statement S).

    Along a kink of the data at an end of the gap, or along an axis, either way; each kind of gap equally often.
    """
    ends: list[Vector] = [(), *kinks(data), ()]
    kinds: dict[tuple[int, int], list[int]] = {}
    for place, pair in enumerate(pairwise(ends)):
        kinds.setdefault((sum(map(bool, pair)), sum(map(any, pair))), []).append(place)
    gap = draw(st.sampled_from(draw(st.sampled_from(list(kinds.values())))))
    beside = [d for d in kinks(data)[max(gap - 1, 0) : gap + 1] if any(d)]
    axes = [tuple([fmpq(i == k) for i in range(data.tasks)]) for k in range(data.tasks)]
    size = draw(st.sampled_from(SIZES)) * draw(st.sampled_from((1, -1)))
    knot = data.points[gap] + draw(st.sampled_from(PLACES)) * data.gaps[gap]
    return [(knot, scale(size, draw(st.sampled_from(beside or axes))))]


@st.composite
def optima(draw: DrawFn, data: Dataset) -> LinearSpline:
    """An optimum of the data; every optimum with finitely many knots arises so. Shrinks to connect-the-dots.

    In each aligned gap parts p of the kink at the left end and q of that at the right are replaced, repeatedly, by one
    knot of kink p + q at (p x_j + q x_{j+1}) / (p + q): a knot's two hats say how it splits back.
    """
    all_kinks = list(kinks(data))
    base = slopes(data)[0]
    knots = []
    for gap in aligned_gaps(runs_of(all_kinks)):
        for _ in range(draw(st.integers(0, 2))):
            u, v = all_kinks[gap - 1], all_kinks[gap]
            p, q = scale(draw(st.sampled_from(PARTS)), u), scale(draw(st.sampled_from(PARTS)), v)
            if not any(p) or not any(q):
                continue
            c = ratio(p, q)
            knots.append(((data.points[gap] + c * data.points[gap + 1]) / (1 + c), add(p, q)))
            all_kinks[gap - 1], all_kinks[gap] = subtract(u, p), subtract(v, q)
    offset = subtract(data.labels[0], scale(data.points[0], base))
    return LinearSpline.from_knots(base, offset, knots + list(zip(data.points[1:-1], all_kinks, strict=True)))


@st.composite
def networks(draw: DrawFn, spline: LinearSpline) -> ReLUNetwork:
    """A network that computes the spline: neurons split, turned round (w < 0), unbalanced, and dead ones added.

    Shrinks to one neuron with w = 1 per knot.
    """
    slope, offset = spline.slope, spline.offset
    hidden = []
    for knot, kink in zip(spline.knots, spline.kinks, strict=True):
        share = draw(st.sampled_from(PARTS))
        for part in [kink] if is_zero(share) or is_zero(1 - share) else [scale(share, kink), scale(1 - share, kink)]:
            w = draw(st.sampled_from(POSITIVE)) * draw(st.sampled_from((1, -1)))
            neuron = Neuron(w, -w * knot, scale(1 / abs(w), part))
            if sign(w) < 0:
                slope, offset = subtract(slope, scale(w, neuron.v)), subtract(offset, scale(neuron.b, neuron.v))
            hidden.append(neuron)
    for _ in range(draw(st.integers(0, 1))):
        hidden.append(Neuron(fmpq(draw(st.integers(0, 1))), draw(rationals(2)), zero(spline.tasks)))
    return ReLUNetwork(tuple(hidden), slope, offset)


@st.composite
def free_networks(draw: DrawFn, tasks: int) -> ReLUNetwork:
    """Any small network with `tasks` outputs, fitting nothing in particular; dead neurons are frequent."""
    hidden = draw(st.lists(neurons(tasks), max_size=4))
    return ReLUNetwork(tuple(hidden), draw(vectors(tasks, 3)), draw(vectors(tasks, 3)))


@st.composite
def splines(draw: DrawFn, tasks: int = 1, most_knots: int = 4) -> LinearSpline:
    """Any spline R -> R^tasks with rational knots, fitting nothing in particular. Shrinks to 0."""
    knots = draw(st.lists(st.tuples(rationals(), vectors(tasks)), max_size=most_knots))
    return LinearSpline.from_knots(draw(vectors(tasks)), draw(vectors(tasks)), knots)


def neurons(tasks: int = 1) -> SearchStrategy[Neuron]:
    """One neuron with `tasks` output weights; w = 0 and v = 0 are frequent."""
    return st.builds(Neuron, rationals(3), rationals(3), vectors(tasks, 3))


def non_unique_with_optima() -> SearchStrategy[tuple[Dataset, LinearSpline]]:
    """A dataset with many optima and one of them. Shrinks to labels with kinks 1, 1 and their connect-the-dots."""
    return planted_datasets(non_unique=True).flatmap(lambda data: st.tuples(st.just(data), optima(data)))
