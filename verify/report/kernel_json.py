"""What `reluproof kernel` found, as the JSON object "reluproof.kernel/1"."""

from importlib.metadata import version
from typing import Any

from ...theory.enclosure import Enclosure
from ...theory.leverage import count_above
from ...theory.numeral import format_rational
from ...theory.ridge_network import RidgeNetwork
from ..many_inputs.given_network import GivenNetwork
from ..many_inputs.optimum import Optimum
from ..many_inputs.semidefinite import SecondOpinion
from ..words import bounds, numerals
from .kernel import METHOD, KernelReport


def kernel_json(report: KernelReport) -> dict[str, Any]:
    """The object, in the order of the schema."""
    source, answer = report.source, report.answer
    found = answer.optimum
    return {
        "schema": "reluproof.kernel/1",
        "version": version("reluproof"),
        "input": {
            "name": source.name,
            "sha256": source.sha256,
            "reading": source.reading,
            "notes": list(source.notes),
        },
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
        "others_inequality": found.others_inequality,
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
    return {"method": METHOD, "value": found.value, "agrees": found.agrees}
