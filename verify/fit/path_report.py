"""Paths of fits as text and as JSON."""

import json
from collections.abc import Sequence
from importlib.metadata import version
from typing import Any

from ...theory.enclosure import round_decimal
from ...theory.numeral import format_rational
from .exact_path import Breakpoint
from .noisy import Noisy
from .report import decimal, fit_json, head
from .result import Fit

EVENTS = {0: "vanishes", 1: "appears, upward", -1: "appears, downward"}
WORDS = {True: "yes", False: "no", None: "not decided"}


def path_json(fits: Sequence[Fit]) -> str:
    """The object "reluproof.fit-path/1": fits without their values, from the largest lambda down."""
    objects: list[dict[str, Any]] = []
    for found in fits:
        whole = fit_json(found)
        del whole["values"]
        objects.append(whole)
    return json.dumps({"schema": "reluproof.fit-path/1", "version": version("reluproof"), "fits": objects})


def path_text(fits: Sequence[Fit]) -> str:
    """One line a lambda."""
    rows = [("lambda", "kinks", "only network", "freedom", "residual norm", "optimal value", "relative gap")]
    for found in fits:
        df = found.degrees_of_freedom
        rows.append(
            (
                decimal(found.penalty),
                str(len(found.support)) + (f" (+{len(found.undecided)} undecided)" if found.undecided else ""),
                WORDS[found.unique],
                str(df) if isinstance(df, int) else f"~{df:.5g}",
                round_decimal(found.residual_norm.upper, 8, up=True),
                round_decimal(found.objective.upper, 8, up=True),
                round_decimal(found.relative_gap, 2, up=True),
            )
        )
    return "\n".join([head(fits[0]), "", *_table(rows)])


def exact_json(noisy: Noisy, breakpoints: Sequence[Breakpoint]) -> str:
    """The object "reluproof.fit-path/1" with exact breakpoints instead of fits."""
    found = [
        {
            "lambda": format_rational(b.penalty),
            "changes": [{"point": point, "sign": new} for point, new in b.changes],
            "kinks": b.kinks,
        }
        for b in breakpoints
    ]
    head_ = {"schema": "reluproof.fit-path/1", "version": version("reluproof")}
    return json.dumps({**head_, "input": noisy.source.to_json(), "breakpoints": found})


def exact_text(noisy: Noisy, breakpoints: Sequence[Breakpoint]) -> str:
    """One line a breakpoint; points are named by x."""
    x = noisy.data.points
    lines = [f"{noisy.source.name}: {noisy.size} points, 1 task; {len(breakpoints)} breakpoints, all exact", ""]
    rows = [("below lambda", "kinks", "what changes")]
    for b in breakpoints:
        words = [f"the kink at {decimal(x[k])} {EVENTS[s]}" for k, s in b.changes]
        rows.append((decimal(b.penalty), str(b.kinks), "; ".join(words)))
    return "\n".join(lines + _table(rows))


def _table(rows: Sequence[tuple[str, ...]]) -> list[str]:
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return ["  ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
