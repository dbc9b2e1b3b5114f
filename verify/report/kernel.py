"""What `reluproof kernel` found, as the JSON object "reluproof.kernel/1" and as text."""

from dataclasses import dataclass
from importlib.metadata import version
from typing import Any

from flint import fmpq

from ...theory.enclosure import Enclosure
from ...theory.leverage import count_above
from ...theory.numeral import format_rational
from ...theory.ridge_network import RidgeNetwork
from ..many_inputs.answer import KernelAnswer, Optimum
from ..many_inputs.given_network import GivenNetwork
from ..many_inputs.semidefinite import SecondOpinion
from ..reading.points import ReadPoints
from ..words import between, bounds, counted, enumerated, numeral, numerals, tuple_text

_SHOWN, _SHORT = 6, 7
_METHOD = "semidefinite program in double precision"


@dataclass(frozen=True, slots=True, eq=False)
class TaskReport:
    """One task against fixed kernels. cost_others: of the problem without it (AC); None where not computed."""

    task: int
    distance_l2: Enclosure | None
    distance_others: Enclosure | None
    cost_others: Enclosure | None
    without_it: bool | None


@dataclass(frozen=True, slots=True, eq=False)
class KernelReport:
    """All that is printed. difference: of the two optima written, at a point. above: count tasks of larger leverage."""

    source: ReadPoints
    answer: KernelAnswer
    task: TaskReport | None
    difference: tuple[tuple[fmpq, ...], Enclosure] | None
    given: GivenNetwork | None
    above: fmpq | None
    second: SecondOpinion | None = None


def kernel_json(report: KernelReport) -> dict[str, Any]:
    """The object, in the order of the schema."""
    source, answer = report.source, report.answer
    found = answer.optimum
    return {
        "schema": "reluproof.kernel/1",
        "version": version("reluproof"),
        "input": {"name": source.name, "sha256": source.sha256, "reading": source.reading},
        "convention": answer.convention.value,
        "inputs": answer.data.inputs,
        "points": answer.data.size,
        "tasks": answer.data.tasks,
        "functionals": answer.dimension,
        "rank": answer.rank,
        "leverages": numerals(answer.leverages),
        "bounds": [None if factor is None else bounds(factor) for factor in answer.bounds],
        "above": _above(report),
        "unsolved": answer.unsolved,
        **(_optimum(found) if found is not None else _no_optimum()),
        "difference": _difference(report),
        **_task(report),
        "network": None if report.given is None else _given(report.given),
        "independent": None if report.second is None else _second(report.second),
    }


def _above(report: KernelReport) -> dict[str, Any] | None:
    if report.above is None:
        return None
    return {"epsilon": format_rational(report.above), "tasks": count_above(report.answer.leverages, report.above)}


def _optimum(found: Optimum) -> dict[str, Any]:
    exact = None if found.exact_cost is None else numerals(found.exact_cost.terms)
    return {
        "cost": {**bounds(found.cost), "signed_squares": exact},
        "relative_gap": Enclosure.exactly(found.relative_gap).decimals(3)[1],
        **network_json(found.network),
        "unique": found.unique,
        "decided_by": found.reason,
        "another": None if found.another is None else network_json(found.another),
    }


def _no_optimum() -> dict[str, Any]:
    keys = ("cost", "relative_gap", "neurons", "slopes", "constant", "unique", "decided_by", "another")
    return dict.fromkeys(keys)


def network_json(network: RidgeNetwork) -> dict[str, Any]:
    """{"neurons", "slopes", "constant"}: f(x) = sum of weights (direction.x + offset)_+ + slopes' x + constant."""
    neurons = [
        {
            "direction": numerals(neuron.direction),
            "offset": format_rational(neuron.offset),
            "weights": numerals(neuron.weights),
        }
        for neuron in network.neurons
    ]
    slopes = [numerals(row) for row in network.slopes]
    return {"neurons": neurons, "slopes": slopes, "constant": numerals(network.constant)}


def _difference(report: KernelReport) -> dict[str, Any] | None:
    if report.difference is None:
        return None
    place, size = report.difference
    return {"at": numerals(place), **bounds(size)}


def _task(report: KernelReport) -> dict[str, Any]:
    found = report.task
    if found is None:
        return dict.fromkeys(("task", "distance_l2", "distance_others", "cost_others", "others_inequality"))
    parts = {
        "distance_l2": found.distance_l2,
        "distance_others": found.distance_others,
        "cost_others": found.cost_others,
    }
    return {
        "task": found.task,
        **{key: None if value is None else bounds(value) for key, value in parts.items()},
        "others_inequality": found.without_it,
    }


def _given(found: GivenNetwork) -> dict[str, Any]:
    return {
        "interpolates": found.missed is None,
        "cost": bounds(found.cost),
        "kernel_identity": found.identity,
        "defect": bounds(found.defect),
        "tasks_beyond_leverage": list(found.exceeding),
        "proximity": [
            {
                "task": p.task,
                "distance": None if p.distance is None else bounds(p.distance),
                "norm": None if p.norm is None else bounds(p.norm),
                "holds": p.holds,
                "cost_others": bounds(p.cost_others),
                "others_inequality": p.others_inequality,
            }
            for p in found.proximity
        ],
    }


def _second(found: SecondOpinion) -> dict[str, Any]:
    return {"method": _METHOD, "value": found.value, "agrees": found.agrees}


def kernel_text(report: KernelReport) -> str:
    """The report for readers."""
    answer = report.answer
    data = answer.data
    head = f"{report.source.name}: {counted(data.size, 'point')}, {counted(data.inputs, 'input')}, "
    lines = [head + f"{counted(data.tasks, 'task')}; {answer.convention.value} bias", ""]
    lines.append(f"labels     rank {answer.rank} of {answer.dimension} modulo free functions")
    lines += _leverage_lines(report)
    if answer.optimum is None:
        lines.append(f"optimum    not computed: {answer.unsolved}")
    else:
        lines += _optimum_lines(report, answer.optimum)
    if report.second is not None:
        word = {True: "agrees", False: "DISAGREES", None: "failed"}[report.second.agrees]
        lines.append(f"clarabel   {word}: {report.second.value}, by a {_METHOD}")
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
        verdict = {True: "holds", False: "FAILS", None: "is undecided"}[found.without_it]
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
