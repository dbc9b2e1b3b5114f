"""Running the ways of testing a claim, and what follows from the runs: nothing here is typed by hand."""

import platform
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import version
from typing import Any, Literal

from ...theory.dataset import Dataset
from ...theory.verdict import ClaimRefuted, Refuted, Undecided
from ..answers.answers import answers
from ..claims.claim import Claim, NotApplicable
from .formal import Theorems
from .note import MISSING, problem_of_note

State = Literal["passed", "recorded", "failed", "undecided", "not applicable", "not there"]
"""recorded: passed in an earlier run, of the same sources; only the formal way knows this."""

EVIDENCE = ("symbolic", "exact", "search", "formal")
"""The ways that test the statement itself; the note is a text about it."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one way of one claim ended. detail: coverage, counts, the reason, or what refutes; count: of its runs."""

    state: State
    detail: str
    count: int = 0


@dataclass(frozen=True, slots=True)
class Standing:
    """A claim with the outcomes of all its ways: note, symbolic, exact, search, formal."""

    claim: Claim
    outcomes: Mapping[str, Outcome]

    @property
    def refuted(self) -> bool:
        """Whether some way that tests the statement failed."""
        return any(self.outcomes[way].state == "failed" for way in EVIDENCE)

    @property
    def tested(self) -> bool:
        """Whether some way tested the statement and it passed."""
        return any(self.outcomes[way].state == "passed" for way in EVIDENCE)


def run_note(claim: Claim) -> Outcome:
    """Whether proofs_notes/ has the note, with the statement of the registry and every section."""
    problem = problem_of_note(claim)
    if problem is None:
        return Outcome("passed", f"proofs_notes/{claim.stem}.md")
    return Outcome("not there" if problem == MISSING else "failed", problem)


def run_symbolic(claim: Claim) -> Outcome:
    """Every identity of the claim's symbolic check, on the formulas that the program runs."""
    if isinstance(claim.symbolic, NotApplicable):
        return Outcome("not applicable", claim.symbolic.reason)
    from ..claims.symbolic.identity import FORMULAS

    module = import_module(f"..claims.symbolic.{claim.stem}", __package__)
    results = list(module.identities(FORMULAS))
    wrong = [result.words for result in results if not result.holds]
    if not results:
        return Outcome("failed", "the module has no identity")
    if wrong:
        return Outcome("failed", f"not identically true: {'; '.join(wrong)}", len(results))
    return Outcome("passed", module.COVERAGE, len(results))


def run_exact(claim: Claim, datasets: Mapping[str, Dataset]) -> Outcome:
    """The exact verdict on each dataset; a refutation names the dataset and gives the witness."""
    if isinstance(claim.exact, NotApplicable):
        return Outcome("not applicable", claim.exact.reason)
    held, unmet = 0, ""
    for name, data in datasets.items():
        verdict = claim.verdict_on(answers(data))
        if isinstance(verdict, Refuted):
            return Outcome("failed", f"{name}: {verdict.reason}\nwitness: {verdict.witness!r}", held)
        if isinstance(verdict, Undecided):
            return Outcome("undecided", f"{name}: {verdict.reason}", held)
        held, unmet = held + (verdict.word == "holds"), unmet if verdict.word == "holds" else verdict.reason
    if not held:
        return Outcome("undecided", f"none of {len(datasets)} datasets meets the hypotheses: {unmet}")
    return Outcome("passed", f"holds on {held} datasets, says nothing about {len(datasets) - held}", held)


def run_search(claim: Claim, examples: int, seed: int) -> Outcome:
    """The property over the claim's strategy, for `examples` examples from this seed, shrunk where it fails."""
    if isinstance(claim.strategy, NotApplicable):
        return Outcome("not applicable", claim.strategy.reason)
    from hypothesis import HealthCheck, Verbosity, given, settings
    from hypothesis import seed as seeded

    words: Counter[str] = Counter()

    @seeded(seed)
    @settings(
        max_examples=examples,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        verbosity=Verbosity.quiet,
    )
    @given(claim.strategy())
    def search(subject: Any) -> None:
        verdict = claim.holds(subject)
        words[verdict.word] += 1
        verdict.raise_if_refuted()

    try:
        search()
    except ClaimRefuted as refutation:
        return Outcome("failed", str(refutation), sum(words.values()))
    held, others = words["holds"], words["does_not_apply"] + words["undecided"]
    if words["undecided"] or not held:
        return Outcome(
            "undecided", f"of {held + others} examples {held} hold, {words['undecided']} are undecided", held
        )
    return Outcome("passed", f"{held} examples hold, {others} do not meet the hypotheses", held)


def run_formal(claim: Claim, theorems: Theorems) -> Outcome:
    """The machine-checked theorems about the claim, by the answer of the formal check."""
    found = theorems.about(claim.letter)
    if theorems.state != "not there" and not found:
        return Outcome("not applicable", "no machine-checked theorem is about this statement")
    return Outcome(theorems.state, "\n".join([theorems.reason, *found]), len(found))


def stand(
    claims: Iterable[Claim], datasets: Mapping[str, Dataset], theorems: Theorems, examples: int, seed: int
) -> Iterator[Standing]:
    """The standings of the claims, one by one as they are run."""
    for claim in claims:
        yield Standing(
            claim,
            {
                "note": run_note(claim),
                "symbolic": run_symbolic(claim),
                "exact": run_exact(claim, datasets),
                "search": run_search(claim, examples, seed),
                "formal": run_formal(claim, theorems),
            },
        )


def versions() -> dict[str, str]:
    """What the runs depend on."""
    names = ("reluproof", "python-flint", "sympy", "hypothesis")
    return {"python": platform.python_version(), **{name: version(name) for name in names}}
