"""A counterexample as text that pastes: into `reluproof check -`, into a test, into a program."""

import re
import textwrap
from typing import Any

from ...theory.dataset import Dataset
from ...theory.numbers import literal
from ...theory.numeral import format_rational
from ..claims.without import Counterexample
from ..words import network, network_text, numerals
from .hunt import Hunt
from .smallest import Smallest
from .target import Hunted

WIDTH = 118


def csv_text(hunted: Hunted, found: Counterexample, best: Smallest | None) -> str:
    """The dataset as a table that `reluproof check -` reads, with what it refutes in comments above."""
    comments = [f"{hunted.name}: {hunted.statement}", f"Refuted: {found.says}.", *details(found)]
    comments += [] if best is None else [best.words]
    wrapped = [line for comment in comments for line in textwrap.wrap(comment, WIDTH - 2, subsequent_indent="  ")]
    lines = [f"# {line}" for line in wrapped] + [f"# In a test: {source(found.data)}"]
    return "\n".join([*lines, *table(found.data)])


def details(found: Counterexample) -> list[str]:
    """The functions and the exact numbers, one line each."""
    return [f"{name}: {network_text(f)}" for name, f in found.functions] + [f"{name}: {n}" for name, n in found.values]


def table(data: Dataset) -> list[str]:
    """Header and rows of the CSV."""
    names = ["y"] if data.tasks == 1 else [f"y{task + 1}" for task in range(data.tasks)]
    rows = [[x, *label] for x, label in zip(data.points, data.labels, strict=True)]
    return [",".join(["x", *names]), *(",".join(map(format_rational, row)) for row in rows)]


def source(data: Dataset) -> str:
    """Python source of the dataset, short where it can be."""
    points = ", ".join(map(literal, data.points))
    labels = ", ".join(literal(label[0]) if data.tasks == 1 else literal(label) for label in data.labels)
    return f"Dataset.from_fractions([{points}], [{labels}])"


def pytest_text(found: Hunt) -> str:
    """A test that passes as long as the counterexample refutes the claim."""
    imports, expression = found.hunted.test
    name = re.sub(r"\W+", "_", found.hunted.name.lower()).strip("_")
    subject = source(found.subject) if isinstance(found.subject, Dataset) else repr(found.subject)
    kinds = [] if isinstance(found.subject, Dataset) else _types(subject)
    # The standard library comes first: only a user's own file needs it.
    ours = ["from reluproof.theory import Dataset", *kinds]
    ordered = [*ours, imports] if imports.startswith("from reluproof") else [imports, "", *ours]
    lines = [f'"""Refuted: {found.hunted.name}."""', "", *ordered, "", ""]
    lines += [f"def test_{name}_is_refuted():", f"    data = {subject}", f"    assert {expression}"]
    return "\n".join(lines)


def _types(subject: str) -> list[str]:
    """Imports of the types whose names occur in a repr."""
    homes = {
        "reluproof.theory": ("LinearSpline", "Neuron", "ReLUNetwork"),
        "reluproof.theory.minimisers": ("TrialFit",),
        "reluproof.theory.transformation": ("Transformation",),
        "reluproof.verify.claims.function_on_data": ("FunctionOnData",),
        "reluproof.verify.claims.g_convexity": ("Mixture",),
        "reluproof.verify.claims.p_discrete_labels": ("UniformLabels",),
        "reluproof.verify.claims.w_adding_a_point": ("Addition",),
    }  # fmt: skip
    used = {home: [name for name in names if re.search(rf"\b{name}\(", subject)] for home, names in homes.items()}
    fmpq = ["from flint import fmpq"] if re.search(r"\bfmpq\(", subject) else []
    return fmpq + [f"from {home} import {', '.join(names)}" for home, names in used.items() if names]


def json_data(data: Dataset) -> dict[str, Any]:
    """The dataset as the JSON object that `reluproof check -` reads."""
    return {"x": numerals(data.points), "y": [numerals(label) for label in data.labels]}


def hunt_json(found: Hunt, certificate: list[str] | None) -> dict[str, Any]:
    """The object of `reluproof hunt --json`."""
    return {
        "schema": "reluproof.hunt/1",
        "claim": found.hunted.name,
        "statement": found.hunted.statement,
        "found": found.verdict is not None,
        "seed": found.seed,
        "examples": {"asked": found.examples, "tried": found.tried, "undecided": found.undecided},
        "strategy": found.hunted.words,
        "reason": None if found.verdict is None else found.verdict.reason,
        "witness": None if found.verdict is None else repr(found.subject),
        "counterexample": None if found.counterexample is None else counterexample_object(found.counterexample),
        "smallest": None if found.smallest is None else smallest_object(found.smallest),
        "certificate": certificate,
    }


def counterexample_object(found: Counterexample) -> dict[str, Any]:
    """A counterexample as JSON: data, words, functions as networks, exact numbers as strings."""
    return {
        "data": json_data(found.data),
        "says": found.says,
        "functions": {name: network(f) for name, f in found.functions},
        "values": dict(found.values),
    }


def smallest_object(best: Smallest) -> dict[str, Any]:
    """How small it is, as JSON."""
    return {
        "proved": best.proved,
        "largest_label": best.height,
        "decided": best.decided,
        "undecided": best.undecided,
        "words": best.words,
    }
