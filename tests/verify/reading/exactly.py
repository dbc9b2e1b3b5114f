"""What the exact reader reads in a text, in the order of the file."""

from reluproof.verify.reading.choices import DEFAULT
from reluproof.verify.reading.exact_cells import exact
from reluproof.verify.reading.source import InputError, decoded
from reluproof.verify.reading.table_text import text_cells


def rows_of(text):
    """The rows of exact numbers; InputError if the text is no table of numbers."""
    data = exact(text_cells(text)[0], DEFAULT).data
    return [[point, *label] for point, label in zip(data.points, data.labels, strict=True)]


def rows_or_none(content):
    """The rows in the bytes of a file; None if the exact reader refuses them."""
    try:
        return rows_of(decoded(content))
    except InputError:
        return None
