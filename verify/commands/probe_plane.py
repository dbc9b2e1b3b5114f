"""`reluproof probe --inputs 2`: how often the optimum is not unique in the plane, certified or left undecided."""

import argparse
import json
from concurrent.futures import Executor
from dataclasses import dataclass
from typing import Any

import numpy

from ..many_inputs.floats import Floats
from ..many_inputs.share import Share, share
from ..probe import LabelLaw, exact_interval
from ..reading import InputError
from .exit_status import DECIDED, UNDECIDED
from .progress import bar

DEFAULT_SAMPLES = 40
_MOST_POINTS = 40


@dataclass(frozen=True, slots=True)
class PlaneLaw:
    """Points independent in the plane, labels by a law; one sample per call."""

    labels: LabelLaw
    points: str
    size: int
    tasks: int

    def __call__(self, source: numpy.random.Generator) -> tuple[Floats, Floats]:
        """Points (N, 2) and labels (N, T)."""
        draw = source.random if self.points == "uniform" else source.standard_normal
        x = draw((self.size, 2))
        y = self.labels.sample(source, numpy.zeros((1, self.size)), self.tasks)[0]
        return numpy.asarray(x), numpy.asarray(y)


def run_plane(
    arguments: argparse.Namespace, labels: LabelLaw, sizes: list[int], tasks: list[int], executor: Executor | None
) -> int:
    """One line for each N and T; status 3 if some sample stays undecided."""
    _validate(arguments, labels, sizes)
    points = "gaussian" if arguments.points is None else arguments.points
    if not arguments.json:
        head = f"two inputs, labels {arguments.labels}, points {points}, {arguments.samples} datasets each"
        columns = f"{'N':>5} {'T':>4} {'unique':>8} {'not unique':>11} {'undecided':>10}  share not unique"
        print(f"{head}, seed {arguments.seed}\n\n{columns}", flush=True)
    undecided = False
    for size in sizes:
        for count in tasks:
            found = share(
                PlaneLaw(labels, points, size, count), arguments.samples, arguments.seed, executor, bar("dataset")
            )
            undecided = undecided or found.undecided > 0
            result = _result(found, arguments, points, size, count)
            print(json.dumps(result) if arguments.json else _line(found, result), flush=True)
    return UNDECIDED if undecided else DECIDED


def _validate(arguments: argparse.Namespace, labels: LabelLaw, sizes: list[int]) -> None:
    if labels.kind == "smooth":
        raise InputError("--labels smooth: a curve over one input; choose another law for two")
    if arguments.points == "equal":
        raise InputError("--points equal: equally spaced on a line; with two inputs give uniform or gaussian")
    if arguments.tube or arguments.coupling != "l2":
        raise InputError("--inputs 2 goes with the l2 coupling, without --tube")
    if max(sizes) > _MOST_POINTS:
        raise InputError(f"--sizes: with two inputs from 2 to {_MOST_POINTS} points")


def _result(found: Share, arguments: argparse.Namespace, points: str, size: int, tasks: int) -> dict[str, Any]:
    lower = exact_interval(found.non_unique, found.samples)[0]
    upper = exact_interval(found.non_unique + found.undecided, found.samples)[1]
    return {
        "schema": "reluproof.probe/1",
        "inputs": 2,
        "labels": arguments.labels,
        "point_law": points,
        "points": size,
        "tasks": tasks,
        "samples": found.samples,
        "seed": arguments.seed,
        "unique": found.unique,
        "non_unique": found.non_unique,
        "undecided": found.undecided,
        "interval": {
            "lower": lower,
            "upper": upper,
            "confidence": 0.95,
            "method": "Clopper-Pearson, undecided either way",
        },
    }


def _line(found: Share, result: dict[str, Any]) -> str:
    least, most = found.non_unique / found.samples, (found.non_unique + found.undecided) / found.samples
    interval = f"in [{result['interval']['lower']:.3f}, {result['interval']['upper']:.3f}]"
    seen = f"{least:.3f}" if found.undecided == 0 else f"{least:.3f} to {most:.3f}"
    counts = f"{found.unique:>8} {found.non_unique:>11} {found.undecided:>10}"
    return f"{result['points']:>5} {result['tasks']:>4} {counts}  {seen} {interval}"
