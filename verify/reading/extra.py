"""The optional libraries for workbooks, Parquet, Arrow and data frames: a line names the extra where one is missing."""

from collections.abc import Iterator
from contextlib import contextmanager

from .source import InputError


@contextmanager
def needs_extra(what: str) -> Iterator[None]:
    """Turns a missing library into an InputError that says how to get it."""
    try:
        yield
    except ImportError as error:
        missing = getattr(error, "name", None) or "a library"
        raise InputError(f"reading {what} needs {missing}: pip install 'reluproof[tables]'") from None
