"""`reluproof fit`: noisy data, what weight decay makes of them, and a proof with every number."""

import argparse
import json
import sys
from collections.abc import Iterator
from typing import IO, Any

from flint import fmpq

from ...theory.numeral import format_rational
from .. import fit_checker
from ..reading import InputError
from ..reading.source import printable
from ..whole_file import Judge, in_words, refuse_same_file, report_beside, write_whole
from .data_options import add_data_options, choices_of
from .exit_status import DECIDED, UNDECIDED
from .penalty import Note, add_loss, add_penalty, check_loss, penalty_and_words
from .plot_option import add_plot, check_plot, drawn_plot, write_plot

MOST_DIGITS = 10_000

EXAMPLES = """examples:
  reluproof fit table.csv --lambda 0.01max
  reluproof fit table.csv --weight-decay 1e-4 --loss mse --out fitted.csv
  reluproof fit table.csv --path 60 --json
  reluproof fit table.csv --choose discrepancy:0.3 --certificate proof.jsonl
  reluproof fit table.csv --choose gcv --plot fit.svg"""


def add_fit(commands: "argparse._SubParsersAction[Any]") -> None:
    """Add the command to the parser."""
    command = commands.add_parser(
        "fit",
        help="noisy data: the fit by squared loss and weight decay, certified",
        description="Minimise 1/2 sum |y_i - f(x_i)|^2 + lambda R(f) over all networks, and prove how near the answer "
        "is: exactly for one task, else to as many digits as are asked. Points may repeat. Exit status 3 if something "
        "stays undecided.",
    )
    command.add_argument("data", metavar="DATA", help="one dataset, as for check; points may repeat")
    which = command.add_mutually_exclusive_group(required=True)
    add_penalty(which)
    which.add_argument("--path", metavar="K|exact", help="K lambdas from 0.99 lambda_max down; exact: all breakpoints")
    which.add_argument("--choose", metavar="RULE", help="lambda by discrepancy:SIGMA, gcv or df:K")
    add_loss(command)
    command.add_argument("--weights", metavar="COLUMN", help="the column (name, or number from 1) that holds weights")
    command.add_argument("--digits", type=int, metavar="D", help="prove the fitted labels to D decimals")
    command.add_argument("--exact-value", action="store_true", help="print the exact optimal value, however long")
    command.add_argument("--independent", action="store_true", help="also solve by Clarabel, side by side")
    command.add_argument(
        "--out", metavar="FILE", help="write x and the fitted labels to a CSV file; - for standard output"
    )
    command.add_argument(
        "--certificate",
        metavar="FILE",
        help="write a certificate for recheck; - is standard output, and the report then goes to standard error",
    )
    add_plot(command, "data, fit, residuals and what is proved about the kinks; with --path the kinks over lambda")
    command.add_argument("--json", action="store_true", help="print one JSON object")
    add_data_options(command)
    command.epilog = EXAMPLES
    command.set_defaults(run=run_fit)


def run_fit(arguments: argparse.Namespace) -> int:
    """Fit, print, and write what was asked."""
    _check_usage(arguments)
    from ..fit.noisy import Noisy
    from ..fit.observations import read_observations

    noisy = Noisy.of(read_observations(arguments.data, arguments.weights, choices_of(arguments)))
    if arguments.path is not None:
        return _run_path(noisy, arguments)
    found, notes = _found(noisy, arguments)
    if arguments.independent:
        from ..fit.clarabel_fit import comparison

        notes = (*notes, *comparison(found))
    figure = drawn_plot(arguments, lambda width: _picture(found, arguments.choose, width))
    if arguments.out is not None:
        _write(arguments.out, _table(found, arguments.digits))
    if arguments.certificate is not None:
        from ..fit.certificate import certificate_lines

        _write(arguments.certificate, certificate_lines(found, arguments.digits), _judge)
    # What goes to standard output is alone there.
    with report_beside(arguments.out), report_beside(arguments.certificate):
        _print(found, notes, arguments)
        write_plot(arguments, figure)
    return DECIDED if found.unique is not None and not found.undecided and _good(found, arguments.digits) else UNDECIDED


def _check_usage(arguments: argparse.Namespace) -> None:
    check_loss(arguments)
    if arguments.digits is not None and not 1 <= arguments.digits <= MOST_DIGITS:
        raise InputError(f"--digits: from 1 to {MOST_DIGITS}")
    check_plot(arguments, (arguments.data,), ("out", "certificate"))
    for option in ("out", "certificate"):
        if (path := getattr(arguments, option)) is not None:
            refuse_same_file(f"--{option}", path, arguments.data)
    if arguments.out == arguments.certificate == "-":
        raise InputError("--out and --certificate cannot both go to standard output")
    single = [
        name for name in ("out", "certificate", "independent", "exact_value", "digits") if getattr(arguments, name)
    ]
    if arguments.path is not None and single:
        raise InputError(f"--{single[0].replace('_', '-')} is about one fit: give --lambda, not --path")


