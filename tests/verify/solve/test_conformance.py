"""One suite for every solver: the interval holds, is as narrow as asked, and its evidence survives the audit."""

import pytest
from families import random_dataset
from flint import fmpq
from reluproof.theory import Dataset
from reluproof.verify.solve.audit import audit
from reluproof.verify.solve.interface import met
from reluproof.verify.solve.methods import SOLVERS
from reluproof.verify.solve.program import Program
from solver_cases import accepting, candidate_sets, midpoints, overlap, scaled, theorem

HUGE = fmpq(10) ** 150


def require_right(program, digits):
    """Every solver that accepts the program finds the theorem's value, with evidence; returns how many there were."""
    value = theorem(program.data, program.coupling)
    for solver in accepting(program):
        solution = solver.solve(program, digits)
        assert solution.status in ("exact", "enclosed"), (solver.name, solution.reason)
        audit(solution)
        assert met(solution.bounds, digits), solver.name
        assert overlap(solution.bounds, value), solver.name
        spline = solution.spline()
        assert spline.interpolates(program.data.points, program.data.labels)
        assert set(spline.knots) <= set(program.candidates)
        if program.coupling == "l2":
            assert spline.path_cost().enclosure().lower <= solution.bounds.upper
    return len(accepting(program))


@pytest.mark.parametrize("seed", range(150))
def test_the_interval_holds_the_theorem(seed):
    """Random and degenerate datasets, T = 1..5, N = 2..30, 30 digits, every solver on one set of candidates."""
    data = random_dataset(seed)
    sets = list(candidate_sets(data, seed).values())
    assert require_right(Program(data, sets[seed % len(sets)]), 30) >= 1


@pytest.mark.parametrize("seed", range(150, 210))
def test_every_solver_on_interior_data_points(seed):
    """Exact linear algebra, the conic solver and, for one task, the linear program answer alike."""
    data = random_dataset(seed)
    assert require_right(Program(data, data.points[1:-1]), 30) >= (3 if data.tasks == 1 else 2)


@pytest.mark.parametrize("seed", range(210, 250))
def test_a_hundred_digits(seed):
    """The same to 100 digits."""
    data = random_dataset(seed)
    sets = list(candidate_sets(data, seed).values())
    require_right(Program(data, sets[seed % len(sets)]), 100)


@pytest.mark.parametrize("coupling", ["l1", "linf"])
@pytest.mark.parametrize("seed", range(250, 290))
def test_polyhedral_couplings_are_exact(seed, coupling):
    """l1 and l-infinity: the rational optimum itself (statement A holds for any norm)."""
    data = random_dataset(seed, largest=16)
    sets = list(candidate_sets(data, seed).values())
    program = Program(data, sets[seed % len(sets)], coupling)
    assert require_right(program, 30) >= 1
    for solver in accepting(program):
        if solver.name == "linear program":
            solution = solver.solve(program, 30)
            assert solution.status == "exact"
            assert solution.bounds.contains(theorem(data, coupling).lower)


@pytest.mark.parametrize("units", [(1, HUGE), (1, 1 / HUGE), (HUGE, 1), (1 / HUGE, 1), (HUGE, 1 / HUGE)], ids=str)
@pytest.mark.parametrize("seed", [2, 8, 16, 3, 22])
def test_units_far_beyond_double_precision(seed, units):
    """Points and labels at 1e150 and 1e-150."""
    data = scaled(random_dataset(seed, largest=12), *units)
    for coupling in ("l2", "l1", "linf"):
        require_right(Program(data, data.points[1:-1] + midpoints(data), coupling), 30)


@pytest.mark.parametrize("tasks", [1, 3])
@pytest.mark.parametrize("size", [2, 3, 9])
def test_collinear_data_cost_nothing(size, tasks):
    """Labels on a line: the optimum is 0, exactly, whatever the candidates, even none."""
    data = Dataset(range(size), [tuple(task + 3 * x for task in range(tasks)) for x in range(size)])
    for candidates in (data.points[1:-1], (), data.points + midpoints(data)):
        for coupling in ("l2", "l1", "linf"):
            program = Program(data, candidates, coupling)
            for solver in accepting(program):
                solution = solver.solve(program, 30)
                audit(solution)
                assert (solution.status, solution.bounds.upper, solution.bounds.lower) == ("exact", 0, 0)
                assert solution.spline().width == 0


@pytest.mark.parametrize("changes", [{}, {"coupling": "linf"}, {"coupling": "l1"}, {"penalised_biases": True}], ids=str)
@pytest.mark.parametrize("linear_part", [True, False])
def test_too_few_breakpoints_are_reported_with_a_proof(changes, linear_part):
    """No network: status infeasible, and multipliers that the audit accepts."""
    data = Dataset((0, 1, 2, 3, 4), ((0, 1), (2, 0), (1, 1), (0, 5), (3, 3)))
    for candidates in ((), (2,), (1, fmpq(1, 2)), (-5, -6, -7, 9)):
        program = Program(data, tuple(map(fmpq, candidates)), linear_part=linear_part, **changes)
        answers = [solver.solve(program, 30) for solver in accepting(program)]
        if linear_part or not candidates:
            assert answers
            assert {answer.status for answer in answers} == {"infeasible"}
        for answer in answers:
            audit(answer)
            if answer.status == "infeasible":
                with pytest.raises(ValueError, match="no interpolating network"):
                    answer.spline()


def test_candidates_that_coincide_are_one():
    """The same breakpoint in two spellings is one candidate; 1e-30 apart they are two, and both may be used."""
    data = Dataset((0, 1, 2), ((0,), (0,), (1,)))
    assert Program(data, (fmpq(1), fmpq(2, 2))).candidates == (1,)
    require_right(Program(data, (1, 1 + fmpq(10) ** -30, 1 - fmpq(10) ** -30)), 30)


@pytest.mark.parametrize("tasks", [1, 2])
def test_as_many_candidates_as_constraints_but_dependent(tasks):
    """1, 3/2 and 2 on kinks 1, 1, 0: three ramps for three constraints, of rank two, and a choice to be made."""
    data = Dataset((0, 1, 2, 3, 4), tuple([(label,) * tasks for label in (0, 0, 1, 3, 5)]))
    assert require_right(Program(data, (1, fmpq(3, 2), 2)), 30) >= 2


def test_every_solver_is_exercised():
    """The suite runs over all of them: each accepts one of these two programs."""
    data = Dataset((0, 1, 2), ((0, 1), (0, 0), (1, 1)))
    programs = [Program(data, (1,)), Program(data, (1,), "linf")]
    assert {solver.name for program in programs for solver in accepting(program)} == {s.name for s in SOLVERS}


@pytest.mark.parametrize("digits", [1, 3])
@pytest.mark.parametrize("linear_part", [True, False])
def test_where_the_precision_gives_out_the_interval_still_holds(digits, linear_part):
    """Penalised biases at 1e150 with few digits: whatever the status, the evidence survives the audit."""
    data = scaled(Dataset((-9, -4, 1, 2), ((0, 1), (2, 0), (1, 1), (0, 2))), HUGE, 1)
    program = Program(data, data.points + midpoints(data), penalised_biases=True, linear_part=linear_part)
    for solver in accepting(program):
        solution = solver.solve(program, digits)
        audit(solution)
        assert solution.status == "undecided" or met(solution.bounds, digits)
