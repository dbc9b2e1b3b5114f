"""Answers as text and as JSON: value, evidence from above (network) and from below (multipliers)."""

from typing import Any

from ...theory.enclosure import round_decimal
from ...theory.numeral import format_rational
from ..independent import Comparison
from ..solve.interface import Solution
from ..words import WIDTH, between, fitted, numerals, tuple_text

SHOWN = 12


def answer_json(answer: Solution, digits: int) -> dict[str, Any]:
    """The keys that `reluproof solve` and `reluproof check --independent` have in common."""
    bounds = answer.bounds
    return {
        "breakpoints": answer.breakpoints,
        "method": answer.method,
        "digits": digits,
        "status": answer.status,
        "lower": None if bounds is None else round_decimal(bounds.lower, digits + 5, up=False),
        "upper": None if bounds is None else round_decimal(bounds.upper, digits + 5, up=True),
        "network": _network(answer),
        "multipliers": None if answer.dual is None else [numerals(row) for row in answer.dual],
        "reason": answer.reason,
    }


def comparison_json(comparison: Comparison, digits: int) -> dict[str, Any]:
    """The answer with the theorem's value and the verdict."""
    lower, upper = comparison.theorem.decimals(digits + 5)
    verdict = comparison.verdict
    return {
        **answer_json(comparison.answer, digits),
        "theorem": {"lower": lower, "upper": upper},
        "verdict": verdict.word,
        "comparison": verdict.reason,
    }


def answer_text(answer: Solution, digits: int, width: int = WIDTH) -> list[str]:
    """Method, status, value, network and multipliers; long lists are cut and say so."""
    value = "none" if answer.bounds is None else between(answer.bounds, digits + 2)
    lines = [f"optimum      {value}", f"status       {answer.status}: {answer.reason}", f"method       {answer.method}"]
    return fitted([*lines, *evidence_text(answer)], width)


def comparison_text(comparisons: tuple[Comparison, ...], digits: int, width: int = WIDTH) -> list[str]:
    """Both answers side by side; where they disagree, with the evidence of both bounds."""
    if not comparisons:
        return ["independent  no solver is made for this program"]
    lines = [f"the theorem: sum |d_j| is {between(comparisons[0].theorem, digits + 2)}"]
    for comparison in comparisons:
        answer, verdict = comparison.answer, comparison.verdict
        value = "no value" if answer.bounds is None else between(answer.bounds, digits + 2)
        word = "REFUTED" if verdict.word == "refuted" else verdict.word.replace("_", " ")
        lines.append(f"{answer.method} (breakpoints: {answer.breakpoints}): {value}")
        lines.append(f"   {word}: {verdict.reason}")
        if verdict.word == "refuted":
            lines += [f"   {line}" for line in evidence_text(answer, cut=False)]
    return fitted(lines, width)


def evidence_text(answer: Solution, *, cut: bool = True) -> list[str]:
    """The network that proves the upper bound and the multipliers that prove the lower one."""
    lines = []
    if answer.primal is not None:
        atoms = zip(answer.program.atoms, answer.primal.kinks, strict=True)
        terms = [
            f"knot {format_rational(a.knot)}{_side(answer, a.side)} kink {tuple_text(m)}" for a, m in atoms if any(m)
        ]
        lines += _listed("network", [f"free part {' '.join(map(tuple_text, answer.primal.free))}", *terms], cut)
    if answer.dual is not None:
        rows = zip(answer.program.data.points, answer.dual, strict=True)
        lines += _listed("multipliers", [f"at {format_rational(x)}: {tuple_text(row)}" for x, row in rows], cut)
    return lines


def _listed(name: str, items: list[str], cut: bool) -> list[str]:
    shown = items[:SHOWN] if cut else items
    more = [f"... and {len(items) - len(shown)} more (--json lists them)"] if len(items) > len(shown) else []
    return [f"{name if i == 0 else '':<11}  {item}" for i, item in enumerate(shown + more)]


def _network(answer: Solution) -> dict[str, Any] | None:
    if answer.primal is None:
        return None
    free = [numerals(part) for part in answer.primal.free]
    zero = ["0"] * answer.program.data.tasks
    slope, offset = free if answer.program.linear_part else (zero, free[0])
    neurons = [
        {"knot": format_rational(atom.knot), "side": "left" if atom.side < 0 else "right", "kink": numerals(kink)}
        for atom, kink in zip(answer.program.atoms, answer.primal.kinks, strict=True)
        if any(kink)
    ]
    return {"affine": {"slope": slope, "offset": offset}, "neurons": neurons}


def _side(answer: Solution, side: int) -> str:
    return "" if answer.program.linear_part else " to the left" if side < 0 else " to the right"
