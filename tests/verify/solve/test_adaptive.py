"""The adaptive mode: from midpoints to the data points by itself, and to places inside gaps where weights vary."""

import random
from dataclasses import replace

import pytest
from families import random_dataset
from flint import fmpq
from reluproof.theory import Dataset
from reluproof.verify.solve.audit import audit, dual_value
from reluproof.verify.solve.column_generation import solve_on_the_line
from reluproof.verify.solve.interface import met
from reluproof.verify.solve.norms import dual_norm_at_most
from reluproof.verify.solve.pricing import peaks, supremum
from reluproof.verify.solve.program import Atom, Program
from solver_cases import midpoints, overlap, scaled, theorem


def eta(program, multipliers, atom):
    """sum_i L_i atom(x_i), written out."""
    values = [atom(x) for x in program.data.points]
    return [
        sum([v * row[t] for v, row in zip(values, multipliers, strict=True)], fmpq(0))
        for t in range(program.data.tasks)
    ]


def require_feasible_everywhere(program, found, seed):
    """The multipliers prove the lower bound, and obey |eta| <= w at random places far and near."""
    assert dual_value(program, found.dual) >= found.bounds.lower
    assert supremum(program, found.dual, 256) == 1
    rng = random.Random(seed)
    for _ in range(20):
        place = program.data.points[rng.randrange(program.data.size)] + fmpq(
            rng.randint(-99, 99), rng.choice([1, 7, 999])
        )
        for side in (1, -1):
            slopes = eta(program, found.dual, Atom(place, side))
            assert dual_norm_at_most(program.coupling, slopes, program.weight_square(place))


@pytest.mark.parametrize("digits", [30, 100])
@pytest.mark.parametrize("seed", range(60))
def test_it_ends_at_data_points(seed, digits):
    """No data point is given; all breakpoints of the answer are data points, and the value is the theorem's."""
    data = random_dataset(seed, largest=30 if digits == 30 else 20)
    program = Program(data, midpoints(data))
    found = solve_on_the_line(program, digits)
    assert found.status in ("exact", "enclosed")
    assert met(found.bounds, digits)
    assert overlap(found.bounds, theorem(data))
    assert set(found.program.candidates) <= set(data.points) | set(midpoints(data))
    assert set(found.spline().knots) <= set(data.points[1:-1])
    audit(found)
    require_feasible_everywhere(program, found, seed)


@pytest.mark.parametrize("coupling", ["l1", "linf"])
@pytest.mark.parametrize("seed", range(60, 80))
def test_other_couplings(seed, coupling):
    """The same for the polyhedral norms, exactly."""
    data = random_dataset(seed, largest=12)
    program = Program(data, midpoints(data), coupling)
    found = solve_on_the_line(program, 30)
    assert found.status == "exact"
    assert found.bounds.contains(theorem(data, coupling).lower)
    assert set(found.spline().knots) <= set(data.points[1:-1])
    require_feasible_everywhere(program, found, seed)


def test_units_far_beyond_double_precision():
    """Points at 1e150, labels at 1e-150, and the other way round."""
    for seed in (7, 12):
        for power in (150, -150):
            data = scaled(random_dataset(seed, largest=12), fmpq(10) ** power, fmpq(10) ** -power)
            found = solve_on_the_line(Program(data, midpoints(data)), 30)
            assert met(found.bounds, 30)
            assert overlap(found.bounds, theorem(data))


def test_a_start_that_cannot_interpolate():
    """Nothing to improve on: infeasible, with the proof."""
    data = Dataset((0, 1, 2), ((0,), (0,), (1,)))
    found = solve_on_the_line(Program(data, ()), 30)
    assert (found.status, found.bounds) == ("infeasible", None)
    audit(found)


