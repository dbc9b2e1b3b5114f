"""One task of an answer against fixed kernels: its distances (AB), and what the cost is without it (AC)."""

from dataclasses import dataclass

from flint import arb, ctx, fmpq

from ...theory.enclosure import Enclosure
from .answer import KernelAnswer
from .distance import KernelSolution, distance, l2_solution, others_solution
from .optimum import solve_optimum

_BITS = 128


@dataclass(frozen=True, slots=True, eq=False)
class OneTask:
    """One task against fixed kernels, None where not computed.

    distance_l2, distance_others: to the l2 solution over the optimum's neurons and to the kernel solution of the other
    tasks' network. cost_others: of the problem without the task. others_inequality: whether AC holds. l2,
    others: those two solutions.
    """

    task: int
    distance_l2: Enclosure | None = None
    distance_others: Enclosure | None = None
    cost_others: Enclosure | None = None
    others_inequality: bool | None = None
    l2: KernelSolution | None = None
    others: KernelSolution | None = None


def one_task(answer: KernelAnswer, task: int) -> OneTask:
    """What is known of this task, counted from 0; nothing where there is no optimum."""
    data, convention, found = answer.data, answer.convention, answer.optimum
    if found is None:
        return OneTask(task)
    l2 = l2_solution(data, found.network, task, convention)
    near = distance(data, found.network, task, l2, convention)
    rest = [s for s in range(data.tasks) if s != task]
    others = solve_optimum(data.with_tasks(rest), convention) if rest else None
    if others is None:
        return OneTask(task, near, l2=l2)
    kernel = others_solution(data, others.network, task, convention)
    far = distance(data, found.network, task, kernel, convention)
    inequality = _others_inequality(found.cost, others.cost, answer.leverages[task])
    return OneTask(task, near, far, others.cost, inequality, l2, kernel)


def _others_inequality(cost: Enclosure, others: Enclosure, leverage: fmpq) -> bool | None:
    """AC: sqrt(1 - l) R <= R without the task <= R, decided in balls where it is strict."""
    with ctx.workprec(_BITS):
        low = Enclosure.from_ball(arb(1 - leverage).sqrt() * arb(cost.lower).union(arb(cost.upper)))
    if low.lower > others.upper or others.lower > cost.upper:
        return False
    # Equality is possible; bounds that overlap within their gap do not contradict it, but decide nothing.
    return True if low.upper <= others.lower and others.upper <= cost.lower else None
