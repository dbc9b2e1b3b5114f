"""A progress bar on a terminal for what takes over two seconds, nothing in a pipe."""

from collections.abc import Callable, Iterable
from typing import Any


def bar(unit: str) -> Callable[[Iterable[Any], int], Iterable[Any]]:
    """Wraps an iterator, given how many items it has; `unit` is what one of them is."""

    def wrapped(parts: Iterable[Any], count: int) -> Iterable[Any]:
        from tqdm import tqdm

        shown: Iterable[Any] = tqdm(parts, total=count, disable=None, leave=False, unit=unit, delay=2)
        return shown

    return wrapped
