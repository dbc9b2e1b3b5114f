"""Datasets as JSON: {"x": [...], "y": [[...], ...]}, every number read from its decimal text."""

import json
from collections.abc import Callable
from typing import Any

from flint import fmpq

from ...theory.numeral import NumeralError, parse_rational, shown
from .source import InputError

_SHAPE = 'write {"x": [points], "y": [[labels of a point], ...]}'


class Numeral(str):
    """The text of a number as it stands in the JSON."""

    __slots__ = ()


def parse_json(text: str) -> tuple[list[fmpq], list[list[fmpq]]]:
    """The points and labels, in the order of the file; y may be a flat list if there is one task.

    Numbers may also be strings ("1/3"). Unknown and repeated keys, and everything else, are refused (InputError).
    """
    content = _content(text)
    return _points(content["x"]), _labels(content["y"], "y", "labels")


def parse_json_vectors(text: str) -> tuple[list[list[fmpq]], list[list[fmpq]]]:
    """The same where a point may be a list of inputs, all of one length; a number is a list of one."""
    content = _content(text)
    return _labels(content["x"], "x", "inputs"), _labels(content["y"], "y", "labels")


def parsed_object(text: str, remedy: str, made: Callable[[list[tuple[str, Any]]], dict[str, Any]]) -> dict[str, Any]:
    """The object that a JSON text is, its numbers as their text; InputError, which ends with the remedy, if it is none.

    made: makes the dictionary of every object from its keys and values.
    """
    as_text: dict[str, Any] = dict.fromkeys(("parse_int", "parse_float", "parse_constant"), Numeral)
    try:
        content = json.loads(text, object_pairs_hook=made, **as_text)
    except json.JSONDecodeError as error:
        raise InputError(f"row {error.lineno}, column {error.colno}: not JSON ({error.msg}): {remedy}") from None
    except RecursionError:
        raise InputError(f"the JSON is nested too deeply: {remedy}") from None
    if not isinstance(content, dict):
        raise InputError(f"the JSON is not an object: {remedy}")
    return content


def _content(text: str) -> dict[str, Any]:
    """The object with the lists "x" and "y"."""
    content = parsed_object(text, _SHAPE, _object)
    for key in ("x", "y"):
        if not isinstance(content.get(key), list):
            raise InputError(f'the JSON has no list "{key}": {_SHAPE}')
    return content


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    content: dict[str, Any] = {}
    for key, value in pairs:
        if key in content:
            raise InputError(f"the JSON has the key {shown(key)} twice: {_SHAPE}")
        if key not in ("x", "y"):
            raise InputError(f"the JSON has the unknown key {shown(key)}: {_SHAPE}")
        content[key] = value
    return content


def _points(values: list[Any]) -> list[fmpq]:
    return [_number(value, "x", index) for index, value in enumerate(values)]


def _labels(values: list[Any], key: str, what: str) -> list[list[fmpq]]:
    if not any(isinstance(value, list) for value in values):
        return [[_number(value, key, index)] for index, value in enumerate(values)]
    for index, value in enumerate(values):
        if not isinstance(value, list):
            raise InputError(f"{key}[{index}] is {_kind(value)} among lists: give every point the list of its {what}")
        if len(value) != len(values[0]):
            raise InputError(
                f"{key}[{index}] has {len(value)} {what}, {key}[0] has {len(values[0])}: "
                "give every point the same number"
            )
    return [[_number(cell, key, i, j) for j, cell in enumerate(row)] for i, row in enumerate(values)]


def _number(value: Any, *place: str | int) -> fmpq:
    if isinstance(value, str):
        try:
            return parse_rational(value)
        except NumeralError as error:
            complaint = str(error)
    else:
        complaint = f'{_kind(value)} is not a number: write a number, or a string such as "1/3"'
    raise InputError(f"{place[0]}{''.join(f'[{index}]' for index in place[1:])}: {complaint}")


def _kind(value: Any) -> str:
    if value is None or isinstance(value, bool):
        return json.dumps(value)
    if isinstance(value, Numeral):
        return "a number"
    if isinstance(value, str):
        return "a string"
    return "a list" if isinstance(value, list) else "an object"
