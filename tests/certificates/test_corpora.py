"""Every file of the corpora gets the verdict that its folder and name say, from both checkers."""

from pathlib import Path

import pytest

from certificates.judges import ACCEPTED, REJECTED, UNREADABLE, first_verdict, run_alone, second_verdict

HERE = Path(__file__).parent
STRUCTURE = {"number", "type", "keys", "order", "counts", "points", "hash"}
EVIDENCE = {"A-primal", "A-dual", "A-cost", "B-pair", "B-unique", "J-merge", "K-network", "K-hats", "K-count"}
BOUNDS = {"L-radius", "M-angle", "N-margin", "F-kernel", "F-norm"}
RULES = STRUCTURE | EVIDENCE | BOUNDS


def corpus(name: str) -> list[Path]:
    return sorted((HERE / name).glob("*.jsonl"))


@pytest.mark.parametrize("path", corpus("correct"), ids=lambda path: path.stem)
def test_correct_is_accepted(path: Path, tmp_path: Path) -> None:
    """A certificate written by hand is accepted: the prover is not special."""
    answer = run_alone(tmp_path, path)
    assert (answer.returncode, answer.stderr) == (ACCEPTED, "")
    assert answer.stdout.startswith("accepted: ")
    assert second_verdict(_lines(path)) == ACCEPTED


@pytest.mark.parametrize("path", corpus("incorrect"), ids=lambda path: path.stem)
def test_incorrect_is_rejected_by_the_rule_it_breaks(path: Path) -> None:
    """The part of the file's name before the first dot is the rule."""
    assert first_verdict(_lines(path)) == (REJECTED, path.name.split(".")[0])
    assert second_verdict(_lines(path)) == REJECTED


@pytest.mark.parametrize("path", corpus("unreadable"), ids=lambda path: path.stem)
def test_unreadable_is_not_judged(path: Path, tmp_path: Path) -> None:
    """What is not a certificate at all: status 2, one line, no traceback."""
    answer = run_alone(tmp_path, path)
    assert (answer.returncode, answer.stdout) == (UNREADABLE, "")
    assert answer.stderr.startswith("unreadable: ")
    assert answer.stderr.count("\n") == 1
    assert second_verdict(_lines(path)) == UNREADABLE


def test_every_rule_has_a_file() -> None:
    """No rule is there that nothing was ever rejected by; and no corpus is empty."""
    source = (HERE.parents[1] / "verify" / "checker.py").read_text(encoding="utf-8")
    named = {path.name.split(".")[0] for path in corpus("incorrect")}
    assert named == RULES
    assert all(f'"{rule}"' in source for rule in RULES)
    assert min(len(corpus(name)) for name in ("correct", "incorrect", "unreadable")) >= 10


def test_specification_explains_every_rule() -> None:
    """The specification has an entry for each rule that a rejection can name."""
    text = (HERE.parents[1] / "verify" / "certify" / "SPECIFICATION.md").read_text(encoding="utf-8")
    assert [rule for rule in sorted(RULES | {"data"}) if f"`{rule}`" not in text] == []


def _lines(path: Path) -> list[bytes]:
    return path.read_bytes().splitlines(keepends=True)
