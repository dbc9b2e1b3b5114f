"""`reluproof solve`: the program over breakpoints from the command line."""

import json
import re
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from random import Random
from time import process_time

import pytest
from command_line import command
from reluproof.theory import Dataset
from reluproof.verify.cli import main
from reluproof.verify.commands import solve as solve_command
from reluproof.verify.solve import breakpoints
from reluproof.verify.solve.audit import AuditError
from reluproof.verify.solve.breakpoints import solve
from reluproof.verify.solve.program import Program

EXAMPLES = Path(__file__).parents[2] / "examples"


run = command("solve")


def solved(capsys, tmp_path, text, *arguments):
    """The JSON object for a dataset given as text."""
    path = tmp_path / "data.csv"
    path.write_text(text)
    status, out, err = run(capsys, path, "--json", *arguments)
    assert (status, err) == (0, "")
    return json.loads(out)


@pytest.mark.parametrize("breakpoints", ["interior", "midpoints", "adaptive", "1,2"])
@pytest.mark.parametrize(("coupling", "square"), [("l2", 9), ("l1", 9), ("linf", 9)])
def test_one_task(capsys, tmp_path, breakpoints, coupling, square):
    """Labels 0, 0, 1, 4 on 0..3 have kinks 1 and 2: every norm costs 3, whatever the breakpoints."""
    given = ["--breakpoints", breakpoints, "--coupling", coupling, "--digits", "40"]
    found = solved(capsys, tmp_path, "0 0\n1 0\n2 1\n3 4\n", *given)
    assert Fraction(found["lower"]) ** 2 <= square <= Fraction(found["upper"]) ** 2
    assert Fraction(found["upper"]) - Fraction(found["lower"]) <= Fraction(1, 10**39)
    assert found["schema"] == "reluproof.solve/1"


def test_the_evidence_can_be_checked_by_hand(capsys, tmp_path):
    """The network interpolates and the multipliers have the value of the lower bound, in fractions."""
    found = solved(capsys, tmp_path, "0 0 1\n1 2 0\n3 1 1\n4 5 5\n6 0 0\n", "--breakpoints", "midpoints")
    x, y = (0, 1, 3, 4, 6), ((0, 1), (2, 0), (1, 1), (5, 5), (0, 0))
    network = found["network"]
    for place, label in zip(x, y, strict=True):
        for task, wanted in enumerate(label):
            value = Fraction(network["affine"]["slope"][task]) * place + Fraction(network["affine"]["offset"][task])
            for neuron in network["neurons"]:
                value += Fraction(neuron["kink"][task]) * max(place - Fraction(neuron["knot"]), 0)
            assert value == wanted
    rows = zip(found["multipliers"], y, strict=True)
    proved = sum(Fraction(m) * label for row, labels in rows for m, label in zip(row, labels, strict=True))
    assert Fraction(found["lower"]) <= proved <= Fraction(found["upper"])


def test_penalised_biases(capsys, tmp_path):
    """x = (-1, 2, 3), y = (0, 0, 1): 1.5 sqrt 2 by one knot at 1; interior data points alone cost sqrt 5."""
    text = "-1 0\n2 0\n3 1\n"
    best = solved(capsys, tmp_path, text, "--penalise-biases")
    assert abs(Decimal(best["lower"]) ** 2 - Decimal("4.5")) < Decimal("1e-25")
    assert [(neuron["knot"], neuron["kink"]) for neuron in best["network"]["neurons"]] == [("1", ["3/2"])]
    dots = solved(capsys, tmp_path, text, "--penalise-biases", "--breakpoints", "interior")
    assert abs(Decimal(dots["lower"]) ** 2 - 5) < Decimal("1e-25")


def test_no_linear_part(capsys, tmp_path):
    """N = 2, labels 0 and 1: the optimum is 1, where with a linear part it is 0."""
    assert solved(capsys, tmp_path, "0 0\n1 1\n", "--no-linear-part")["upper"] == "1"
    assert solved(capsys, tmp_path, "0 0\n1 1\n")["upper"] == "0"


def test_infeasible_is_an_answer(capsys):
    """Too few breakpoints: said, proved, and status 0."""
    status, out, _ = run(capsys, EXAMPLES / "unique.csv", "--breakpoints", "1/2")
    assert status == 0
    assert "infeasible: no network that bends only at these breakpoints" in out
    assert "multipliers" in out


def test_negative_breakpoints(capsys, tmp_path):
    """A list that starts with a minus sign is given after an equals sign."""
    found = solved(capsys, tmp_path, "-1 0\n0 0\n1 1\n", "--breakpoints=-1/2,0")
    assert (found["status"], found["upper"]) == ("exact", "1")


def test_text_output(capsys):
    """Value, status, method, network and multipliers."""
    status, out, _ = run(capsys, EXAMPLES / "labels_abba.csv")
    assert status == 0
    for word in ("optimum      between 4.24264", "status       enclosed", "method", "network", "multipliers"):
        assert word in out


