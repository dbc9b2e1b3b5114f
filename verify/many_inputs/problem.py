"""The problem in the units that the solvers work in: exact, and beside it in double precision.

Points and labels are divided by powers of two, so that both are of size 1; that is exact and is undone at the end.
"""

from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby
from operator import mul as times

import numpy
from flint import fmpq, fmpq_mat, fmpz

from ...theory.arrangement import Arrangement, arrangement, cut, strictly_between, turned
from ...theory.free_functions import Annihilator, Convention, annihilator, independent_rows, matrix
from ...theory.labelled_points import LabelledPoints
from ...theory.numbers import ZERO, Vector, nearest_float
from ...theory.ridge_network import RidgeNetwork, RidgeNeuron
from ...theory.vectors import scale
from .floats import Floats, floats


@dataclass(frozen=True)
class Problem:
    """min R over the networks that interpolate `data` (scaled), with its finite form.

    original: the data as given; data.points = original.points / point_unit, labels likewise with label_unit.
    labels: Yt = P' Y of the scaled data, n x T. rank: r of Yt, exact.
    """

    original: LabelledPoints
    data: LabelledPoints
    convention: Convention
    point_unit: fmpq
    label_unit: fmpq
    arrangement: Arrangement
    annihilator: Annihilator
    labels: fmpq_mat
    rank: int

    @property
    def cost_unit(self) -> fmpq:
        """R of the original data over R of the scaled data."""
        return self.label_unit / self.point_unit

    def restore(self, network: RidgeNetwork) -> RidgeNetwork:
        """The network for the original data that a network for the scaled ones stands for."""
        neurons = tuple(
            [
                RidgeNeuron(n.direction, self.point_unit * n.offset, scale(self.cost_unit, n.weights))
                for n in network.neurons
            ]
        )
        slopes = tuple([scale(self.cost_unit, row) for row in network.slopes])
        return RidgeNetwork(neurons, slopes, scale(self.label_unit, network.constant))

    @cached_property
    def basis(self) -> Floats:
        """Q, N x n: an orthonormal basis of the annihilator."""
        assert self.annihilator.basis is not None
        return numpy.linalg.qr(floats(self.annihilator.basis))[0]

    @cached_property
    def target(self) -> Floats:
        """L, n x r with L L' = Q' Y Y' Q: the labels, rotated into as many tasks as their rank."""
        left, size, _ = numpy.linalg.svd(self.basis.T @ floats(matrix(self.data.labels)), full_matrices=False)
        return numpy.ascontiguousarray(left[:, : self.rank] * size[: self.rank])

    @cached_property
    def rotation(self) -> Floats:
        """r x T with orthonormal rows: Q' Y = target @ rotation."""
        _, _, right = numpy.linalg.svd(self.basis.T @ floats(matrix(self.data.labels)), full_matrices=False)
        return numpy.ascontiguousarray(right[: self.rank])

    @cached_property
    def candidate_features(self) -> Floats:
        """n x C: the values of the candidates of cost 1, in the basis Q."""
        values = numpy.zeros((self.data.size, len(self.arrangement.candidates)))
        for k, candidate in enumerate(self.arrangement.candidates):
            neuron = candidate.neuron((fmpq(0),))
            square = neuron.squared_norm(self.convention)
            for i in candidate.active:
                values[i, k] = float_root(neuron.activation(self.data.points[i]) ** 2 / square)
        return self.basis.T @ values

    @cached_property
    def arc_features(self) -> Floats:
        """(arcs, n, 2): B with values B u at the data, in the basis Q, for parameters u inside the arc."""
        arcs = self.arrangement.arcs
        found = numpy.zeros((len(arcs), self.annihilator.dimension, 2))
        place = 0
        for pivot, group in groupby(arcs, key=lambda arc: arc.pivot):
            z = self.parameters(pivot)
            for arc in group:
                active = list(arc.active)
                found[place] = self.basis[active].T @ z[active]
                place += 1
        return found

    def parameters(self, pivot: int | None) -> Floats:
        """N x 2: the z_i with values (z_i.u)_+ for the neurons that turn about this pivot."""
        points = self.data.points
        if pivot is None:
            return numpy.array([[nearest_float(x), 1.0] for (x,) in points])
        p, q = points[pivot]
        return numpy.array([[nearest_float(x - p), nearest_float(y - q)] for x, y in points])

    @cached_property
    def arc_ends(self) -> tuple[Floats, Floats]:
        """The unit vectors at the two ends of every arc, (arcs, 2) each."""
        arcs = self.arrangement.arcs
        return _units([arc.first for arc in arcs]), _units([arc.last for arc in arcs])


