"""The command line, as `reluproof` and as `python -m reluproof`; Ctrl-C is quiet from the first import on."""

import os
import signal
from types import FrameType
from typing import NoReturn

INTERRUPTED = 130


def main() -> int:
    """Run the command that the arguments name; returns the exit status."""
    before = signal.getsignal(signal.SIGINT)
    if before is signal.default_int_handler:  # where it is ignored, it stays so
        signal.signal(signal.SIGINT, _end)
    try:
        from .verify import cli

        signal.signal(signal.SIGINT, before)
        return cli.main()
    except KeyboardInterrupt:
        _end(signal.SIGINT, None)


def _end(_number: int, _frame: FrameType | None) -> NoReturn:
    """Ends at once: an exception would be a traceback, or be taken for the failure of an import."""
    os.write(2, b"reluproof: interrupted\n")
    os._exit(INTERRUPTED)


if __name__ == "__main__":
    raise SystemExit(main())
