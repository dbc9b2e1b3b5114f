"""What can be hunted: a changed claim, a statement of the registry with or without a hypothesis, a user's own claim."""

import runpy
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...theory.dataset import Dataset
from ...theory.verdict import DoesNotApply, Holds, Refuted, Undecided, Verdict
from ..claims.claim import Claim, NotApplicable
from ..claims.registry import REGISTRY, claim_named
from ..claims.without import ALL_CHANGED, ChangedClaim
from ..reading.source import InputError, printable
from ..strategies import datasets
from .unrestricted import unrestricted

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

QUICK, SLOW = 30_000, 2_000
"""How many smaller datasets are decided at most: where a decision is a formula, and where it is a whole check."""

OWN_FUNCTION = "claim"
_CANNOT_BE_EVALUATED = (ArithmeticError, AssertionError, LookupError, TypeError, ValueError)


@dataclass(frozen=True, slots=True)
class Hunted:
    """A claim to refute.

    name, statement: for the reader. verdict_on: the verdict on one subject of the strategy. words: what the strategy
    searches. score: what the search climbs, or None. test: imports, and an expression in `data` that is true of a
    counterexample. budget: how many smaller datasets are decided at most.
    """

    name: str
    statement: str
    verdict_on: Callable[[Any], Verdict]
    strategy: "Callable[[], SearchStrategy[Any]]"
    words: str
    test: tuple[str, str]
    budget: int
    score: Callable[[Dataset], float] | None = None
    integer_points: bool = False


def named(claim: str, without: str | None) -> Hunted:
    """What `hunt CLAIM --without HYPOTHESIS` and `hunt FILE.py` name; InputError if there is no such thing."""
    if claim.endswith(".py"):
        if without is not None:
            raise InputError("--without: your own claim has no named hypotheses; change the file")
        return from_file(Path(claim))
    known = claim_named(claim)
    if known is None:
        raise InputError(
            f"no statement is called {printable(claim)!r}; there are {', '.join(REGISTRY)}, or FILE.py for your own "
            "(its name must end in .py)"
        )
    if without is None:
        return from_claim(known)
    return _without(known, without)


def _without(claim: Claim, wanted: str) -> Hunted:
    """The changed claim without the hypothesis of this name, or of the only name that begins so."""
    changed: dict[str, ChangedClaim[Any] | Claim] = {
        hypothesis.name: claim.without(hypothesis.name) for hypothesis in claim.hypotheses
    }
    changed |= {other.without: other for other in ALL_CHANGED if other.letter == claim.letter}
    matches = [name for name in changed if name.lower().startswith(wanted.lower())]
    matches = [wanted] if wanted in changed else matches
    if len(matches) != 1:
        names = "; ".join(changed) or "none"
        raise InputError(f"--without {printable(wanted)!r}: the hypotheses of {claim.letter} to drop are: {names}")
    found = changed[matches[0]]
    return from_changed(found) if isinstance(found, ChangedClaim) else from_claim(found)


def from_changed(changed: ChangedClaim[Any]) -> Hunted:
    """A row of the table of changed claims; Hypothesis alone makes small what is no dataset."""
    return Hunted(
        name=f"{changed.letter} without {changed.without!r}",
        statement=changed.statement,
        verdict_on=changed.verdict_on,
        strategy=changed.strategy,
        words=changed.words,
        test=(
            "from reluproof.verify.claims.without import changed_claim",
            f'changed_claim("{changed.letter}", "{changed.without}").verdict_on(data).word == "refuted"',
        ),
        budget=QUICK,
        score=changed.score,
        integer_points=changed.integer_points,
    )


def from_claim(claim: Claim) -> Hunted:
    """A statement of the registry, whatever its subjects are; InputError if it has nothing to search."""
    if isinstance(claim.strategy, NotApplicable):
        raise InputError(f"statement {claim.letter} cannot be hunted: {claim.strategy.reason}")
    strategy = unrestricted(claim)
    dropped = "".join(f".without({name!r})" for name in claim.dropped)
    return Hunted(
        name=claim.letter + "".join(f" without {name!r}" for name in claim.dropped),
        statement=claim.statement,
        verdict_on=_guarded(claim),
        strategy=strategy or claim.strategy,
        words="what the statement is about" if strategy is None else _first_line(strategy),
        test=(
            "from reluproof.verify.claims.registry import REGISTRY",
            f'REGISTRY["{claim.letter}"]{dropped}.holds(data).word == "refuted"',
        ),
        budget=SLOW,
    )


def _first_line(strategy: Callable[[], Any]) -> str:
    line = (strategy.__doc__ or "").partition("\n")[0].rstrip(".")
    return line[:1].lower() + line[1:]


def _guarded(claim: Claim) -> Callable[[Any], Verdict]:
    """The verdict; `Undecided` where, a hypothesis being dropped, the statement cannot even be evaluated."""
    if not claim.dropped:
        return claim.holds

    def verdict_on(subject: Any) -> Verdict:
        try:
            return claim.holds(subject)
        except _CANNOT_BE_EVALUATED as error:
            return Undecided(f"the statement cannot be evaluated: {type(error).__name__}: {error}")

    return verdict_on


def from_file(path: Path) -> Hunted:
    """The function `claim` of a Python file, which is executed; InputError if that is not possible."""
    shown = printable(str(path))
    try:
        content = runpy.run_path(str(path))
    except OSError as error:
        raise InputError(f"{shown}: cannot be read: {error.strerror}") from None
    except (Exception, SystemExit) as error:  # noqa: BLE001 - whatever the user's file raises is the user's to read
        raise InputError(f"{shown}: executing it raised {type(error).__name__}: {printable(str(error))}") from None
    function = content.get(OWN_FUNCTION)
    if not callable(function):
        raise InputError(
            f"{shown}: it must define a function {OWN_FUNCTION}(data) that takes a Dataset and returns truth"
        )
    return Hunted(
        name=shown,
        statement=printable((function.__doc__ or f"{OWN_FUNCTION}(data) is true of every dataset").partition("\n")[0]),
        verdict_on=own_verdict(function, shown),
        strategy=datasets,
        words="all kinds of datasets",
        test=("import runpy", f'not runpy.run_path({str(path)!r})["{OWN_FUNCTION}"](data)'),
        budget=QUICK,
    )


def own_verdict(function: Callable[[Dataset], Any], shown: str) -> Callable[[Dataset], Verdict]:
    """The verdicts of a user's function; InputError if it raises or returns no truth value."""

    def verdict_on(data: Dataset) -> Verdict:
        try:
            answer = function(data)
            if isinstance(answer, Holds | Refuted | DoesNotApply | Undecided):
                return answer
            # numpy's booleans are not Python's, and both mean what they say; other values may mean anything.
            truth = bool(answer) if type(answer).__name__ in ("bool", "bool_") else None
        except (Exception, SystemExit) as error:  # noqa: BLE001 - whatever the user's function raises is the user's to read
            raise InputError(
                f"{shown}: {OWN_FUNCTION}(data) raised {type(error).__name__}: {printable(str(error))} for {data!r}"
            ) from None
        if truth is None:
            raise InputError(
                f"{shown}: {OWN_FUNCTION}(data) returned {printable(repr(answer))[:80]} for {data!r}: "
                "return True, False or a verdict"
            )
        return Holds("the function returned true") if truth else Refuted(data, "the function returned false")

    return verdict_on