def test_an_answer_that_fails_the_audit_is_refuted(capsys, monkeypatch):
    """Exit 1, and no value."""

    def reject(solution):
        raise AuditError("the network does not interpolate")

    monkeypatch.setattr(breakpoints, "audit", reject)
    status, out, _ = run(capsys, EXAMPLES / "unique.csv")
    assert status == 1
    assert "refuted: the audit rejects the solver's answer: the network does not interpolate" in out
    assert "optimum" not in out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--breakpoints", "1,x"], "'x' is not a number"),
        (["--breakpoints", ""], "numbers separated by commas"),
        (["--digits", "0"], "digits are from 1 to 1000"),
        (["--penalise-biases", "--coupling", "l1"], "l2 coupling only"),
    ],
)
def test_bad_input(capsys, arguments, message):
    """One line and status 2."""
    status, out, err = run(capsys, EXAMPLES / "unique.csv", *arguments)
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert message in err


def test_bad_options(capsys):
    """argparse's refusals are one line too."""
    for arguments in (["--coupling", "l3"], ["--digits", "many"], []):
        with pytest.raises(SystemExit) as stopped:
            main(["solve", *arguments] if not arguments else ["solve", "x.csv", *arguments])
        assert stopped.value.code == 2
        assert capsys.readouterr().err.count("\n") == 1


def test_long_numbers_are_refused_before_the_work(tmp_path, capsys):
    """100 points of fractions with 1,100 characters: one line at once, where elimination would take minutes."""
    source = Random(3)
    path = tmp_path / "long.csv"
    longest = [source.getrandbits(1800) for _ in range(300)]
    rows = [f"{n}.{longest[n]},{longest[100 + n]}/{longest[200 + n] | 1}" for n in range(100)]
    path.write_text("\n".join(rows) + "\n")
    start = process_time()
    for given in (["solve", str(path)], ["check", str(path), "--independent"]):
        assert main(given) == 2
        printed = capsys.readouterr()
        assert (printed.out, printed.err.count("\n")) == ("", 1)
        assert "not run: the numbers of these 100 points have about" in printed.err
    assert process_time() - start < 30


def test_progress_is_the_interval_so_far():
    """Every round is told, and the intervals only get narrower; the last is that of the answer."""
    seen = []
    data = Dataset.from_fractions(range(12), [(n * n % 7, n % 3) for n in range(12)])
    program = Program(data, (), linear_part=False)
    answer = solve(program, "adaptive", 20, lambda rounds, bounds: seen.append((rounds, bounds)))
    assert [rounds for rounds, _ in seen] == list(range(1, len(seen) + 1))
    bounds = [found for _, found in seen if found is not None]
    assert all(a.lower <= b.lower <= b.upper <= a.upper for a, b in pairwise(bounds))
    assert answer.bounds.lower <= bounds[-1].upper


def test_thirty_points_with_both_changes_are_quick():
    """Penalised biases, no linear part, N = 31, T = 3: enclosed in seconds, where 0.1.0 gave nothing in minutes."""
    source = Random(1)
    data = Dataset.from_fractions(range(31), [[source.randint(-9, 9) for _ in range(3)] for _ in range(31)])
    start = process_time()
    found = solve(Program(data, (), penalised_biases=True, linear_part=False), "adaptive", 12)
    assert process_time() - start < 30
    assert found.status in ("exact", "enclosed")


def test_long_work_says_how_far_it_came_in_a_pipe(tmp_path, capsys, monkeypatch):
    """A line for each round that ends after a minute, with the interval that is proved by then; nothing before."""
    path = tmp_path / "data.csv"
    path.write_text("\n".join(f"{n},{n * n % 7},{n % 3}" for n in range(12)) + "\n")
    assert main(["solve", str(path), "--no-linear-part"]) == 0
    assert capsys.readouterr().err == ""
    now = iter(range(0, 10**6, 100))
    monkeypatch.setattr(solve_command, "monotonic", lambda: next(now))
    assert main(["solve", str(path), "--no-linear-part"]) == 0
    lines = capsys.readouterr().err.splitlines()
    assert lines
    for number, line in enumerate(lines, start=1):
        assert re.fullmatch(
            rf"reluproof: after \d+ seconds, round {number}: the cost is (between .* and )?[\d.]+", line
        )


def test_a_hundred_points_without_a_linear_part():
    """One task: the exact simplex method looks up its columns, where it rebuilt the matrix for each of them."""
    source = Random(1)
    data = Dataset.from_fractions(range(100), [[source.randint(-9, 9)] for _ in range(100)])
    start = process_time()
    assert solve(Program(data, (), linear_part=False), "adaptive", 12).status == "exact"
    assert process_time() - start < 15
