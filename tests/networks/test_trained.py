"""What is true of every network is true of trained ones: C, S, V, H and BF on the stored weights."""

import re
from fractions import Fraction

import pytest
from flint import fmpq
from oracle.networks import judged as by_oracle
from reluproof.theory import Dataset
from reluproof.theory.stability import violations
from reluproof.verify.claims.function_on_data import FunctionOnData
from reluproof.verify.claims.registry import REGISTRY
from reluproof.verify.networks import judge, read_network
from reluproof.verify.networks.objective import objective
from reluproof.verify.reading import read

from networks.stored import FOLDER, NAMES, STORED

PENALTY = fmpq(1, 1000)


@pytest.fixture(params=STORED, ids=NAMES, scope="module")
def trained(request):
    """(dataset, network) of one stored file."""
    table, weights = request.param
    return read(table).dataset, read_network(weights).network


def verdict(letter, data, network):
    """What a claim says of a network beside a dataset."""
    return REGISTRY[letter].holds(FunctionOnData(data, network))


def test_the_excess_is_the_sum_of_the_defects(trained):
    """BF, and the oracle's numbers."""
    data, network = trained
    verdict("BF", data, network).raise_if_refuted()
    judgement = judge(data, network)
    plain = ([(ratio(n.w), ratio(n.b), list(map(ratio, n.v))) for n in network.neurons],
             list(map(ratio, network.slope)), list(map(ratio, network.offset)))  # fmt: skip
    cost, cheapest, of_neurons = by_oracle(plain, list(map(ratio, data.points)))
    assert abs(number(judgement.excess.lower) - float(cost - cheapest)) < 1e-12
    shares = {share.index: number(share.defect.lower) for share in judgement.shares}
    assert all(abs(shares[index] - float(defect)) < 1e-12 for index, defect in of_neurons.items())


def ratio(value):
    """A fraction of the standard library."""
    return Fraction(int(value.p), int(value.q))


def number(value):
    """A float near the rational."""
    return int(value.p) / int(value.q)


def test_the_distance_is_within_the_bound(trained):
    """S on the network's own outputs, by theory/ and as judged."""
    data, network = trained
    judgement = judge(data, network)
    assert list(violations(judgement.outputs, network.to_spline())) == []
    for distance in judgement.distances:
        assert distance.bound is None or distance.measured.upper <= distance.bound.lower


@pytest.mark.parametrize("letter", ["C", "S", "V"])
def test_claims_hold(trained, letter):
    """The statements about a network beside the data it interpolates: its own outputs."""
    data, network = trained
    outputs = judge(data, network).outputs
    found = verdict(letter, outputs, network)
    assert found.word == "holds", found.reason


def test_no_trained_network_beats_the_fit(trained):
    """H: P(f) is at least P*, and what it is above is misfit plus excess; the outputs' own cost is what A says."""
    data, network = trained
    judgement = judge(data, network)
    found = objective(judgement, PENALTY)
    assert found.value.lower >= found.optimum.lower
    assert found.of_outputs.upper >= 0
    gap = found.value.upper - found.optimum.lower
    assert abs(number(gap - found.gap.upper)) < 1e-12
    assert judgement.path_cost.lower >= judgement.cheapest.lower
    # Between the outputs and the fit lies at most the square root of twice the gap of the outputs (BA).
    assert found.of_outputs.upper < fmpq(1, 10**4)


def test_what_the_readme_says():
    """Every number of the two tables, rounded as there."""
    text = (FOLDER / "README.md").read_text()
    for (table, weights), name in zip(STORED, NAMES, strict=True):
        judgement = judge(read(table).dataset, read_network(weights).network)
        found = objective(judgement, PENALTY)
        words = "one task" if name.startswith("one") else "two tasks"
        rows = re.findall(r"^\| (\d) \| (.+) \|$", text[text.index(f"| {words}, seed") :], re.MULTILINE)
        cells = dict(rows[:5])[name[-1]].split(" | ")
        farthest = judgement.farthest
        measured = [found.value.lower, found.gap.lower, judgement.excess.lower, farthest.measured.lower]
        measured += [] if farthest.bound is None else [farthest.bound.lower]
        assert len(cells) == len(measured)
        for cell, value in zip(cells, measured, strict=True):
            assert float(cell) == pytest.approx(number(value), rel=0.06), (name, cell)


def test_different_seeds_are_different_functions():
    """One task: nearly equal costs, functions that differ between the points; the largest reach is that of L."""
    data = read(FOLDER / "one_task.csv").dataset
    networks = [read_network(weights).network for table, weights in STORED if table.stem == "one_task"]
    costs = [number(judge(data, network).path_cost.lower) for network in networks]
    assert max(costs) < 1.003 * min(costs)
    middle = [number(network(fmpq(9, 2))[0]) for network in networks]
    assert max(middle) - min(middle) > 0.2
    assert isinstance(data, Dataset)
