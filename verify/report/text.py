"""Findings as text for a reader: points counted from 1, as in the notes; numbers that are rounded say so."""

from ...theory.numeral import format_rational
from ...theory.root_sum import RootSum, square_root
from ...theory.spline import LinearSpline
from ..answers.findings import Findings
from ..claims import CLAIMS
from ..words import (
    LONGEST_NUMERAL,
    READINGS,
    SHOWN_NEURONS,
    aligned_rows,
    between,
    counted,
    enumerated,
    network_text,
    numeral,
    ramp_text,
    tuple_text,
)

SHOWN_RUNS = 8
SHOWN_ROOTS = 4

WORDS = {"holds": "holds", "refuted": "REFUTED", "does_not_apply": "does not apply", "undecided": "undecided"}


def text_report(findings: Findings, *, explain: bool = False) -> str:
    """The whole report, without a final newline; with `explain` also the numbers at the place that decides."""
    data, source = findings.data, findings.source
    rows: list[tuple[str, str]] = [
        ("optimal cost", _cost(findings)),
        ("only optimum", _uniqueness(findings)),
        *_non_uniqueness(findings),
        *_firmness(findings),
        *_sobolev(findings),
        ("decided by", findings.decided_by),
        *_independent(findings),
    ]
    head = f"{source.name}: {data.size} points, {counted(data.tasks, 'task')}; {READINGS[source.reading]}"
    lines = [head, *source.said, "", *aligned_rows(rows), "", *_claims(findings, explain)]
    return "\n".join(lines)


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
            return f"yes, on the boundary: the kink at point {findings.boundary + 1} is zero"
        return "yes: connect-the-dots, and nothing else"
    return f"no: the kinks are aligned on {counted(len(findings.aligned_runs), 'run')}"


def _non_uniqueness(findings: Findings) -> list[tuple[str, str]]:
    optima, sparsest = findings.optima, findings.sparsest
    widths = f"{optima.connect_the_dots.width} in connect-the-dots, {sparsest.width} in the sparsest optimum"
    if optima.another is None or optima.radius is None:
        return [("neurons", f"{widths}, which is the same")]
    runs = [f"points {run.first + 1} to {run.last + 1}" for run in findings.aligned_runs]
    tent = optima.radius
    height = between(RootSum([tent.height_squared]).enclosure())
    only = "the only one that sparse" if sparsest.unique else f"one of a {sparsest.dimension}-parameter family"
    return [
        ("aligned runs", enumerated(runs, SHOWN_RUNS)),
        ("radius", f"{height}, reached at x = {numeral(tent.at)} between points {tent.gap + 1} and {tent.gap + 2}"),
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
        where = f"points {angle.gap + 1} and {angle.gap + 2}"
        rows.append(("1 - cos theta", f"{value if angle.one_minus_cosine_sign else 0} at its smallest ({where})"))
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
        where = f"points {margin.pair + 1} and {margin.pair + 2}"
        exact = f"; squared, exactly {exact_text}" if len(exact_text) <= 2 * LONGEST_NUMERAL else ""
        rows.append(("margin", f"{between(square_root(squared.enclosure()))} ({where}){exact}"))
    return rows


def _sobolev(findings: Findings) -> list[tuple[str, str]]:
    sobolev = findings.sobolev
    verdict = "equals" if sobolev.agrees else "DIFFERS FROM"
    exact = sobolev.norm_squared
    norms = enumerated([*map(between, sobolev.norm_enclosures)] if exact is None else [*map(numeral, exact)])
    return [
        ("Sobolev", f"the minimum-norm interpolant {verdict} connect-the-dots on [x_1, x_N], piece by piece"),
        ("", f"squared norm of each task: {norms}"),
    ]


def _independent(findings: Findings) -> list[tuple[str, str]]:
    found = findings.independent
    if found is None:
        return []
    word = "" if found.verdict.word in ("holds", "does_not_apply") else f"{WORDS[found.verdict.word]}: "
    return [("independent", f"{found.method}: {word}{found.verdict.reason}")]


def _claims(findings: Findings, explain: bool) -> list[str]:
    explainers = {claim.letter: claim.explain for claim in CLAIMS}
    names = {result.letter: f"{result.name} [{result.source}]" for result in findings.claims}
    width = max(map(len, names.values()))
    lines = []
    for result in findings.claims:
        word = WORDS[result.verdict.word]
        lines.append(f"{result.letter}  {names[result.letter]:<{width}}  {word}: {result.verdict.reason}")
        if explain:
            lines += [f"   {line}" for line in explainers[result.letter](findings)]
    return lines
