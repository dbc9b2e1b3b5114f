"""Small edits of the source, one expression each: a comparison, a sign, a bound, a constant, and/or, min/max ..."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]

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
class Edit:
    """`old`, from `start` to `stop` in the text of the file, becomes `new`.

    lines: those of the statement around it (of a compound statement, its head); a test that runs none of them
    in its own process cannot run the edit.
    """

    path: str
    line: int
    lines: range
    start: int
    stop: int
    old: str
    new: str

    def key(self) -> tuple[str, str, str]:
        """How the list of equivalent mutants names it: the file, the line before and after."""
        text = (ROOT / self.path).read_text(encoding="utf-8")
        before, after = (whole.splitlines()[self.line - 1].strip() for whole in (text, self.applied(text)))
        return self.path, before, after

    def applied(self, text: str) -> str:
        """The text with the edit."""
        return text[: self.start] + self.new + text[self.stop :]


def edits_of(path: str) -> list[Edit]:
    """All edits of one file, from top to bottom; `path` is from the root."""
    text = (ROOT / path).read_text(encoding="utf-8")
    lines, starts = text.splitlines(), [0]
    for line in text.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    found = []
    for node, around in _in_code(ast.parse(text), range(0)):
        for new in _edited(node):
            assert node.end_lineno is not None
            start = starts[node.lineno - 1] + len(lines[node.lineno - 1].encode()[: node.col_offset].decode())
            last = lines[node.end_lineno - 1].encode()[: node.end_col_offset].decode()
            stop = starts[node.end_lineno - 1] + len(last)
            found.append(Edit(path, node.lineno, around, start, stop, text[start:stop], f"({new})"))
    return found


def _in_code(node: ast.AST, around: range) -> Iterator[tuple[ast.expr, range]]:
    """The expressions that are run, with the lines of their statement.

    No annotations, no texts, no messages of errors, no defaults of decorators.
    """
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
                yield child, around
            if isinstance(child, ast.AST):
                yield from _in_code(child, _lines(child) if isinstance(child, ast.stmt) else around)


def _lines(statement: ast.stmt) -> range:
    body: list[ast.stmt] = getattr(statement, "body", [])
    assert statement.end_lineno is not None
    return range(statement.lineno, max(body[0].lineno, statement.lineno + 1) if body else statement.end_lineno + 1)


def _edited(node: ast.expr) -> Iterator[str]:
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
