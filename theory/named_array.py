"""Arrays of any framework under their names: exact numbers with a shape."""

from dataclasses import dataclass
from typing import Any

from .arrays import DatasetError, exact_column, require_numbers, untied
from .numbers import Vector

Rows = tuple[Vector, ...]


class LayersError(ValueError):
    """The arrays are not the layers of a two-layer network, or not in one way only."""


@dataclass(frozen=True, slots=True)
class Array:
    """A named array of exact numbers: its shape, and its rows (one row if it is one-dimensional)."""

    name: str
    shape: tuple[int, ...]
    rows: Rows

    @property
    def described(self) -> str:
        """The name with the shape, for messages."""
        return f"{self.name} {self.shape}"

    @property
    def is_kernel(self) -> bool:
        """Whether the name says that it is kept transposed: (inputs, outputs)."""
        return parts_of(self.name)[1] == "kernel"

    def transposed(self) -> "Array":
        """The array with rows and columns exchanged; vectors stay."""
        if len(self.shape) == 1:
            return self
        return Array(self.name, self.shape[::-1], tuple(zip(*self.rows, strict=True)))


def exact_array(name: str, value: Any) -> Array:
    """An array of one or two dimensions with every entry exact; floats are the dyadic rationals that they are.

    value: nested sequences of numbers, or an array of numpy, torch, jax or any library that numpy can read; float16,
    bfloat16, float32, float64, integers and exact rationals. Raises LayersError.

    >>> exact_array("output.weight", [[1, 0.5]])
    Array(name='output.weight', shape=(1, 2), rows=((1, 1/2),))
    """
    nested = value if isinstance(value, list | tuple) else _listed(name, value)
    is_row = [isinstance(row, list | tuple) for row in nested]
    rows = [list(row) for row in nested] if all(is_row) else [list(nested)]
    if not rows or not rows[0] or any(is_row) != all(is_row) or any(len(row) != len(rows[0]) for row in rows):
        raise LayersError(f"{name} is not a rectangular array of numbers")
    try:
        exact = tuple(
            [tuple(exact_column(row, f"{name}, row {index}, entry {{0}}".format)) for index, row in enumerate(rows)]
        )
    except DatasetError as error:
        raise LayersError(str(error).replace("a dataset needs", "a network needs")) from None
    return Array(name, (len(rows), len(rows[0])) if all(is_row) else (len(rows[0]),), exact)


def _listed(name: str, value: Any) -> list[Any]:
    """An array of any library as nested lists of Python numbers."""
    import numpy

    try:
        array = numpy.asanyarray(untied(name, value))  # a mask stays, and is refused
        if array.dtype.name == "bfloat16":
            array = array.astype(numpy.float32)
        require_numbers(name, array)
    except DatasetError as error:
        raise LayersError(str(error)) from None
    except (TypeError, ValueError) as error:
        raise LayersError(f"{name} is no array of numbers ({error})") from None
    if array.ndim not in (1, 2):
        raise LayersError(f"{name} has shape {array.shape}: a layer's weight has two dimensions, its bias one")
    listed: list[Any] = array.tolist()
    return listed


def parts_of(name: str) -> tuple[str, str]:
    """(module, leaf) of a name such as 0.weight or params/Dense_0/kernel.

    >>> parts_of("params/Dense_0/kernel:0")
    ('params.Dense_0', 'kernel')
    """
    module, _, leaf = name.replace("/", ".").rpartition(".")
    return module, leaf.removesuffix(":0").lower()
