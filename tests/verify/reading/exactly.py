"""What the exact reader reads in a text, in the order of the file."""

from reluproof.verify.reading.source import InputError, decoded
from reluproof.verify.reading.table_text import parse_table


def rows_of(text):
    """The rows of exact numbers; InputError if the text is no table of numbers."""
    return parse_table(text).rows


def rows_or_none(content):
    """The rows in the bytes of a file; None if the exact reader refuses them."""
    try:
        return rows_of(decoded(content))
    except InputError:
        return None
