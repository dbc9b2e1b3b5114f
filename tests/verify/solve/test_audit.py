"""The audit looks for itself: every way of altering a solution so that it proves too much is found."""

from dataclasses import replace

import pytest
from flint import fmpq
from reluproof.theory import Dataset, Enclosure
from reluproof.verify.solve.audit import AuditError, audit, dual_value
from reluproof.verify.solve.methods import solve_program
from reluproof.verify.solve.program import Program, ProgramError

DATA = Dataset((0, 1, 3, 4, 6), ((0, 1), (1, 0), (0, 2), (5, 1), (0, 0)))
BENDS = (*DATA.points, fmpq(1, 2), fmpq(7, 2))
TINY = fmpq(1, 10**40)
PROGRAMS = {
    "l2": Program(DATA, BENDS),
    "l1": Program(DATA, BENDS, "l1"),
    "linf": Program(DATA, BENDS, "linf"),
    "interior": Program(DATA, DATA.points[1:-1]),
    "penalised biases": Program(DATA, BENDS, penalised_biases=True),
    "no linear part": Program(DATA, BENDS, linear_part=False),
}


def moved(vectors, index=1, by=TINY):
    """The vectors with one entry changed."""
    first = vectors[index]
    return (*vectors[:index], (first[0] + by, *first[1:]), *vectors[index + 1 :])


def bounded(solution, lower=0, upper=0):
    """The solution with its bounds moved."""
    return replace(solution, bounds=Enclosure(solution.bounds.lower + lower, solution.bounds.upper + upper))


ALTERATIONS = {
    "a kink": lambda s: replace(s, primal=replace(s.primal, kinks=moved(s.primal.kinks))),
    "the free part": lambda s: replace(s, primal=replace(s.primal, free=moved(s.primal.free, 0))),
    "multipliers not orthogonal to the free functions": lambda s: replace(s, dual=moved(s.dual)),
    "multipliers too large": lambda s: replace(s, dual=tuple(tuple(entry * 2 for entry in row) for row in s.dual)),
    "a lower bound too high": lambda s: bounded(
        s, dual_value(s.program, s.dual) - s.bounds.lower + fmpq(1, 10**60), fmpq(1)
    ),
    "an upper bound too low": lambda s: bounded(s, -s.bounds.lower, fmpq(-1, 10**3)),
    "no network": lambda s: replace(s, primal=None),
    "no multipliers": lambda s: replace(s, dual=None),
    "no bounds": lambda s: replace(s, bounds=None),
    "infeasible after all": lambda s: replace(s, status="infeasible"),
    "a network of another program": lambda s: replace(s, program=replace(s.program, data=OTHER)),
}
OTHER = Dataset(DATA.points, moved(DATA.labels, by=fmpq(1)))


@pytest.mark.parametrize("program", PROGRAMS.values(), ids=PROGRAMS)
@pytest.mark.parametrize("alter", ALTERATIONS.values(), ids=ALTERATIONS)
def test_an_altered_solution_is_rejected(program, alter):
    """The solution passes; altered it does not."""
    solution = solve_program(program, 30)
    audit(solution)
    with pytest.raises(AuditError):
        audit(alter(solution))


def test_a_false_infeasibility_is_rejected():
    """Multipliers that do not contradict, or that do not annihilate, prove nothing."""
    solution = solve_program(Program(DATA, (2,)), 30)
    audit(solution)
    with pytest.raises(AuditError, match="annihilate the atoms"):
        audit(replace(solution, dual=moved(solution.dual)))
    with pytest.raises(AuditError, match="labels too"):
        audit(replace(solution, dual=tuple((fmpq(0), fmpq(0)) for _ in solution.dual)))
    with pytest.raises(AuditError, match="no proof"):
        audit(replace(solution, dual=None))


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Program(DATA, BENDS, "l3"), "the coupling is one of l2, l1, linf, not 'l3'"),
        (lambda: Program(DATA, BENDS, "l1", penalised_biases=True), "l2 coupling only"),
        (lambda: solve_program(Program(DATA, BENDS), 0), "at least 1, not 0"),
    ],
)
def test_what_is_no_program(make, message):
    """One line says why."""
    with pytest.raises(ProgramError, match=message):
        make()
