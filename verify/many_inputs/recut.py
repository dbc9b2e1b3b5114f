"""One task: a maximum inside an arc that turns out parallel to a candidate in contact becomes a candidate too.

There the dual does not change with the offset between the two, so the angle is the candidate's, exactly. The arc is cut
at it, and the conditions of optimality are set up anew.
"""

from dataclasses import replace

from flint import ctx, fmpq

from ...theory.arrangement import Pair, cut, strictly_between
from .contacts import Contacts
from .exchange import FloatSolution
from .polish import BITS, Polished, refreshed
from .problem import Problem

_NEAR = 1e-9


def recut(
    problem: Problem, polished: Polished, solution: FloatSolution
) -> tuple[Problem, Contacts, FloatSolution] | None:
    """The problem, contacts and float solution with such arcs cut; None if there are none."""
    cuts = _parallel_arcs(problem, polished) if problem.rank == 1 else {}
    if not cuts:
        return None
    changed = replace(problem, arrangement=cut(problem.arrangement, cuts))
    old, ordered = refreshed(polished), sorted(cuts)

    def moved(arc: int) -> int:
        return arc + sum([other < arc for other in ordered])

    contacts = Contacts(
        dict(old.candidates),
        {moved(arc): pair for arc, pair in old.smooth.items() if arc not in cuts},
        {moved(arc): weight for arc, weight in old.whole.items()},
        {(moved(a), moved(b)): values for (a, b), values in old.strips.items()},
    )
    for arc in ordered:
        middle = changed.arrangement.arcs[moved(arc)].ends[1]
        contacts.candidates[middle] = contacts.candidates.get(middle, 0.0) + old.smooth[arc][1]
    inside = tuple([(moved(arc), u, eta) for arc, u, eta in solution.inside if arc not in cuts])
    return changed, contacts, replace(solution, inside=inside)


def _parallel_arcs(problem: Problem, polished: Polished) -> dict[int, Pair]:
    """{arc of a single neuron: the direction of a candidate in contact that it is parallel to}."""
    of, found = polished.of, {}
    directions = {problem.arrangement.candidates[k].direction for k in of.candidates}
    for i, index in enumerate(of.smooth):
        with ctx.workprec(BITS):
            angle = polished.unknowns[of.contacts + i]
            u, v = float(angle.cos().mid()), float(angle.sin().mid())
        for p, q in [d for d in directions if len(d) == 2]:
            size = float(p * p + q * q) ** 0.5
            if abs(u * q - v * p) < _NEAR * size:
                w = (p, q) if u * p + v * q > 0 else (-p, -q)
                if strictly_between(problem.arrangement.arcs[index], (fmpq(w[0]), fmpq(w[1]))):
                    found[index] = w
    return found
