"""Bytes -> records: a parser for the part of JSON that a certificate may use, and the shapes of the records."""

import re
from collections.abc import Iterator
from typing import Any

LONGEST_LINE, DEEPEST = 1 << 22, 200
_TOKEN = re.compile(
    r"[ \t\n\r]*(?:(?P<mark>[][{}:,])|(?P<word>true|false|null)|(?P<count>0|[1-9][0-9]{0,14})(?![0-9.eE])"
    r'|"(?P<text>(?:[^"\\\x00-\x1f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*)")'
)
_WORDS = {"true": True, "false": False, "null": None}
_END = re.compile(r"[ \t\n\r]*\Z")


class Illegible(Exception):
    """The file cannot be read as a certificate."""


class Broken(Exception):
    """A rule of the specification is broken."""


def parse_lines(lines: list[bytes]) -> list[dict[str, Any]]:
    """All records; lines are given with their ends."""
    return [_parse_line(line) for line in lines]


def _parse_line(line: bytes) -> dict[str, Any]:
    if len(line) > LONGEST_LINE or not line.endswith(b"\n"):
        raise Illegible("line too long, or without an end")
    try:
        text = line.decode("utf-8")
    except UnicodeDecodeError:
        raise Illegible("not UTF-8") from None
    tokens = _tokens(text)
    value = _value(next(tokens), tokens, 0)
    if next(tokens) is not None or not isinstance(value, dict):
        raise Illegible("not one object a line")
    return value


def _tokens(text: str) -> Iterator[tuple[str, str] | None]:
    position = 0
    while not _END.match(text, position):
        found = _TOKEN.match(text, position)
        if found is None or found.lastgroup is None:
            raise Illegible(f"no token at column {position}")
        yield found.lastgroup, found[found.lastgroup]
        position = found.end()
    while True:
        yield None


def _value(token: tuple[str, str] | None, tokens: Iterator[tuple[str, str] | None], depth: int) -> Any:
    if token is None or depth > DEEPEST:
        raise Illegible("the line ends too early, or is too deep")
    kind, text = token
    if kind == "word":
        return _WORDS[text]
    if kind == "count":
        return int(text)
    if kind == "text":
        return text
    if token == ("mark", "["):
        return _members(tokens, "]", depth)
    if token == ("mark", "{"):
        pairs = _members(tokens, "}", depth)
        if len({key for key, _ in pairs}) != len(pairs):
            raise Illegible("a key occurs twice")
        return dict(pairs)
    raise Illegible(f"{text} is out of place")


def _members(tokens: Iterator[tuple[str, str] | None], closing: str, depth: int) -> list[Any]:
    found: list[Any] = []
    token = next(tokens)
    if token == ("mark", closing):
        return found
    while True:
        if closing == "}":
            if token is None or token[0] != "text" or next(tokens) != ("mark", ":"):
                raise Illegible("a key and a colon are due")
            found.append((token[1], _value(next(tokens), tokens, depth + 1)))
        else:
            found.append(_value(token, tokens, depth + 1))
        mark = next(tokens)
        if mark == ("mark", closing):
            return found
        if mark != ("mark", ","):
            raise Illegible("a comma is due")
        token = next(tokens)


# ---- Shapes ---------------------------------------------------------------------------------------------------------

Pair = tuple[int, int]
_FRACTION = re.compile(r"(-?[0-9]+)(?:/([0-9]+))?")
_DECIMAL = re.compile(r"([+-]?)([0-9]*)(?:\.([0-9]*))?(?:[eE]([+-]?[0-9]+))?")


def fraction(value: Any, longest: int = 50_000) -> Pair:
    """(numerator, denominator > 0) of a string "p" or "p/q"."""
    found = _FRACTION.fullmatch(value) if isinstance(value, str) else None
    if found is None or len(found[1]) > longest + 1 or len(found[2] or "") > longest + 1:
        raise Broken(f"no exact number: {value!r:.40}")
    if found[2] is not None and not found[2].strip("0"):
        raise Broken("a denominator is zero")
    return int(found[1]), int(found[2] or "1")


def datum(value: Any) -> Pair:
    """As `fraction`, with the shorter limit of points and labels."""
    if not isinstance(value, str) or len(value) > 5000:
        raise Broken("no number, or longer than 5000 characters")
    return fraction(value)


def decimal(value: Any) -> Pair:
    """(numerator, denominator > 0) of a decimal string."""
    found = _DECIMAL.fullmatch(value) if isinstance(value, str) else None
    if found is None or not (found[2] or found[3]):
        raise Broken(f"no decimal number: {value!r:.40}")
    places, exponent = found[3] or "", found[4] or "0"
    if len(found[2]) > 1200 or len(places) > 1200 or len(exponent.lstrip("+-")) > 4:
        raise Broken("a decimal number beyond the limits")
    power = int(exponent) - len(places)
    digits = int(found[2] + places) * (-1 if found[1] == "-" else 1)
    return (digits * 10**power, 1) if power >= 0 else (digits, 10**-power)


def members(record: Any, *keys: str) -> list[Any]:
    """The values of exactly these keys."""
    if not isinstance(record, dict) or sorted(record) != sorted(keys):
        raise Broken(f"the keys are not {keys}")
    return [record[key] for key in keys]


def index(value: Any) -> int:
    """A JSON integer; true and false are none."""
    if isinstance(value, bool) or not isinstance(value, int):
        raise Broken(f"no integer: {value!r:.40}")
    return value


def flag(value: Any) -> bool:
    """true or false."""
    if not isinstance(value, bool):
        raise Broken(f"not true or false: {value!r:.40}")
    return value


def items(value: Any, length: int) -> list[Any]:
    """A list of this length."""
    if not isinstance(value, list) or len(value) != length:
        raise Broken(f"no list of length {length}")
    return value
