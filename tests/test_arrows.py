"""The plan of the house: who may import whom. Imports go down, never up, and no files import each other in a circle."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

LEVELS = (
    {"theory"},
    {"collector"},
    {"reading", "solve", "strategies", "words", "drawing", "checker", "data_sha256", "kernel_checker", "fit_checker"},
    {"whole_file", "one_page", "places", "arrays"},
    {"answers"},
    {"census", "fit"},
    {"probe", "networks", "many_inputs"},
    {"certify", "claims", "independent", "proved_program"},
    {"check"},
    {"standing", "hunt", "report", "explore", "pictures"},
    {"page"},
    {"commands"},
    {"cli"},
    {"verify"},
    {"face"},
)
"""From the ground up. A room imports from itself and from the rooms of lower levels; "verify" is its __init__.py."""

HEIGHT = {room: height for height, rooms in enumerate(LEVELS) for room in rooms}


def modules() -> dict[str, tuple[Path, ast.Module]]:
    """Every module of both rooms by its dotted name below `reluproof`."""
    found = {}
    for folder in ("theory", "verify"):
        for path in (ROOT / folder).rglob("*.py"):
            parts = path.relative_to(ROOT).with_suffix("").parts
            name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
            found[name] = path, ast.parse(path.read_text(encoding="utf-8"))
    return found


MODULES = modules()


def imported(name: str, tree: ast.Module, *, package: bool) -> Iterator[str]:
    """The modules of ours that a module imports, wherever in it; relative imports only, which a test requires."""
    parts = name.split(".")
    here = parts if package else parts[:-1]
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.level:
            start = [*here[: len(here) - node.level + 1], *(node.module or "").split(".")]
            target = ".".join(part for part in start if part)
            for alias in node.names:
                inner = f"{target}.{alias.name}".lstrip(".")
                yield inner if inner in MODULES else target


def arrows() -> dict[str, set[str]]:
    """{module: the modules that it imports}; the face is left out, whose own name is `reluproof`."""
    found = {}
    for name, (path, tree) in MODULES.items():
        if not name.startswith("verify.face"):
            package = path.name == "__init__.py"
            found[name] = set(imported(name, tree, package=package)) - {name}
    return found


ARROWS = arrows()


def room(module: str) -> str:
    """The folder or file of the second level that a module belongs to."""
    parts = module.split(".")
    return parts[0] if parts[0] == "theory" or len(parts) == 1 else parts[1]


def upward(found: dict[str, set[str]]) -> list[str]:
    """The arrows that do not go down."""
    return [
        f"{upper} imports {lower}"
        for upper, targets in found.items()
        for lower in targets
        if room(upper) != room(lower) and HEIGHT[room(upper)] <= HEIGHT[room(lower)]
    ]


def circle(found: dict[str, set[str]]) -> list[str]:
    """What is left when files that import nothing are taken away again and again: circles, and what needs them."""
    left = {name: set(targets) & set(found) for name, targets in found.items()}
    while bottom := {name for name, targets in left.items() if not targets}:
        left = {name: targets - bottom for name, targets in left.items() if name not in bottom}
    return sorted(left)


def test_every_room_has_a_level():
    """A new folder or file must be given its place; no level names a room twice."""
    assert {room(name) for name in MODULES} <= set(HEIGHT)
    assert sum(map(len, LEVELS)) == len(HEIGHT)


def test_imports_go_down():
    """No room imports from its own level or from above, not even inside a function."""
    assert upward(ARROWS) == []


def test_no_circle_between_files():
    """Not even one that goes through an import inside a function."""
    assert circle(ARROWS) == []


def test_only_relative_imports_inside():
    """The name of the parent is nowhere needed, and every arrow is seen by this test."""
    absolute = [
        name
        for name, (_, tree) in MODULES.items()
        for node in ast.walk(tree)
        if (isinstance(node, ast.ImportFrom) and not node.level and (node.module or "").startswith("reluproof"))
        or (isinstance(node, ast.Import) and any(alias.name.startswith("reluproof") for alias in node.names))
    ]
    assert absolute == []


@pytest.mark.parametrize("checker", [name for name in MODULES if name.endswith("checker")])
def test_checkers_stand_alone(checker):
    """They import nothing of ours."""
    assert ARROWS[checker] == set()


@pytest.mark.parametrize(
    ("upper", "lower"),
    [
        ("theory.optimum", "verify.words"),
        ("verify.answers.answers", "verify.claims.claim"),
        ("verify.solve.norms", "verify.arrays.table"),
    ],
)
def test_an_arrow_up_is_noticed(upper, lower):
    """One more import, and the test above fails."""
    assert upward({**ARROWS, upper: ARROWS[upper] | {lower}}) == [f"{upper} imports {lower}"]


def test_a_circle_is_noticed():
    """A file of claims that claim.py imports back, say."""
    back = {**ARROWS, "verify.claims.claim": ARROWS["verify.claims.claim"] | {"verify.claims.a_optimal_value"}}
    assert "verify.claims.claim" in circle(back)


def test_decide_is_what_is_done_to_arrays():
    """A claim gives a `verdict_on` findings; the name `decide` is left to uniqueness at array speed."""
    homes = {
        name
        for name, (_, tree) in MODULES.items()
        for node in ast.walk(tree)
        if (isinstance(node, ast.FunctionDef) and node.name == "decide")
        or (isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.target.id == "decide")
    }
    assert homes == {"verify.arrays.decide"}
