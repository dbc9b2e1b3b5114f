"""What `reluproof kernel` found: all that its JSON and its text are made of."""

from dataclasses import dataclass

from flint import fmpq

from ...theory.enclosure import Enclosure
from ..many_inputs.answer import KernelAnswer
from ..many_inputs.given_network import GivenNetwork
from ..many_inputs.one_task import OneTask
from ..many_inputs.semidefinite import SecondOpinion
from ..reading.points import ReadPoints

METHOD = "semidefinite program in double precision"
"""Of the second opinion."""


@dataclass(frozen=True, slots=True, eq=False)
class KernelReport:
    """All that is printed. difference: of the two optima written, at a point. above: count tasks of larger leverage."""

    source: ReadPoints
    answer: KernelAnswer
    task: OneTask | None
    difference: tuple[tuple[fmpq, ...], Enclosure] | None
    given: GivenNetwork | None
    above: fmpq | None
    second: SecondOpinion | None = None
