"""`recheck`: certificates and DATA from everywhere, the checker of each kind, statuses that mean what they say."""

import json
import os
import random
import re
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import numpy
import pytest
from reluproof.theory import Dataset
from reluproof.verify.certify import certificate_lines, write_certificate
from reluproof.verify.check import check
from reluproof.verify.cli import main
from reluproof.verify.commands.recheck import CHECKERS

COMMAND = f"{sys.executable} -m reluproof.verify.cli"
PLAIN = "0,0\n1,0\n2,1\n3,3\n"


def shell(script, **variables):
    """Runs a line of bash with the command as $R."""
    environment = {**os.environ, "R": COMMAND, **{name: str(value) for name, value in variables.items()}}
    return subprocess.run(
        ["bash", "-c", script], capture_output=True, text=True, check=False, env=environment, timeout=120
    )


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    path = tmp_path_factory.mktemp("certificate") / "c.jsonl"
    write_certificate(path, certificate_lines(check(Dataset.from_fractions([0, 1, 2, 3], [0, 0, 1, 3]))))
    return path


@pytest.mark.parametrize(
    "table",
    [
        "time,3m\n0,0\n1,0\n2,1\n3,3\n",
        "x;y (1)\n0;0\n1;0\n2;1\n3;3\n",
        "x,β1\n0,0\n1,0\n2,1\n3,3\n",
        '"GDP #1","y, in %"\n"0","0"\n"1","0.0"\n"2","1"\n"3","3/1"\n',
        "sep=|\nx|y\n0|0\n1|0\n2|1\n3|3\n",
        "# a note\nx y\n3 3\n 2\t1\n1 0\n0 0\n",
        "x,y\r0,0\r1,0\r2,1\r3,3\r",
        '{"y": [3, 0, 1, "0"], "x": ["3", 0, 2, 1e0]}',
    ],
)
def test_what_check_reads_recheck_reads(table, tmp_path, capfd):
    """Headers that begin with a digit or hold brackets or Greek letters, quoted cells, separators, any order."""
    data, target = tmp_path / "data", tmp_path / "c.jsonl"
    data.write_bytes(table.encode())
    assert main(["check", str(data), "--certificate", str(target)]) == 0
    assert main(["recheck", str(target), str(data)]) == 0
    assert "\naccepted: 4 points, 1 task, data sha256 " in capfd.readouterr().out


@pytest.mark.parametrize("foreign", ["0,0\n1,0\n2,1\n3,4\n", "0,0\n1,0\n2,1\n3,3\n4,99\n", "0,0\n1,0\n2,1\n"])
def test_foreign_data_are_rejected(foreign, certificate, tmp_path, capfd):
    """Another label, a row more, a row less."""
    data = tmp_path / "data.csv"
    data.write_text(foreign)
    assert main(["recheck", str(certificate), str(data)]) == 1
    assert capfd.readouterr().out.startswith("rejected: rule data,")


@pytest.mark.parametrize("mark", ["\f", "\v", "\x1c", "\x1d", "\x1e", "\x85", "\u2028", "\u2029"])
def test_what_looks_like_the_end_of_a_line_hides_no_row(mark, tmp_path, capfd):
    """Data of four points and a comment are not the five points of a certificate."""
    five, target = Dataset.from_fractions([0, 1, 2, 3, 4], [0, 0, 1, 3, 99]), tmp_path / "c.jsonl"
    write_certificate(target, certificate_lines(check(five)))
    for note in ("3,3 # n{}4,99\n", "3,3\n# n{}4,99\n", "3,3{}4,99\n"):
        data = tmp_path / "data.csv"
        data.write_text("0,0\n1,0\n2,1\n" + note.format(mark), encoding="utf-8")
        assert main(["recheck", str(target), str(data)]) in (1, 2)
        assert "accepted" not in capfd.readouterr().out


