"""`reluproof probe`: how often uniqueness fails in random samples, each decided exactly."""

import argparse
import json
import signal
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from ..reading import InputError
from ..words import bounds
from .exit_status import DECIDED
from .progress import bar

if TYPE_CHECKING:
    from ..probe import Frequency, LabelLaw, Law, TubeLaw

MOST_SAMPLES = 10**12
MOST_VALUES = 10**7
MOST_DRAWN = 10**13
LEAST_TUBE_SAMPLES = 100_000

EXAMPLES = """examples:
  reluproof probe -N 4,8 -T 1,2,3
  reluproof probe --labels integers:3 --samples 1000000 --workers 4
  reluproof probe --inputs 2 -N 8 -T 5"""


def add_probe(commands: "argparse._SubParsersAction[Any]") -> None:
    """Add the command to the parser."""
    command = commands.add_parser(
        "probe",
        help="sampled frequency of non-uniqueness, every sample decided exactly",
        description="Draw random datasets and decide each exactly as the float64 numbers that it is. Prints counts and "
        "Clopper-Pearson intervals, beside the known probability where there is one. The same seed gives the same "
        "counts, whatever the number of workers. At most 10^13 labels are drawn for each N and T.",
    )
    command.add_argument(
        "--labels",
        default="gaussian",
        metavar="LAW",
        help="gaussian, uniform, rademacher, integers:M, one-hot, low-rank:R or smooth (default: gaussian)",
    )
    command.add_argument(
        "--points",
        choices=["equal", "uniform", "gaussian"],
        help="law of the points (default: equal; gaussian with two inputs)",
    )
    command.add_argument("-N", "--sizes", default="4", metavar="N,N,...", help="numbers of points (default: 4)")
    command.add_argument("-T", "--tasks", default="2", metavar="T,T,...", help="numbers of tasks (default: 2)")
    command.add_argument(
        "--coupling", default="l2", choices=["l2", "l1", "linf"], help="norm across tasks (default: l2)"
    )
    command.add_argument(
        "--inputs", type=int, default=1, choices=[1, 2], help="1 (default), or 2 for points in the plane"
    )
    command.add_argument("--samples", type=int, metavar="n", help="datasets each (default: 100000; 40 with two inputs)")
    command.add_argument("--seed", type=int, default=0, help="seed (default: 0)")
    command.add_argument("--workers", type=int, default=1, metavar="W", help="processes (default: 1)")
    command.add_argument("--tube", action="store_true", help="fit the exponent of P(margin < e) instead of counting")
    command.add_argument("--json", action="store_true", help="print one JSON object per line")
    command.epilog = EXAMPLES
    command.set_defaults(run=run_probe)


def run_probe(arguments: argparse.Namespace) -> int:
    """One line for each N and T."""
    labels = _label_law(arguments.labels)
    if arguments.inputs == 2:
        return _plane(arguments, labels)
    arguments.points = "equal" if arguments.points is None else arguments.points
    arguments.samples = 100_000 if arguments.samples is None else arguments.samples
    laws = [
        _law(labels, arguments, size, tasks) for size in _sizes(arguments.sizes) for tasks in _sizes(arguments.tasks)
    ]
    _validate(arguments)
    if not arguments.json:
        print(_headline(arguments), flush=True)
    with _pool(arguments.workers) as executor:
        for law in laws:
            result = _tube(law, arguments, executor) if arguments.tube else _counted(law, arguments, executor)
            print(json.dumps(result) if arguments.json else result.pop("text"), flush=True)
    return DECIDED


def _plane(arguments: argparse.Namespace, labels: "LabelLaw") -> int:
    from .probe_plane import DEFAULT_SAMPLES, run_plane

    arguments.samples = DEFAULT_SAMPLES if arguments.samples is None else arguments.samples
    sizes, tasks = _sizes(arguments.sizes), _sizes(arguments.tasks)
    for size in sizes:
        for count in tasks:
            _law(labels, argparse.Namespace(**{**vars(arguments), "points": "gaussian"}), size, count)
    _validate(arguments)
    with _pool(arguments.workers) as executor:
        return run_plane(arguments, labels, sizes, tasks, executor)


def _leave_signals() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)


@contextmanager
def _pool(workers: int) -> Iterator[Executor | None]:
    if workers == 1:
        yield None
        return
    # Workers leave Ctrl-C to this process: one killed while it holds a queue's lock would keep the others waiting.
    executor = ProcessPoolExecutor(workers, initializer=_leave_signals)
    try:
        yield executor
    finally:
        # Chunks that have begun take a fraction of a second; the others are dropped.
        executor.shutdown(cancel_futures=True)


def _validate(arguments: argparse.Namespace) -> None:
    if not 1 <= arguments.samples <= MOST_SAMPLES:
        raise InputError(f"--samples: from 1 to {MOST_SAMPLES}")
    if arguments.seed < 0:
        raise InputError("--seed: 0 or more")
    if not 1 <= arguments.workers <= 1024:
        raise InputError("--workers: from 1 to 1024")
    if arguments.tube and arguments.coupling != "l2":
        raise InputError("--tube: the margin is that of the l2 coupling")
    if arguments.tube and arguments.samples < LEAST_TUBE_SAMPLES:
        raise InputError(f"--tube: at least {LEAST_TUBE_SAMPLES} samples are needed, for 50 small margins")


