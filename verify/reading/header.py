"""Names or data: what a cell of the first row is, as in GRAMMAR.md, section 3."""

import re

_EXPONENT = re.compile(r"(?<=[\d.])[eEdD](?=[+-]?\d)")
_SPECIAL = re.compile(
    r"[+-]?(?:nan|inf|infinity)|nan\(.*|[+-]?0[xbo][0-9a-f_]+|[+-]?[0-9]+\.#.*", re.IGNORECASE | re.ASCII | re.DOTALL
)
_ERROR_WORD = re.compile(r"#(?:N/[A-Z]+|NV|[A-Z0-9_/.]+[!?])")


def attempts_number(cell: str) -> bool:
    """Whether the cell is a number or looks like one: the first row is a header if no cell of it does.

    >>> [attempts_number(cell) for cell in ("1,234", "++9", "2020-01-01", "nan", "#N/A")]
    [True, True, True, True, True]
    >>> [attempts_number(cell) for cell in ("3m", "y (1)", "β1", "GDP #1", "NA")]
    [False, False, False, False, False]
    """
    if cell.isascii() and cell.isalpha() and cell[0] not in "nNiI":
        return False
    if _SPECIAL.fullmatch(cell) or is_error_word(cell):
        return True
    if not any([character.isdecimal() for character in cell]):
        return False
    return not any([character.isalpha() for character in _EXPONENT.sub("", cell)])


def is_error_word(cell: str) -> bool:
    """Whether the cell is what a spreadsheet writes in the place of a number: #N/A, #VALUE!, #DIV/0!, #NAME?.

    >>> is_error_word("#DIV/0!"), is_error_word("#1")
    (True, False)
    """
    return cell.startswith("#") and _ERROR_WORD.fullmatch(cell) is not None
