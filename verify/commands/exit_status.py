"""Exit statuses of the command line."""

DECIDED = 0
"""Decided, and nothing refuted; that a dataset is non-unique is a result, not a failure."""

REFUTED = 1
"""Something is refuted or rejected, or a requirement is not met."""

BAD_INPUT = 2
"""Bad usage or bad input, said in one line on standard error."""

UNDECIDED = 3
"""Something that was asked for stays undecided."""

FAULT = 4
"""A fault of reluproof itself: nothing is decided, and a report is asked for."""

INTERRUPTED = 130
"""Stopped by Ctrl-C, as shells count it."""

ENDED = 128
"""Stopped by a signal, as shells count it: so much and the number of the signal, 143 for SIGTERM, 129 for SIGHUP."""

UNREAD = 141
"""The reader of the output went away before the answer was known, as shells count it."""
