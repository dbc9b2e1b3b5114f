"""How far long work came: a progress bar on a terminal after two seconds; elsewhere one line about long minutes."""

import sys
from collections.abc import Callable, Iterable, Iterator
from time import monotonic
from typing import Any

HEARD_AFTER = 5.0
"""Seconds of work before the rest is estimated where there is no terminal."""

LONG = 60.0
"""Seconds from which an estimate is said."""


def bar(unit: str) -> Callable[[Iterable[Any], int], Iterable[Any]]:
    """Wraps an iterator, given how many items it has; `unit` is what one of them is."""

    def wrapped(parts: Iterable[Any], count: int) -> Iterable[Any]:
        if sys.stderr is None or not sys.stderr.isatty():
            return _estimated(parts, count, unit)
        from tqdm import tqdm

        shown: Iterable[Any] = tqdm(parts, total=count, leave=False, unit=unit, delay=2)
        return shown

    return wrapped


def _estimated(parts: Iterable[Any], count: int, unit: str) -> Iterator[Any]:
    """Says once, on standard error, how long the rest will take, if that is long."""
    start, said = monotonic(), False
    for done, part in enumerate(parts, start=1):
        yield part
        passed = monotonic() - start
        rest = passed / done * (count - done)
        if not said and passed > HEARD_AFTER and rest > LONG:
            said = True
            if sys.stderr is not None:
                print(
                    f"reluproof: about {_time(rest)} to go ({done:,} of {count:,} {unit}s)", file=sys.stderr, flush=True
                )


def _time(seconds: float) -> str:
    """'90 seconds', '25 minutes', '30 hours', '12 days'."""
    for size, unit, largest in ((1, "seconds", 120), (60, "minutes", 120), (3600, "hours", 72)):
        if seconds < size * largest:
            return f"{seconds / size:.0f} {unit}"
    return f"{seconds / 86400:,.0f} days"
