"""Findings as text for a reader: a line, five lines, or everything; numbers that are rounded say so.

Points are named by x, the name of its column, and the line of the file.
"""

from ...theory.enclosure import Enclosure
from ...theory.numeral import format_rational
from ...theory.root_sum import RootSum, square_root
from ...theory.spline import LinearSpline
from ..answers.findings import Findings
from ..claims import CLAIMS
from ..places import Places, readable
from ..words import (
    LONGEST_NUMERAL,
    READINGS,
    SHOWN_NEURONS,
    WIDTH,
    aligned_rows,
    between,
    counted,
    enumerated,
    network_text,
    numeral,
    ramp_text,
    shortly,
    tuple_text,
    wrapped,
)

SHOWN_RUNS = 8
SHORT_RUNS = 3
SHORT_DIGITS = 12
SHOWN_ROOTS = 4

WORDS = {"holds": "holds", "refuted": "REFUTED", "does_not_apply": "does not apply", "undecided": "undecided"}


def line_report(findings: Findings) -> str:
    """One line: the name, uniqueness, cost and margin."""
    return f"{findings.source.name}: {verdict_line(findings)}"


def verdict_line(findings: Findings) -> str:
    """Uniqueness, cost and margin, and every statement that was not confirmed."""
    verdict = "only optimum" if findings.unique else "NOT the only optimum"
    margin = "" if findings.margin is None else f", margin {_margin_value(findings)}"
    wrong = [result.letter for result in findings.claims if result.verdict.word in ("refuted", "undecided")]
    doubt = f"; not confirmed: {', '.join(wrong)}" if wrong else ""
    return f"{verdict}, cost {_line_cost(findings)}{margin}{doubt}"


def _line_cost(findings: Findings) -> str:
    """Exact where that is short."""
    exact = findings.cost.merged()
    rational = None if exact is None else exact.as_rational()
    if rational is None:
        return shortly(findings.cost.enclosure(), 9)
    text = readable(rational)
    return shortly(Enclosure.exactly(rational), 9) if "/" in text or "[" in text else text


def short_report(findings: Findings, width: int = WIDTH) -> str:
    """What most readers want: verdict, cost, where, how near, the Sobolev side, and how it was proved."""
    return "\n".join([*_head(findings, width), "", *aligned_rows(short_rows(findings), width)])


def short_rows(findings: Findings) -> list[tuple[str, str]]:
    """The same as names and texts."""
    return [
        ("only optimum", _uniqueness(findings)),
        ("cost", _short_cost(findings)),
        *_where(findings),
        ("how near", _how_near(findings)),
        ("Sobolev", f"the minimum-norm interpolant {_equals(findings)} connect-the-dots between the data"),
        ("proofs", _proofs(findings)),
        *_doubts(findings),
    ]


def text_report(findings: Findings, *, explain: bool = False, width: int = WIDTH) -> str:
    """The whole report, without a final newline; with `explain` also the numbers at the place that decides."""
    rows: list[tuple[str, str]] = [
        ("optimal cost", _cost(findings)),
        ("only optimum", _uniqueness(findings)),
        *_non_uniqueness(findings),
        *_firmness(findings),
        *_sobolev(findings),
        ("decided by", findings.decided_by),
        *_independent(findings),
    ]
    return "\n".join([*_head(findings, width), "", *aligned_rows(rows, width), "", *_claims(findings, explain, width)])


def _head(findings: Findings, width: int) -> list[str]:
    data, source = findings.data, findings.source
    head = f"{source.name}: {data.size} points, {counted(data.tasks, 'task')}; {READINGS[source.reading]}"
    return [line for text in (head, *source.said) for line in wrapped(text, width)]


def _places(findings: Findings) -> Places:
    return Places(findings.data.points, findings.source)


