"""Files, tables and arrays in, exact datasets out: the only room that knows how a number is written in a file."""

from .read import ReadData, Reading, read, read_arrays
from .source import MAX_BYTES, InputError

__all__ = ["MAX_BYTES", "InputError", "ReadData", "Reading", "read", "read_arrays"]