def _label_law(text: str) -> "LabelLaw":
    from ..probe import LabelLaw
    from ..probe.laws import LABELS

    kind, separator, parameter = text.partition(":")
    takes = kind in ("integers", "low-rank")
    if kind not in LABELS or bool(separator) != takes:
        raise InputError(f"--labels {text}: gaussian, uniform, rademacher, integers:M, one-hot, low-rank:R or smooth")
    if takes and not (parameter.isascii() and parameter.isdigit() and 1 <= int(parameter[:9]) <= 10**6):
        raise InputError(f"--labels {text}: the parameter is a whole number from 1 to 1000000")
    return LabelLaw(kind, int(parameter) if takes else 1)


def _sizes(text: str) -> list[int]:
    parts = [part.strip() for part in text.split(",")]
    if not all(part.isascii() and part.isdigit() and 1 <= int(part[:9]) <= MOST_VALUES for part in parts):
        raise InputError(f"{text!r}: whole numbers from 1 to {MOST_VALUES}, separated by commas")
    return [int(part) for part in parts]


def _law(labels: "LabelLaw", arguments: argparse.Namespace, size: int, tasks: int) -> "Law":
    from ..probe import Law, PointLaw

    if size < 2 or size * tasks > MOST_VALUES:
        raise InputError(f"N = {size}, T = {tasks}: at least 2 points, and at most {MOST_VALUES} labels in a dataset")
    if arguments.samples * size * tasks > MOST_DRAWN:
        raise InputError(
            f"N = {size}, T = {tasks}: {arguments.samples} datasets have more than {MOST_DRAWN:.0e} labels"
        )
    if arguments.tube and size < 4:
        raise InputError(f"--tube: N = {size}: the margin needs at least 4 points")
    return Law(labels, PointLaw(arguments.points), size, tasks)


def _headline(arguments: argparse.Namespace) -> str:
    head = f"labels {arguments.labels}, points {arguments.points}, coupling {arguments.coupling}"
    head += f", {arguments.samples} datasets each, seed {arguments.seed}"
    if arguments.tube:
        return f"{head}\n\n{'N':>5} {'T':>4}  exponent of P(margin < e)"
    return f"{head}\n\n{'N':>5} {'T':>4} {'not unique':>12}  frequency, with its 95 % interval"


def _counted(law: "Law", arguments: argparse.Namespace, executor: Executor | None) -> dict[str, Any]:
    from ..probe import exact_interval, probe
    from ..probe.known import known_probability

    found = probe(law, arguments.samples, arguments.seed, arguments.coupling, executor, bar("chunk"))
    lower, upper = exact_interval(found.non_unique, found.samples)
    known = known_probability(law, arguments.coupling)
    result: dict[str, Any] = {
        **_described(law, arguments),
        "non_unique": found.non_unique,
        "interval": {"lower": lower, "upper": upper, "confidence": 0.95, "method": "Clopper-Pearson"},
        "known": None if known is None else {**bounds(known.value), "source": known.source},
    }
    if not arguments.json:
        result["text"] = _line(law, found, result)
    return result


def _described(law: "Law", arguments: argparse.Namespace) -> dict[str, Any]:
    return {
        "schema": "reluproof.probe/1",
        "labels": arguments.labels,
        "point_law": arguments.points,
        "coupling": arguments.coupling,
        "points": law.size,
        "tasks": law.tasks,
        "samples": arguments.samples,
        "seed": arguments.seed,
    }


def _line(law: "Law", found: "Frequency", result: dict[str, Any]) -> str:
    lower, upper = result["interval"]["lower"], result["interval"]["upper"]
    frequency = found.non_unique / found.samples
    text = f"{law.size:>5} {law.tasks:>4} {found.non_unique:>12}  {frequency:.6g} in [{lower:.6g}, {upper:.6g}]"
    known = result["known"]
    if known is not None:
        text += f"; known: {float(known['lower']):.6g} ({known['source']})"
    if found.non_unique == 0:
        text += f"\n{'':>24}none seen: the 95 % interval ends at {upper:.2g}; that the probability is 0 is not shown"
    return text


def _tube(law: "Law", arguments: argparse.Namespace, executor: Executor | None) -> dict[str, Any]:
    from ..probe import tube_exponent

    try:
        found = tube_exponent(law, arguments.samples, arguments.seed, executor=executor, progress=bar("chunk"))
    except ValueError as error:
        raise InputError(f"--tube: {error}") from None
    result: dict[str, Any] = {
        **_described(law, arguments),
        "exponent": {"estimate": found.exponent, "lower": found.lower, "upper": found.upper, "confidence": 0.95},
        "margins_used": found.used,
        "threshold": found.threshold,
        "known": law.tasks - 1 if law.labels.has_density else None,
    }
    if not arguments.json:
        result["text"] = _tube_line(law, found, result["known"])
    return result


def _tube_line(law: "Law", found: "TubeLaw", known: int | None) -> str:
    text = f"{law.size:>5} {law.tasks:>4}  {found.exponent:.3f} in [{found.lower:.3f}, {found.upper:.3f}]"
    text += f" from the {found.used} smallest margins"
    return text if known is None else f"{text}; known: {known} (statement O: T - 1, as e -> 0)"
