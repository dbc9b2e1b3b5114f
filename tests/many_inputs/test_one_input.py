"""One input: the theory of the line, its cost, uniqueness and kernel coefficients, on thousands of datasets."""

import random
from itertools import pairwise

import pytest
from flint import fmpq
from reluproof.theory.alignment import is_unique
from reluproof.theory.dataset import Dataset
from reluproof.theory.free_functions import Convention
from reluproof.theory.labelled_points import LabelledPoints
from reluproof.theory.optimum import connect_the_dots, cost_squares, kinks
from reluproof.theory.root_sum import RootSum, enclose_roots
from reluproof.theory.sobolev import kernel_coefficients
from reluproof.verify.many_inputs.distance import distance_l2
from reluproof.verify.many_inputs.optimum import Optimum, solve_optimum

from many_inputs import samples


def dataset_of(data: LabelledPoints) -> Dataset:
    """The same data as the theory of one input takes it."""
    return Dataset(tuple([x for (x,) in data.points]), data.labels)


def check_against_the_line(data: LabelledPoints) -> Optimum:
    """Cost (exactly), verdict, a network that is connect-the-dots, and minus its weights as kernel coefficients."""
    found, line = solve_optimum(data), dataset_of(data)
    assert found is not None
    assert found.exact_cost == RootSum(cost_squares(line))
    enclosed = enclose_roots(cost_squares(line))
    assert found.cost.lower <= enclosed.upper
    assert enclosed.lower <= found.cost.upper
    assert found.relative_gap < fmpq(1, 10**12)
    assert found.unique is is_unique(line)
    assert (found.another is None) is found.unique
    spline = connect_the_dots(line)
    middles = [(a + b) / 2 for a, b in pairwise(line.points)]
    for x in [*line.points, *middles, line.points[0] - 1, line.points[-1] + 1]:
        assert found.network((x,)) == spline(x)
    if found.another is not None:
        assert found.another.missed_point(data) is None
        assert found.another.cost() == found.network.cost()
        assert any(found.another((x,)) != spline(x) for x in middles)
    weights = {-n.offset / n.direction[0]: n.weights for n in found.network.merged().neurons}
    zero = (fmpq(0),) * data.tasks
    for place, (x, kink) in enumerate(zip(line.points[1:-1], kinks(line), strict=True)):
        assert weights.get(x, zero) == kink
        assert [-alpha[place + 1] for alpha in kernel_coefficients(line)] == list(kink)
    return found


def test_small_datasets_reproduce_the_line() -> None:
    """3,000 random ones with small integer labels, where runs and zero kinks are frequent: both verdicts."""
    rng, verdicts = random.Random(11), [0, 0]
    for _ in range(3000):
        found = check_against_the_line(samples.one_input(rng, rng.randint(2, 7), rng.randint(1, 3)))
        verdicts[bool(found.unique)] += 1
    assert min(verdicts) > 200


def test_the_l2_solution_is_the_optimum() -> None:
    """AD: for one input, f_s^l2 = f_s unless a neuron serves task s only."""
    rng, compared = random.Random(12), 0
    for _ in range(300):
        data = samples.one_input(rng, rng.randint(4, 7), 3)
        found = solve_optimum(data)
        assert found is not None
        alone = any(n.weights[0] and not any(n.weights[1:]) for n in found.network.neurons)
        distance = distance_l2(data, found.network, 0, Convention.FREE)
        if not alone:
            compared += 1
            assert distance is not None
            assert distance.upper < fmpq(1, 10**12)
    assert compared > 100


def test_the_same_points_in_the_plane() -> None:
    """On the x axis the cost is the same, and the optimum is never unique: y may be added where it vanishes."""
    rng = random.Random(13)
    for _ in range(60):
        data = samples.one_input(rng, rng.randint(4, 7), rng.randint(1, 3))
        flat = LabelledPoints(tuple([(x, fmpq(0)) for (x,) in data.points]), data.labels)
        found, enclosed = solve_optimum(flat), enclose_roots(cost_squares(dataset_of(data)))
        assert found is not None
        assert found.cost.lower <= enclosed.upper
        assert enclosed.lower <= found.cost.upper
        assert found.unique is False
        assert found.another is not None
        assert found.another.missed_point(flat) is None
        assert found.network.missed_point(flat) is None


def test_penalised_bias_on_the_line() -> None:
    """Without free functions: never cheaper than with them; one neuron for one point; a known optimum."""
    found = solve_optimum(LabelledPoints(((0,), (1,)), ((0,), (1,))), Convention.PENALISED)
    assert found is not None
    assert found.cost.lower <= 1 <= found.cost.upper  # x_+ costs 1, and |f(1)| <= |v| |(w, b)| / ... at f(0) = 0
    rng = random.Random(14)
    for _ in range(80):
        data = samples.one_input(rng, rng.randint(2, 6), rng.randint(1, 2))
        free, penalised = solve_optimum(data), solve_optimum(data, Convention.PENALISED)
        assert free is not None
        assert penalised is not None
        assert penalised.network.missed_point(data) is None
        assert free.cost.lower <= penalised.cost.upper


@pytest.mark.slow
def test_more_datasets_reproduce_the_line() -> None:
    """30,000 more, longer ones among them."""
    rng = random.Random(15)
    for _ in range(30_000):
        check_against_the_line(samples.one_input(rng, rng.randint(2, 12), rng.randint(1, 4), reach=rng.randint(1, 5)))
