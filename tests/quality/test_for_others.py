"""The strategies as others meet them: by type after an install, and as plain lists."""

import os
import re
import shutil
import subprocess
import sys
from fractions import Fraction
from functools import partial
from pathlib import Path

import pytest
from flint import fmpq
from hypothesis import given, settings
from hypothesis import strategies as st
from reluproof.theory import Dataset, LinearSpline, ReLUNetwork, is_unique
from reluproof.theory.margin import margin
from reluproof.theory.root_sum import RootSum
from reluproof.verify import strategies
from reluproof.verify.strategies import from_type

ROOT = Path(__file__).parents[2]
QUICK = settings(max_examples=60, deadline=None)

USER = """
from random import Random
from hypothesis import find, strategies as st
from reluproof.theory import Dataset, LinearSpline, Neuron, ReLUNetwork, is_unique
for kind in (LinearSpline, Neuron, ReLUNetwork):
    assert isinstance(find(st.from_type(kind), lambda value: True), kind)
data = find(st.from_type(Dataset), lambda data: not is_unique(data), random=Random(0))
print(data.size, data.tasks)
"""

FIRST_OURS = "import reluproof.verify.strategies" + USER


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """A folder with the package installed in it from a copy of this checkout."""
    source, target = (tmp_path_factory.mktemp(name) for name in ("source", "target"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source)
    for room in ("theory", "verify", "proofs_notes", "examples"):
        shutil.copytree(ROOT / room, source / room, ignore=shutil.ignore_patterns("__pycache__"))
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-build-isolation"]
    subprocess.run([*command, "--target", str(target), str(source)], check=True, capture_output=True, timeout=300)
    return target


@pytest.mark.parametrize("code", [USER, FIRST_OURS], ids=["Hypothesis first", "reluproof first"])
def test_from_type_after_install(installed, tmp_path, code):
    """In a new process, whichever of the two packages is imported first, with nothing else said."""
    environment = {**os.environ, "PYTHONPATH": str(installed)}
    run = subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        capture_output=True, text=True, check=False, cwd=tmp_path, env=environment,
    )  # fmt: skip
    assert (run.returncode, run.stdout, run.stderr) == (0, "4 1\n", "")


def test_registering_imports_no_strategy(installed, tmp_path):
    """Hypothesis runs the entry point, but is not slowed down by strategies that nobody asks for."""
    code = (
        "import sys, hypothesis; print([name in sys.modules for name in "
        "('reluproof.verify.strategies.from_type', 'reluproof.verify.strategies.data')])"
    )
    environment = {**os.environ, "PYTHONPATH": str(installed)}
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=tmp_path, env=environment
    )
    assert run.stdout == "[True, False]\n"


def test_every_type_is_registered():
    """Also without the entry point, by calling the function that it names."""
    from_type.register()
    for kind in (Dataset, LinearSpline, ReLUNetwork):
        st.from_type(kind).validate()


@QUICK
@given(strategies.datasets() | strategies.extreme_datasets())
def test_datasets_as_lists(data):
    """Back by `from_fractions`; nothing but lists and fractions."""
    x, y = strategies.plain(data)
    assert Dataset.from_fractions(x, y) == data
    assert {type(x), type(y), type(y[0])} == {list}
    assert {type(value) for row in [x, *y] for value in row} == {Fraction}


@QUICK
@given(st.data())
def test_functions_as_lists(data):
    """Splines and networks too, and pairs of a dataset with one of its optima."""
    slope, offset, knots = data.draw(strategies.as_lists(strategies.splines(2)))
    assert isinstance(LinearSpline.from_knots(slope, offset, knots), LinearSpline)
    network = data.draw(strategies.free_networks(2))
    assert ReLUNetwork.from_parameters(*strategies.plain(network)) == network
    (x, y), optimum = data.draw(strategies.as_lists(strategies.non_unique_with_optima()))
    f = LinearSpline.from_knots(*optimum)
    assert [strategies.plain_vector(f(place)) for place in x] == y


def test_only_our_values_have_a_form_in_lists():
    """Anything else is named in the refusal."""
    with pytest.raises(TypeError, match="a RootSum has no form"):
        strategies.plain(RootSum())


@QUICK
@given(st.data())
def test_the_distance_chosen_is_the_distance(data):
    """Unique beside non-unique, and the margin is no larger."""
    step = data.draw(st.sampled_from(["1/7", "1e-9", "3/1000", 2]))
    moved, degenerate = data.draw(strategies.near_datasets(step))
    assert is_unique(moved)
    assert not is_unique(degenerate)
    pairs = zip(moved.labels, degenerate.labels, strict=True)
    square = sum([(a - b) ** 2 for u, v in pairs for a, b in zip(u, v, strict=True)], fmpq(0))
    assert square == RootSum.of_rational(step).as_rational() ** 2
    assert margin(moved).squared() <= RootSum.of_rational(square)


