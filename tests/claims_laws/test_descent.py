"""Statement C: every interpolating spline walks down to connect-the-dots, knot by knot, whatever the order."""

from hypothesis import given
from hypothesis import strategies as st
from reluproof.theory import is_unique
from reluproof.theory.descent import descent, movable, move
from reluproof.theory.optimum import connect_the_dots
from reluproof.verify.strategies import datasets, interpolants, non_unique_with_optima, optima


def walk(data, steps, start):
    """The splines on the way, each checked to interpolate and to cost no more than the one before."""
    f, cost = start, start.path_cost()
    for step in steps:
        assert step.interpolates(data.points, data.labels)
        assert step.path_cost() <= cost
        f, cost = step, step.path_cost()
    return f


@given(st.data())
def test_every_interpolant_walks_down_to_connect_the_dots(data):
    """In as many moves as it has knots off the interior data points."""
    drawn = data.draw(datasets())
    start = data.draw(interpolants(drawn) | optima(drawn))
    steps = [step.result for step in descent(drawn, start)]
    assert len(steps) == len(movable(drawn, start))
    assert walk(drawn, steps, start) == connect_the_dots(drawn)


@given(st.data())
def test_the_order_does_not_matter(data):
    """Any order of the knots that are not interior data points."""
    drawn = data.draw(datasets())
    start = data.draw(interpolants(drawn))
    f, steps = start, []
    for knot in data.draw(st.permutations(movable(drawn, start))):
        f = move(drawn, f, knot)
        steps.append(f)
    assert walk(drawn, steps, start) == connect_the_dots(drawn)


@given(st.data())
def test_where_the_optimum_is_unique_the_walk_goes_down_somewhere(data):
    """An interpolant that is not connect-the-dots ends strictly lower."""
    drawn = data.draw(datasets().filter(is_unique))
    start = data.draw(interpolants(drawn))
    end = walk(drawn, [step.result for step in descent(drawn, start)], start)
    assert start == end or end.path_cost() < start.path_cost()


@given(non_unique_with_optima())
def test_from_an_optimum_the_walk_is_level(pair):
    """Every step stays an optimum."""
    drawn, start = pair
    assert {str(step.result.path_cost()) for step in descent(drawn, start)} <= {str(start.path_cost())}
