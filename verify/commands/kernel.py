"""`reluproof kernel`: data with many inputs, how near the optimum is to one fixed kernel, and whether it is unique."""

import argparse
import json
from typing import Any

from flint import fmpq

from ...theory.free_functions import Convention
from ...theory.numbers import rational
from ...theory.numeral import NumeralError
from ..reading.points import ReadPoints, read_points
from ..reading.source import InputError, printable
from ..whole_file import in_words, refuse_same_file, write_whole
from .data_options import add_data_options, choices_of
from .exit_status import DECIDED, UNDECIDED
from .plot_option import add_plot, check_plot, drawn_plot, write_plot

EXAMPLES = """examples:
  reluproof kernel table.csv --inputs 2
  reluproof kernel table.csv --inputs 2 --task gdp --certificate proof.jsonl
  reluproof kernel table.csv --inputs 8 --labels-only --above 1/10
  reluproof kernel table.csv --inputs 2 --plot surfaces.pdf"""


def add_kernel(commands: "argparse._SubParsersAction[Any]") -> None:
    """Add the command to the parser."""
    command = commands.add_parser(
        "kernel",
        help="many inputs: leverage of every task, the optimum and its uniqueness for two inputs, distance to a kernel",
        description="Data with d inputs. For any d: the exact leverage of every task and the bound it gives on the "
        "distance to a fixed kernel's solution. For d <= 2: the optimal cost between certified bounds, an optimal "
        "network, whether it is the only one. Status 3 if uniqueness stays undecided or the optimum was not computed.",
    )
    command.add_argument(
        "data", metavar="DATA", help="as for check; of the columns (--x, then --y), the first D are the inputs"
    )
    command.add_argument("--inputs", type=int, required=True, metavar="D", help="how many columns are inputs")
    command.add_argument("--task", metavar="NAME|NUMBER", help="a task (by its name, or counted from 1) to hold "
                         "against the l2 solution and the kernel of the others")  # fmt: skip
    command.add_argument(
        "--convention",
        choices=[convention.value for convention in Convention],
        default=Convention.FREE.value,
        help="free (default): biases and an affine part cost nothing; penalised: biases cost, and nothing is free",
    )
    command.add_argument("--labels-only", action="store_true", help="only what follows from the labels alone")
    command.add_argument("--above", metavar="EPS", help="also count the tasks whose leverage exceeds EPS")
    command.add_argument("--network", metavar="FILE", help="a network to judge: .npz, .safetensors or JSON with layers "
                         'as for judge, or JSON with "neurons" (each "direction", "offset", "weights"), "slopes", '
                         '"constant", as --json prints them')  # fmt: skip
    command.add_argument("--certificate", metavar="FILE", help="write a certificate of the cost for recheck")
    command.add_argument(
        "--independent",
        action="store_true",
        help="also ask Clarabel for the cost, by a semidefinite program that shares nothing with the solver; N <= 20",
    )
    add_plot(command, "surfaces (two inputs) or curves (one) of the optimum, with --task beside the fixed kernels' "
                      "solutions; leverages, and what neurons cost")  # fmt: skip
    command.add_argument("--json", action="store_true", help="print one JSON object")
    add_data_options(command)
    command.epilog = EXAMPLES
    command.set_defaults(run=run_kernel)


