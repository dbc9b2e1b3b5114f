"""What `reluproof kernel` found, as text for a reader."""

from flint import fmpq

from ...theory.enclosure import Enclosure
from ...theory.leverage import count_above
from ...theory.numeral import format_rational
from ...theory.ridge_network import RidgeNetwork
from ..many_inputs.optimum import Optimum
from ..words import between, counted, enumerated, numeral, tuple_text
from .kernel import METHOD, KernelReport

_SHOWN, _SHORT = 6, 7


def kernel_text(report: KernelReport) -> str:
    """The report for readers."""
    answer = report.answer
    data = answer.data
    head = f"{report.source.name}: {counted(data.size, 'point')}, {counted(data.inputs, 'input')}, "
    lines = [head + f"{counted(data.tasks, 'task')}; {answer.convention.value} bias", *report.source.notes, ""]
    lines.append(f"labels     rank {answer.rank} of {answer.dimension} modulo free functions")
    lines += _leverage_lines(report)
    if answer.optimum is None:
        lines.append(f"optimum    not computed: {answer.unsolved}")
    else:
        lines += _optimum_lines(report, answer.optimum)
    if report.second is not None:
        word = {True: "agrees", False: "DISAGREES", None: "failed"}[report.second.agrees]
        lines.append(f"clarabel   {word}: {report.second.value}, by a {METHOD}")
    lines += _task_lines(report) + _given_lines(report)
    return "\n".join(lines)


def _leverage_lines(report: KernelReport) -> list[str]:
    answer, names = report.answer, report.source.task_names
    order = sorted(range(answer.data.tasks), key=lambda s: -answer.leverages[s])
    shown = [f"{task_name(names, s)} {_short(answer.leverages[s])}" for s in order[:_SHOWN]]
    lines = [f"leverages  largest first: {enumerated(shown, _SHOWN, len(order))}"]
    worst = answer.bounds[order[0]]
    if worst is None:
        lines.append("bound      none for a task of leverage 1: other tasks say nothing about it")
    else:
        lines.append(f"bound      every task is within {worst.decimals(3)[1]} of its norm of a fixed kernel's solution")
    if report.above is not None:
        count = count_above(answer.leverages, report.above)
        lines.append(f"above      {counted(count, 'task')} with leverage above {numeral(report.above)}")
    return lines


def _optimum_lines(report: KernelReport, found: Optimum) -> list[str]:
    gap = Enclosure.exactly(found.relative_gap).decimals(2)[1]
    exact = ""
    if found.exact_cost is not None and len(found.exact_cost.terms) == 1:
        exact = f", exactly sqrt({format_rational(found.exact_cost.terms[0])})"
    lines = [f"cost       {between(found.cost)}{exact}; relative gap {gap}"]
    word = {True: "yes", False: "no", None: "undecided"}[found.unique]
    lines.append(f"unique     {word}: {found.reason}")
    lines.append(f"network    {_network_text(found.network)}")
    if found.another is not None:
        lines.append(f"another    {_network_text(found.another)}")
    if report.difference is not None:
        place, size = report.difference
        lines.append(f"           the two differ by {between(size, 6)} at {tuple_text(place)}")
    return lines


def _network_text(network: RidgeNetwork) -> str:
    if len(network.constant) > 3 or len(network.neurons) > _SHOWN:
        return f"{counted(len(network.neurons), 'neuron')}; --json writes them out"
    terms = []
    for neuron in network.neurons:
        inside = " + ".join([_times(u, f"x{i + 1}") for i, u in enumerate(neuron.direction) if u])
        offset = neuron.offset
        shift = "" if not offset else f" + {numeral(offset)}" if offset > 0 else f" - {numeral(-offset)}"
        terms.append(f"{tuple_text(neuron.weights)} ({inside}{shift})_+")
    affine = [f"{tuple_text(row)} x{i + 1}" for i, row in enumerate(network.slopes) if any(row)]
    return " + ".join([*terms, *affine, tuple_text(network.constant)])


def _short(value: fmpq) -> str:
    """A short numeral, or the number rounded up; --json has it exactly."""
    text = format_rational(value)
    return text if len(text) <= _SHORT else f"<= {Enclosure.exactly(value).decimals(3)[1]}"


def _times(factor: fmpq, name: str) -> str:
    return name if factor == 1 else f"-{name}" if factor == -1 else f"{numeral(factor)} {name}"


def _task_lines(report: KernelReport) -> list[str]:
    found = report.task
    if found is None:
        return []
    name = task_name(report.source.task_names, found.task)
    if report.answer.optimum is None:
        return [f"task       {name}: its distances need the optimum, which was not computed"]
    lines = [f"task       {name}: largest distance over the box of the data"]
    l2 = "there is no such solution" if found.distance_l2 is None else between(found.distance_l2, 6)
    others = _no_others(report) if found.distance_others is None else between(found.distance_others, 6)
    lines += [f"           to the l2 solution over the same neurons: {l2}"]
    lines += [f"           to the kernel solution of the other tasks' network: {others}"]
    if found.cost_others is not None:
        verdict = {True: "holds", False: "FAILS", None: "is undecided"}[found.others_inequality]
        lines += [f"           the other tasks alone cost {between(found.cost_others, 12)}; AC {verdict}"]
    return lines


def _no_others(report: KernelReport) -> str:
    if report.answer.data.tasks == 1:
        return "there is no other task"
    known = report.task is not None and report.task.cost_others is not None
    return "there is no such solution" if known else "not computed"


def _given_lines(report: KernelReport) -> list[str]:
    found = report.given
    if found is None:
        return []
    fit = "interpolates" if found.missed is None else f"misses the label of point {found.missed + 1}"
    identity = {True: "holds exactly", False: "fails", None: "not decided exactly"}[found.identity]
    lines = [f"given      {counted(len(found.network.neurons), 'neuron')}, cost {between(found.cost, 12)}; {fit}"]
    lines.append(f"           kernel identity {identity}, largest defect {between(found.defect, 6)}")
    beyond = len(found.exceeding)
    lines.append(
        f"           {counted(beyond, 'task')} with an output weight beyond what its leverage allows an optimum"
    )
    words = {True: "within its bound", False: "beyond its bound", None: "without a decided bound"}
    others = {True: "AC holds", False: "AC fails, so this is no optimum", None: "AC is undecided"}
    for p in found.proximity:
        without = f"without it the network costs {between(p.cost_others, 12)}; {others[p.others_inequality]}"
        lines.append(f"           {task_name(report.source.task_names, p.task)}: {words[p.holds]}; {without}")
    return lines


def task_name(names: tuple[str, ...] | None, task: int) -> str:
    """The header's name, or the number counted from 1."""
    return f"task {task + 1}" if names is None else names[task]
