"""A judged network as text and as the JSON object "reluproof.judge/1"."""

from collections import Counter
from collections.abc import Mapping
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from flint import fmpq

from ...theory.enclosure import Enclosure, round_decimal
from ...theory.numbers import ZERO
from ...theory.numeral import format_rational
from ..networks.distances import GapDistance
from ..networks.judgement import Judgement
from ..networks.shares import Share
from ..reading.provenance import Source
from ..words import aligned_rows, bounds, counted, shortly

if TYPE_CHECKING:
    from ..networks.objective import Objective

SHOWN_SHARES = 8
MOST_OF_IT = fmpq(9, 10)

MEANING = {
    "needed": "needed",
    "inactive": "inactive (w = 0 or v = 0)",
    "dead": "dead: 0 at every data point",
    "linear on the data": "bends outside the data, where nothing asks for it",
    "misplaced": "misplaced: bends where no data point asks for a bend",
    "misdirected": "misdirected: does not point where its outputs bend",
    "duplicate": "duplicate",
    "mergeable": "mergeable",
}


def judgement_text(
    judged: Judgement,
    source: Source,
    network: str,
    reading: str,
    objective: "Objective | None" = None,
    notes: tuple[tuple[str, str], ...] = (),
) -> str:
    """The whole report, without a final newline."""
    rows = [
        ("verdict", _verdict(judged)),
        ("path cost", shortly(judged.path_cost)),
        ("cheapest", f"{shortly(judged.cheapest)} for a network with the same outputs; {_own(judged)}"),
        ("excess", _with_share(judged.excess, judged.relative_excess)),
        ("weight decay", _weight_decay(judged)),
        ("misfit", f"{shortly(Enclosure.exactly(judged.misfit))}, half the sum of squared residuals"),
        ("distance", _distance(judged)),
        *_objective(objective, notes),
        ("neurons", _neurons(judged)),
        *_waste(judged),
    ]
    active = judged.network.active_width
    head = (
        f"{network} on {source.name}: {counted(judged.network.width, 'neuron')} ({active} active), "
        f"{counted(judged.data.tasks, 'output')}, {judged.data.size} points; {reading}"
    )
    return "\n".join([head, *source.said, "", *aligned_rows(rows)])


def _verdict(judged: Judgement) -> str:
    relative = judged.relative_excess
    if not judged.excess.upper:
        return "no network with these outputs is cheaper"
    size, part = _heaviest(judged)
    blame = f"{size} of {counted(judged.network.width, 'neuron')}"
    verb = "accounts" if size == 1 else "account"
    return f"{_against_cheapest(relative)}; {blame} {verb} for {_percent(part)} % of the excess"


def _against_cheapest(relative: Enclosure | None) -> str:
    if relative is None:
        return "costs something where nothing is needed"
    if relative.upper > 1:
        times = round_decimal(1 + relative.upper, 2, up=True)
        return f"costs {times} times as much as the cheapest network with its outputs"
    return f"within {_percent(relative.upper)} % of the cheapest network with its outputs"


def _heaviest(judged: Judgement) -> tuple[int, fmpq]:
    """The fewest neurons that make up nine tenths of the excess, and their part of it."""
    total, reached = judged.excess.lower, ZERO
    for size, share in enumerate(judged.shares, start=1):
        reached += share.defect.lower
        if reached >= MOST_OF_IT * total:
            return size, min(reached / total, fmpq(1))
    return len(judged.shares), fmpq(1)


def _percent(part: fmpq) -> str:
    return round_decimal(100 * part, 2, up=True)


def _own(judged: Judgement) -> str:
    return "connect-the-dots is the only one" if judged.own_outputs_unique else "connect-the-dots is not the only one"


def _with_share(value: Enclosure, relative: Enclosure | None) -> str:
    part = "" if relative is None or not value.upper else f" ({_percent(relative.upper)} % of the cheapest)"
    return shortly(value) + part


def _weight_decay(judged: Judgement) -> str:
    shown = shortly(Enclosure.exactly(judged.weight_decay))
    if judged.network.is_balanced:
        return f"{shown}, the path cost: every neuron is balanced"
    return f"{shown}; {shortly(judged.imbalance)} of it because neurons are not balanced"


def _distance(judged: Judgement) -> str:
    far = judged.farthest
    if not far.measured.upper:
        return "0 from connect-the-dots of its outputs, on all the data's range"
    allowed = (
        "no multiple of the excess bounds it there: the kinks at both ends are aligned"
        if far.bound is None
        else f"the excess allows {shortly(far.bound)} there"
    )
    return f"{shortly(far.measured)} from connect-the-dots of its outputs, {_gap(judged, far)}; {allowed}"