def test_penalised_biases_leave_the_data_points():
    """N = 3, x = (-1, 2, 3), y = (0, 0, 1): one knot of kink 3/2 at t = 1 costs 1.5 sqrt 2, connect-the-dots sqrt 5."""
    data = Dataset((-1, 2, 3), ((0,), (0,), (1,)))
    found = solve_on_the_line(Program(data, midpoints(data), penalised_biases=True), 50)
    assert found.bounds.lower**2 <= fmpq(9, 2) <= found.bounds.upper**2
    assert met(found.bounds, 50)
    spline = found.spline()
    assert [(knot, kink) for knot, kink in zip(spline.knots, spline.kinks, strict=True)] == [(1, (fmpq(3, 2),))]
    dots = replace(found.program, candidates=data.points[1:-1])
    assert supremum(dots, found.dual, 256) == 1


@pytest.mark.parametrize("seed", range(40))
def test_penalised_biases_on_three_points(seed):
    """Connect-the-dots is not optimal iff x_1 x_2 < -1 or x_2 x_3 < -1 (and d_2 is not zero)."""
    rng = random.Random(seed)
    points = sorted(rng.sample(range(-24, 25), 3))
    x = [fmpq(point, 8) for point in points]
    data = Dataset(tuple(x), tuple([(fmpq(rng.randint(-5, 5)), fmpq(rng.randint(1, 5))) for _ in x]))
    program = Program(data, midpoints(data), penalised_biases=True)
    found = solve_on_the_line(program, 30)
    assert found.status in ("exact", "enclosed")
    require_feasible_everywhere(program, found, seed)
    kink_square = theorem(data).upper ** 2
    dots = kink_square * (1 + x[1] * x[1])
    beaten = found.bounds.upper**2 * (1 + fmpq(10) ** -25) < dots
    assert beaten == (kink_square > 0 and (x[0] * x[1] < -1 or x[1] * x[2] < -1))


@pytest.mark.parametrize("linear_part", [True, False])
@pytest.mark.parametrize("seed", [0, 3, 4, 8, 20, 23, 31, 38, 41])
def test_penalised_biases_in_general(seed, linear_part):
    """The interval has the width asked for and its multipliers hold on the whole line; weights only raise the cost."""
    data = random_dataset(seed, largest=9)
    program = Program(data, midpoints(data), penalised_biases=True, linear_part=linear_part)
    found = solve_on_the_line(program, 30)
    assert found.status in ("exact", "enclosed")
    assert met(found.bounds, 30)
    assert found.bounds.upper >= theorem(data).lower
    audit(found)
    require_feasible_everywhere(program, found, seed)


@pytest.mark.parametrize("seed", range(80, 110))
def test_without_linear_part(seed):
    """N = 2 costs |s|; for one task the cost is at least R and at least |f'(-inf) + f'(inf)| of some interpolant."""
    rng = random.Random(seed)
    tasks, h = rng.randint(1, 4), fmpq(rng.randint(1, 20), 4)
    label = tuple([fmpq(rng.randint(-9, 9)) for _ in range(tasks)])
    data = Dataset((1, 1 + h), ((fmpq(0),) * tasks, label))
    found = solve_on_the_line(Program(data, midpoints(data), linear_part=False), 30)
    slope_square = sum([a * a for a in label], fmpq(0)) / h**2
    assert found.bounds.lower**2 <= slope_square <= found.bounds.upper**2
    assert met(found.bounds, 30)
    larger = random_dataset(seed, largest=9)
    program = Program(larger, midpoints(larger), linear_part=False)
    answer = solve_on_the_line(program, 30)
    assert met(answer.bounds, 30)
    assert answer.bounds.upper >= theorem(larger).lower
    audit(answer)
    require_feasible_everywhere(program, answer, seed)


def test_peaks_are_where_the_dual_is_largest():
    """One atom at 1, multipliers (1, -2, 1) on 0, 1, 2: |eta| is a hat with its peak at 1."""
    program = Program(Dataset((0, 1, 2), ((0,), (0,), (1,))), (1,))
    multipliers = ((fmpq(2),), (fmpq(-4),), (fmpq(2),))
    assert peaks(program, multipliers, fmpq(1), 64) == [1]
    assert supremum(program, multipliers, 64) >= 2
    assert supremum(program, multipliers, 64) < 2 + fmpq(1, 2**60)
    assert peaks(program, multipliers, fmpq(2), 64) == []