def _units(vectors: list[tuple[int, int]]) -> Floats:
    found = []
    for u, v in vectors:
        largest = max(abs(u), abs(v))
        found.append((u / largest, v / largest))
    rows = numpy.array(found).reshape(-1, 2)
    return numpy.asarray(rows / numpy.linalg.norm(rows, axis=1, keepdims=True))


def state(data: LabelledPoints, convention: Convention = Convention.FREE) -> Problem | None:
    """The problem; None if the free functions interpolate the data, so that 0 is the optimal cost."""
    point_unit = size_of_points(data.points)
    label_unit = power_of_two(max([abs(entry) for label in data.labels for entry in label]))
    if convention is Convention.PENALISED:
        point_unit = fmpq(1)  # the bias has a unit of its own
    points = tuple([scale(1 / point_unit, point) for point in data.points])
    scaled = LabelledPoints(points, tuple([scale(1 / label_unit, label) for label in data.labels]))
    found = annihilator(points, convention)
    if found.basis is None:
        return None
    labels = found.apply(matrix(scaled.labels))
    rank = len(independent_rows(labels))
    if rank == 0:
        return None
    form = arrangement(points, convention)
    problem = Problem(data, scaled, convention, point_unit, label_unit, form, found, labels, rank)
    cuts = _peaks_known_beforehand(problem)
    return replace(problem, arrangement=cut(form, cuts)) if cuts else problem


def _peaks_known_beforehand(problem: Problem) -> dict[int, tuple[int, int]]:
    """The arcs on which the data see one functional only, values c (w.u), with w strictly inside: {arc: w}.

    Whatever the dual, |Lam' phi_u| / |u| is largest at w there. Cutting at w makes that neuron a candidate, exact like
    the others; a maximum of unknown angle is left only where the angle depends on the dual.
    """
    if not problem.arrangement.arcs:
        return {}
    singular = numpy.linalg.svd(problem.arc_features, compute_uv=False)
    second = singular[:, 1] if singular.shape[1] > 1 else numpy.zeros(len(singular))
    found = {}
    for index in numpy.flatnonzero((second <= 1e-9 * singular[:, 0]) & (singular[:, 0] > 1e-12)).tolist():
        arc = problem.arrangement.arcs[index]
        rows = exact_arc_values(problem, index)
        p, q = next(((a, b) for a, b in rows if a or b), (ZERO, ZERO))
        if not (p or q) or any(p * b != q * a for a, b in rows):
            continue
        u, v = turned((-q, p))  # the direction of w itself
        for w in ((u, v), (-u, -v)):
            if strictly_between(arc, (fmpq(w[0]), fmpq(w[1]))):
                found[index] = w
    return found


def exact_arc_values(problem: Problem, index: int) -> list[tuple[fmpq, fmpq]]:
    """The n rows of B, with values B u in the echelon basis on this arc."""
    arc, points, basis = problem.arrangement.arcs[index], problem.data.points, problem.annihilator.basis
    assert basis is not None
    centre = (ZERO, ZERO) if arc.pivot is None else points[arc.pivot]
    rows = [(*points[i], fmpq(1))[:2] for i in arc.active]
    moved = [(p - centre[0], q if arc.pivot is None else q - centre[1]) for p, q in rows]
    found = []
    for column in range(basis.ncols()):
        weights = [basis[i, column] for i in arc.active]
        found.append(
            (
                sum(map(times, weights, [z[0] for z in moved]), ZERO),
                sum(map(times, weights, [z[1] for z in moved]), ZERO),
            )
        )
    return found


def size_of_points(points: tuple[Vector, ...]) -> fmpq:
    """A power of two within a factor 2 of the longest side of the box that holds the points."""
    columns = list(zip(*points, strict=True))
    return power_of_two(max([max(column) - min(column) for column in columns]))


def power_of_two(value: fmpq, *, halved: bool = False) -> fmpq:
    """A power of two within a factor 2 of a positive number, or (halved) of its square root; 1 for 0."""
    if not value:
        return fmpq(1)
    exponent = int(value.p.bit_length()) - int(value.q.bit_length())
    exponent = exponent // 2 if halved else exponent
    power = fmpz(1) << abs(exponent)
    return fmpq(power) if exponent >= 0 else fmpq(1, power)


def float_root(value: fmpq) -> float:
    """The square root in double precision."""
    return float(nearest_float(value) ** 0.5)


def exact_feature(problem: Problem, candidate: int) -> list[fmpq]:
    """P' phi for a candidate with its integer direction, exact."""
    basis = problem.annihilator.basis
    assert basis is not None
    found = problem.arrangement.candidates[candidate]
    neuron = found.neuron((ZERO,))
    values = [(i, neuron.activation(problem.data.points[i])) for i in found.active]
    return [sum([basis[i, c] * v for i, v in values], ZERO) for c in range(basis.ncols())]
