"""Options that say which lambda: as a number, as a share of lambda_max, or by the weight decay of a training loss."""

import argparse
from typing import TYPE_CHECKING

from flint import fmpq

from ...theory.numeral import NumeralError, format_rational, parse_rational
from ...theory.weight_decay import FACTORS, WORDS, penalty_of
from ..reading import InputError

if TYPE_CHECKING:
    from ..fit.noisy import Noisy

Note = tuple[str, str]
"""A name and a text, as a line of a report."""


def add_penalty(group: "argparse._ActionsContainer") -> None:
    """Add --lambda and --weight-decay, of which at most one can be given."""
    group.add_argument("--lambda", dest="penalty", metavar="L", help="lambda, or a share of lambda_max such as 0.01max")
    group.add_argument("--weight-decay", metavar="WD", help="lambda from a weight decay and --loss")


def add_loss(command: argparse.ArgumentParser) -> None:
    """Add --loss."""
    losses = "; ".join(f"{name}: {words}" for name, words in WORDS.items())
    command.add_argument("--loss", choices=sorted(FACTORS), help=f"what is trained: {losses}")


def check_loss(arguments: argparse.Namespace) -> None:
    """InputError unless --weight-decay and --loss are given together."""
    if (arguments.loss is None) != (arguments.weight_decay is None):
        raise InputError("--weight-decay and --loss belong together: give both")


def penalty_and_words(noisy: "Noisy", arguments: argparse.Namespace) -> tuple[fmpq, tuple[Note, ...]]:
    """lambda from --lambda or --weight-decay, and how it came about; InputError, one line, for anything else."""
    if arguments.weight_decay is not None:
        decay = numeral_of("--weight-decay", arguments.weight_decay)
        try:
            value = penalty_of(arguments.loss, decay, noisy.observed, noisy.tasks)
        except ValueError as error:
            raise InputError(f"--weight-decay: {error}") from None
        words = f"weight decay {format_rational(decay)} of the loss {arguments.loss}: {WORDS[arguments.loss]}"
        return value, (("lambda from", words),)
    text = arguments.penalty
    if not text.endswith("max"):
        return numeral_of("--lambda", text), ()
    share = numeral_of("--lambda", text[: -len("max")] or "1")
    from ..fit.choose import share_of_max

    largest = share_of_max(noisy, share)
    if largest is None:
        raise InputError("--lambda: lambda_max is 0, because the labels lie on a line: give lambda as a number")
    return largest, (("lambda from", f"{format_rational(share)} of lambda_max, rounded up"),)


def numeral_of(option: str, text: str) -> fmpq:
    """The number of an option, read exactly; InputError names the option where the text is none."""
    try:
        return parse_rational(text)
    except NumeralError as error:
        raise InputError(f"{option}: {error}") from None