def _short_cost(findings: Findings) -> str:
    exact = findings.cost.merged()
    value = shortly(findings.cost.enclosure(), SHORT_DIGITS)
    if exact is None or len(exact.terms) > SHOWN_ROOTS or len(str(exact)) > LONGEST_NUMERAL:
        return value if exact is None else f"{value}, a sum of {counted(len(exact.terms), 'square root')}"
    rational = exact.as_rational()
    return f"exactly {exact}, {value}" if rational is None else f"exactly {readable(rational)}"


def _where(findings: Findings) -> list[tuple[str, str]]:
    """The runs and the reach of the optima; nothing for a unique dataset."""
    tent, places = findings.optima.radius, _places(findings)
    if tent is None:
        return []
    runs = [places.span(run.first, run.last) for run in findings.aligned_runs]
    height = shortly(RootSum([tent.height_squared]).enclosure())
    reach = f"optima differ by up to {height}, at {places.name} = {readable(tent.at)}"
    return [("where", f"{enumerated(runs, SHORT_RUNS)}; {reach}")]


def _margin_value(findings: Findings) -> str:
    margin = findings.margin
    return "0" if margin is None or margin.is_zero else shortly(square_root(margin.squared().enclosure()))


def _how_near(findings: Findings) -> str:
    margin = findings.margin
    if margin is None:
        return "never: with fewer than 4 points every dataset is unique"
    if margin.is_zero:
        return "0: it is not unique" if not findings.unique else "0: non-unique labels come arbitrarily near"
    return (
        f"labels {_margin_value(findings)} away are not unique, at {_places(findings).at(margin.pair, margin.pair + 1)}"
    )


def _equals(findings: Findings) -> str:
    return "equals" if findings.sobolev.agrees else "DIFFERS FROM"


def _proofs(findings: Findings) -> str:
    words = [result.verdict.word for result in findings.claims]
    held, silent = words.count("holds"), words.count("does_not_apply")
    rest = f", {silent} about other data" if silent else ""
    if held + silent == len(words):
        return f"{counted(len(words), 'statement')} decided twice: all hold{rest} (-v lists them)"
    return f"{held} of {counted(len(words), 'statement')} decided twice and true{rest}"


def _doubts(findings: Findings) -> list[tuple[str, str]]:
    """What is refuted or undecided is never left out."""
    rows = [
        (result.letter, f"{WORDS[result.verdict.word]}: {result.name}: {result.verdict.reason}")
        for result in findings.claims
        if result.verdict.word in ("refuted", "undecided")
    ]
    independent = findings.independent
    if independent is not None and independent.verdict.word in ("refuted", "undecided"):
        rows += _independent(findings)
    return rows


def _cost(findings: Findings) -> str:
    squares = findings.cost.squares
    enclosure = between(findings.cost.enclosure())
    exact = findings.cost.merged()
    if exact is None:
        return f"{enclosure}; a sum of {len(squares)} square roots, not merged"
    if exact.as_rational() is not None:
        return f"exactly {exact}" if len(str(exact)) <= LONGEST_NUMERAL else f"rational, {enclosure}"
    text = str(exact)
    if len(exact.terms) <= SHOWN_ROOTS and len(text) <= 2 * LONGEST_NUMERAL:
        return f"exactly {text}, {enclosure}"
    return f"{enclosure}; exactly a sum of {counted(len(exact.terms), 'independent square root')} (--json lists them)"


def _uniqueness(findings: Findings) -> str:
    if findings.unique:
        if findings.boundary is not None:
            return f"yes, on the boundary: the kink at {_places(findings).at(findings.boundary)} is zero"
        return "yes: connect-the-dots, and nothing else"
    return f"no: the kinks are aligned on {counted(len(findings.aligned_runs), 'run')}"


