"""Which solver answers for a program: the strongest guarantee that applies."""

from .conic import Conic
from .interface import Solution, Solver
from .linear import Linear
from .linear_algebra import Interior
from .program import Program, ProgramError

SOLVERS: tuple[Solver, ...] = (Interior(), Linear(), Conic())
"""In order of preference."""


def solve_program(program: Program, digits: int) -> Solution:
    """Solve with the first solver that accepts the program."""
    if digits < 1:
        raise ProgramError(f"the number of digits is at least 1, not {digits}")
    for solver in SOLVERS:
        if solver.accepts(program):
            return solver.solve(program, digits)
    raise ProgramError("no solver accepts this program")
