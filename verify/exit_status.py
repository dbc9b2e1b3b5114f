"""Exit statuses of the command line."""

DECIDED = 0
"""Decided, and nothing refuted; that a dataset is non-unique is a result, not a failure."""

REFUTED = 1
"""Something is refuted or rejected, or a requirement is not met."""

BAD_INPUT = 2
"""Bad usage or bad input, said in one line on standard error."""

UNDECIDED = 3
"""Something that was asked for stays undecided."""