def _non_uniqueness(findings: Findings) -> list[tuple[str, str]]:
    optima, sparsest = findings.optima, findings.sparsest
    widths = f"{optima.connect_the_dots.width} in connect-the-dots, {sparsest.width} in the sparsest optimum"
    if optima.another is None or optima.radius is None:
        return [("neurons", f"{widths}, which is the same")]
    places = _places(findings)
    runs = [places.span(run.first, run.last) for run in findings.aligned_runs]
    tent = optima.radius
    height = between(RootSum([tent.height_squared]).enclosure())
    only = "the only one that sparse" if sparsest.unique else f"one of a {sparsest.dimension}-parameter family"
    return [
        ("aligned runs", enumerated(runs, SHOWN_RUNS)),
        ("radius", f"{height}, reached at {places.between(tent.at, tent.gap)}"),
        ("neurons", f"{widths} ({only})"),
        ("connect-the-dots", network_text(optima.connect_the_dots)),
        ("another optimum", _changed_neurons(findings, optima.another)),
        ("sparsest optimum", _changed_neurons(findings, sparsest.spline)),
    ]


def _changed_neurons(findings: Findings, spline: LinearSpline) -> str:
    """The network in full if it is short, else what distinguishes it from connect-the-dots."""
    if spline.width <= SHOWN_NEURONS:
        return network_text(spline)
    old = set(findings.optima.connect_the_dots.knots)
    new = [(t, m) for t, m in zip(spline.knots, spline.kinks, strict=True) if t not in old]
    merged = [f"{tuple_text(m)} {ramp_text(t)}" for t, m in new[: SHOWN_NEURONS + 1]]
    return f"connect-the-dots with pairs of aligned neurons merged into {enumerated(merged, SHOWN_NEURONS, len(new))}"


def _firmness(findings: Findings) -> list[tuple[str, str]]:
    rows = []
    angle = findings.smallest_angle
    if angle is not None:
        value = between(angle.one_minus_cosine().enclosure())
        where = _places(findings).at(angle.gap, angle.gap + 1)
        rows.append(("1 - cos theta", f"{value if angle.one_minus_cosine_sign else 0} at its smallest, {where}"))
    margin = findings.margin
    if margin is None:
        rows.append(("margin", "none: with fewer than 4 points every dataset is unique"))
    elif margin.is_zero:
        why = "the optimum is not unique" if not findings.unique else "non-unique datasets come arbitrarily near"
        rows.append(("margin", f"0: {why}"))
    else:
        squared = margin.squared()
        exact_text = format_rational(margin.rational)
        if margin.discriminant:
            exact_text += f" - sqrt({format_rational(margin.discriminant)})"
        where = _places(findings).at(margin.pair, margin.pair + 1)
        exact = f"; squared, exactly {exact_text}" if len(exact_text) <= 2 * LONGEST_NUMERAL else ""
        rows.append(("margin", f"{between(square_root(squared.enclosure()))}, {where}{exact}"))
    return rows


def _sobolev(findings: Findings) -> list[tuple[str, str]]:
    sobolev = findings.sobolev
    exact = sobolev.norm_squared
    norms = enumerated([*map(between, sobolev.norm_enclosures)] if exact is None else [*map(numeral, exact)])
    return [
        ("Sobolev", f"the minimum-norm interpolant {_equals(findings)} connect-the-dots on [x_1, x_N], piece by piece"),
        ("", f"squared norm of each task: {norms}"),
    ]


def _independent(findings: Findings) -> list[tuple[str, str]]:
    found = findings.independent
    if found is None:
        return []
    word = "" if found.verdict.word in ("holds", "does_not_apply") else f"{WORDS[found.verdict.word]}: "
    return [("independent", f"{found.method}: {word}{found.verdict.reason}")]


def _claims(findings: Findings, explain: bool, width: int) -> list[str]:
    explainers = {claim.letter: claim.explain for claim in CLAIMS}
    names = {result.letter: f"{result.name} [{result.source}]" for result in findings.claims}
    longest = max(map(len, names.values()))
    lines = []
    for result in findings.claims:
        word = WORDS[result.verdict.word]
        title = f"{result.letter}  {names[result.letter]:<{longest}}  "
        lines += wrapped(f"{title}{word}: {result.verdict.reason}", width, hanging=len(title))
        if explain:
            lines += [
                line for text in explainers[result.letter](findings) for line in wrapped(f"   {text}", width, hanging=6)
            ]
    return lines