def _gap(judged: Judgement, far: GapDistance) -> str:
    left, right = judged.data.points[far.gap : far.gap + 2]
    return f"between x = {_place(left)} and x = {_place(right)}"


def _place(value: fmpq) -> str:
    return shortly(Enclosure.exactly(value))


def _objective(objective: "Objective | None", notes: tuple[tuple[str, str], ...]) -> list[tuple[str, str]]:
    if objective is None:
        return []
    return [
        ("lambda", _place(objective.penalty)),
        *notes,
        ("objective", f"{shortly(objective.value)}; the least is {shortly(objective.optimum)}"),
        ("gap", _gap_text(objective)),
        ("", f"misfit {shortly(objective.of_outputs)}: other outputs would do better"),
        ("", f"excess {shortly(objective.of_excess)}: a cheaper network has these outputs"),
    ]


def _gap_text(objective: "Objective") -> str:
    part = f" ({_percent(objective.relative.upper)} % of the least)" if objective.relative is not None else ""
    return shortly(objective.gap) + part


def _neurons(judged: Judgement) -> str:
    tally = Counter(share.why for share in judged.shares)
    parts = ", ".join(f"{count} {why}" for why, count in tally.most_common())
    fewest = counted(judged.sparsest_width, "neuron")
    return f"{parts}; {fewest} {'is' if judged.sparsest_width == 1 else 'are'} enough for the same outputs"


def _waste(judged: Judgement) -> list[tuple[str, str]]:
    wasting = [share for share in judged.shares if share.defect.upper]
    shown = [_share_text(share, judged.excess.lower) for share in wasting[:SHOWN_SHARES]]
    more = len(wasting) - SHOWN_SHARES
    lines = shown + ([f"... and {more} more (--json lists them)"] if more > 0 else [])
    return [("waste" if index == 0 else "", line) for index, line in enumerate(lines)]


def _share_text(share: Share, total: fmpq) -> str:
    place = "" if share.knot is None else f" at x = {_place(share.knot)}"
    part = f" ({_percent(min(share.defect.lower / total, fmpq(1)))} %)" if total else ""
    return f"neuron {share.index}{place}: {shortly(share.defect)}{part}, {MEANING[share.why]}"


def judgement_json(
    judged: Judgement, source: Source, network: Mapping[str, Any], objective: "Objective | None"
) -> dict[str, Any]:
    """The object, in the order of the schema; neurons and gaps are counted from 0."""
    relative = judged.relative_excess
    return {
        "schema": "reluproof.judge/1",
        "version": version("reluproof"),
        "input": source.to_json(),
        "network": dict(network),
        "points": judged.data.size,
        "tasks": judged.data.tasks,
        "width": judged.network.width,
        "active": judged.network.active_width,
        "path_cost": bounds(judged.path_cost),
        "weight_decay": {
            "exact": format_rational(judged.weight_decay),
            **bounds(Enclosure.exactly(judged.weight_decay)),
        },
        "imbalance": bounds(judged.imbalance),
        "cheapest": bounds(judged.cheapest),
        "excess": bounds(judged.excess),
        "excess_relative": None if relative is None else bounds(relative),
        "misfit": {"exact": format_rational(judged.misfit), **bounds(Enclosure.exactly(judged.misfit))},
        "own_outputs_unique": judged.own_outputs_unique,
        "sparsest": judged.sparsest_width,
        "neurons": [_share_json(share) for share in judged.shares],
        "distance": {
            "gaps": [_distance_json(distance) for distance in judged.distances],
            "largest": _distance_json(judged.farthest),
        },
        **({} if objective is None else _objective_json(objective)),
    }


def _share_json(share: Share) -> dict[str, Any]:
    return {
        "index": share.index,
        "knot": None if share.knot is None else format_rational(share.knot),
        "cost": bounds(share.cost),
        "defect": bounds(share.defect),
        "why": share.why,
    }


def _distance_json(distance: GapDistance) -> dict[str, Any]:
    return {
        "gap": distance.gap,
        "measured": bounds(distance.measured),
        "bound": None if distance.bound is None else bounds(distance.bound),
    }


def _objective_json(objective: "Objective") -> dict[str, Any]:
    relative = objective.relative
    return {
        "lambda": format_rational(objective.penalty),
        "objective": bounds(objective.value),
        "optimum": bounds(objective.optimum),
        "gap": bounds(objective.gap),
        "gap_relative": None if relative is None else bounds(relative),
        "gap_parts": {"misfit": bounds(objective.of_outputs), "excess": bounds(objective.of_excess)},
    }