def test_no_such_pair_for_one_task_or_no_distance():
    """Refused at once."""
    with pytest.raises(ValueError, match="T >= 2 only"):
        strategies.near_datasets(tasks=(1, 2))
    with pytest.raises(ValueError, match="positive"):
        strategies.near_datasets(0)


KINDS = {
    "datasets": (strategies.datasets, 2),
    "generic": (strategies.generic_datasets, 2),
    "grid": (strategies.grid_datasets, 2),
    "one-hot": (strategies.one_hot_datasets, 2),
    "extreme": (strategies.extreme_datasets, 2),
    "planted": (strategies.planted_datasets, 3),
    "non-unique": (partial(strategies.planted_datasets, non_unique=True), 4),
    "near": (strategies.near_datasets, 4),
}


@pytest.mark.parametrize("sizes", [(2, 2), (2, 4), (4, 4), (8, None), (5, 6), (30, 40)], ids=str)
@pytest.mark.parametrize("tasks", [(2,), (4,), 3, range(2, 7), {5, 2}], ids=str)
@pytest.mark.parametrize("kind", KINDS)
def test_any_sensible_sizes_and_tasks(kind, tasks, sizes):
    """Every strategy of datasets takes min_size, max_size and tasks: what is drawn has them."""
    strategy, least = KINDS[kind]
    smallest, largest = sizes
    if largest is not None and largest < least:
        with pytest.raises(ValueError, match="there are none"):
            strategy(min_size=smallest, max_size=largest, tasks=tasks)
        return
    widths = [tasks] if isinstance(tasks, int) else tasks

    @settings(QUICK, max_examples=8)
    @given(strategy(min_size=smallest, max_size=largest, tasks=tasks))
    def fits(drawn):
        for data in drawn if kind == "near" else (drawn,):
            assert smallest <= data.size
            assert largest is None or data.size <= largest
            assert data.tasks in widths
        if kind in ("non-unique", "near"):
            assert not is_unique(drawn[1] if kind == "near" else drawn)

    fits()


@pytest.mark.parametrize(
    ("arguments", "match"),
    [
        ({"tasks": ()}, "numbers of tasks"),
        ({"tasks": (0, 1)}, "numbers of tasks"),
        ({"min_size": 5, "max_size": 4}, "there are none"),
    ],
)
@pytest.mark.parametrize("kind", KINDS)
def test_what_is_not_sensible_is_refused_at_once(kind, arguments, match):
    """A ValueError when the strategy is made, not an error of Hypothesis when it is drawn from."""
    with pytest.raises(ValueError, match=match):
        KINDS[kind][0](**arguments)


def pytest_of(folder, text):
    """What pytest says of a file with this text, in a folder and process of its own."""
    path = folder / "test_my_theorem.py"
    path.write_text(text)
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--hypothesis-seed=0", str(path)],
        capture_output=True, text=True, check=False, cwd=folder, timeout=120,
    )  # fmt: skip


def test_a_theorem_of_ones_own(tmp_path):
    """The example passes as it stands, and fails, with a small dataset, where its theorem is false."""
    text = (ROOT / "examples" / "test_my_theorem.py").read_text()
    done = pytest_of(tmp_path, text)
    assert (done.returncode, "1 passed" in done.stdout) == (0, True), done.stdout
    claimed = "Dataset(points, [connect_the_dots(data)(x) for x in points])"
    assert claimed in text
    done = pytest_of(tmp_path, text.replace(claimed, "data"))
    assert done.returncode == 1
    printed = re.search(r"data = (Dataset\(.*\))", done.stdout)
    assert printed is not None, done.stdout
    data = eval(printed[1])
    assert (data.points, data.tasks <= 2, is_unique(data)) == ((0, 1, 2, 3), True, False)
    assert max([abs(entry) for label in data.labels for entry in label]) <= 3


def test_the_readme_shows_that_file():
    """The ten lines of the README are those of the file."""
    text = (ROOT / "examples" / "test_my_theorem.py").read_text()
    (shown,) = re.findall(r"```python\n(from itertools.*?)```", (ROOT / "README.md").read_text(), re.DOTALL)
    assert shown.strip() == text.partition('"""\n\n')[2].strip()
