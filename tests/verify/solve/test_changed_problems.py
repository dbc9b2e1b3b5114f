"""Penalised biases, and no linear part: 12 digits and mostly 30 on small datasets of every kind, in bounded work."""

import pytest
from families import random_dataset, small_dataset
from flint import fmpq
from reluproof.theory import Dataset
from reluproof.verify.solve.audit import audit, dual_value
from reluproof.verify.solve.breakpoints import solve
from reluproof.verify.solve.column_generation import solve_on_the_line
from reluproof.verify.solve.interface import met
from reluproof.verify.solve.norms import enclose_cost
from reluproof.verify.solve.pricing import supremum
from reluproof.verify.solve.program import Program
from solver_cases import CHANGES, midpoints, scaled, theorem

HUGE = fmpq(10) ** 150
SEVERAL_GAPS = Dataset(range(6), tuple([(label,) for label in (0, 0, 1, 5, 10, 17)]))


def require_proved(program, found, digits):
    """Both bounds, by what proves them: the network, and the multipliers on the whole line."""
    audit(found)
    cost = enclose_cost(found.program, found.primal.kinks, 256)
    assert cost.lower <= found.bounds.upper
    assert dual_value(program, found.dual) >= found.bounds.lower
    assert supremum(program, found.dual, 256) == 1
    assert found.bounds.lower <= found.bounds.upper
    assert found.status == "undecided" or met(found.bounds, digits)


def require_solved(data, digits=12, **changes):
    """The interval has the width asked for; weights and a missing linear part only raise the cost."""
    program = Program(data, midpoints(data), **changes)
    found = solve_on_the_line(program, digits)
    assert found.status in ("exact", "enclosed")
    require_proved(program, found, digits)
    assert found.bounds.upper >= theorem(data).lower
    return found


@pytest.mark.parametrize("seed", range(60))
def test_small_datasets(seed):
    """Every kind of labels, one of the three changes by turns."""
    require_solved(small_dataset(seed), 30, **CHANGES[(seed + seed // 3) % 3])


@pytest.mark.slow
@pytest.mark.parametrize("changes", CHANGES, ids=str)
@pytest.mark.parametrize("seed", range(60, 160))
def test_more_small_datasets(seed, changes):
    """All three changes; one of the 300 ends at 3e-12, undecided, when the work that is allowed is done."""
    if seed == 97 and changes == CHANGES[2]:
        program = Program(small_dataset(seed), midpoints(small_dataset(seed)), **changes)
        found = solve_on_the_line(program, 12)
        require_proved(program, found, 12)
        assert met(found.bounds, 11)
    else:
        require_solved(small_dataset(seed), **changes)


@pytest.mark.parametrize("linear_part", [True, False])
@pytest.mark.parametrize("data", [random_dataset(44, largest=9), SEVERAL_GAPS], ids=["44", "several gaps"])
def test_breakpoints_in_several_gaps_that_depend_on_each_other(data, linear_part):
    """Where one of them is depends on where the others are."""
    require_solved(data, penalised_biases=True, linear_part=linear_part)


@pytest.mark.parametrize("seed", range(6))
def test_three_points_three_tasks_without_linear_part(seed):
    """x = (-8, 0, 2)."""
    labels = random_dataset(5 * seed + 2, largest=4).labels
    data = Dataset((-8, 0, 2), tuple([(*label, 1, 2, 3)[:3] for label in (*labels, labels[0], labels[1])[:3]]))
    for changes in CHANGES[1:]:
        require_solved(data, **changes)


@pytest.mark.parametrize("units", [(1, HUGE), (1, 1 / HUGE), (1 / HUGE, 1)], ids=["y up", "y down", "x down"])
@pytest.mark.parametrize("linear_part", [True, False])
def test_units(units, linear_part):
    """Labels at 1e150 and 1e-150; points at 1e-150, where the biases hardly count."""
    data = scaled(random_dataset(12, largest=9), *units)
    found = require_solved(data, 30, penalised_biases=True, linear_part=linear_part)
    if units[0] != 1 and linear_part:
        assert found.bounds.upper <= theorem(data).upper * (1 + fmpq(10) ** -29)


@pytest.mark.parametrize(
    ("seed", "linear_part"),
    [(2, True), (2, False), (8, True), (8, False), pytest.param(12, True, marks=pytest.mark.slow)],
)
def test_points_at_1e150(seed, linear_part):
    """A breakpoint at 0 costs 1e-150 of any other: the work may run out, and the interval holds all the same."""
    data = scaled(random_dataset(seed, largest=9), HUGE, 1)
    program = Program(data, midpoints(data), penalised_biases=True, linear_part=linear_part)
    require_proved(program, solve_on_the_line(program, 30), 30)


def test_a_line_on_three_points_costs_two_ramps_that_touch_at_the_ends():
    """Labels 0, 1, 2 at -1, 0, 1: both ramps of slope 1, and the dual is tangent to the bound at -1 and 1."""
    data = Dataset((-1, 0, 1), ((0,), (1,), (2,)))
    found = require_solved(data, penalised_biases=True, linear_part=False)
    assert found.bounds.lower**2 <= 2 <= found.bounds.upper**2


def test_the_dual_is_tangent_at_a_data_point_where_both_ramps_bend():
    """The kinks (12, 4) to the right of 0 and -(3, 1) to the left cost 5 sqrt 10; no dual is below the bound near 0."""
    data = Dataset((-2, -1, 0, 1, 2), ((0, 0), (3, 1), (6, 2), (18, 6), (30, 10)))
    found = require_solved(data, penalised_biases=True, linear_part=False)
    assert found.bounds.lower**2 <= 250 <= found.bounds.upper**2


def test_many_tasks():
    """T = 12, N = 13, to two digits."""
    data = Dataset(range(-6, 7), tuple([tuple([(i * j) % 7 for j in range(1, 13)]) for i in range(13)]))
    answer = solve(Program(data, data.points, penalised_biases=True), "adaptive", 2)
    assert answer.status == "enclosed"
    assert met(answer.bounds, 2)
