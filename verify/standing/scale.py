"""How firmly a statement stands, in one word of a short scale, computed from the outcomes of its ways."""

from collections.abc import Mapping

from .runs import Standing

SCALE: dict[str, str] = {
    "proved": "theorems about it are machine-checked for all N and T, and another way of testing it passed now",
    "identities": "its formulas are identities for the N and T that the column symbolic names, and nothing failed",
    "tested": "it held on the datasets and examples that the columns exact and search count, and on nothing else",
    "argued": "its note argues for it; nothing that runs tests it",
    "open": "nothing runs, and its note is missing or says something else",
    "undecided": "some way stayed undecided",
    "refuted": "some way refutes it",
}
"""From firm to refuted; every word says no more than what ran."""

FIRM = ("proved", "identities", "tested")


def word(standing: Standing) -> str:
    """The word of the scale for one statement by itself."""
    outcomes = standing.outcomes
    if standing.refuted:
        return "refuted"
    if any(outcome.state == "undecided" for outcome in outcomes.values()):
        return "undecided"
    if not standing.tested:
        return "argued" if outcomes["note"].state == "passed" else "open"
    if outcomes["formal"].state in ("passed", "recorded"):
        return "proved"
    return "identities" if outcomes["symbolic"].state == "passed" else "tested"


def status(letter: str, standings: Mapping[str, Standing]) -> str:
    """The word, and what takes away from it: a note that is not right, statements below that do not stand firmly."""
    own = word(standings[letter])
    if own not in FIRM:
        return own
    note = standings[letter].outcomes["note"].state
    missing = "" if note == "passed" else f"; note {note}"
    below = [other for other in standings[letter].claim.rests_on if not stands_firmly(other, standings)]
    return own + missing + (f", but for {', '.join(below)}" if below else "")


def stands_firmly(letter: str, standings: Mapping[str, Standing]) -> bool:
    """Whether it was tested, nothing failed, its note is right, and all that it rests on stands firmly too."""
    return status(letter, standings) in FIRM


def ways_that_passed(standing: Standing) -> list[str]:
    """The names of the ways whose outcome is a success, recorded proofs included."""
    return [way for way, outcome in standing.outcomes.items() if outcome.state in ("passed", "recorded")]
