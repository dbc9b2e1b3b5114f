"""The optimality conditions as a square system of equations in balls: unknowns, residual, Jacobian.

Unknowns: the weights of the contacts, the angles of single neurons inside an arc, C_12 of whole arcs, and, where M is
singular, the dual G itself. M is a sum of terms z (x y' + y x') with z an unknown weight and x, y columns (values of
neurons at the data); the equations are x' G G' y = nu for pairs of columns: (Phi, Phi) with nu = 1, (Phi, dPhi) with
nu = 0 at a single neuron, for a whole arc its two ends with the cosine between them; and M G = L if G is unknown.
Pairs of columns say all, and their products with M^-1 and with G G' are all that residual and Jacobian need.
"""

from dataclasses import dataclass, field

from flint import arb, arb_mat, fmpq

from ...theory.free_functions import independent_rows, matrix
from .balls import as_balls, cholesky
from .contacts import Contacts
from .problem import Problem, exact_arc_values, exact_feature

_HALF = arb(0.5)


@dataclass(frozen=True, slots=True)
class Term:
    """The part z_unknown factor (x y' + y x') of M; x, y are columns."""

    unknown: int
    x: int
    y: int
    factor: arb


@dataclass(frozen=True, slots=True)
class Equation:
    """x' G G' y = value."""

    x: int
    y: int
    value: arb


@dataclass(frozen=True, slots=True)
class Turning:
    """Two columns that turn with an angle: B u at `place`, its derivative B du at `place` + 1."""

    angle: int
    place: int
    features: arb_mat


@dataclass
class System:
    """The equations for given contacts at the current precision of flint.

    The unknowns are weights (candidates, single neurons, C_12 of whole arcs, two per strip), angles (single neurons,
    strips), and the entries of G unless `eliminated`. frozen: contacts that depend on the others; their weights are no
    unknowns but constants. fixed: the columns that do not turn, {place: n numbers}; places: those of candidates.
    labels: L, n x r. rotation: r x T, L rotation = Yt.
    """

    problem: Problem
    candidates: tuple[int, ...]
    smooth: tuple[int, ...]
    whole: tuple[int, ...]
    strips: tuple[tuple[int, int], ...]
    eliminated: bool
    labels: arb_mat
    rotation: arb_mat
    frozen: Contacts = field(default_factory=Contacts)
    columns: int = 0
    places: dict[int, int] = field(default_factory=dict)
    constant: list[tuple[int, int, arb]] = field(default_factory=list)
    fixed: dict[int, list[arb]] = field(default_factory=dict)
    turning: list[Turning] = field(default_factory=list)
    terms: list[Term] = field(default_factory=list)
    equations: list[Equation] = field(default_factory=list)

    @property
    def contacts(self) -> int:
        """The number of weights."""
        return len(self.candidates) + len(self.smooth) + len(self.whole) + 2 * len(self.strips)

    @property
    def angles(self) -> int:
        """The number of angles."""
        return len(self.smooth) + len(self.strips)

    @property
    def size(self) -> int:
        """The number of unknowns, and of equations."""
        dual = 0 if self.eliminated else self.labels.nrows() * self.labels.ncols()
        return self.contacts + self.angles + dual

    def angle_of(self, arc: int) -> int | None:
        """The unknown that is the angle of a single neuron on this arc, if there is one."""
        for i, other in enumerate(self.smooth):
            if other == arc:
                return self.contacts + i
        for i, pair in enumerate(self.strips):
            if arc in pair:
                return self.contacts + len(self.smooth) + i
        return None


def system(problem: Problem, contacts: Contacts, frozen: Contacts, *, eliminated: bool) -> System:
    """Set up the equations."""
    names = tuple(contacts.candidates), tuple(contacts.smooth), tuple(contacts.whole), tuple(contacts.strips)
    of = System(problem, *names, eliminated, *rotated_labels(problem), frozen)
    for place, column in enumerate(exact_candidate_features(problem, of.candidates)):
        of.fixed[place], of.places[of.candidates[place]] = column, place
        of.terms.append(Term(place, place, place, _HALF))
        of.equations.append(Equation(place, place, arb(1)))
    of.columns = len(of.candidates)
    stationary = [_add_single(of, arc, len(of.candidates) + i, of.contacts + i) for i, arc in enumerate(of.smooth)]
    weight = len(of.candidates) + len(of.smooth)
    for index in of.whole:
        _add_whole(of, index, weight)
        weight += 1
    for i, pair in enumerate(of.strips):
        stationary.append(_add_strip(of, pair, weight, of.contacts + len(of.smooth) + i))
        weight += 2
    of.equations += stationary
    _freeze(of)
    return of


