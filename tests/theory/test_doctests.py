"""The examples in the docstrings of theory/ run, and every public function has one."""

import ast
import doctest
import importlib
from pathlib import Path

import pytest
from flint import fmpq
from reluproof import theory

FOLDER = Path(__file__).parents[2] / "theory"
MODULES = sorted(path.stem for path in FOLDER.glob("*.py"))
FACE = {"fmpq": fmpq, **{name: getattr(theory, name) for name in theory.__all__}}
"""What an example may use beside the names of its own module."""


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_run(name):
    """Every >>> in the module, with the names that `from reluproof.theory import *` gives."""
    module = importlib.import_module("reluproof.theory" + ("" if name == "__init__" else f".{name}"))
    failed, _ = doctest.testmod(module, extraglobs={k: v for k, v in FACE.items() if not hasattr(module, k)})
    assert failed == 0


@pytest.mark.parametrize("name", MODULES)
def test_every_public_function_has_an_example(name):
    """What it gives for an input that can be checked by hand."""
    tree = ast.parse((FOLDER / f"{name}.py").read_text(encoding="utf-8"))
    functions = [node for node in tree.body if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")]
    without = [node.name for node in functions if ">>>" not in (ast.get_docstring(node) or "")]
    assert without == []
