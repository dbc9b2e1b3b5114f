"""Mutants drawn at random: one small edit of the source each, and whether the tests of its area notice.

`python tests/mutants/sample.py --number 200 --seed 1` works on a copy of the tracked files, prints every mutant with
what became of it, and a table of killed, survived and equivalent ones by area. A mutant that makes the tests run for
several times as long as usual counts as killed. Exit status: 1 if one survives that is not known to be equivalent.
"""

import argparse
import ast
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]

OF_THEORY = (
    *("copositivity", "dataset", "directions", "duality", "enclosure", "knot_sums", "margin", "membership", "nearest"),
    *(
        "numeral",
        "numbers",
        "optimum",
        "root_sum",
        "sobolev",
        "solution_set",
        "spline",
        "stability",
        "stencil",
        "vectors",
    ),
)

AREAS: dict[str, tuple[list[str], list[str]]] = {
    "theory": (
        [f"theory/{name}.py" for name in OF_THEORY],
        [
            *[
                f"tests/theory/test_{name}.py"
                for name in ("numbers", "numeral", "root_sum", "enclosure", "nearest", "knot_sums")
            ],
            *(
                "tests/claims/test_exact.py",
                "tests/certificates/test_writer.py",
                "tests/agreement/test_oracle_itself.py",
            ),
        ],
    ),
    "checker": (
        ["verify/checker.py", "verify/data_sha256.py"],
        [
            *("tests/certificates/test_corpora.py", "tests/certificates/test_lone_checker.py"),
            *("tests/verify/reading/test_reader_of_the_checker.py", "tests/certificates/test_exhaustion.py"),
        ],
    ),
    "certify": (
        ["verify/certify"],
        [
            *("tests/certificates/test_writer.py", "tests/certificates/test_coverage.py"),
            "tests/verify/arrays/test_certificate.py",
        ],
    ),
    "arrays": (["verify/arrays"], ["tests/verify/arrays"]),
    "census": (["verify/census"], ["tests/verify/census"]),
}
"""The sources of each area, and the tests that have to notice."""

EQUIVALENT: dict[tuple[str, str, str, str], str] = {
    (
        "verify/certify/file.py",
        "first = written.readline(checker.LONGEST_LINE + 1)",
        "1",
        "(2)",
    ): "a first line longer than the limit is long by either count",
    (
        "verify/census/decay.py",
        "_FLOAT_BITS = 200",
        "200",
        "(201)",
    ): "precision of an approximation that is proved later",
    (
        "verify/census/decay.py",
        "_MOST_PRODUCTS = 10_000_000",
        "10_000_000",
        "(10000001)",
    ): "a bound on work, not a value",
    ("verify/census/decay.py", "_PLAIN_STEPS = 200", "200", "(201)"): "steps of an approximation that is proved later",
}
"""Survivors that are no mistake: (file, line of source, old, new) and why nothing observable changes."""

COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
OPERATIONS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Add,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.FloorDiv,
    ast.LShift: ast.RShift,
    ast.RShift: ast.LShift,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
}
NAMES = {"min": "max", "max": "min", "any": "all", "all": "any", "lower": "upper", "upper": "lower"}
NAMES |= {"first": "last", "last": "first", "floor": "ceil", "ceil": "floor", "sorted": "list"}


@dataclass(frozen=True, slots=True)
class Mutant:
    """`old`, from `start` to `stop` in the text of the file, becomes `new`."""

    path: str
    line: int
    start: int
    stop: int
    old: str
    new: str

    def key(self) -> tuple[str, str, str, str]:
        """How the list of equivalent mutants names it."""
        line = (ROOT / self.path).read_text(encoding="utf-8").splitlines()[self.line - 1]
        return self.path, line.strip(), self.old, self.new

    def applied(self, text: str) -> str:
        """The text with the edit."""
        return text[: self.start] + self.new + text[self.stop :]


def mutants_of(path: str) -> list[Mutant]:
    """All edits of one file, from top to bottom."""
    text = (ROOT / path).read_text(encoding="utf-8")
    starts = [0]
    for line in text.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    found = []
    for node in _in_code(ast.parse(text)):
        for new in _edits(node):
            lines = text.splitlines()
            start = starts[node.lineno - 1] + len(lines[node.lineno - 1].encode()[: node.col_offset].decode())
            assert node.end_lineno is not None
            last = lines[node.end_lineno - 1].encode()[: node.end_col_offset].decode()
            stop = starts[node.end_lineno - 1] + len(last)
            found.append(Mutant(path, node.lineno, start, stop, text[start:stop], f"({new})"))
    return found


def _in_code(node: ast.AST) -> Iterator[ast.expr]:
    """The expressions that are run: no annotations, no texts, no messages of errors, no defaults of decorators."""
    for field, value in ast.iter_fields(node):
        if field in ("annotation", "returns", "decorator_list", "exc", "msg", "type_params"):
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.keyword) and child.arg == "strict":  # a check of lengths that are equal
                continue
            if isinstance(child, ast.JoinedStr) or (
                isinstance(child, ast.If) and "TYPE_CHECKING" in ast.dump(child.test)
            ):
                continue
            if isinstance(child, ast.expr):
                yield child
            if isinstance(child, ast.AST):
                yield from _in_code(child)


