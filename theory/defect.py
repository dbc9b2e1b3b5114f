"""The excess of a network, divided exactly among its neurons (statement BF).

Let z be the outputs of a network at the points and eta the dual certificate of (x, z) (statement M): the linear
interpolant of d_j(z)/|d_j(z)|, 0 where a kink is zero, at the ends and outside. Since the d_j are the integrals of the
hats against f'', `sum_k <eta(t_k), m_k> = sum_j |d_j(z)|`, the cost of the cheapest network with these outputs. So

    sum_k |m_k| - sum_j |d_j(z)|  =  sum_k (|m_k| - <eta(t_k), m_k>),

and every term on the right is nonnegative because |eta| <= 1: it is what the neuron wastes.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flint import arb, ctx, fmpq

from . import stencil
from .alignment import aligned
from .dataset import Dataset
from .enclosure import Enclosure
from .network import ReLUNetwork
from .numbers import ExactRepr, Vector, canonicalise, is_zero, sign
from .optimum import kinks
from .root_sum import RootSum
from .vectors import dot, is_zero_vector, squared_length

Support = tuple[tuple[fmpq, Vector], ...]
"""eta at one place as a combination of unit vectors: (weight, d) stands for weight * d / |d|; at most two terms."""


@dataclass(frozen=True, slots=True, repr=False)
class Defect(ExactRepr):
    """What one active neuron adds to the path cost beyond what the outputs need: |m| - <eta(knot), m>.

    index: of the neuron in the network, from 0. gap: the left point (from 0) of the half-open gap [x_i, x_{i+1}) that
    the knot lies in, None outside [x_1, x_N). support: eta(knot).
    """

    index: int
    knot: fmpq
    kink: Vector
    gap: int | None
    support: Support

    def __post_init__(self) -> None:
        canonicalise(self, "knot", "kink", "support")

    @property
    def terms(self) -> tuple[fmpq, ...]:
        """The signed squares of |m| and of the terms of -<eta, m>: at most three roots."""
        products = [(weight * dot(d, self.kink), squared_length(d)) for weight, d in self.support]
        return (squared_length(self.kink), *[-sign(c) * c * c / square for c, square in products])

    def exact(self) -> RootSum:
        """The defect as a sum of at most three square roots, in normal form."""
        return RootSum(self.terms)

    @property
    def is_zero(self) -> bool:
        """Whether the neuron wastes nothing: |eta| = 1 at its knot, and its kink points along eta.

        Decided in the field of the data: the weights of eta add up to 1 and everything in it is aligned with the kink.
        """
        return sum([w for w, _ in self.support], fmpq(0)) == 1 and all([aligned(d, self.kink) for _, d in self.support])

    def enclosure(self, bits: int = 64) -> Enclosure:
        """Bounds of relative width about 2^-bits; exactly 0 where the defect is 0."""
        return Enclosure.from_ball(self.ball(bits))

    def ball(self, bits: int = 64) -> arb:
        """The defect as a ball of relative accuracy `bits`."""
        if self.is_zero:
            return arb(0)
        terms, working = self.terms, bits + 32
        while True:
            with ctx.workprec(working):
                total = sum([sign(term) * arb(abs(term)).sqrt() for term in terms], arb(0))
            if total.rel_accuracy_bits() >= bits:
                return total
            working *= 2

    def misplacement(self, bits: int = 64) -> arb:
        """|m| (1 - |eta|), the part of the defect that no direction of the kink could avoid at this knot, as a ball.

        The rest, |m| |eta| - <eta, m>, is the price of the direction.
        """
        with ctx.workprec(2 * bits + 64):
            return arb(squared_length(self.kink)).sqrt() * (1 - _length(self.support))


def _length(support: Support) -> arb:
    """|eta| at a place, as a ball."""
    if not support:
        return arb(0)
    (a, u), *rest = support
    square = arb(a * a)
    for b, v in rest:
        inner = dot(u, v)
        cosine = sign(inner) * arb(inner * inner / (squared_length(u) * squared_length(v))).sqrt()
        square += arb(b * b) + 2 * arb(a * b) * cosine
    return square.nonnegative_part().sqrt()


def eta_at(points: Sequence[fmpq], all_kinks: Sequence[Vector], place: fmpq) -> tuple[int | None, Support]:
    """The gap of a place, and eta there, for the dual certificate with these kinks at the interior points.

    points: N increasing; all_kinks: N - 2 vectors. Zero kinks count as u_j = 0.

    >>> eta_at([fmpq(0), fmpq(1), fmpq(2)], [(fmpq(3),)], fmpq(1, 2))
    (0, ((1/2, (3,)),))
    """
    gap = bisect_right(points, place) - 1
    if gap not in range(len(points) - 1):
        return None, ()
    left, right = points[gap], points[gap + 1]
    ends = ((gap, stencil.falling(place, left, right)), (gap + 1, stencil.rising(place, left, right)))
    support = [
        (weight, all_kinks[point - 1])
        for point, weight in ends
        if point in range(1, len(points) - 1) and not is_zero(weight) and not is_zero_vector(all_kinks[point - 1])
    ]
    return gap, tuple(support)


def defects(network: ReLUNetwork, outputs: Dataset) -> Iterator[Defect]:
    """The defects of all active neurons, in the order of the network; they add up to the excess of the network.

    outputs: the points with the network's own values there (`outputs_of`). Inactive neurons cost and waste nothing.

    A knot at 1/2 where only the point 1 bends: eta is 1/2 there, and half of the kink 1 is wasted.

    >>> network = ReLUNetwork.from_parameters([(1, "-1/2", [1])], [0], [0])
    >>> (found,) = defects(network, outputs_of(network, [fmpq(0), fmpq(1), fmpq(2)]))
    >>> found.knot, found.exact() == fmpq(1, 2)
    (1/2, True)
    """
    all_kinks = kinks(outputs)
    for index, neuron in enumerate(network.neurons):
        if neuron.is_active:
            yield Defect(index, neuron.knot, neuron.kink, *eta_at(outputs.points, all_kinks, neuron.knot))


def outputs_of(network: ReLUNetwork, points: Sequence[fmpq]) -> Dataset:
    """The points with the network's own outputs as labels: what it interpolates, however badly it fits.

    >>> network = ReLUNetwork.from_parameters([(1, "-1/2", [1])], [0], [0])
    >>> outputs_of(network, [fmpq(0), fmpq(1), fmpq(2)]).labels
    ((0,), (1/2,), (3/2,))
    """
    return Dataset(tuple(points), tuple(network.to_spline().values_at(points)))


def excess(network: ReLUNetwork, outputs: Dataset) -> RootSum:
    """sum_k |v_k||w_k| - min R over all networks with these outputs, exact; the sum of the defects (BF).

    Neurons on one knot are not merged: what they lose by pulling in different directions is part of the excess.

    >>> network = ReLUNetwork.from_parameters([(1, "-1/2", [1]), (1, -1, [2])], [0], [0])
    >>> excess(network, outputs_of(network, [fmpq(0), fmpq(1), fmpq(2)])) == 1 + 2 - fmpq(5, 2)
    True
    """
    costs = [neuron.cost_square for neuron in network.neurons if neuron.is_active]
    return RootSum([*costs, *[-squared_length(d) for d in kinks(outputs)]])
