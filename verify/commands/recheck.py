"""`reluproof recheck`: hands a certificate to the checker of its kind, in a process of its own."""

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from ..reading import Choices, read
from ..reading.choices import DEFAULT
from ..reading.kinds import kind_of
from ..reading.source import MAX_BYTES, InputError, printable
from .data_options import add_data_options, choices_of

if TYPE_CHECKING:
    from flint import fmpq

_VERIFY = Path(__file__).parents[1]

CHECKER = _VERIFY / "checker.py"
"""Judges what `check` and `decide` write, and every file whose first line names no kind below."""

_FIT_CHECKER = _VERIFY / "fit_checker.py"

CHECKERS: dict[str, Path] = {
    "reluproof.certificate/1": CHECKER,
    "reluproof.fit-certificate/1": _FIT_CHECKER,
    "reluproof.kernel-certificate/1": _VERIFY / "kernel_checker.py",
}
"""The checker for each schema that the first line of a certificate can name: a lone file, standard library only.

Each is run as `python -I -S FILE - [DATA]`: the certificate comes on standard input, DATA is a table of text or JSON.
"""

Rows = Callable[[str, Choices], "Iterable[tuple[fmpq, ...]]"]
"""Reads the exact numbers of a file, one row per point or observation."""

_LONGEST_LINE = 1 << 22  # bytes; no checker reads a longer one

EXAMPLES = """examples:
  reluproof recheck proof.jsonl
  reluproof recheck proof.jsonl table.csv
  reluproof recheck proof.jsonl book.xlsx --sheet 2 --x year
  reluproof recheck fit.jsonl table.csv --weights n"""


def add_recheck(commands: "argparse._SubParsersAction[Any]") -> None:
    """Add the command to the parser."""
    command = commands.add_parser(
        "recheck",
        help="judge a certificate with the standalone checker of its kind",
        description="Judge a certificate: 0 accepted, 1 rejected, 2 unreadable, 4 a fault of the checker. The first "
        f"line names its kind, and so the checker ({', '.join(path.name for path in CHECKERS.values())}): files in "
        "verify/ that import nothing of reluproof and run on their own as well.",
    )
    command.add_argument(
        "certificate", metavar="CERTIFICATE", help="a file written with --certificate; - reads standard input"
    )
    command.add_argument(
        "data",
        nargs="?",
        metavar="DATA",
        help="also require that it is about these data, in any format that check takes. Text the checker reads itself; "
        "of other formats (.npy, .npz), and where an option below is given, it gets the exact numbers that are read",
    )
    command.add_argument(
        "--weights", metavar="COLUMN", help="the column of DATA that holds weights, for a certificate of fit"
    )
    add_data_options(command)
    command.epilog = EXAMPLES
    command.set_defaults(run=run_recheck)


def run_recheck(arguments: argparse.Namespace) -> int:
    """Run the checker isolated from this installation (-I -S); its answer and its exit status are passed on."""
    if arguments.certificate == arguments.data == "-":
        raise InputError("standard input (-) can be read only once")
    if arguments.weights is not None and arguments.data is None:
        raise InputError("--weights names a column of DATA: give DATA too")
    choices = choices_of(arguments)
    with _in_words(arguments.certificate):
        certificate = _opened(arguments.certificate)
    with certificate, tempfile.TemporaryDirectory() as folder:
        with _in_words(arguments.certificate):
            first = certificate.readline(_LONGEST_LINE + 1)
        checker = _checker_of(first)
        of_fit = checker == _FIT_CHECKER
        if arguments.weights is not None and not of_fit:
            raise InputError("--weights: only certificates of fit have weights")
        read_exactly = partial(_observations, arguments.weights) if of_fit else _points
        chosen = choices != DEFAULT or arguments.weights is not None
        data = (
            [] if arguments.data is None else [_readable(arguments.data, Path(folder), choices, read_exactly, chosen)]
        )
        with _in_words(arguments.certificate):
            return _judge(checker, first, certificate, data)


@contextmanager
def _in_words(path: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise InputError(f"{printable(path)}: the certificate cannot be read: {error.strerror}") from None


def _opened(path: str) -> IO[bytes]:
    if path != "-":
        return open(path, "rb")
    if sys.stdin is None:
        raise InputError("standard input is closed: pipe the certificate in, or name a file")
    return open(sys.stdin.fileno(), "rb", closefd=False)


def _judge(checker: Path, first: bytes, certificate: IO[bytes], data: list[str]) -> int:
    sys.stdout.flush()
    # Open files are passed on, so that a shell's <(...) can be read.
    command = [sys.executable, "-I", "-S", str(checker), "-", *data]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, close_fds=False)
    assert process.stdin is not None
    try:
        with suppress(BrokenPipeError), process.stdin as pipe:  # a checker need not read on after a rejection
            pipe.write(first)
            shutil.copyfileobj(certificate, pipe)
        status = process.wait()
    except BaseException:
        process.kill()
        process.wait()
        raise
    return status if status >= 0 else 128 - status  # ended by a signal, as shells count it


def _checker_of(first: bytes) -> Path:
    """The checker for the schema that the first line names."""
    try:
        schema = json.loads(first)["schema"]
    except (ValueError, TypeError, KeyError, RecursionError):
        return CHECKER
    return CHECKERS.get(schema, CHECKER) if isinstance(schema, str) else CHECKER


def _readable(path: str, folder: Path, choices: Choices, rows: Rows, chosen: bool) -> str:
    """A file with the data that the checker can read: `path` itself if it is text, and nothing is chosen."""
    if path == "-":
        source = _opened(path)
        held = folder / "standard input"
        with held.open("wb") as copy:
            copy.write(source.read(MAX_BYTES + 1))
        path = str(held)
    with suppress(OSError, UnicodeDecodeError):  # who reads it says what is wrong
        if Path(path).is_file() and (chosen or not _is_text(path)):
            return _as_table(rows(path, choices), folder / "numbers")
    return path


def _is_text(path: str) -> bool:
    with open(path, "rb") as file:
        return kind_of(path, file.read(4096)) in ("table", "json")


def _points(path: str, choices: Choices) -> "Iterable[tuple[fmpq, ...]]":
    """The points and labels that `check` reads."""
    data = read(path, choices).dataset
    return [(point, *label) for point, label in zip(data.points, data.labels, strict=True)]


def _observations(weights: str | None, path: str, choices: Choices) -> "Iterable[tuple[fmpq, ...]]":
    """The observations that `fit` reads; weights come last, unless all are 1, which is none."""
    from ..fit.observations import read_observations

    found = read_observations(path, weights, choices)
    rows = [(point, *label) for point, label in zip(found.points, found.labels, strict=True)]
    if found.weights is None or all(weight == 1 for weight in found.weights):
        return rows
    return [(*row, weight) for row, weight in zip(rows, found.weights, strict=True)]


def _as_table(rows: "Iterable[tuple[fmpq, ...]]", target: Path) -> str:
    """Writes exact numbers, one row per point or observation."""
    from ...theory.numeral import format_rational

    with target.open("w", encoding="ascii") as file:
        for row in rows:
            file.write(" ".join(map(format_rational, row)) + "\n")
    return str(target)