def _freeze(of: System) -> None:
    """The constant part of M."""
    names = tuple(of.frozen.candidates)
    for k, column in zip(names, exact_candidate_features(of.problem, names), strict=True):
        of.fixed[of.columns], of.places[k] = column, of.columns
        of.constant.append((of.columns, of.columns, arb(of.frozen.candidates[k]) / 2))
        of.columns += 1
    for index, weight in of.frozen.whole.items():
        a, b = of.problem.arrangement.arcs[index].ends
        of.constant.append((of.places[a], of.places[b], arb(weight)))


def _add_single(of: System, arc: int, weight: int, angle: int) -> Equation:
    """A neuron inside an arc; returns the equation that it is a maximum there."""
    place = of.columns
    of.turning.append(Turning(angle, place, exact_arc_features(of.problem, arc)))
    of.columns += 2
    of.terms.append(Term(weight, place, place, _HALF))
    of.equations.append(Equation(place, place, arb(1)))
    return Equation(place, place + 1, arb(0))


def _add_whole(of: System, index: int, weight: int) -> None:
    arc = of.problem.arrangement.arcs[index]
    x, y = (of.places[end] for end in arc.ends)
    inner = arc.first[0] * arc.last[0] + arc.first[1] * arc.last[1]
    lengths = (arc.first[0] ** 2 + arc.first[1] ** 2) * (arc.last[0] ** 2 + arc.last[1] ** 2)
    of.terms.append(Term(weight, x, y, arb(1)))
    of.equations.append(Equation(x, y, arb(inner) / arb(lengths).sqrt()))


def _add_strip(of: System, pair: tuple[int, int], weight: int, angle: int) -> Equation:
    """Two parallel neurons between which Lam' phi does not change with the offset (one task).

    They turn together; the functional that changes the offset, 1 at the points where both are positive or one is 0,
    is orthogonal to the dual.
    """
    place = of.columns
    for i, arc in enumerate(pair):
        of.turning.append(Turning(angle, place + 2 * i, exact_arc_features(of.problem, arc)))
        of.terms.append(Term(weight + i, place + 2 * i, place + 2 * i, _HALF))
    of.fixed[place + 4] = exact_values(of.problem, of.problem.arrangement.arcs[pair[0]].active)
    of.columns += 5
    of.equations += [Equation(place, place, arb(1)), Equation(place + 4, place, arb(0))]
    return Equation(place, place + 1, arb(0))


def rotated_labels(problem: Problem) -> tuple[arb_mat, arb_mat]:
    """(L, Q') with Yt = L Q', Q' of orthonormal rows, r x T."""
    labels = problem.labels
    rows = independent_rows(labels)
    basis = matrix([labels.tolist()[i] for i in rows])
    gram = basis * basis.transpose()
    root = cholesky(as_balls(gram))
    spread = gram.solve(basis * labels.transpose()).transpose()
    return as_balls(spread) * root, root.solve(as_balls(basis))


def exact_values(problem: Problem, points: tuple[int, ...]) -> list[arb]:
    """P' of the function that is 1 at these points and 0 at the others."""
    basis = problem.annihilator.basis
    assert basis is not None
    return [arb(sum([basis[i, column] for i in points], fmpq(0))) for column in range(basis.ncols())]


def exact_candidate_features(problem: Problem, candidates: tuple[int, ...]) -> list[list[arb]]:
    """The values of the candidates of cost 1 in the echelon basis, n numbers each, enclosed."""
    found = []
    for k in candidates:
        size = arb(problem.arrangement.candidates[k].neuron((fmpq(0),)).squared_norm(problem.convention)).sqrt()
        found.append([arb(value) / size for value in exact_feature(problem, k)])
    return found


def exact_arc_features(problem: Problem, index: int) -> arb_mat:
    """n x 2: B with the values B u in the echelon basis, enclosed."""
    rows = exact_arc_values(problem, index)
    return arb_mat(len(rows), 2, [arb(entry) for row in rows for entry in row])
