"""The files that networks come in: .npz, .safetensors and JSON as named arrays, or as a JSON that lists neurons.

Decimals in JSON are read exactly as written; floats in arrays are the dyadic rationals that they are. Nothing is
unpickled.
"""

import hashlib
import json
import os
from codecs import BOM_UTF8
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from ...theory.numeral import NumeralError, parse_rational
from ..reading import InputError
from ..reading.array_bytes import ZIP_MAGIC, parse_archive
from ..reading.json_text import parsed_object
from ..reading.source import MAX_NUMBERS, decoded, printable, read_bytes

Format = Literal["npz", "safetensors", "json"]

_PICKLES = (".pt", ".pth", ".pkl", ".pickle", ".ckpt", ".bin", ".joblib")
_INSTEAD = (
    "save the arrays instead: numpy.savez('network.npz', **{k: v.cpu().numpy() for k, v in model.state_dict().items()})"
)
_OBJECT = 'write {"neurons": [...], ...}, or arrays by name'
_FORMS = "give .npz, .safetensors or JSON"

_Named = tuple[Mapping[str, Any], Mapping[str, str]]
"""Arrays by name, and the type of each ("float32", ...)."""


@dataclass(frozen=True, slots=True, eq=False)
class Content:
    """What a file holds. arrays: by name, None where the JSON lists neurons, as listing has it, numbers as their text.

    types: the type of each array ("float32", ...), empty for JSON.
    """

    sha256: str
    format: Format
    arrays: Mapping[str, Any] | None
    types: Mapping[str, str]
    listing: Mapping[str, Any] | None


def read_content(path: str) -> Content:
    """The content of a file; InputError, without its name, if it holds no named arrays and no list of neurons."""
    content = read_bytes(path, _FORMS)
    form, digest = _format(path, content), hashlib.sha256(content).hexdigest()
    if form == "json":
        found = parsed_object(decoded(content), _OBJECT, _unique)
        listed = "neurons" in found
        return Content(digest, form, None if listed else _exact("", found), {}, found if listed else None)
    arrays, types = _npz(content) if form == "npz" else _safetensors(content)
    if (count := sum([int(array.size) for array in arrays.values()])) > MAX_NUMBERS:
        raise InputError(f"the file holds {count} numbers: at most {MAX_NUMBERS} are read exactly")
    return Content(digest, form, arrays, types, None)


def _format(path: str, content: bytes) -> Format:
    suffix = os.path.splitext(path)[1].lower()
    in_zip = content.startswith(ZIP_MAGIC) and b"data.pkl" in content[:4096]
    if in_zip or suffix in _PICKLES or content[:1] == b"\x80":
        raise InputError(f"this is a pickle, which can run code when it is read, and is refused: {_INSTEAD}")
    if content.startswith(b"\x89HDF"):
        raise InputError(f"this is HDF5: {_INSTEAD.replace('model.state_dict()', 'layers')}")
    if suffix == ".safetensors":
        return "safetensors"
    if content.startswith(ZIP_MAGIC):
        return "npz"
    if suffix == ".json" or content.removeprefix(BOM_UTF8).lstrip()[:1] == b"{":
        return "json"
    raise InputError(f"this holds no network: {_FORMS}")


def _npz(content: bytes) -> _Named:
    arrays = parse_archive(content)
    return arrays, {name: array.dtype.name for name, array in arrays.items()}


def _safetensors(content: bytes) -> _Named:
    try:
        import safetensors
    except ImportError:
        raise InputError("reading .safetensors needs an extra: pip install 'reluproof[networks]'") from None
    library: Any = safetensors
    try:
        tensors = dict(library.deserialize(content))
    except library.SafetensorError as error:
        raise InputError(f"the .safetensors file is damaged ({printable(str(error))}): save it again") from None
    arrays = {name: _tensor(name, tensor) for name, tensor in tensors.items()}
    return arrays, {name: _TYPES[tensor["dtype"]] for name, tensor in tensors.items()}


_TYPES = {
    "F64": "float64", "F32": "float32", "F16": "float16", "BF16": "bfloat16",
    "I64": "int64", "I32": "int32", "I16": "int16", "I8": "int8", "U8": "uint8",
}  # fmt: skip


def _tensor(name: str, tensor: Mapping[str, Any]) -> Any:
    import numpy

    if tensor["dtype"] not in _TYPES:
        raise InputError(f"{name} holds {tensor['dtype']}: give floats of at most 64 bits, or integers")
    kind = _TYPES[tensor["dtype"]]
    if kind == "bfloat16":  # the upper half of a float32
        halves = numpy.frombuffer(tensor["data"], dtype="<u2").astype("<u4") << 16
        return halves.view("<f4").reshape(tensor["shape"])
    return numpy.frombuffer(tensor["data"], dtype=numpy.dtype(kind).newbyteorder("<")).reshape(tensor["shape"])


def _exact(name: str, value: Any) -> Any:
    """The JSON with every numeral read exactly."""
    if isinstance(value, dict):
        alone = next((key for key, inner in value.items() if not isinstance(inner, list | dict)), None)
        if alone is not None:
            raise InputError(f"{alone} is not a list: write arrays by name as lists of numbers")
        return {key: _exact(key, inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_exact(name, inner) for inner in value]
    if not isinstance(value, str):
        raise InputError(f"{name} holds {json.dumps(value)}: write numbers, in lists")
    try:
        return parse_rational(value)
    except NumeralError as error:
        raise InputError(f"{name}: {error}") from None


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise InputError("the JSON has a key twice")
    return found
