"""Every check can fail: each claim, fed a wrong finding, refutes it with a witness."""

from dataclasses import replace

import pytest
from flint import fmpq
from reluproof.theory import Dataset, LinearSpline, Run
from reluproof.theory.margin import PairMargin
from reluproof.theory.solution_set import Tent
from reluproof.verify.answers.findings import Cost
from reluproof.verify.check import check
from reluproof.verify.claims import CLAIMS

VERDICT_ON = {claim.letter: claim.verdict_on for claim in CLAIMS}
RUN = Dataset.from_text(["0", "1", "2", "3", "4"], ["0", "0", "1", "3", "6"])
PAIR = Dataset.from_text(["0", "1", "2", "3"], ["0", "0", "1", "3"])
UNIQUE = Dataset.from_text(["0", "1", "3", "4", "6"], [["0", "1"], ["1", "0"], ["0", "2"], ["5", "1"], ["0", "0"]])


def altered(data, **changes):
    """The findings of `data` with some parts replaced; a callable gets the true findings."""
    findings = check(data)
    return replace(findings, **{name: value(findings) for name, value in changes.items()})


def line(slope, offset, knots=(), kinks=()):
    """A spline for one task."""
    return LinearSpline((slope,), (offset,), knots, tuple((k,) for k in kinks))


WRONG = {
    "A: a cost that is too low": ("A", RUN, {"cost": lambda f: Cost(f.cost.squares[1:])}),
    "A: an optimum that misses a label": (
        "A", RUN, {"optima": lambda f: replace(f.optima, connect_the_dots=line(0, 0, (1, 2), (1, 1)))},
    ),
    "A: an interpolant that costs more": (
        "A", PAIR,
        {"optima": lambda f: replace(f.optima, connect_the_dots=line(0, 0, ("1/2", 1, 2), (1, 1, 1)))},
    ),
    "A: a dual that falls short": (
        "A", RUN, {"duality": lambda f: replace(f.duality, pairing={**f.duality.pairing, 1: fmpq(1, 2)})},
    ),
    "B: uniqueness overlooked": (
        "B", UNIQUE, {"runs": lambda f: (Run(1, 2), Run(3, 3))},
    ),
    "B: no second optimum": ("B", RUN, {"optima": lambda f: replace(f.optima, another=None)}),
    "B: a second optimum that is the first": (
        "B", RUN, {"optima": lambda f: replace(f.optima, another=line(0, 0, (1, 2, "3"), (1, 1, "2")))},
    ),
    "B: a second optimum that costs more": (
        "B", PAIR, {"optima": lambda f: replace(f.optima, another=line(-1, 0, ("1/2", 1, 2), (2, 0 + 1, 1)))},
    ),
    "F: disagreement of the functions": ("F", RUN, {"sobolev": lambda f: replace(f.sobolev, agrees=False)}),
    "F: a wrong coefficient": (
        "F", RUN,
        {"sobolev": lambda f: replace(f.sobolev, coefficients=((fmpq(9), *f.sobolev.coefficients[0][1:]),))},
    ),
    "F: a kink of the wrong sign": ("F", RUN, {"kinks": lambda f: tuple((-d[0],) for d in f.kinks)}),
    "I: an outsider among the optima": (
        "I", RUN, {"optima": lambda f: replace(f.optima, another=line(-1, 0, ("1/2", 1, 2, 3), (2, 0 + 1, 1, 1)))},
    ),
    "J: kinks that are not aligned": ("J", UNIQUE, {"runs": lambda f: (Run(1, 2), Run(3, 3))}),
    "K: too few neurons claimed": ("K", RUN, {"sparsest": lambda f: replace(f.sparsest, width=1)}),
    "K: too many neurons": (
        "K", RUN,
        {"sparsest": lambda f: replace(f.sparsest, width=3, spline=f.optima.connect_the_dots)},
    ),
    "K: uniqueness of an odd run": ("K", RUN, {"sparsest": lambda f: replace(f.sparsest, unique=True)}),
    "K: non-uniqueness of an even run": ("K", PAIR, {"sparsest": lambda f: replace(f.sparsest, unique=False)}),
    "L: a tent where there is none": (
        "L", UNIQUE, {"optima": lambda f: replace(f.optima, radius=Tent(1, fmpq(2), (fmpq(1), fmpq(1))))},
    ),
    "L: a radius that is too small": (
        "L", RUN, {"optima": lambda f: replace(f.optima, radius=Tent(1, fmpq(3, 2), (fmpq(1, 4),)))},
    ),
    "L: no radius": ("L", RUN, {"optima": lambda f: replace(f.optima, radius=None)}),
    "M: a dual of other points": (
        "M", RUN,
        {"duality": lambda f: replace(f.duality, pairing={j: c + 1 for j, c in f.duality.pairing.items()})},
    ),
    "M: a sparsest optimum that leaves the contact set": (
        "M", RUN, {"sparsest": lambda f: replace(f.sparsest, spline=line(0, 0, ("1/2", 2), (1, 2)))},
    ),
    "N: a margin that is too small": (
        "N", UNIQUE,
        {"margin": lambda f: replace(f.margin, rational=f.margin.rational / 2, discriminant=f.margin.discriminant / 4)},
    ),
    "N: a margin that is too large": (
        "N", UNIQUE, {"margin": lambda f: replace(f.margin, rational=f.margin.rational + 1)},
    ),
    "N: the other pair": (
        "N", UNIQUE, {"margin": lambda f: replace(f.margin, pair=3 - f.margin.pair)},
    ),
    "N: a positive margin for a non-unique dataset": (
        "N", PAIR, {"margin": lambda f: PairMargin(1, fmpq(1, 9), fmpq(0), None)},
    ),
}  # fmt: skip


@pytest.mark.parametrize(("letter", "data", "changes"), WRONG.values(), ids=WRONG)
def test_a_wrong_finding_is_refuted(letter, data, changes):
    """The claim refutes it, and its witness is the dataset."""
    verdict = VERDICT_ON[letter](altered(data, **changes))
    assert verdict.word == "refuted"
    assert verdict.witness == data


def test_every_claim_is_seen_to_fail():
    """The table above covers all claims that decide a dataset."""
    assert {letter for letter, _, _ in WRONG.values()} == set(VERDICT_ON)


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.letter)
def test_explanations_have_numbers(claim):
    """--explain has something to show for every claim that applies."""
    for data in (RUN, UNIQUE):
        findings = check(data)
        verdict = next(result.verdict for result in findings.claims if result.letter == claim.letter)
        if verdict.word != "does_not_apply" and not (claim.letter == "L" and findings.unique):
            assert claim.explain(findings)
