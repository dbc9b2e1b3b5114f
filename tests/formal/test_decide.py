"""The decision procedure proved correct, run inside Coq, against the theory room: two implementations, one answer."""

import re
from collections.abc import Callable, Sequence
from fractions import Fraction
from pathlib import Path

import pytest
from families import Rows, disordered_rows
from reluproof.theory.alignment import runs
from reluproof.theory.dataset import Dataset, DatasetError
from reluproof.theory.solution_set import sparsest_width
from reluproof.verify.reading import read

from formal.sources import coq_run, edited

Workbench = Callable[[dict[str, str]], coq_run.Coq]
# Rows (x, labels) as Coq and the theory room read them.

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.csv"))
LONGEST = 60
RANDOM = 300

HEADER = "From Coq Require Import QArith List.\nImport ListNotations.\nFrom ReluProof Require Import Statements.\n"


def in_coq(rows: Rows) -> str:
    def number(q: Fraction) -> str:
        return f"Qmake ({q.numerator}) {q.denominator}"

    return "[" + "; ".join(f"({number(x)}, [{'; '.join(map(number, y))}])" for x, y in rows) + "]"


def answered_by_coq(coq: coq_run.Coq, function: str, datasets: Sequence[Rows]) -> list[list[int] | None]:
    """What `function` answers for each dataset: the numbers in its answer, None for None."""
    asked = "".join(f"Compute {function} {in_coq(rows)}.\n" for rows in datasets)
    (coq.directory / "Decide.v").write_text(HEADER + asked, encoding="utf-8")
    result = coq.run(coq.coqc, "-q", "Decide.v")
    assert result.returncode == 0, result.stderr
    answers = re.findall(r"= (None|Some\s+(?:\[[^]]*\]|\d+))", result.stdout)
    assert len(answers) == len(datasets)
    return [None if answer == "None" else [int(number) for number in re.findall(r"\d+", answer)] for answer in answers]


def decided_by_coq(coq: coq_run.Coq, datasets: Sequence[Rows]) -> list[list[int] | None]:
    return answered_by_coq(coq, "decide", datasets)


def dataset_of(rows: Rows) -> Dataset | None:
    try:
        return Dataset(tuple([x for x, _ in rows]), tuple([tuple(y) for _, y in rows]))
    except DatasetError:
        return None


def decided_by_theory(rows: Rows) -> list[int] | None:
    """The left ends of the gaps inside the runs; None for what is no dataset."""
    data = dataset_of(rows)
    return None if data is None else [gap for run in runs(data) for gap in range(run.first, run.last)]


def counted_by_theory(rows: Rows) -> list[int] | None:
    """The sum over the runs of half their length, rounded up."""
    data = dataset_of(rows)
    return None if data is None else [sparsest_width(runs(data))]


def rows_of(path: Path) -> Rows:
    data = read(str(path)).dataset
    return [
        (Fraction(str(x)), [Fraction(str(entry)) for entry in y])
        for x, y in list(zip(data.points, data.labels, strict=True))[:LONGEST]
    ]


def test_the_examples_of_the_project(workbench: Workbench) -> None:
    """All example files, the long ones cut to their first points."""
    assert len(EXAMPLES) >= 8
    datasets = [rows_of(path) for path in EXAMPLES]
    expected = [decided_by_theory(rows) for rows in datasets]
    assert decided_by_coq(workbench({}), datasets) == expected
    by_name = dict(zip([path.stem for path in EXAMPLES], expected, strict=True))
    assert by_name["run_of_two"] == [1]
    assert by_name["unique"] == []


def test_random_rational_data(workbench: Workbench) -> None:
    datasets = [disordered_rows(seed) for seed in range(RANDOM)]
    expected = [decided_by_theory(rows) for rows in datasets]
    assert decided_by_coq(workbench({}), datasets) == expected
    # Every kind of answer occurs, each often.
    assert sum(gaps is None for gaps in expected) > RANDOM / 20
    assert sum(gaps == [] for gaps in expected) > RANDOM / 10
    assert sum(bool(gaps) for gaps in expected) > RANDOM / 10
    assert any(gaps is not None and len(gaps) > 1 for gaps in expected)


def test_the_fewest_neurons(workbench: Workbench) -> None:
    """The count from left to right is the sum over the runs."""
    datasets = [*map(rows_of, EXAMPLES), *map(disordered_rows, range(RANDOM))]
    expected = [counted_by_theory(rows) for rows in datasets]
    assert answered_by_coq(workbench({}), "decide_fewest", datasets) == expected
    assert {1, 2, 3} <= {counted[0] for counted in expected if counted is not None}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("rational_less 0 product && Qeq_bool", "Qeq_bool"),
        ("(seq 1 (length d - 3))", "(seq 1 (length d - 2))"),
        ("rational_slope d (pred j) t", "rational_slope d 0 t"),
    ],
    ids=["opposite kinks count", "one gap too many", "slopes against the first"],
)
def test_a_wrong_procedure_is_noticed_by_the_comparison(old: str, new: str, workbench: Workbench) -> None:
    coq = workbench({"Statements": edited("Statements", old, new)})
    assert coq.compile("Statements") is None
    datasets = [disordered_rows(seed) for seed in range(60)]
    assert decided_by_coq(coq, datasets) != [decided_by_theory(rows) for rows in datasets]
