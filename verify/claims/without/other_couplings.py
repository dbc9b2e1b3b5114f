"""B with the l1 or the l-infinity norm across tasks: fails for datasets without aligned kinks.

One gap decides at a time: moving all other knots to data points never costs more, in any norm, and a knot inside a gap
can be split so that its middle carries a part. So there is a second optimum iff one bends at the middle of some gap.
"""

from collections.abc import Callable
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

from flint import fmpq

from ....theory.alignment import aligned
from ....theory.dataset import Dataset
from ....theory.numbers import ZERO, Vector, sign
from ....theory.optimum import connect_the_dots, kinks
from ....theory.spline import LinearSpline
from ....theory.vectors import add, is_zero_vector, scale, subtract, zero
from ....theory.verdict import Holds, Refuted, Undecided, Verdict
from .changed_claim import ChangedClaim, Counterexample

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

    from ...solve.program import Coupling


def verdict_on(coupling: "Coupling", data: Dataset) -> Verdict:
    """A second optimum without aligned kinks, its optimality proved by the exact linear program; else a strict dual.

    Per interior gap either a kink in its middle is found that both neighbours pay for, or a dual function with norm
    below 1 inside the gap; `Undecided` if there should be neither.
    """
    all_kinks = kinks(data)
    some_aligned = any([aligned(u, v) for u, v in pairwise(all_kinks)])
    for gap, (u, v) in enumerate(pairwise(all_kinks), start=1):
        common = _COMMON[coupling](u, v)
        if not is_zero_vector(common):
            if some_aligned:
                return Holds("not unique, and two kinks are aligned")
            return _exhibit(coupling, data, _bent_in_the_middle(data, gap, common))
        if not _is_strict(coupling, u, v):
            return Undecided(f"neither a second optimum nor a strict dual on the gap after point {gap + 1}")
    if some_aligned:
        return Undecided("aligned kinks with a strict dual: one of the two must be wrong")
    return Holds("a dual function has norm below 1 inside every gap: only one optimum, and no kinks are aligned")


def common_l1(u: Vector, v: Vector) -> Vector:
    """The largest m that shortens both u and v by its own l1 norm: coordinates of equal sign."""
    return tuple([ZERO if sign(a) * sign(b) != 1 else a if abs(a) < abs(b) else b for a, b in zip(u, v, strict=True)])


def common_linf(u: Vector, v: Vector) -> Vector:
    """An m that shortens both u and v by its own l-infinity norm; 0 if there is none.

    In coordinates that are largest in one of them m has their sign; the size keeps the others below the new maximum.
    """
    heights = [max([abs(a) for a in w]) for w in (u, v)]
    signs = [0] * len(u)
    for w, height in zip((u, v), heights, strict=True):
        for task, a in enumerate(w):
            if abs(a) == height:
                if signs[task] * sign(a) == -1:
                    return zero(len(u))
                signs[task] = sign(a)
    slack = [height - abs(a) for w, height in zip((u, v), heights, strict=True) for a in w]
    size = min([*heights, *[room / 2 for room in slack if room != 0]])
    return tuple([size * s for s in signs])


_COMMON: dict[str, Callable[[Vector, Vector], Vector]] = {"l1": common_l1, "linf": common_linf}


def _is_strict(coupling: "Coupling", u: Vector, v: Vector) -> bool:
    """Whether dual vectors of u and v, those in the middle of all choices, have a mean of dual norm below 1."""
    middle = [(a + b) / 2 for a, b in zip(_dual_of(coupling, u), _dual_of(coupling, v), strict=True)]
    sizes = [abs(a) for a in middle]
    return (max(sizes) if coupling == "l1" else sum(sizes, ZERO)) < 1


def _dual_of(coupling: "Coupling", u: Vector) -> list[fmpq]:
    """A vector of dual norm at most 1 that pairs with u to its norm; 0 wherever that is allowed."""
    if coupling == "l1":
        return [fmpq(sign(a)) for a in u]
    height = max([abs(a) for a in u])
    largest = [sign(a) if abs(a) == height else 0 for a in u]
    count = sum([abs(s) for s in largest])
    return [fmpq(s, max(count, 1)) for s in largest]


def _bent_in_the_middle(data: Dataset, gap: int, common: Vector) -> LinearSpline:
    """Connect-the-dots with the part m of the kinks at both ends of a gap replaced by 2 m at its middle."""
    dots = connect_the_dots(data)
    left, right = data.points[gap], data.points[gap + 1]
    moved = [(left, scale(fmpq(-1), common)), ((left + right) / 2, add(common, common))]
    moved.append((right, scale(fmpq(-1), common)))
    return dots.bent(moved)


def _exhibit(coupling: "Coupling", data: Dataset, second: LinearSpline) -> Verdict:
    """The refutation, if the second function interpolates and both cost what the exact linear program says is least."""
    from ...solve.audit import audit
    from ...solve.methods import solve_program
    from ...solve.norms import polyhedral_norm
    from ...solve.program import Program

    dots = connect_the_dots(data)
    middles = tuple([(left + right) / 2 for left, right in pairwise(data.points)])
    solution = solve_program(Program(data, data.points + middles, coupling), 1)
    audit(solution)
    costs = [sum([polyhedral_norm(coupling, m) for m in f.kinks], ZERO) for f in (dots, second)]
    different = second != dots and second.interpolates(data.points, data.labels)
    if solution.status != "exact" or solution.bounds is None or not different:
        return Undecided(f"the linear program gives no exact optimum: {solution.reason}")
    if {*costs, solution.bounds.lower} != {solution.bounds.upper}:
        return Undecided(f"the costs {costs[0]} and {costs[1]} are not the optimum of the linear program")
    says = (
        f"with the {_NAMES[coupling]} norm across tasks two different interpolants cost {costs[0]}, the exact optimum "
        "of the linear program over data points and middles of gaps; no two consecutive kinks are aligned"
    )
    functions = (("connect-the-dots", dots), ("another optimum", second))
    place = second.knots[[t in data.points for t in second.knots].index(False)]
    difference = subtract(second(place), dots(place))
    values = (
        (f"{_NAMES[coupling]} cost of both", str(costs[0])),
        (f"difference at x = {place}", f"({', '.join(map(str, difference))})"),
    )
    return Refuted(Counterexample(data, says, functions, values), says)


_NAMES = {"l1": "l1", "linf": "l-infinity"}


def strategy() -> "SearchStrategy[Dataset]":
    """Two or three tasks, as generic as can be: no alignment is needed."""
    from ...strategies import generic_datasets, grid_datasets

    return grid_datasets(tasks=(1, 2)) | generic_datasets()


def _changed(coupling: "Coupling", smallest: Dataset) -> ChangedClaim[Dataset]:
    return ChangedClaim(
        letter="B",
        without=f"l2 across tasks, not {_NAMES[coupling]}",
        stem=f"{coupling}_coupling",
        statement=(
            f"With the {_NAMES[coupling]} norm across tasks connect-the-dots is the only optimum iff no two "
            "consecutive kinks are aligned."
        ),
        verdict_on=partial(verdict_on, coupling),
        strategy=strategy,
        words="integer labels in -2..2 on 0, 1, 2, ..., and rational datasets without structure; one to three tasks",
        smallest=smallest,
    )


L1 = _changed("l1", Dataset.from_fractions(range(4), [(0, 0), (0, 1), (0, 1), (1, 0)]))
LINF = _changed("linf", Dataset.from_fractions(range(4), [(0, 0), (0, 1), (0, 0), (1, -1)]))
