"""`reluproof kernel` as a user meets it: text, JSON by its schema, certificates, refusals in one line."""

import json
from pathlib import Path

import jsonschema
import numpy
import pytest
from flint import fmpq
from reluproof.theory.numeral import parse_rational
from reluproof.theory.ridge_network import RidgeNetwork, RidgeNeuron
from reluproof.verify.cli import main
from reluproof.verify.many_inputs.optimum import solve_optimum
from reluproof.verify.reading.points import read_points

from many_inputs import samples

ROOT = Path(__file__).parents[2]
SCHEMA = json.loads((ROOT / "verify" / "schema" / "kernel-1.json").read_text())
EIGHT = ROOT / "examples" / "paper" / "eight_points"


@pytest.fixture
def run(capsys):
    """Runs the command; (status, standard output, standard error)."""

    def command(*arguments):
        try:
            status = main([str(a) for a in arguments])
        except SystemExit as stop:
            status = stop.code
        done = capsys.readouterr()
        return status, done.out, done.err

    return command


@pytest.fixture
def five(tmp_path):
    """The example with five points, with names."""
    path = tmp_path / "five.csv"
    rows = [(*x, *y) for x, y in zip(samples.FIVE.points, samples.FIVE.labels, strict=True)]
    path.write_text("a,b,first,second\n" + "".join(",".join(map(str, row)) + "\n" for row in rows))
    return path


def test_json_keeps_its_schema(run, five, tmp_path):
    """With and without an optimum, a task, a network; exact strings read back as the numbers they are."""
    status, out, _ = run("kernel", five, "--inputs", 2, "--json", "--task", "second", "--above", "1/2")
    found = json.loads(out)
    jsonschema.validate(found, SCHEMA)
    assert status == 0
    assert (found["unique"], found["cost"]["signed_squares"], found["rank"]) == (False, ["9"], 2)
    assert sum(map(parse_rational, found["leverages"]), fmpq(0)) == found["rank"]
    assert found["above"] == {"epsilon": "1/2", "tasks": 2}
    assert (found["task"], found["distance_others"], found["others_inequality"]) == (1, None, True)
    (tmp_path / "network.json").write_text(out)
    status, out, _ = run("kernel", five, "--inputs", 2, "--json", "--network", tmp_path / "network.json")
    jsonschema.validate(json.loads(out), SCHEMA)
    assert json.loads(out)["network"]["kernel_identity"] is True
    assert json.loads(out)["network"]["tasks_beyond_leverage"] == []
    status, out, _ = run("kernel", five, "--inputs", 3, "--json")
    jsonschema.validate(json.loads(out), SCHEMA)
    assert (status, json.loads(out)["cost"]) == (3, None)


def test_the_paper_with_101_tasks(run):
    """Unique, the leverage of the paper's task, and both distances between certified bounds."""
    status, out, _ = run(
        "kernel", EIGHT / "eight_points_101.csv", "--inputs", 2, "--task", "paper", "--independent", "--json"
    )
    found = json.loads(out)
    jsonschema.validate(found, SCHEMA)
    assert (status, found["unique"], found["others_inequality"]) == (0, True, True)
    assert found["independent"]["agrees"] is True
    assert 0 < float(found["distance_l2"]["lower"]) <= float(found["distance_l2"]["upper"]) < 2e-5
    assert float(found["distance_others"]["upper"]) < 2e-4
    assert float(found["relative_gap"]) < 1e-12


def test_the_centre_is_a_weighted_geometric_median():
    """R = sqrt 2 (sum over corners |c - (2 I - O)| + 2 sum over diagonals |c - (I + I') / 2|) with c = f(0)."""
    data = read_points(EIGHT / "eight_points_101.csv", 2).data
    found = solve_optimum(data)
    assert found is not None
    c = found.network((fmpq(0), fmpq(0)))
    at = dict(zip(data.points, data.labels, strict=True))
    outer = [(fmpq(x), fmpq(y)) for x, y in samples.CORNERS]
    inner = [(x / 2, y / 2) for x, y in outer]
    total = 0.0
    for o, i in zip(outer, inner, strict=True):
        total += length([a - 2 * p + q for a, p, q in zip(c, at[i], at[o], strict=True)])
    for x, y in (inner[0], inner[1]):
        middle = [(p + q) / 2 for p, q in zip(at[x, y], at[-x, -y], strict=True)]
        total += 2 * length([a - b for a, b in zip(c, middle, strict=True)])
    assert 2**0.5 * total == pytest.approx(float(int(found.cost.upper.p) / int(found.cost.upper.q)), rel=1e-12)


def length(vector):
    """The Euclidean length in double precision."""
    return sum((int(v.p) / int(v.q)) ** 2 for v in vector) ** 0.5


