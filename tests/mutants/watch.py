"""Who notices: each way of testing a claim, run once and cut short at the first refutation."""

import sys
from collections.abc import Iterable
from importlib import import_module
from types import FrameType

from hypothesis import HealthCheck, Phase, Verbosity, given, seed, settings
from reluproof.theory import ClaimRefuted, Dataset, Refuted
from reluproof.verify.answers.answers import answers
from reluproof.verify.claims.claim import Claim, NotApplicable
from reluproof.verify.claims.registry import REGISTRY
from reluproof.verify.claims.symbolic.identity import FORMULAS
from reluproof.verify.standing.textbook import DATASETS

from mutants.mutant import Mutant

WAYS = ("exact", "search", "symbolic")

NAMES = (
    "two points, two tasks",
    "three points",
    "a run of two, uneven",
    "an odd run of three",
    "two runs around a zero kink",
    "a zero kink beside a kink",
    "all kinks zero",
    "labels a, b, b, a",
    "margin on an axis",
    "opposite kinks",
    "a run in the direction (3, 4)",
    "generic, two tasks",
)
WATCHED = (
    *[DATASETS[name] for name in NAMES],
    Dataset.from_fractions([0, 1, 2, 4, 5, 7, 8], [0, 0, 1, 9, 17, "45/2", 22]),
    Dataset.from_fractions(range(7), [(0, 0), (0, 0), (1, 0), (5, 1), (5, 5), (9, 2), (1, 1)]),
    Dataset.from_fractions(range(6), [(0, 0), (0, 0), (5, 0), (0, 0), (1, 0), (3, "1/10")]),
)
"""A dataset of each kind, three more with several pairs that differ; those left out only add to the time."""


def has(letter: str, way: str) -> bool:
    """Whether the claim can be tested in this way at all."""
    claim = REGISTRY[letter]
    found = {"exact": claim.exact, "search": claim.strategy, "symbolic": claim.symbolic}[way]
    return not isinstance(found, NotApplicable)


def uses(way: str, mutant: Mutant, letters: str) -> bool:
    """Whether some of these claims runs the mutant's function in this way: only then can it notice."""
    code, called = mutant.function().__code__, False

    def watch(frame: FrameType, event: str, _argument: object) -> None:
        nonlocal called
        called = called or (event == "call" and frame.f_code is code)

    sys.setprofile(watch)
    try:
        for letter in letters:
            if has(letter, way) and not called:
                notices(way, letter, examples=20)
    finally:
        sys.setprofile(None)
    return called


def notices(way: str, letter: str, examples: int = 600) -> bool:
    """Whether this way of this claim refutes the program as it runs now."""
    claim = REGISTRY[letter]
    if way == "exact":
        return exact_refutes(claim, WATCHED)
    return search_refutes(claim, examples) if way == "search" else symbolic_refutes(claim)


def exact_refutes(claim: Claim, datasets: Iterable[Dataset]) -> bool:
    """Whether the exact check refutes the claim on one of the datasets; a crash is no refutation."""
    for data in datasets:
        try:
            # The findings without the verdicts of other claims, which may crash on broken mathematics.
            verdict = claim.verdict_on(answers(data))
        except Exception:  # noqa: BLE001  (whatever broken mathematics leads to)
            continue
        if isinstance(verdict, Refuted):
            return True
    return False


def search_refutes(claim: Claim, examples: int) -> bool:
    """Whether one of so many examples refutes the property; those that crash do not count, nothing is shrunk."""

    @seed(5)
    @settings(
        max_examples=examples,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        report_multiple_bugs=False,
        suppress_health_check=list(HealthCheck),
        verbosity=Verbosity.quiet,
    )
    @given(claim.strategy())
    def search(subject: object) -> None:
        try:
            verdict = claim.holds(subject)
        except Exception:  # noqa: BLE001
            return
        verdict.raise_if_refuted()

    try:
        search()
    except ClaimRefuted:
        return True
    except Exception:  # noqa: BLE001  (a strategy built on broken mathematics)
        return False
    return False


def symbolic_refutes(claim: Claim) -> bool:
    """Whether some identity of the symbolic check does not come out."""
    module = import_module(f"reluproof.verify.claims.symbolic.{claim.stem}")
    try:
        return not all([identity.holds for identity in module.identities(FORMULAS)])
    except Exception:  # noqa: BLE001
        return False
