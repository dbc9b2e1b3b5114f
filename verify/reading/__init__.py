"""Files, tables, arrays and data frames in, exact datasets out: the only room that knows how a number is written."""

from .choices import Choices
from .ingest import ingest
from .provenance import ReadData, Source
from .read import read, read_arrays, read_frame
from .source import MAX_BYTES, InputError

__all__ = ["MAX_BYTES", "Choices", "InputError", "ReadData", "Source", "ingest", "read", "read_arrays", "read_frame"]