@pytest.mark.parametrize("form", ["npz", "safetensors", "json"])
@pytest.mark.parametrize("skip", [False, True])
def test_a_trained_network_with_two_inputs(run, five, tmp_path, form, skip):
    """Layers as `judge` takes them: an optimum of the five points, and a network that misses them."""
    layers = {
        "0.weight": numpy.array([[1.0, 1.0], [-1.0, 1.0], [0.0, 1.0]]),
        "0.bias": numpy.zeros(3),
        "2.weight": numpy.array([[0.5, -0.5, 0.0], [0.5, 0.5, 1.0]]),
        "2.bias": numpy.zeros(2),
    }
    layers |= {"skip.weight": numpy.array([[0.0, 1.0], [0.0, 0.0]])} if skip else {}
    path = tmp_path / f"network.{form}"
    if form == "npz":
        numpy.savez(path, **layers)
    elif form == "safetensors":
        pytest.importorskip("safetensors.numpy").save_file(layers, path)
    else:
        path.write_text(json.dumps({name: array.tolist() for name, array in layers.items()}))
    status, out, _ = run("kernel", five, "--inputs", 2, "--network", path, "--json")
    found = json.loads(out)
    jsonschema.validate(found, SCHEMA)
    assert (status, found["network"]["interpolates"], found["network"]["kernel_identity"]) == (0, not skip, True)
    assert found["network"]["cost"] == {"lower": "3", "upper": "3"}
    status, _, error = run("kernel", five, "--inputs", 3, "--network", path)
    assert (status, error.count("\n")) == (2, 1)
    assert "0.weight (3, 2)" in error


def test_the_part_of_a_network_for_the_other_tasks(run, tmp_path):
    """Three equal tasks, one kink: leverages 1/3, cost sqrt 12, and sqrt 8 = sqrt(1 - 1/3) sqrt 12 without a task.

    A bump between the data for task 2 alone interpolates too, and costs 40 that the others do not share.
    """
    table, path = tmp_path / "table.csv", tmp_path / "network.json"
    table.write_text("0,0,0,0\n1,1,1,1\n2,0,0,0\n")
    kink, bump = [(-2, -2, -2)], [(0, 10, 0), (0, -20, 0), (0, 10, 0)]
    for kinks, decided in ((kink, True), ([*kink, *bump], False)):
        layers = {
            "hidden.weight": [[1]] * len(kinks),
            "hidden.bias": [-1, "-1/4", "-1/2", "-3/4"][: len(kinks)],
            "output.weight": list(zip(*kinks, strict=True)),
            "skip.weight": [[1]] * 3,
        }
        path.write_text(json.dumps(layers))
        arguments = ("kernel", table, "--inputs", 1, "--network", path, "--task", 2)
        status, out, _ = run(*arguments, "--json")
        jsonschema.validate(json.loads(out), SCHEMA)
        (found,) = json.loads(out)["network"]["proximity"]
        assert (status, json.loads(out)["network"]["interpolates"], found["others_inequality"]) == (0, True, decided)
        assert [parse_rational(found["cost_others"][end]) ** 2 < 8 for end in ("lower", "upper")] == [True, False]
        assert ("AC holds" in run(*arguments)[1]) is decided


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ('{"neurons": [], "neurons": [], "slopes": [[0, 0], [0, 0]], "constant": [0, 0]}', "has a key twice"),
        ('{"neurons": [], "slopes": [[0, 0], [0]], "constant": [0, 0]}', "no such network"),
        ('{"neurons": [{"direction": [1, true]}], "slopes": []}', "neurons[0], direction[1]"),
        ('{"neurons": 1}', 'no list "neurons"'),
        ("[]", "holds no network"),
        ("\x80", "holds no network"),
    ],
)
def test_networks_that_are_none(run, five, tmp_path, content, words):
    """One line, status 2."""
    path = tmp_path / "network.txt"
    path.write_text(content)
    status, out, error = run("kernel", five, "--inputs", 2, "--network", path)
    assert (status, out, error.count("\n")) == (2, "", 1)
    assert words in error


@pytest.mark.parametrize("unit", ["1", "1e150", "1e-150"])
@pytest.mark.parametrize("shape", ["0 0 1,1 1 2,2 2 3", "3 6 1,4 8 0,5 10 1", "1 1 1,1 -1 -1,-1 1 -1,-1 -1 1"])
def test_two_optima_are_told_apart_in_any_units(run, tmp_path, unit, shape):
    """On a line (where an affine function vanishes, for one at the origin too) and in the plane: where, and how far."""
    path, size = tmp_path / "data.csv", parse_rational(unit)
    rows = [[int(cell) for cell in row.split()] for row in shape.split(",")]
    path.write_text("".join(f"{x * size},{y * size},{z}\n" for x, y, z in rows))
    status, out, _ = run("kernel", path, "--inputs", 2, "--json")
    found = json.loads(out)
    assert (status, found["unique"]) == (0, False)
    at = tuple([parse_rational(entry) for entry in found["difference"]["at"]])
    one, other = [network_of(part)(at) for part in (found, found["another"])]
    square = sum([(p - q) ** 2 for p, q in zip(one, other, strict=True)], fmpq(0))
    lower, upper = [parse_rational(found["difference"][end]) for end in ("lower", "upper")]
    assert fmpq(1, 10**4) < lower**2 <= square <= upper**2


