"""Statement I: random members of the optimal set have exactly the optimal cost, random non-members more."""

from flint import fmpq
from hypothesis import assume, given
from hypothesis import strategies as st
from reluproof.theory import Dataset, aligned, is_unique, kinks, optimal_cost, runs
from reluproof.theory.optimum import connect_the_dots
from reluproof.theory.solution_set import aligned_gaps, reach
from reluproof.theory.vectors import scale, subtract
from reluproof.verify.strategies import datasets, interpolants, optima, planted_datasets

PARTS = [fmpq(k, 12) for k in range(1, 12)]
INSIDE = [fmpq(0), fmpq(1), fmpq(1, 2), fmpq(1, 7), fmpq(9, 10)]
BEYOND = [fmpq(2), fmpq(-1), fmpq(1001, 1000), fmpq(-1, 1000)]


def with_point(data, gap, part, theta):
    """One more data point in an aligned gap, theta of the way from connect-the-dots down the tent of statement L."""
    x = data.points[gap] + part * data.gaps[gap]
    label = subtract(connect_the_dots(data)(x), scale(theta, reach(data, x)))
    return Dataset.from_fractions((*data.points, x), (*data.labels, label))


@st.composite
def enlargements(draw, thetas):
    """A non-unique dataset, and it with one to four more points in its aligned gaps, as long as there are any."""
    data = draw(planted_datasets(non_unique=True))
    larger = data
    for _ in range(draw(st.integers(1, 4))):
        gaps = list(aligned_gaps(runs(larger)))
        if gaps:
            larger = with_point(larger, draw(st.sampled_from(gaps)), draw(st.sampled_from(PARTS)), draw(thetas))
    return data, larger


def described(data, f):
    """Whether f bends only within runs, and there along the run's direction: f_D elsewhere, affine + u phi on a run."""
    intervals = [(data.points[run.first], data.points[run.last], kinks(data)[run.first - 1]) for run in runs(data)]
    return all(
        any(left <= t <= right and aligned(u, m) for left, right, u in intervals)
        for t, m in zip(f.knots, f.kinks, strict=True)
    )


@given(enlargements(st.sampled_from(INSIDE)))
def test_members_cost_exactly_the_optimum(pair):
    """Connect-the-dots through points added inside the tents: built without a rule for knots."""
    data, larger = pair
    member = connect_the_dots(larger)
    assert member.interpolates(data.points, data.labels)
    assert member.path_cost() == optimal_cost(data)
    assert described(data, member)


@given(enlargements(st.sampled_from(INSIDE)), st.sampled_from(BEYOND), st.data())
def test_beyond_the_tents_it_costs_more(pair, theta, data):
    """A member pushed out of the tent of one gap, below it or above connect-the-dots."""
    small, larger = pair
    gaps = list(aligned_gaps(runs(larger)))
    assume(gaps)
    outside = with_point(larger, data.draw(st.sampled_from(gaps)), data.draw(st.sampled_from(PARTS)), theta)
    f = connect_the_dots(outside)
    assert f.interpolates(small.points, small.labels)
    assert f.path_cost() > optimal_cost(small)
    assert not described(small, f)


@given(st.data())
def test_cheapest_is_what_is_described(data):
    """Whatever the interpolant: it costs the optimum iff it is one that statement I describes, and more if not."""
    points = data.draw(datasets())
    f = data.draw(interpolants(points) | optima(points))
    excess = (f.path_cost() - optimal_cost(points)).sign()
    assert excess == (0 if described(points, f) else 1)


@given(st.data())
def test_one_member_or_infinitely_many(data):
    """Unique: connect-the-dots alone is drawn; else the middle of two different members is a third."""
    points = data.draw(datasets() | planted_datasets(non_unique=True))
    f, g = data.draw(optima(points)), data.draw(optima(points))
    if is_unique(points):
        assert f == g == connect_the_dots(points)
    middle = [scale(fmpq(1, 2), tuple(a + b for a, b in zip(f(x), g(x), strict=True))) for x in (*f.knots, *g.knots)]
    places = dict(zip((*f.knots, *g.knots), middle, strict=True)) | dict(zip(points.points, points.labels, strict=True))
    mixed = connect_the_dots(Dataset.from_fractions(list(places), list(places.values())))
    assert mixed.path_cost() == optimal_cost(points)
    assert f == g or mixed not in (f, g)