def test_binary_data_are_read_as_check_reads_them(tmp_path, capfd):
    """.npy and .npz, whose floats are the dyadic numbers that they are."""
    table = numpy.array([[0, 0], [1, 0.1], [2, 1], [3, 3]])
    numpy.save(tmp_path / "a.npy", table)
    numpy.savez(tmp_path / "b.npz", x=table[:, 0], y=table[:, 1])
    target = tmp_path / "c.jsonl"
    assert main(["check", str(tmp_path / "a.npy"), "--certificate", str(target)]) == 0
    for name in ("a.npy", "b.npz"):
        assert main(["recheck", str(target), str(tmp_path / name)]) == 0
    (tmp_path / "text.csv").write_text("0,0\n1,0.1\n2,1\n3,3\n")
    capfd.readouterr()
    assert main(["recheck", str(target), str(tmp_path / "text.csv")]) == 1
    assert capfd.readouterr().out.startswith("rejected: rule data,")


def test_standard_input_and_what_a_shell_substitutes(certificate, tmp_path):
    """- for the certificate or for the data, not for both; pipes for both."""
    data = tmp_path / "data.csv"
    data.write_text(PLAIN)
    for script in (
        "$R recheck - $D < $C",
        "cat $C | $R recheck - $D",
        "$R recheck $C - < $D",
        "cat $D | $R recheck $C -",
        "$R recheck <(cat $C) <(cat $D)",
    ):
        answer = shell(script, C=certificate, D=data)
        assert (answer.returncode, answer.stderr, answer.stdout[:9]) == (0, "", "accepted:"), script
    answer = shell("$R recheck - - < $C", C=certificate)
    assert (answer.returncode, answer.stdout, answer.stderr.count("\n")) == (2, "", 1)


@pytest.mark.parametrize("name", ["missing.jsonl", ".", "c.jsonl/"])
def test_certificates_that_cannot_be_opened(name, tmp_path, monkeypatch, capfd):
    """One line, status 2."""
    monkeypatch.chdir(tmp_path)
    assert main(["recheck", name]) == 2
    out, err = capfd.readouterr()
    assert (out, err.count("\n")) == ("", 1)


@pytest.mark.parametrize("name", ["missing.csv", "."])
def test_data_that_cannot_be_opened(name, certificate, tmp_path, monkeypatch, capfd):
    """One line, status 2."""
    monkeypatch.chdir(tmp_path)
    assert main(["recheck", str(certificate), name]) == 2
    out, err = capfd.readouterr()
    assert (out, err.count("\n")) == ("", 1)


def test_places_are_named_by_their_x_and_long_vectors_are_cut(tmp_path, capfd):
    """No counting of gaps, no Python: 600 tasks are shown by eight."""
    rng = random.Random(4)
    labels = [[Fraction(rng.randint(-9, 9), 7) for _ in range(600)] for _ in range(5)]
    target = tmp_path / "c.jsonl"
    write_certificate(target, certificate_lines(check(Dataset.from_fractions([1, 2, 4, "13/3", 9], labels))))
    assert main(["recheck", str(target)]) == 0
    out = capfd.readouterr().out
    assert ", and 592 more)" in out
    assert len(out) < 2000
    assert not {"'", "gap", "True", "False"} & set(out.replace(",", " ").split())
    gap = json.loads(target.read_text().partition("\n")[0])["statement"]["margin"]["gap"]
    points = ["1", "2", "4", "13/3", "9"]
    margin = next(line for line in out.splitlines() if line.startswith("margin"))
    assert margin.endswith(f"between x = {points[gap]} and x = {points[gap + 1]}")


@pytest.mark.parametrize("runner", ["$R recheck", f"{sys.executable} -I -S $K"])
def test_an_answer_that_cannot_be_printed_is_no_verdict(runner, certificate):
    """A closed or full output: status 2 and no traceback; a reader that goes away: the verdict stands."""
    checker = CHECKERS["reluproof.certificate/1"]
    full = ("> /dev/full", "> /dev/full 2>&1", "> /dev/full 2>&-", ">&- 2> /dev/full")
    for output, status in ((">&-", 2), (">&- 2>&-", 2), *[(output, 2) for output in full]):
        answer = shell(f"{runner} $C {output}; echo $?", C=certificate, K=checker)
        assert answer.stdout.splitlines()[-1] == str(status), output
        assert "Traceback" not in answer.stderr
    for output in ("2>&-", "2> /dev/full"):
        assert shell(f"{runner} missing {output}; echo $?", K=checker).stdout == "2\n"
    assert shell(f"{runner} $C | true; echo ${{PIPESTATUS[0]}}", C=certificate, K=checker).stdout == "0\n"


