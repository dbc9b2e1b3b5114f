"""Every single check of the checker is needed: without it, a file of the corpora gets another verdict."""

import ast
from pathlib import Path

import pytest

from certificates.judges import ACCEPTED, CHECKER, REJECTED

HERE = Path(__file__).parent
SOURCE = CHECKER.read_text(encoding="utf-8")


def _checks() -> list[ast.Call]:
    """The calls of `require` inside the judgement of records, one by one."""
    proof = next(node for node in ast.parse(SOURCE).body if isinstance(node, ast.ClassDef) and node.name == "Proof")
    return [
        node
        for node in ast.walk(proof)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "require"
    ]


def _without(call: ast.Call) -> dict[str, object]:
    """The checker with this one check left out."""
    lines = SOURCE.encode().splitlines(keepends=True)
    assert call.end_lineno == call.lineno
    line = lines[call.lineno - 1]
    lines[call.lineno - 1] = line[: call.col_offset] + b"pass" + line[call.end_col_offset :]
    names: dict[str, object] = {"__name__": "mutant"}
    exec(compile(b"".join(lines), "mutant", "exec"), names)
    return names


def _verdict(names: dict[str, object], lines: list[bytes]) -> str:
    """The rule that rejects, "" if the file is accepted, "crash" if the mutant breaks down."""
    rejected = names["Rejected"]
    assert isinstance(rejected, type)
    try:
        names["Proof"](lines).run()  # type: ignore[operator]
    except (rejected, ArithmeticError, LookupError, TypeError, ValueError) as error:
        return str(error.args[0]) if isinstance(error, rejected) else "crash"
    return ""


def _verdicts(call: ast.Call) -> set[str]:
    """What becomes, without this check, of the files of `incorrect/` that are no longer rejected by their rule."""
    mutant = _without(call)
    files = sorted((HERE / "incorrect").glob("*.jsonl"))
    found = {path: _verdict(mutant, path.read_bytes().splitlines(keepends=True)) for path in files}
    return {verdict for path, verdict in found.items() if verdict != path.name.split(".")[0]}


AGAINST_CRASHES = {
    "'at least 2 points and 1 task are needed'",
    "'a vector has one coordinate for each task'",
    "'null is claimed, but there is a value'",
}
"""Checks of shape: without them nothing false is accepted, but the checker breaks down instead of rejecting."""


@pytest.mark.parametrize("call", _checks(), ids=lambda call: f"line{call.lineno}")
def test_the_corpora_notice_a_missing_check(call: ast.Call) -> None:
    """Some file of `incorrect/` is accepted, or rejected only later by another rule; breaking down is not noticing."""
    verdicts = _verdicts(call)
    if ast.unparse(call.args[-1]) in AGAINST_CRASHES:
        assert verdicts == {"crash"}
    else:
        assert verdicts - {"crash"}


def test_there_are_checks_to_leave_out() -> None:
    """The list above is not empty, and statuses mean what the corpora take them to mean."""
    assert len(_checks()) > 30
    assert (ACCEPTED, REJECTED) == (0, 1)