def _found(noisy: Any, arguments: argparse.Namespace) -> tuple[Any, tuple[Note, ...]]:
    from ..fit.certified import fit

    if arguments.choose is not None:
        from ..fit.choose import choose

        choice = choose(noisy, arguments.choose)
        found = choice.fit if arguments.digits is None else fit(noisy, choice.fit.penalty, digits=arguments.digits)
        words = choice.certified if choice.certified is not None else f"estimated: {choice.estimated}"
        return found, (("chosen by", f"{choice.rule}; {words}"),)
    penalty, notes = penalty_and_words(noisy, arguments)
    return fit(noisy, penalty, digits=arguments.digits), notes


def _good(found: Any, digits: int | None) -> bool:
    """Whether the labels are proved to the digits asked."""
    return digits is None or bool(found.distance <= fmpq(10) ** -digits)


def _judge(written: IO[bytes]) -> None:
    """Raises what the checker raises: nothing is written that it would not accept."""
    before = sys.get_int_max_str_digits()
    sys.set_int_max_str_digits(0)  # as in the checker's own process
    try:
        fit_checker.Proof(iter(lambda: written.readline(fit_checker.LONGEST_LINE + 1), b"")).run()
    finally:
        sys.set_int_max_str_digits(before)


def _write(path: str, lines: Iterator[str], judge: Judge | None = None) -> None:
    try:
        with in_words(path):
            write_whole(path, lines, judge)
    except (fit_checker.Rejected, fit_checker.Unreadable) as error:
        why = f"{error.args[-1]}, so the checker would not accept it"
        raise InputError(f"{printable(path)}: no certificate is written: {why}") from None


def _table(found: Any, digits: int | None) -> Iterator[str]:
    from ..fit.report import values_and_distance

    values, _ = values_and_distance(found, digits)
    for point, row in zip(found.noisy.data.points, values, strict=True):
        yield ",".join([format_rational(point), *row]) + "\n"


def _print(found: Any, notes: tuple[Note, ...], arguments: argparse.Namespace) -> None:
    from ..fit.report import fit_json, fit_text

    if arguments.json:
        shown = fit_json(found, exact_value=arguments.exact_value, digits=arguments.digits)
        print(json.dumps(shown | {"notes": dict(notes)}))
        return
    print(fit_text(found, exact_value=arguments.exact_value, notes=notes))
    for option in ("out", "certificate"):
        if (path := getattr(arguments, option)) is not None:
            print(f"\n{'fitted labels' if option == 'out' else option} written to {path}")


def _picture(found: Any, rule: str | None, width: float) -> Any:
    """Of one fit; of one that was chosen, with the path that it was chosen from."""
    from ..pictures.fit import plot_fit

    if rule is None:
        return plot_fit(found, width=width)
    from ..fit.certified import fit_path
    from ..fit.choose import grid

    return plot_fit(found, width=width, path=list(fit_path(found.noisy, grid(found.noisy))), chosen=rule)


def _run_path(noisy: Any, arguments: argparse.Namespace) -> int:
    from ..fit import path_report
    from ..pictures.path import plot_exact_path, plot_path

    if arguments.path == "exact":
        from ..fit.exact_path import exact_path

        breakpoints = list(exact_path(noisy))
        figure = drawn_plot(arguments, lambda width: plot_exact_path(noisy, breakpoints, width=width))
        print(
            path_report.exact_json(noisy, breakpoints) if arguments.json else path_report.exact_text(noisy, breakpoints)
        )
        write_plot(arguments, figure)
        return DECIDED
    if not arguments.path.isdecimal() or not 2 <= int(arguments.path) <= 10_000:
        raise InputError("--path: a number of lambdas from 2 to 10000, or exact")
    from ..fit.certified import fit_path
    from ..fit.choose import grid

    fits = list(fit_path(noisy, grid(noisy, int(arguments.path))))
    figure = drawn_plot(arguments, lambda width: plot_path(fits, width=width))
    print(path_report.path_json(fits) if arguments.json else path_report.path_text(fits))
    write_plot(arguments, figure)
    return DECIDED if all(found.unique is not None and not found.undecided for found in fits) else UNDECIDED
