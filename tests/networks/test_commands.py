"""`reluproof judge` and `reluproof train` as a user meets them."""

import json
import re
import time
from pathlib import Path

import jsonschema
import numpy
import pytest
from command_line import run
from reluproof.verify.networks import read_network

from networks.drawn import random_layers
from networks.stored import FOLDER

SCHEMAS = Path(__file__).parents[2] / "verify" / "schema"
DATA = str(FOLDER / "two_tasks.csv")
WEIGHTS = str(FOLDER / "networks" / "two_tasks-0.npz")


def as_json(capsys, *arguments):
    """The object printed, checked against its schema."""
    status, out, _ = run(capsys, *arguments, "--json")
    assert status == 0
    found = json.loads(out)
    schema = json.loads((SCHEMAS / f"{found['schema'].partition('.')[2].replace('/', '-')}.json").read_text())
    jsonschema.validate(found, schema)
    return found


def test_judge_in_words(capsys):
    """The verdict in one sentence, then the numbers."""
    status, out, _ = run(capsys, "judge", DATA, WEIGHTS, "--lambda", "0.001")
    assert status == 0
    assert re.search(r"verdict +within 0.12 % of the cheapest network with its outputs; 7 of 40 neurons account", out)
    for name in ("path cost", "weight decay", "misfit", "distance", "lambda", "objective", "gap", "neurons", "waste"):
        assert re.search(rf"^{name} ", out, re.MULTILINE), name
    assert "connect-the-dots is the only one" in out


def test_judge_as_json(capsys):
    """What the schema lists, and sums that add up."""
    found = as_json(capsys, "judge", DATA, WEIGHTS, "--lambda", "1/1000")
    assert found["lambda"] == "1/1000"
    assert len(found["neurons"]) == found["width"] == 40
    defects = [float(neuron["defect"]["lower"]) for neuron in found["neurons"]]
    assert defects == sorted(defects, reverse=True)
    assert sum(defects) == pytest.approx(float(found["excess"]["lower"]), rel=1e-12)
    assert found["distance"]["largest"] in found["distance"]["gaps"]
    assert len(found["distance"]["gaps"]) == 6
    gap = float(found["gap"]["lower"])
    assert gap == pytest.approx(sum(float(part["lower"]) for part in found["gap_parts"].values()), rel=1e-9)
    assert gap == pytest.approx(float(found["objective"]["lower"]) - float(found["optimum"]["lower"]), rel=1e-6)
    assert "lambda" not in as_json(capsys, "judge", DATA, WEIGHTS)


def test_lambda_from_a_weight_decay(capsys):
    """The same lambda three ways: 0.001 = wd / 2 of the sum, wd N T / 2 of the mean."""
    plain = as_json(capsys, "judge", DATA, WEIGHTS, "--lambda", "0.001")
    assert as_json(capsys, "judge", DATA, WEIGHTS, "--weight-decay", "0.002", "--loss", "sum") == plain
    assert as_json(capsys, "judge", DATA, WEIGHTS, "--weight-decay", "1/7000", "--loss", "mse") == plain
    status, _, err = run(capsys, "judge", DATA, WEIGHTS, "--weight-decay", "0.002")
    assert (status, "--loss" in err) == (2, True)


@pytest.mark.parametrize(
    ("requirement", "status"),
    [
        ("excess<=1e-1", 0),
        ("excess<=1e-3", 1),
        ("excess_relative<0.0012", 0),
        ("excess_relative < 0.0011", 1),
        ("weight_decay<=100", 0),
        ("distance<0.05", 1),
        ("gap<=1", 2),
        ("speed<=1", 2),
        ("excess", 2),
        ("excess<=fast", 2),
    ],
)
def test_requirements(capsys, requirement, status):
    """Met, not met, or not understood."""
    assert run(capsys, "judge", DATA, WEIGHTS, "--require", requirement)[0] == status


def test_a_requirement_at_its_very_edge(capsys, tmp_path):
    """An exact number is compared exactly; a bound that is a root stays undecided only at the root itself."""
    network = tmp_path / "network.json"
    network.write_text('{"neurons": [{"w": 1, "b": "-1/2", "v": [2]}], "slope": [0], "offset": [0]}')
    table = tmp_path / "table.csv"
    table.write_text("x,y\n0,0\n1,0\n2,0\n")
    # cost 2, outputs 0, 1, 3: kink 1, excess 1
    assert run(capsys, "judge", table, network, "--require", "excess<=1")[0] == 0
    assert run(capsys, "judge", table, network, "--require", "excess<1")[0] == 1
    assert run(capsys, "judge", table, network, "--require", "misfit<=5", "--require", "misfit<5")[0] == 1


