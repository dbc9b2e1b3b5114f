"""The rules of the room: theory decides with sign and is_zero only, and stands alone."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

THEORY = Path(__file__).parents[2] / "theory"
MODULES = sorted(THEORY.glob("*.py"))


DECIDES = {"numbers"}
COUNTS_DIGITS = {"enclosure", "numeral"}
"""Modules that lay out decimal text: what they compare with 0 are positions and exponents, ints by construction."""


def comparisons_with_zero(source):
    """Line numbers of comparisons with the literal 0, but for decided signs and remainders, which are ints."""
    return [
        node.lineno
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Compare)
        and any(isinstance(side, ast.Constant) and side.value == 0 for side in (node.left, *node.comparators))
        and not is_decided(node.left)
    ]


def is_decided(left):
    """Whether the left side is `sign(...)`, `....sign()` or a remainder `... % ...`."""
    if isinstance(left, ast.Call):
        return getattr(left.func, "id", getattr(left.func, "attr", None)) == "sign"
    return isinstance(left, ast.BinOp) and isinstance(left.op, ast.Mod)


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.stem)
def test_comparisons_with_zero_only_in_numbers(module):
    """Outside numbers.py nothing is compared with 0 except a sign that sign() has decided."""
    if module.stem not in DECIDES | COUNTS_DIGITS:
        assert comparisons_with_zero(module.read_text()) == []


def test_the_lint_notices():
    """Planted comparisons are found, decided signs are not."""
    assert comparisons_with_zero("a = b > 0\nc = 0.0 == b\n") == [1, 2]
    assert comparisons_with_zero("a = sign(b) > 0\nc = r.sign() == 0\nd = n % 2 == 0\n") == []


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.stem)
def test_theory_imports_neither_verify_nor_io(module):
    """theory/ imports only itself, flint, the standard library's pure parts and, for arrays, numpy."""
    allowed = {"flint", "numpy"} | {
        "abc", "ast", "bisect", "collections", "dataclasses", "decimal", "enum", "fractions", "functools", "itertools",
        "operator", "re", "sys", "typing",
    }  # fmt: skip
    for node in ast.walk(ast.parse(module.read_text())):
        if isinstance(node, ast.Import):
            assert {alias.name.split(".")[0] for alias in node.names} <= allowed
        if isinstance(node, ast.ImportFrom):
            assert (node.level == 1 and "verify" not in (node.module or "")) or node.module.split(".")[0] in allowed


def test_importing_verify_is_light():
    """`import reluproof.verify.check`, and the start of every command, pull in nothing heavy."""
    heavy = {"sympy", "hypothesis", "matplotlib", "scipy", "pandas", "numpy", "clarabel"}
    code = f"import sys, reluproof.verify.check, reluproof.verify.cli; print(*sorted({heavy} & set(sys.modules)))"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert found == []
