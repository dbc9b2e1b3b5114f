"""Corruptions of certificates about many inputs, judged, and what is accepted held against the problem solved anew.

`python tests/many_inputs/corruption.py 100000` runs that many and prints the table.
"""

import copy
import importlib.util
import json
import random
import sys
from collections import Counter
from fractions import Fraction
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

from certificates.corruption import CORRUPTIONS, Corruption, Records
from certificates.samples import encoded
from flint import fmpq
from reluproof.theory.free_functions import Convention
from reluproof.theory.labelled_points import LabelledPoints
from reluproof.verify.many_inputs.certificate import certificate
from reluproof.verify.many_inputs.optimum import Optimum, solve_optimum

from many_inputs import samples

CHECKER = Path(__file__).parents[2] / "verify" / "kernel_checker.py"


@cache
def checker() -> ModuleType:
    """The checker, loaded from its file as it runs alone."""
    spec = importlib.util.spec_from_file_location("kernel_checker", CHECKER)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def verdict(lines: list[bytes]) -> str:
    """accepted, rejected or unreadable."""
    judge = checker()
    try:
        judge.Proof(iter(lines)).run()
    except judge.base.Rejected:
        return "rejected"
    except judge.base.Unreadable:
        return "unreadable"
    return "accepted"


@cache
def solved(data: LabelledPoints, convention: Convention) -> Optimum | None:
    """The optimum, kept: most corruptions leave the data alone."""
    return solve_optimum(data, convention)


def records_of(data: LabelledPoints, convention: Convention = Convention.FREE) -> Records | None:
    """The certificate as records; None if the problem was not solved."""
    optimum = solved(data, convention)
    return None if optimum is None else [json.loads(line) for line in certificate(data, convention, optimum)]


def falsehood(records: list[dict[str, Any]]) -> str | None:
    """What is false in a statement, solving the problem of the records anew; None if nothing is."""
    head, points = records[0], [record for record in records if "point" in record]
    x = tuple([tuple(map(_exact, point["x"])) for point in points])
    data = LabelledPoints(x, tuple([tuple(map(_exact, point["y"])) for point in points]))
    optimum = solved(data, Convention(head["convention"]))
    if optimum is None:
        return "the problem was not solved"
    cost = head["statement"]["cost"]
    if (
        _exact(str(Fraction(cost["lower"]))) > optimum.cost.upper
        or _exact(str(Fraction(cost["upper"]))) < optimum.cost.lower
    ):
        return "the cost is not between the bounds"
    return "the optimum is unique" if head["statement"]["unique"] is False and optimum.unique else None


def _exact(text: str) -> fmpq:
    value = Fraction(text)
    return fmpq(value.numerator, value.denominator)


def _other_data(rng: random.Random, records: Records, _: Records) -> Records:
    """An input or a label changed, with the hash made to fit."""
    point = rng.choice([record for record in records if "point" in record])
    vector = point[rng.choice("xy")]
    place = rng.randrange(len(vector))
    vector[place] = str(Fraction(vector[place]) + Fraction(rng.choice([-1, 1]), rng.choice([1, 7, 10**9])))
    return _rehashed(records)


def _rescaled(rng: random.Random, records: Records, _: Records) -> Records:
    """All labels, or all inputs, multiplied by one factor, with the hash made to fit."""
    factor, key = Fraction(rng.choice(["2", "1/2", "-1"])), rng.choice("xy")
    for record in records:
        if "point" in record:
            record[key] = [str(factor * Fraction(value)) for value in record[key]]
    return _rehashed(records)


def _rehashed(records: Records) -> Records:
    judge = checker()
    points = [record for record in records if "point" in record]
    vectors = [[[Fraction(value) for value in point[key]] for point in points] for key in "xy"]
    records[0]["data_sha256"] = judge.data_hash(*vectors)
    return records


def _larger_dual(rng: random.Random, records: Records, _: Records) -> Records:
    """The dual made longer, and the lower bound with it."""
    factor = 1 + Fraction(1, 10 ** rng.choice([1, 3, 6, 12]))
    for record in records:
        if "point" in record:
            record["multiplier"] = [str(factor * Fraction(value)) for value in record["multiplier"]]
    cost = records[0]["statement"]["cost"]
    cost["lower"] = cost["upper"]
    return records


