"""The standings of the claims as text, JSON and LaTeX."""

import textwrap
from collections.abc import Mapping, Sequence
from typing import Any

from ..claims.claim import Claim
from ..words import WIDTH, wrapped
from .literature import works_about
from .runs import Outcome, Standing, versions
from .scale import SCALE, status, ways_that_passed

WAYS = ("note", "symbolic", "exact", "search", "formal")

HEADINGS = ("", "statement", *WAYS, "rests on", "status")


def cell(way: str, outcome: Outcome) -> str:
    """One outcome, short: what passed and how far it reaches, a dash where the way is not applicable."""
    if outcome.state == "not applicable":
        return "-"
    if outcome.state not in {"passed", "recorded"}:
        return outcome.state
    if way == "note":
        return "yes"
    if way == "symbolic":
        return outcome.detail
    unit = {"exact": "dataset", "search": "example", "formal": "theorem"}[way]
    earlier = ", recorded" if outcome.state == "recorded" else ""
    return f"{outcome.count} {unit}{'' if outcome.count == 1 else 's'}{earlier}"


def rows(standings: Mapping[str, Standing], letters: Sequence[str]) -> list[tuple[str, ...]]:
    """One row per letter, in the order of `HEADINGS`."""
    return [
        (
            letter,
            standings[letter].claim.name,
            *[cell(way, standings[letter].outcomes[way]) for way in WAYS],
            " ".join(standings[letter].claim.rests_on) or "-",
            status(letter, standings),
        )
        for letter in letters
    ]


def text_table(standings: Mapping[str, Standing], letters: Sequence[str], examples: int, seed: int) -> str:
    """The table for a terminal, with the versions and the seed of the runs below it."""
    table = [HEADINGS, *rows(standings, letters)]
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    lines = ["  ".join(f"{text:<{width}}" for text, width in zip(row, widths, strict=True)).rstrip() for row in table]
    used = ", ".join(f"{name} {number}" for name, number in versions().items())
    notice = f"'-': not applicable; `reluproof claims NAME` says why. Searches of {examples} examples, seed {seed}."
    shown = [name for name in SCALE if any(row[-1].startswith(name) for row in table[1:])]
    return "\n".join([*lines, "", *[f"{name}: {SCALE[name]}." for name in shown], notice, used])


def text_of(standings: Mapping[str, Standing], letter: str) -> str:
    """Everything about one claim: statement, hypotheses, every way with its outcome or the reason that it has none."""
    standing = standings[letter]
    claim = standing.claim
    lines = [f"{letter}. {claim.name} [{claim.source}], about {claim.scope}", ""]
    lines += textwrap.wrap(claim.statement, WIDTH, initial_indent="  ", subsequent_indent="  ")
    lines += ["", _row("assumes", ", ".join(hypothesis.name for hypothesis in claim.hypotheses) or "nothing")]
    lines.append(_row("rests on", ", ".join(claim.rests_on) or "nothing"))
    lines.append(_row("source", claim.source))
    works = works_about(letter)
    lines += [_row("works", f"{'; '.join(works)} (proofs_notes/literature.md)")] if works else []
    lines += [_row(way, _described(way, standing.outcomes[way])) for way in WAYS]
    return "\n".join([*lines, _row("status", status(letter, standings))])


def _described(way: str, outcome: Outcome) -> str:
    counted = f" ({outcome.count} identities)" if way == "symbolic" and outcome.count else ""
    return f"{outcome.state}: {outcome.detail}{counted}"


def _row(name: str, text: str) -> str:
    first, *others = text.split("\n")
    lines = [f"  {name:<9} {first}", *[f"{'':12}{line}" for line in others]]
    return "\n".join([part for line in lines for part in wrapped(line, hanging=12)])


def standings_json(
    standings: Mapping[str, Standing], letters: Sequence[str], examples: int, seed: int
) -> dict[str, Any]:
    """The object that `reluproof claims --json` prints, schema "reluproof.claims/1"."""
    return {
        "schema": "reluproof.claims/1",
        "versions": versions(),
        "examples": examples,
        "seed": seed,
        "claims": [_claim_object(standings[letter].claim, standings) for letter in letters],
    }


def _claim_object(claim: Claim, standings: Mapping[str, Standing]) -> dict[str, Any]:
    outcomes = standings[claim.letter].outcomes
    return {
        "letter": claim.letter,
        "name": claim.name,
        "file": claim.stem,
        "statement": claim.statement,
        "source": claim.source,
        "literature": works_about(claim.letter),
        "scope": claim.scope.value,
        "hypotheses": [hypothesis.name for hypothesis in claim.hypotheses],
        "rests_on": list(claim.rests_on),
        "ways": {
            way: {"state": outcomes[way].state, "detail": outcomes[way].detail, "count": outcomes[way].count}
            for way in WAYS
        },
        "passed": ways_that_passed(standings[claim.letter]),
        "status": status(claim.letter, standings),
    }


def latex_table(standings: Mapping[str, Standing], letters: Sequence[str]) -> str:
    """The table as a LaTeX tabular."""
    body = [" & ".join(map(_latex, row)) + r" \\" for row in rows(standings, letters)]
    head = " & ".join(map(_latex, HEADINGS)) + r" \\ \hline"
    return "\n".join([rf"\begin{{tabular}}{{{'l' * len(HEADINGS)}}}", head, *body, r"\end{tabular}"])


def _latex(text: str) -> str:
    for sign, command in (("<=", r"$\le$"), (">=", r"$\ge$"), ("_", r"\_"), ("&", r"\&"), ("%", r"\%")):
        text = text.replace(sign, command)
    return text