def test_other_encodings_of_the_terminal(certificate, tmp_path):
    """Names and texts that the terminal cannot show are escaped; the status is not changed by them."""
    target = tmp_path / "β.jsonl"
    target.write_text(certificate.read_text().replace('"decimal"', '"β"').replace('"exact"', '"β"'), encoding="utf-8")
    answer = shell("PYTHONIOENCODING=ascii LC_ALL=C $R recheck $C; echo $?", C=target)
    assert answer.stdout.splitlines()[-1] == "1"
    assert answer.stdout.startswith("rejected: rule type,")
    answer = shell("PYTHONIOENCODING=ascii LC_ALL=C $R recheck $C; echo $?", C=tmp_path / "γ")
    assert (answer.stdout, answer.stderr.count("\n")) == ("2\n", 1)


def test_the_first_line_names_the_checker():
    """Each kind has a lone file; what names no kind goes to the first one, which says what is wrong."""
    assert len(set(CHECKERS.values())) == len(CHECKERS)
    assert all(path.is_file() for path in CHECKERS.values())
    assert all(Path(path).name.endswith("checker.py") for path in CHECKERS.values())


@pytest.mark.parametrize(
    "first", ["", "\n", "{}\n", "[]\n", '{"schema": 1}\n', '{"schema": ["x"]}\n', "[" * 10**5, "\0"]
)
def test_first_lines_that_name_nothing(first, tmp_path, capfd):
    """Unreadable or rejected, by the checker, in one line."""
    target = tmp_path / "c.jsonl"
    target.write_text(first)
    assert main(["recheck", str(target)]) in (1, 2)
    out, err = capfd.readouterr()
    assert (out + err).count("\n") == 1


def test_many_tasks_and_long_numbers_fit_on_lines(tmp_path, capfd):
    """Of 300 tasks eight are printed and the others counted, in lines of a readable length; only numbers are longer."""
    rows = [
        [index, *[random.Random(9 * index + task).randint(-9999, 9999) / 1000 for task in range(300)]]
        for index in range(5)
    ]
    data, target = tmp_path / "data.csv", tmp_path / "c.jsonl"
    data.write_text("\n".join(",".join(map(str, row)) for row in rows))
    assert main(["check", str(data), "--certificate", str(target)]) == 0
    capfd.readouterr()
    assert main(["recheck", str(target), str(data)]) == 0
    first, *lines = capfd.readouterr().out.splitlines()
    assert first.startswith("accepted: 5 points, 300 tasks, data sha256 ")
    assert max(map(len, lines)) < 100
    assert " ".join(lines).count("and 292 more") == 2


def test_a_number_too_long_for_the_checker_is_shown_in_whole_quotation_marks(tmp_path, capfd):
    """Its beginning and its length, by the prover that judges its own file and by the checker."""
    random.seed(5)
    entry = [f"{random.randrange(10**597, 10**598)}/{random.randrange(10**597, 10**598)}" for _ in range(42)]
    rows = [",".join([f"{index}/{10**597 + 7}", *entry[14 * index : 14 * index + 14]]) for index in range(3)]
    data = tmp_path / "data.csv"
    data.write_text("\n".join(rows))
    assert main(["check", str(data), "--certificate", str(tmp_path / "c.jsonl")]) == 2
    message = capfd.readouterr().err
    assert re.search(
        r": not a number of the kind due here, or too long: '\d{39}\.\.\.' \(\d{5,6} characters\), beyond", message
    )
    assert list(tmp_path.iterdir()) == [data]
