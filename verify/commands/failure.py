"""What went wrong, in one line, and the exit status that says whose fault it is."""

import os
import traceback

from ..reading.source import InputError, printable
from .exit_status import BAD_INPUT, FAULT

LONGEST_WORDS = 200


def described(error: Exception) -> tuple[str, int]:
    """The line for an exception, and its status: bad input, or a fault of reluproof that asks for a report."""
    match error:
        case InputError():
            return str(error), BAD_INPUT
        case OSError() if error.filename is None:
            return f"the answer cannot be printed: {error.strerror or error}", BAD_INPUT
        case OSError():
            return f"{printable(str(error.filename))}: {error.strerror}", BAD_INPUT
        case MemoryError():
            return "there is not enough memory for this: try fewer points, tasks, digits or labels", BAD_INPUT
    if type(error).__name__ == "BrokenProcessPool":
        return "a process was ended from outside, for want of memory perhaps: try fewer --jobs", BAD_INPUT
    place = traceback.extract_tb(error.__traceback__)[-1]
    words = printable(" ".join(str(error).split()))[:LONGEST_WORDS]
    return (
        f"this is a fault of reluproof, not an answer ({type(error).__name__} at {os.path.basename(place.filename)}, "
        f"line {place.lineno}: {words}); please report it with the command and the data",
        FAULT,
    )