@pytest.mark.parametrize("write", ["merged", "balanced", "sparsest"])
def test_another_network_is_written(capsys, tmp_path, write):
    """In the input's own format; the sparsest has the same outputs and the fewest neurons."""
    path = tmp_path / "other.npz"
    status, out, _ = run(capsys, "judge", DATA, WEIGHTS, "-o", path, "--write", write)
    assert status == 0
    assert f"the {write} network" in out
    found = as_json(capsys, "judge", DATA, path)
    before = as_json(capsys, "judge", DATA, WEIGHTS)
    assert read_network(path).types["hidden.weight"] == "float32"
    if write == "sparsest":
        assert found["width"] == before["sparsest"] == 5
        assert float(found["excess"]["upper"]) < 1e-5
    assert float(found["cheapest"]["lower"]) == pytest.approx(float(before["cheapest"]["lower"]), rel=1e-4)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["judge", DATA, "missing.npz"], "no such file"),
        (["judge", str(FOLDER / "one_task.csv"), WEIGHTS], "has 2 outputs, the data have 1 task"),
        (["judge", DATA, WEIGHTS, "-o", WEIGHTS], "name another"),
        (["judge", DATA, WEIGHTS, "-o", "other.json"], "name a .npz file"),
        (["judge", DATA, DATA], "holds no network"),
    ],
)
def test_refusals(capsys, arguments, words):
    """One line on standard error, status 2."""
    status, out, err = run(capsys, *arguments)
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert words in err


def test_a_network_that_cannot_be_written_is_not_judged_first(capsys, tmp_path):
    """Nothing on standard output, nothing in the file."""
    table, network, other = tmp_path / "t.csv", tmp_path / "n.npz", tmp_path / "o.npz"
    table.write_text("x,y\n0,0\n1,1\n")
    numpy.savez(network, **{"0.weight": [[1e308]], "0.bias": [0.0], "2.weight": [[1e308]]})
    status, out, err = run(capsys, "judge", table, network, "-o", other)
    assert (status, out, err.count("\n"), other.exists()) == (2, "", 1, False)
    assert "out of the range of float64" in err


def test_a_wide_network_is_judged_soon(tmp_path, capsys):
    """Width 200, three tasks: under two seconds of computing, however busy the machine is."""
    path = tmp_path / "network.npz"
    numpy.savez(path, **random_layers(7, 200, 3))
    table = tmp_path / "table.csv"
    rows = numpy.random.default_rng(8).normal(size=(200, 3)).round(3)
    table.write_text("x,a,b,c\n" + "".join(f"{i / 100},{','.join(map(str, row))}\n" for i, row in enumerate(rows)))
    as_json(capsys, "judge", table, path)  # imports are not what is measured
    started = time.process_time()
    as_json(capsys, "judge", table, path)
    assert time.process_time() - started < 2


@pytest.mark.slow
def test_training(tmp_path, capsys):
    """Deterministic by the seed, better with more steps, judged, and written as what judge reads."""
    pytest.importorskip("jax")
    pytest.importorskip("optax")
    path = tmp_path / "trained.npz"
    arguments = ["train", DATA, "--width", "20", "--lambda", "0.01", "--steps", "3000", "--seeds", "2", "-o", path]
    first, again = as_json(capsys, *arguments), as_json(capsys, *arguments)
    assert first == again
    assert [Path(seed["file"]).name for seed in first["seeds"]] == ["trained-0.npz", "trained-1.npz"]
    judged = as_json(capsys, "judge", DATA, tmp_path / "trained-1.npz", "--lambda", "0.01")
    assert judged["objective"] == first["seeds"][1]["objective"]
    short = as_json(capsys, *arguments[:7], "300", "--seeds", "2")
    for few, many in zip(short["seeds"], first["seeds"], strict=True):
        assert float(many["gap"]["lower"]) < float(few["gap"]["lower"])
    status, out, _ = run(capsys, *arguments)
    assert status == 0
    assert re.search(r"seed +objective +above the least", out)


def test_training_that_overflows(tmp_path, capsys):
    """What float32 cannot hold is refused in one line, and nothing is written."""
    pytest.importorskip("jax")
    pytest.importorskip("optax")
    table, path = tmp_path / "table.csv", tmp_path / "weights.npz"
    table.write_text("0,1e90\n1,2\n2,-1e90\n")
    status, out, err = run(capsys, "train", table, "--width", 3, "--lambda", 1, "--steps", 1, "-o", path)
    assert (status, out, err.count("\n"), path.exists()) == (2, "", 1, False)
    assert "seed 0 ended in weights that are not finite in float32" in err


@pytest.mark.parametrize(
    ("option", "value", "words"),
    [
        ("--width", "0", "--width: from 1"),
        ("--seeds", "0", "--seeds: from 1"),
        ("--learning-rate", "2", "between 0 and 1"),
        ("-o", "weights.pt", "name a .npz file"),
        ("--lambda", "1e400", "lambda is beyond what float64 can hold"),
        ("--lambda", "1e-400", "lambda is beyond what float64 can hold"),
    ],
)
def test_training_refuses(capsys, option, value, words):
    """Before anything is trained."""
    status, _, err = run(capsys, "train", DATA, "--width", "5", "--lambda", "1", option, value)
    assert status == 2
    assert words in err
