"""What training ended with, one line per seed."""

from dataclasses import dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from flint import fmpq

from ...theory.enclosure import Enclosure
from ...theory.numeral import format_rational
from ..networks.training import Plan
from ..reading import ReadData
from ..words import aligned_rows, bounds, counted, shortly

if TYPE_CHECKING:
    from ..networks.trials import Trial

HEADINGS = ("seed", "objective", "above the least", "excess", "to the fit", "neurons used")


@dataclass(frozen=True, slots=True)
class Outcome:
    """A training with all that is shown about it; names: the files that hold the weights, if they were written."""

    data: ReadData
    plan: Plan
    penalty: fmpq
    found: "tuple[Trial, ...]"
    names: tuple[str, ...]


def trials_text(outcome: Outcome, notes: tuple[tuple[str, str], ...]) -> str:
    """The table, without a final newline."""
    data, plan, found, names = outcome.data, outcome.plan, outcome.found, outcome.names
    least = found[0].objective.optimum
    head = (
        f"{data.source.name}: {data.dataset.size} points, {counted(data.dataset.tasks, 'task')}; "
        f"{counted(plan.width, 'neuron')}, {counted(plan.steps, 'step')} in {plan.precision}"
    )
    rows = [
        ("lambda", shortly(Enclosure.exactly(outcome.penalty))),
        *notes,
        ("least", f"{shortly(least)}, certified by the fit"),
    ]
    lines = [HEADINGS, *[_line(seed, trial) for seed, trial in enumerate(found)]]
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEADINGS))]
    table = ["  ".join(f"{cell:>{width}}" for cell, width in zip(line, widths, strict=True)) for line in lines]
    written = [f"\nweights written to {', '.join(names)}"] if names else []
    return "\n".join([head, *data.source.said, "", *aligned_rows(rows), "", *table, *written])


def _line(seed: int, trial: "Trial") -> tuple[str, ...]:
    return (
        str(seed),
        shortly(trial.objective.value),
        shortly(trial.objective.gap, 3),
        shortly(trial.judged.excess, 3),
        shortly(trial.distance, 3),
        f"{trial.used} of {trial.judged.network.width}",
    )


def trials_json(outcome: Outcome) -> dict[str, Any]:
    """The object "reluproof.train/1"."""
    data, plan, found, names = outcome.data, outcome.plan, outcome.found, outcome.names
    return {
        "schema": "reluproof.train/1",
        "version": version("reluproof"),
        "input": data.source.to_json(),
        "points": data.dataset.size,
        "tasks": data.dataset.tasks,
        "width": plan.width,
        "steps": plan.steps,
        "learning_rate": plan.learning_rate,
        "precision": plan.precision,
        "lambda": format_rational(outcome.penalty),
        "optimum": bounds(found[0].objective.optimum),
        "seeds": [
            {
                "seed": seed,
                "objective": bounds(trial.objective.value),
                "gap": bounds(trial.objective.gap),
                "gap_parts": {
                    "misfit": bounds(trial.objective.of_outputs),
                    "excess": bounds(trial.objective.of_excess),
                },
                "excess": bounds(trial.judged.excess),
                "distance": bounds(trial.distance),
                "active": trial.judged.network.active_width,
                "used": trial.used,
                "file": names[seed] if names else None,
            }
            for seed, trial in enumerate(found)
        ],
    }