def _edits(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Compare) and len(node.ops) == 1 and type(node.ops[0]) in COMPARISONS:
        yield ast.unparse(ast.Compare(node.left, [COMPARISONS[type(node.ops[0])]()], node.comparators))
    elif isinstance(node, ast.BinOp) and type(node.op) in OPERATIONS:
        yield ast.unparse(ast.BinOp(node.left, OPERATIONS[type(node.op)](), node.right))
    elif isinstance(node, ast.BoolOp):
        other: ast.boolop = ast.Or() if isinstance(node.op, ast.And) else ast.And()
        yield ast.unparse(ast.BoolOp(other, node.values))
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not | ast.USub):
        yield ast.unparse(node.operand)
    elif isinstance(node, ast.IfExp):
        yield ast.unparse(ast.IfExp(node.test, node.orelse, node.body))
    elif isinstance(node, ast.Constant) and type(node.value) is int:
        yield str(node.value + 1)
    elif isinstance(node, ast.Constant) and type(node.value) is bool:
        yield str(not node.value)
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in NAMES:
        yield ast.unparse(ast.Call(ast.Name(NAMES[node.func.id]), node.args, node.keywords))
    elif isinstance(node, ast.Attribute) and node.attr in NAMES and isinstance(node.ctx, ast.Load):
        yield ast.unparse(ast.Attribute(node.value, NAMES[node.attr], ast.Load()))


class Workshop:
    """A copy of the tracked files, in which one file at a time is edited."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
        for name in listed.decode().split("\0"):
            if name and (ROOT / name).is_file():
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(ROOT / name, folder / name)
        package = folder / "build" / "package" / "reluproof"
        package.mkdir(parents=True)
        for name in ("__init__.py", "__main__.py"):
            (package / name).symlink_to(folder / "verify" / "face" / name)
        for room in ("theory", "verify"):
            (package / room).symlink_to(folder / room)

    def passes(self, tests: list[str], limit: float | None) -> bool:
        """Whether the tests pass in so many seconds; every failure, also a crash, is noticing."""
        environment = {
            **os.environ,
            "PYTHONPATH": str(self.folder / "build" / "package"),
            "PYTHONDONTWRITEBYTECODE": "1",
        }
        command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *tests]
        with subprocess.Popen(
            command,
            cwd=self.folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        ) as run:
            try:
                return run.wait(limit) == 0
            except subprocess.TimeoutExpired:
                os.killpg(run.pid, 9)
                return False

    def survives(self, mutant: Mutant, tests: list[str], limit: float) -> bool:
        """Whether the tests pass with the mutant in place."""
        target = self.folder / mutant.path
        sound = target.read_text(encoding="utf-8")
        target.write_text(mutant.applied(sound), encoding="utf-8")
        try:
            return self.passes(tests, limit)
        finally:
            target.write_text(sound, encoding="utf-8")


def sources(places: list[str]) -> list[str]:
    """The files of an area, as paths from the root."""
    found = [
        path for place in places for path in ([ROOT / place] if place.endswith(".py") else (ROOT / place).glob("*.py"))
    ]
    return sorted(path.relative_to(ROOT).as_posix() for path in found)


def sample(area: str, number: int, seed: int) -> list[Mutant]:
    """`number` different mutants of an area, every place being equally likely."""
    found = [mutant for path in sources(AREAS[area][0]) for mutant in mutants_of(path)]
    return random.Random(f"{seed} {area}").sample(found, min(number, len(found)))


def main() -> int:
    """Draws, plants, tests, and prints the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--number", type=int, default=200, help="mutants in all, spread evenly over the areas")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--areas", nargs="+", choices=list(AREAS), default=list(AREAS))
    arguments = parser.parse_args()
    table: dict[str, Counter[str]] = {}
    with tempfile.TemporaryDirectory() as folder:
        workshop = Workshop(Path(folder))
        for area in arguments.areas:
            tests, table[area] = AREAS[area][1], Counter()
            start = time.monotonic()
            if not workshop.passes(tests, None):
                raise SystemExit(f"{area}: the tests fail without a mutant")
            limit = 30 + 5 * (time.monotonic() - start)
            for mutant in sample(area, arguments.number // len(arguments.areas), arguments.seed):
                word = "killed"
                if workshop.survives(mutant, tests, limit):
                    word = "equivalent" if mutant.key() in EQUIVALENT else "survived"
                table[area][word] += 1
                print(f"{word:10} {mutant.path}:{mutant.line}  {mutant.old!r} -> {mutant.new!r}", flush=True)
    words = ("killed", "survived", "equivalent")
    print("\n| area | " + " | ".join(words) + " |\n|---|" + "---|" * len(words))
    for name, found in [*table.items(), ("all", sum(table.values(), Counter()))]:
        print(f"| {name} | " + " | ".join([str(found[word]) for word in words]) + " |")
    return 1 if any(found["survived"] for found in table.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
