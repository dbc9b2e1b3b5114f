"""SIGTERM and SIGHUP as exceptions, so that what was begun is cleared away: temporary files, processes of a pool."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn

from .exit_status import ENDED

_SIGNALS = (signal.SIGTERM, *([signal.SIGHUP] if hasattr(signal, "SIGHUP") else []))


class Terminated(BaseException):
    """A signal came that ends the program, and its exit status; no `except Exception` holds it up."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.status = ENDED + number


def _raise(number: int, _frame: FrameType | None) -> NoReturn:
    raise Terminated(number)


@contextmanager
def terminable() -> Iterator[None]:
    """Inside, the signals raise `Terminated`; afterwards they are what they were, and those ignored stay so.

    Outside the main thread nothing changes.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.getsignal(number) for number in _SIGNALS}
    taken = [number for number, handler in before.items() if handler is not signal.SIG_IGN]  # nohup ignores SIGHUP
    for number in taken:
        signal.signal(number, _raise)
    try:
        yield
    finally:
        for number in taken:
            signal.signal(number, before[number])