def network_of(found):
    """The network that is printed."""
    neurons = tuple([RidgeNeuron(n["direction"], n["offset"], n["weights"]) for n in found["neurons"]])
    return RidgeNetwork(neurons, tuple(found["slopes"]), found["constant"])


def test_certificates_are_judged_by_recheck(run, five, tmp_path):
    """Written, accepted with its data, rejected with others."""
    path = tmp_path / "five.jsonl"
    assert run("kernel", five, "--inputs", 2, "--certificate", path)[0] == 0
    assert run("recheck", path, five)[0] == 0
    other = tmp_path / "other.csv"
    other.write_text(five.read_text().replace("1,1,1,2", "1,1,1,3"))
    assert run("recheck", path, other)[0] == 1


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--inputs", 0], "--inputs: at least 1"),
        (["--inputs", 4], "leaves no label"),
        (["--inputs", 1], "have the same inputs"),
        (["--inputs", 2, "--task", "third"], "--task: third is neither a name"),
        (["--inputs", 2, "--task", "3"], "nor a number from 1 to 2"),
        (["--inputs", 2, "--above", "many"], "--above"),
        (["--inputs", 2, "--network", "missing.json"], "there is no such file"),
        (["--inputs", 2, "--certificate", "x", "--labels-only"], "drop one"),
    ],
)
def test_refusals_in_one_line(run, five, arguments, words):
    """Status 2, one line on standard error, nothing on standard output."""
    status, out, error = run("kernel", five, *arguments)
    assert (status, out, error.count("\n")) == (2, "", 1)
    assert words in error


def test_labels_alone_for_many_inputs(run, tmp_path):
    """Ten inputs: leverages and bounds, status 0; with the optimum asked for, status 3."""
    path = tmp_path / "ten.csv"
    rows = [[(3 * i + 7 * j * j + i * i * j) % 17 for j in range(10)] + [i % 2, i % 3, i % 5] for i in range(16)]
    path.write_text("".join(",".join(map(str, row)) + "\n" for row in rows))
    status, out, _ = run("kernel", path, "--inputs", 10, "--labels-only", "--json")
    found = json.loads(out)
    jsonschema.validate(found, SCHEMA)
    assert (status, found["functionals"], found["rank"]) == (0, 5, 3)
    assert sum(map(parse_rational, found["leverages"]), fmpq(0)) == 3
    status, out, _ = run("kernel", path, "--inputs", 10, "--task", 1)
    assert (status, "no such solution" in out) == (3, False)
    assert "task 1: its distances need the optimum, which was not computed" in out


def test_penalised_bias_on_the_line(run, tmp_path):
    """One input; two inputs are said not to be built."""
    path = tmp_path / "line.csv"
    path.write_text("0,0\n1,1\n2,0\n")
    status, out, _ = run("kernel", path, "--inputs", 1, "--convention", "penalised", "--json")
    found = json.loads(out)
    jsonschema.validate(found, SCHEMA)
    assert (status, found["convention"], found["constant"]) == (0, "penalised", ["0"])
    plane = tmp_path / "plane.csv"
    plane.write_text("0,0,1\n1,0,2\n0,1,3\n")
    assert run("kernel", plane, "--inputs", 2, "--convention", "penalised")[0] == 3


def test_probe_in_the_plane(run):
    """Counts add up, and repeat for the same seed."""
    first = run("probe", "--inputs", 2, "-N", 5, "-T", "2,3", "--samples", 8, "--json")
    rows = [json.loads(line) for line in first[1].splitlines()]
    assert first[0] in (0, 3)
    assert [row["tasks"] for row in rows] == [2, 3]
    assert all(row["unique"] + row["non_unique"] + row["undecided"] == 8 for row in rows)
    assert run("probe", "--inputs", 2, "-N", 5, "-T", "2,3", "--samples", 8, "--json") == first
    assert run("probe", "--inputs", 2, "--points", "equal")[0] == 2


def test_probe_in_the_plane_says_how_long(run, monkeypatch):
    """Datasets of six seconds each: one line about the rest, on standard error."""
    now = iter(range(0, 10**6, 6))
    monkeypatch.setattr("reluproof.verify.commands.progress.monotonic", lambda: next(now))
    status, out, said = run("probe", "--inputs", 2, "-N", 4, "-T", 1, "--samples", 20)
    assert status in (0, 3)
    assert said == "reluproof: about 114 seconds to go (1 of 20 datasets)\n"
    assert "20 datasets each" in out


def test_hunt_finds_a_counterexample_in_the_plane(run):
    """Among integer points, by itself: two tasks of full rank, not unique."""
    status, out, _ = run("hunt", "B", "--without", "one input", "--examples", 60)
    assert status == 1
    assert "is refuted, as shrunk by Hypothesis" in out
    assert "the labels have full rank 2" in out
