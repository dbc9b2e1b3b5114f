"""Statement X: what the symmetries of the problem leave alone."""

from fractions import Fraction
from functools import reduce

from hypothesis import strategies as st
from oracle.sobolev import apply
from reluproof.theory import RootSum, Run
from reluproof.theory.numbers import rational
from reluproof.theory.solution_set import tents
from reluproof.verify.check import check
from strategies import ENTRIES, SMALL, Table, sizes, tables, tasks

from agreement.comparison import plain
from agreement.each_kind import each_kind

NUMBERS = st.sampled_from(SMALL)
STRETCHES = st.sampled_from([Fraction(a) for a in ("1", "2", "-1", "1/3", "-5/2", "1e20", "-1e-20")])
PYTHAGOREAN = [(Fraction(3, 5), Fraction(4, 5)), (Fraction(5, 13), Fraction(-12, 13)), (Fraction(0), Fraction(-1))]


def drawn(kind):
    """N <= 9, T <= 4."""
    return tables(kind, sizes(2, 9), tasks(4))


def structure(findings):
    """Runs, B, K: what depends on alignment only."""
    sparsest = findings.sparsest
    return findings.runs, findings.unique, sparsest.width, sparsest.unique, sparsest.dimension


def transformed(table, matrix, tilt, shift):
    """Labels A y + B x + c."""
    rows = zip(table.x, table.y, strict=True)
    return Table(
        table.x,
        [[a + b * x + c for a, b, c in zip(apply(matrix, label), tilt, shift, strict=True)] for x, label in rows],
    )


def stretched(table, alpha, beta):
    """Points alpha x + beta, in increasing order."""
    pairs = sorted((alpha * x + beta, label) for x, label in zip(table.x, table.y, strict=True))
    return Table([x for x, _ in pairs], [label for _, label in pairs])


def vectors(draw, size):
    """Tilt and shift."""
    return [draw(st.lists(NUMBERS, min_size=size, max_size=size)) for _ in range(2)]


@st.composite
def injective(draw, width):
    """A matrix with independent columns: a permuted unit triangular one, and up to two rows more (added tasks)."""
    lower = [
        [draw(st.sampled_from(ENTRIES)) if b < a else Fraction(a == b) for b in range(width)] for a in range(width)
    ]
    upper = [
        [draw(st.sampled_from(ENTRIES)) if b > a else Fraction(a == b) for b in range(width)] for a in range(width)
    ]
    scales = draw(st.lists(st.sampled_from(ENTRIES).filter(bool), min_size=width, max_size=width))
    columns = [apply(lower, list(column)) for column in zip(*upper, strict=True)]
    square = [[scale * column[row] for column in columns] for row, scale in enumerate(scales)]
    more = draw(st.lists(st.lists(st.sampled_from(ENTRIES), min_size=width, max_size=width), max_size=2))
    return draw(st.permutations(square + more))


@st.composite
def orthogonal(draw, width):
    """A product of rational rotations in coordinate planes, exchanges and reflections."""
    identity = [[Fraction(a == b) for b in range(width)] for a in range(width)]
    turns = []
    for _ in range(draw(st.integers(0, 3)) if width > 1 else 0):
        a, b = draw(st.permutations(range(width)))[:2]
        cosine, sine = draw(st.sampled_from(PYTHAGOREAN))
        turn = [list(row) for row in identity]
        turn[a][a], turn[a][b], turn[b][a], turn[b][b] = cosine, -sine, sine, cosine
        turns.append(turn)
    flipped = [[-entry for entry in row] if draw(st.booleans()) else row for row in identity]
    return reduce(lambda m, turn: [apply([list(c) for c in zip(*turn, strict=True)], row) for row in m], turns, flipped)


@each_kind(0.4, drawn, st.data())
def test_linear_maps_of_the_labels(table, data):
    """y -> A y + B x + c with A injective: the runs, B, K and t* stay; tasks may be added."""
    matrix = data.draw(injective(len(table.y[0])))
    image = transformed(table, matrix, *vectors(data.draw, len(matrix)))
    one, two = check(table.dataset()), check(image.dataset())
    assert structure(one) == structure(two)
    assert one.sparsest.spline.knots == two.sparsest.spline.knots
    assert tops(one) == tops(two)


def tops(findings):
    """t* of every aligned gap, left to right."""
    return [plain(tent.at) for tent in tents(findings.data, findings.kinks, findings.runs)]


@each_kind(0.4, drawn, st.data())
def test_orthogonal_maps_of_the_labels(table, data):
    """y -> Q y + B x + c with Q orthogonal: costs, margins, angles and the radius stay, exactly."""
    matrix = data.draw(orthogonal(len(table.y[0])))
    image = transformed(table, matrix, *vectors(data.draw, len(matrix)))
    one, two = check(table.dataset()), check(image.dataset())
    assert structure(one) == structure(two)
    assert one.cost.exact() == two.cost.exact()
    assert (one.margin is None) == (two.margin is None)
    if one.margin and two.margin:
        assert one.margin.squared() == two.margin.squared()
        assert (one.margin.pair, one.boundary) == (two.margin.pair, two.boundary)
    assert one.smallest_angle == two.smallest_angle
    assert radius_squared(one) == radius_squared(two)


def radius_squared(findings):
    """The squared height of the tallest tent, or None."""
    tent = findings.optima.radius
    return None if tent is None else plain(tent.height_squared)


@each_kind(0.4, drawn, st.data())
def test_affine_maps_of_the_points(table, data):
    """x -> alpha x + beta: runs, B, K and t* move along (reversed if alpha < 0); the cost is divided by |alpha|."""
    alpha, beta = data.draw(STRETCHES), data.draw(NUMBERS)
    one, two = check(table.dataset()), check(stretched(table, alpha, beta).dataset())
    assert moved(one.runs, len(table.x) - 1 if alpha < 0 else None) == two.runs
    assert structure(one)[1:] == structure(two)[1:]
    assert one.cost.exact() == two.cost.exact().scaled(rational(abs(alpha)))
    assert radius_squared(one) == radius_squared(two)
    assert squared_margin(one) == squared_margin(two)
    assert sorted(alpha * top + beta for top in tops(one)) == tops(two)


def squared_margin(findings) -> RootSum | None:
    """Exact, or None for N < 4."""
    return findings.margin and findings.margin.squared()


def moved(runs, reversal):
    """The runs when the points are counted from the other end, `reversal` being the last one."""
    if reversal is None:
        return runs
    return tuple(Run(reversal - run.last, reversal - run.first) for run in reversed(runs))


@each_kind(0.2, drawn, st.data())
def test_an_added_task_never_aligns_what_was_not(table, data):
    """Neighbours aligned after a task was added were aligned before, if both kinks were nonzero before."""
    more = data.draw(st.lists(NUMBERS, min_size=len(table.x), max_size=len(table.x)))
    wider = Table(table.x, [[*label, entry] for label, entry in zip(table.y, more, strict=True)])
    one, two = check(table.dataset()), check(wider.dataset())
    bent = {point for run in one.runs for point in range(run.first, run.last + 1)}
    gaps = [{gap for run in found.runs for gap in range(run.first, run.last)} for found in (one, two)]
    assert {gap for gap in gaps[1] if {gap, gap + 1} <= bent} <= gaps[0]
