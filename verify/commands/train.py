"""`reluproof train`: networks trained by gradient descent from several seeds, each judged."""

import argparse
import io
import json
from typing import Any

from ...theory.dataset import Dataset
from ...theory.network import ReLUNetwork
from ..networks.training import Plan, finite_float, train
from ..reading import InputError, read
from ..report.trials import Outcome, trials_json, trials_text
from ..whole_file import in_words, refuse_same_file, write_whole_bytes
from .data_options import add_data_options, choices_of
from .exit_status import DECIDED
from .penalty import add_loss, add_penalty, check_loss, penalty_and_words

MOST_WIDTH, MOST_SEEDS, MOST_STEPS = 100_000, 1_000, 10_000_000
LARGEST = 10**9
"""Seeds, neurons and points multiplied: what one step keeps in memory."""

EXAMPLES = """examples:
  reluproof train table.csv --width 40 --lambda 0.001
  reluproof train table.csv --width 40 --weight-decay 1e-4 --loss mse --seeds 5 -o networks.npz"""


def add_train(commands: "argparse._SubParsersAction[Any]") -> None:
    """Add the command to the parser."""
    command = commands.add_parser(
        "train",
        help="train networks by gradient descent and judge each of them",
        description="Full-batch training (Adam, cosine schedule) of a two-layer ReLU network with a free linear part "
        "and weight decay on everything but that and the biases, from several seeds. Each network is judged exactly. "
        "Needs the extra reluproof[train].",
    )
    command.add_argument("data", metavar="DATA", help="one dataset, as for check")
    add_data_options(command)
    command.add_argument("--width", type=int, required=True, metavar="K", help="number of neurons")
    add_penalty(command.add_mutually_exclusive_group(required=True))
    add_loss(command)
    command.add_argument("--seeds", type=int, default=1, metavar="n", help="from the seeds 0 .. n - 1 (default 1)")
    command.add_argument("--steps", type=int, default=20_000, help="steps of full-batch descent (default 20000)")
    command.add_argument("--learning-rate", type=float, default=3e-3, metavar="R", help="at first (default 0.003)")
    command.add_argument("--precision", choices=["float32", "float64"], default="float32", help="default float32")
    command.add_argument("-o", "--output", metavar="FILE.npz", help="write the weights; several seeds: FILE-0.npz, ...")
    command.add_argument("--json", action="store_true", help="print one JSON object, schema reluproof.train/1")
    command.epilog = EXAMPLES
    command.set_defaults(run=run_train)


def run_train(arguments: argparse.Namespace) -> int:
    """Train, judge, print, and write the weights if asked."""
    _check_usage(arguments)
    source = read(arguments.data, choices_of(arguments))
    data = source.dataset
    from ..fit.certified import fit
    from ..fit.noisy import Noisy
    from ..networks.trials import trials

    penalty, notes = penalty_and_words(Noisy.of(data), arguments)
    if arguments.seeds * arguments.width * data.size > LARGEST:
        raise InputError(f"seeds times neurons times points may be at most {LARGEST}: train fewer at a time")
    least = fit(data, penalty)  # it refuses what is beyond float64, before anything is trained
    plan = Plan(finite_float(penalty), arguments.width, arguments.steps, arguments.learning_rate, arguments.precision)
    layers = _trained(data, plan, arguments.seeds)
    found = trials(data, penalty, [ReLUNetwork.from_state_dict(arrays) for arrays in layers], least)
    names = _write(arguments.output, layers)
    outcome = Outcome(source, plan, penalty, tuple(found), tuple(names))
    print(json.dumps(trials_json(outcome)) if arguments.json else trials_text(outcome, notes))
    return DECIDED


def _check_usage(arguments: argparse.Namespace) -> None:
    check_loss(arguments)
    for name, most in (("width", MOST_WIDTH), ("seeds", MOST_SEEDS), ("steps", MOST_STEPS)):
        if not 1 <= getattr(arguments, name) <= most:
            raise InputError(f"--{name}: from 1 to {most}")
    if not 0 < arguments.learning_rate < 1:
        raise InputError("--learning-rate: between 0 and 1")
    if arguments.output is not None:
        if not arguments.output.endswith(".npz"):
            raise InputError(f"--output {arguments.output}: name a .npz file")
        refuse_same_file("--output", arguments.output, arguments.data)


def _trained(data: Dataset, plan: Plan, seeds: int) -> list[dict[str, Any]]:
    import numpy
    from tqdm import tqdm

    bar = tqdm(total=plan.steps, unit="step", desc="training", disable=None, leave=False)
    with bar, numpy.errstate(all="ignore"):  # what overflows ends in weights that are refused
        return train(data, plan, range(seeds), bar.update)


def _write(path: str | None, layers: list[dict[str, Any]]) -> list[str]:
    if path is None:
        return []
    import numpy

    names = [path] if len(layers) == 1 else [f"{path[:-4]}-{seed}.npz" for seed in range(len(layers))]
    for name, arrays in zip(names, layers, strict=True):
        content = io.BytesIO()
        numpy.savez(content, **arrays)
        with in_words(name):
            write_whole_bytes(name, content.getvalue())
    return names