def run_kernel(arguments: argparse.Namespace) -> int:
    """Answer, print, write the certificate if asked."""
    from ..many_inputs.answer import kernel_answer
    from ..many_inputs.one_task import one_task
    from ..report.kernel import KernelReport
    from ..report.kernel_json import kernel_json
    from ..report.kernel_text import kernel_text

    if arguments.inputs < 1:
        raise InputError("--inputs: at least 1")
    if arguments.certificate is not None:
        refuse_same_file("--certificate", arguments.certificate, arguments.data)
        if arguments.labels_only:
            raise InputError("--certificate proves the optimal cost, which --labels-only does not compute: drop one")
    check_plot(arguments, (arguments.data,), ("certificate",))
    above, convention = _epsilon(arguments.above), Convention(arguments.convention)
    source = read_points(arguments.data, arguments.inputs, choices_of(arguments))
    task = None if arguments.task is None else _task(source, arguments.task)
    network = None if arguments.network is None else _network(arguments.network, source)
    answer = kernel_answer(source.data, convention, solve=not arguments.labels_only)
    report = KernelReport(
        source,
        answer,
        None if task is None else one_task(answer, task),
        None if answer.optimum is None else _difference(answer),
        None if network is None else _judged(source, network, convention, task),
        above,
        _second_opinion(source, answer) if arguments.independent else None,
    )
    figure = drawn_plot(arguments, lambda width: _picture(report, width))
    if arguments.certificate is not None:
        _certify(arguments.certificate, source, answer)
    print(json.dumps(kernel_json(report)) if arguments.json else kernel_text(report))
    write_plot(arguments, figure)
    if arguments.labels_only:
        return DECIDED
    doubtful = report.second is not None and report.second.agrees is not True
    return UNDECIDED if answer.optimum is None or answer.optimum.unique is None or doubtful else DECIDED


def _picture(report: Any, width: float) -> Any:
    from ..pictures.kernel import plot_kernel
    from ..pictures.names import Names

    answer, found = report.answer, report.task
    names = Names.of(report.source, answer.data.tasks)
    return plot_kernel(answer, width=width, task=None if found is None else found.task, names=names, against=found)


def _epsilon(text: str | None) -> fmpq | None:
    if text is None:
        return None
    try:
        return rational(text)
    except (NumeralError, ValueError) as error:
        raise InputError(f"--above: {error}") from None


def _task(source: ReadPoints, wanted: str) -> int:
    """The index of the task with this name, else with this number counted from 1."""
    names = source.task_names or ()
    if wanted in names:
        if names.count(wanted) > 1:
            raise InputError(f"--task: {printable(wanted)} names {names.count(wanted)} tasks: give its number")
        return names.index(wanted)
    tasks = source.data.tasks
    if wanted.isdecimal() and 1 <= int(wanted) <= tasks:
        return int(wanted) - 1
    raise InputError(f"--task: {printable(wanted)} is neither a name in the header nor a number from 1 to {tasks}")


def _network(path: str, source: ReadPoints) -> Any:
    from ..networks.ridge import read_ridge_network

    network = read_ridge_network(path, source.data.inputs)
    if (len(network.slopes), len(network.constant)) != (source.data.inputs, source.data.tasks):
        raise InputError(
            f"{printable(path)}: the network has {len(network.slopes)} inputs and {len(network.constant)} outputs, the "
            f"data have {source.data.inputs} inputs and {source.data.tasks} tasks"
        )
    return network


def _judged(source: ReadPoints, network: Any, convention: Convention, task: int | None) -> Any:
    from ..many_inputs.given_network import judge_network

    tasks = tuple(range(min(source.data.tasks, 5))) if task is None else (task,)
    return judge_network(source.data, network, convention, tasks)


def _difference(answer: Any) -> Any:
    """Where the two optima written differ, and by how much: a point at which it is easily seen."""
    if answer.optimum.another is None:
        return None
    from ..many_inputs.difference import difference

    return difference(answer.optimum.network, answer.optimum.another, answer.data)


def _second_opinion(source: ReadPoints, answer: Any) -> Any:
    from ..many_inputs.semidefinite import MOST_POINTS, second_opinion

    if answer.optimum is None:
        raise InputError(f"--independent: there is no optimum to compare with: {answer.unsolved}")
    found = second_opinion(source.data, answer.convention, answer.optimum.cost)
    if found is None:
        raise InputError(f"--independent: needs two inputs (or penalised biases), at most {MOST_POINTS} points, a cost")
    return found


def _certify(path: str, source: ReadPoints, answer: Any) -> None:
    from ..many_inputs.certificate import certificate

    if answer.optimum is None:
        raise InputError(f"{source.name}: there is nothing to certify: {answer.unsolved}")
    with in_words(path):
        write_whole(path, certificate(source.data, answer.convention, answer.optimum))
