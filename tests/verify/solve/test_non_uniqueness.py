"""Non-uniqueness found by optimisation and by enumeration, against statements K and L."""

import random

import pytest
from families import random_dataset, run_dataset
from flint import fmpq
from reluproof.theory import Dataset, connect_the_dots, runs
from reluproof.theory.solution_set import reach, sparsest_is_unique, sparsest_width
from reluproof.verify.solve.program import Program, ProgramError
from solver_cases import midpoints, theorem
from without_theorem.fewest_breakpoints import MOST_POINTS, fewest_breakpoints
from without_theorem.value_range import value_range

DIGITS = 15
ABBA = Dataset((0, 1, 3, 4), ((1, 0), (0, 1), (0, 1), (1, 0)))


def dot(u, v):
    """The inner product."""
    return sum([a * b for a, b in zip(u, v, strict=True)], fmpq(0))


def envelope(data, place, direction):
    """The ends of L's segment in one direction."""
    top, down = connect_the_dots(data)(place), reach(data, place)
    return sorted([dot(direction, top), dot(direction, top) - dot(direction, down)])


def require_envelope(data, place, direction):
    """The proved bounds contain L's segment, exceed it by 10^-DIGITS of its scale at most, and are nearly reached."""
    found = value_range(Program(data, (*data.points, place)), place, direction, DIGITS)
    lower, upper = envelope(data, place, direction)
    assert found.bounds.lower <= lower <= upper <= found.bounds.upper
    cost = theorem(data).upper
    scale = cost * (abs(place) + 2 * max(abs(data.points[0]), abs(data.points[-1]))) * max(map(abs, direction))
    slack = 50 * scale * data.tasks * fmpq(10) ** -DIGITS
    assert found.bounds.width <= upper - lower + slack
    assert found.reached.width >= upper - lower - slack
    assert 0 <= found.excess <= slack + cost * fmpq(10) ** -DIGITS
    return upper - lower


@pytest.mark.parametrize("seed", range(40))
def test_range_of_values_is_the_envelope(seed):
    """Anywhere inside the data, mostly one value."""
    rng, data = random.Random(seed), random_dataset(seed, largest=10)
    lengths = data.points[-1] - data.points[0]
    place = data.points[0] + lengths * fmpq(rng.randint(1, 99), 100)
    direction = tuple([fmpq(rng.randint(-2, 2) or 1) for _ in range(data.tasks)])
    require_envelope(data, place, direction)


@pytest.mark.parametrize("seed", range(25))
def test_range_of_values_in_runs(seed):
    """Aligned kinks: the tent, at a place in every interior gap; some are wide."""
    data = run_dataset(seed, 4 + seed % 5)
    direction = (fmpq(1),) * (data.tasks - 1) + (fmpq(2),)
    for gap in range(1, data.size - 2):
        require_envelope(data, data.points[gap] + fmpq(1 + seed % 4, 5), direction)


def test_range_at_the_top_of_a_tent():
    """Labels a, b, b, a on 0, 1, 3, 4: kinks 1 and 1 times (1, -1), the tent of height 1 in each task at 2."""
    found = value_range(Program(ABBA, (*ABBA.points, 2)), fmpq(2), (fmpq(1), fmpq(0)), DIGITS)
    assert found.bounds.lower <= -1
    assert found.bounds.upper >= 0
    assert found.bounds.width < 1 + fmpq(10) ** -12
    outside = value_range(Program(ABBA, (*ABBA.points, 9)), fmpq(9), (fmpq(1), fmpq(0)), DIGITS)
    assert outside.bounds.contains(fmpq(6))
    assert outside.bounds.width < fmpq(10) ** -12


@pytest.mark.parametrize("coupling", ["l1", "linf"])
def test_range_for_polyhedral_norms_is_exact(coupling):
    """Two tasks with kinks (1, 0), (0, 1): unique for l2; at x = 3/2 each may reach down for the other norms or not."""
    data = Dataset((0, 1, 2, 3), ((0, 0), (0, 0), (1, 0), (2, 1)))
    found = value_range(Program(data, (*data.points, fmpq(3, 2)), coupling), fmpq(3, 2), (fmpq(1), fmpq(0)), DIGITS)
    assert found.bounds.width == found.reached.width
    assert found.excess == 0


def test_a_range_needs_a_program_with_an_optimum():
    """One line for infeasible candidates and for a direction of another length."""
    with pytest.raises(ProgramError, match="needs the optimum first"):
        value_range(Program(ABBA, ()), fmpq(2), (fmpq(1), fmpq(0)), DIGITS)
    with pytest.raises(ProgramError, match="the direction has 1 coordinates, the labels have 2"):
        value_range(Program(ABBA, midpoints(ABBA)), fmpq(2), (fmpq(1),), DIGITS)


@pytest.mark.parametrize("seed", range(60))
def test_fewest_breakpoints(seed):
    """The search finds as many breakpoints as K says, and one optimum or several as K says."""
    data = random_dataset(seed, largest=7) if seed % 2 else run_dataset(seed, 3 + seed % 5)
    found = fewest_breakpoints(data)
    assert found.count == sparsest_width(runs(data))
    assert (len(found.optima) == 1) == sparsest_is_unique(runs(data))
    for optimum in found.optima:
        assert optimum.interpolates(data.points, data.labels)


def test_the_search_is_for_small_datasets():
    """Above the limit it says so."""
    data = random_dataset(MOST_POINTS, largest=30)
    assert data.size > MOST_POINTS
    with pytest.raises(ProgramError, match=f"N <= {MOST_POINTS}, not {data.size}"):
        fewest_breakpoints(data)
