"""The certificate of a solved problem, as lines of JSON that kernel_checker.py judges (see certify/KERNEL.md)."""

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from ...theory.enclosure import round_decimal
from ...theory.free_functions import Convention
from ...theory.labelled_points import LabelledPoints
from ...theory.numbers import Vector
from ...theory.numeral import format_rational
from ...theory.ridge_network import RidgeNetwork
from ...theory.root_sum import RootSum
from .optimum import Optimum

SCHEMA = "reluproof.kernel-certificate/1"
_DIGITS = 30


def certificate(data: LabelledPoints, convention: Convention, optimum: Optimum) -> Iterator[str]:
    """The lines, each ended by a newline.

    That the optimum is not unique is certified where the dual is exact and two optimal networks were built exactly;
    that it is unique is not: the certificate then makes no claim about it.
    """
    networks = [optimum.network]
    if optimum.another is not None and _is_exact(optimum, optimum.another, convention):
        networks.append(optimum.another)
    lower, upper = optimum.cost.lower, optimum.cost.upper
    cost = {"lower": round_decimal(lower, _DIGITS, up=False), "upper": round_decimal(upper, _DIGITS, up=True)}
    records: list[dict[str, Any]] = [
        {
            "schema": SCHEMA,
            "inputs": data.inputs,
            "points": data.size,
            "tasks": data.tasks,
            "convention": convention.value,
            "data_sha256": data_sha256(data),
            "square": format_rational(optimum.multipliers.square),
            "statement": {"cost": cost, "unique": False if len(networks) == 2 else None, "networks": len(networks)},
        }
    ]
    rows = zip(data.points, data.labels, optimum.multipliers.rows, strict=True)
    for index, (point, label, multiplier) in enumerate(rows):
        records.append({"point": index, "x": _texts(point), "y": _texts(label), "multiplier": _texts(multiplier)})
    for index, network in enumerate(networks):
        records += _network(index, network)
    records.append({"conclusion": "proved", "records": len(records) + 1})
    for record in records:
        yield json.dumps(record) + "\n"


def _is_exact(optimum: Optimum, another: RidgeNetwork, convention: Convention) -> bool:
    """Whether the multipliers pay exactly what both networks cost, so that all neurons are in contact exactly."""
    if optimum.unique is not False or optimum.exact_cost is None:
        return False
    dual = optimum.multipliers
    paid = RootSum([dual.square * dual.pairing * dual.pairing])
    return optimum.exact_cost == another.cost(convention) == paid


def _network(index: int, network: RidgeNetwork) -> Iterator[dict[str, Any]]:
    slopes = [_texts(row) for row in network.slopes]
    neurons = network.neurons
    yield {"network": index, "neurons": len(neurons), "slopes": slopes, "constant": _texts(network.constant)}
    for k, neuron in enumerate(neurons):
        direction, offset = _texts(neuron.direction), format_rational(neuron.offset)
        yield {"neuron": k, "direction": direction, "offset": offset, "weights": _texts(neuron.weights)}


def data_sha256(data: LabelledPoints) -> str:
    """SHA-256 of one line of numbers in lowest terms per point, inputs first, in increasing order of the inputs."""
    rows = sorted((*point, *label) for point, label in zip(data.points, data.labels, strict=True))
    text = "".join(" ".join(_texts(row)) + "\n" for row in rows)
    return hashlib.sha256(text.encode()).hexdigest()


def _texts(v: Vector) -> list[str]:
    return [format_rational(entry) for entry in v]
