"""Python's collector of circular garbage at rest: exact data are many small objects and no circles."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def resting_collector() -> Iterator[None]:
    """Inside, nothing looks for circles: looking through millions of numbers again and again takes a tenth of the time.

    What is no longer needed goes all the same, by its count of references. Another thread that leaves first ends the
    rest for all; none is left at rest for ever.
    """
    worked = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if worked:
            gc.enable()
