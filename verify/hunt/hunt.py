"""Hunting: Hypothesis finds a counterexample, climbing where there is a score; then the smallest one is looked for."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ...theory.dataset import Dataset
from ...theory.verdict import Refuted, Undecided
from ..claims.without import Counterexample
from ..reading.source import InputError
from .smallest import FickleError, Smallest, smallest
from .target import Hunted


@dataclass(frozen=True, slots=True)
class Hunt:
    """What a hunt brought home.

    tried: how many examples were decided until the first counterexample, or in all. undecided: how many of them stayed
    open. subject, verdict: the counterexample, None if there is none. smallest: about a subject that is a dataset.
    """

    hunted: Hunted
    examples: int
    seed: int
    tried: int
    undecided: int
    subject: Any
    verdict: Refuted | None
    smallest: Smallest | None

    @property
    def counterexample(self) -> Counterexample | None:
        """The counterexample with all that is known of it; None if there is none, or if no dataset belongs to it."""
        if self.verdict is None:
            return None
        if isinstance(self.verdict.witness, Counterexample):
            return self.verdict.witness
        data = self.subject if isinstance(self.subject, Dataset) else getattr(self.subject, "data", None)
        return Counterexample(data, self.verdict.reason) if isinstance(data, Dataset) else None


ASKED_AGAIN = 5
"""How often the counterexample that is printed is decided again: an answer that depends on chance shows."""


def _silent(_tried: int) -> None:
    """No progress is shown."""


def hunt(hunted: Hunted, examples: int, seed: int, progress: Callable[[int], None] = _silent) -> Hunt:
    """Search `examples` examples from this seed, always the same ones; then make the counterexample small.

    progress is told how many examples have been decided, one by one.
    """
    search = _Search(hunted, examples, seed, progress)
    search.run()
    if search.caught is not None and not isinstance(search.caught[0], Dataset):
        # Datasets are made small below; whatever else the claim is about, Hypothesis shrinks in a second run.
        search = _Search(hunted, examples, seed, _silent)
        search.run(shrink=True)
        if search.caught is None:
            raise _fickle(hunted)
    if search.caught is None:
        return Hunt(hunted, examples, seed, search.tried, search.undecided, None, None, None)
    subject, verdict = search.caught
    if not isinstance(subject, Dataset):
        return Hunt(hunted, examples, seed, search.tried, search.undecided, subject, verdict, None)
    try:
        best = smallest(subject, hunted.verdict_on, hunted.budget, integer_points=hunted.integer_points)
    except FickleError:
        raise _fickle(hunted) from None
    if any([not isinstance(hunted.verdict_on(best.data), Refuted) for _ in range(ASKED_AGAIN)]):
        raise _fickle(hunted)
    return Hunt(hunted, examples, seed, search.tried, search.undecided, best.data, best.verdict, best)


def _fickle(hunted: Hunted) -> InputError:
    return InputError(f"{hunted.name}: the answer for one dataset changes from one call to the next")


class _Caught(Exception):
    """Raised inside Hypothesis at a counterexample, so that it shrinks it."""


class _Search:
    """One run of Hypothesis; `caught` is the last counterexample seen, which is the shrunk one."""

    def __init__(self, hunted: Hunted, examples: int, seed: int, progress: Callable[[int], None]) -> None:
        self.hunted, self.examples, self.seed, self.progress = hunted, examples, seed, progress
        self.tried = self.undecided = 0
        self.caught: tuple[Any, Refuted] | None = None

    def run(self, *, shrink: bool = False) -> None:
        """Draw the examples until one refutes; with `shrink` Hypothesis then makes that one small."""
        from hypothesis import HealthCheck, Phase, Verbosity, given, settings
        from hypothesis import seed as seeded
        from hypothesis.errors import Flaky

        settled = settings(
            max_examples=self.examples,
            database=None,
            deadline=None,
            phases=(Phase.generate, Phase.target, *((Phase.shrink,) if shrink else ())),
            suppress_health_check=list(HealthCheck),
            verbosity=Verbosity.quiet,
            report_multiple_bugs=False,
        )

        @seeded(self.seed)
        @settled
        @given(self.hunted.strategy())
        def search(subject: Any) -> None:
            self._one(subject)

        try:
            search()
        except _Caught:
            pass
        except Flaky:
            raise _fickle(self.hunted) from None

    def _one(self, subject: Any) -> None:
        from hypothesis import target

        verdict = self.hunted.verdict_on(subject)
        if self.caught is None:
            self.tried += 1
            self.undecided += isinstance(verdict, Undecided)
            self.progress(self.tried)
        if isinstance(verdict, Refuted):
            self.caught = subject, verdict
            raise _Caught
        if self.hunted.score is not None:
            target(self.hunted.score(subject))