def _closer_bounds(rng: random.Random, records: Records, _: Records) -> Records:
    """A bound moved past the other one, by little or much."""
    cost, share = records[0]["statement"]["cost"], rng.choice([1e-3, 1e-9, 1e-15])
    name, step = rng.choice([("lower", share), ("upper", -share)])
    cost[name] = f"{float(cost[name]) * (1 + 2 * step)!r}"
    return records


def _claim_two(_rng: random.Random, records: Records, _: Records) -> Records:
    """That the optimum is not unique, claimed anyway."""
    records[0]["statement"]["unique"] = False
    return records


def _turned_neuron(rng: random.Random, records: Records, _: Records) -> Records | None:
    """A neuron facing the other way, or scaled: the same place, another function or another cost."""
    neurons = [record for record in records if "neuron" in record]
    if not neurons:
        return None
    neuron, factor = rng.choice(neurons), rng.choice([-1, 2])
    neuron["direction"] = [str(factor * Fraction(value)) for value in neuron["direction"]]
    neuron["offset"] = str(factor * Fraction(neuron["offset"]))
    return records


KINDS: dict[str, Corruption] = {
    **{kind: corrupt for kind, corrupt in CORRUPTIONS.items() if kind != "other evidence"},
    "other data": _other_data,
    "data rescaled": _rescaled,
    "larger dual": _larger_dual,
    "closer bounds": _closer_bounds,
    "two optima claimed": _claim_two,
    "neuron turned": _turned_neuron,
}


class Account:
    """What became of the corruptions, per kind, and the false certificates that were accepted."""

    def __init__(self) -> None:
        self.kinds: dict[str, Counter[str]] = {kind: Counter() for kind in KINDS}
        self.failures: list[str] = []

    def enter(self, kind: str, lines: list[bytes]) -> None:
        """Judge one corruption."""
        word = verdict(lines)
        if word == "accepted":
            word = "still true"
            false = falsehood([json.loads(line) for line in lines])
            if false is not None:
                self.failures.append(f"{kind}: false accept ({false}):\n{b''.join(lines).decode()}")
        self.kinds[kind][word] += 1

    def table(self) -> str:
        """One line per kind."""
        words = ("rejected", "unreadable", "still true")
        rows = [f"{kind:20}" + "".join(f"{found[word]:12}" for word in words) for kind, found in self.kinds.items()]
        return "\n".join([f"{'':20}" + "".join(f"{word:>12}" for word in words), *rows])


def sample(rng: random.Random) -> Records:
    """The certificate of a small problem of some kind."""
    while True:
        kind = rng.randrange(6)
        if kind == 0:
            data, convention = rng.choice([samples.XOR, samples.FIVE, samples.EIGHT]), Convention.FREE
        elif kind == 1:
            data, convention = samples.one_input(rng, rng.randint(2, 6), rng.randint(1, 2)), Convention.PENALISED
        elif kind == 2:
            data, convention = samples.one_input(rng, rng.randint(3, 6), rng.randint(1, 3)), Convention.FREE
        elif kind == 3:
            data, convention = samples.gaussian(rng, rng.randint(4, 6), rng.randint(1, 3)), Convention.FREE
        else:
            data, convention = samples.lattice(rng, rng.randint(4, 6), rng.randint(1, 3)), Convention.FREE
        found = records_of(data, convention)
        if found is not None:
            return copy.deepcopy(found)


def account(number: int, seed: int) -> Account:
    """`number` corruptions, evenly over the kinds."""
    rng, found = random.Random(seed), Account()
    entered, pool = 0, [sample(rng) for _ in range(20)]
    while entered < number:
        pool[rng.randrange(len(pool))] = sample(rng)
        for kind, corrupt in KINDS.items():
            records, other = (copy.deepcopy(rng.choice(pool)) for _ in range(2))
            before = encoded(records)
            changed = corrupt(rng, records, other)
            lines = [] if changed is None else [n if isinstance(n, bytes) else encoded([n])[0] for n in changed]
            if changed is not None and lines != before:
                found.enter(kind, lines)
                entered += 1
    return found


if __name__ == "__main__":
    result = account(int(sys.argv[1]) if len(sys.argv) > 1 else 5000, seed=1)
    print(result.table())
    print("\n".join(result.failures[:5]) or "no failure: whatever is accepted is true")
    sys.exit(1 if result.failures else 0)
