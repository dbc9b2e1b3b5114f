"""Findings as text for a reader, everything that was found; numbers that are rounded say so.

Points are named by x, the name of its column, and the line of the file.
"""

from ...theory.numeral import format_rational
from ...theory.root_sum import RootSum, square_root
from ...theory.spline import LinearSpline
from ..answers.findings import Findings
from ..claims import CLAIMS
from ..places import Places
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
    tuple_text,
    wrapped,
)

SHOWN_RUNS = 8
SHOWN_ROOTS = 4

WORDS = {"holds": "holds", "refuted": "REFUTED", "does_not_apply": "does not apply", "undecided": "undecided"}


def text_report(findings: Findings, *, explain: bool = False, width: int = WIDTH) -> str:
    """The whole report, without a final newline; with `explain` also the numbers at the place that decides."""
    rows: list[tuple[str, str]] = [
        ("optimal cost", _cost(findings)),
        ("only optimum", uniqueness_text(findings)),
        *_non_uniqueness(findings),
        *_firmness(findings),
        *_sobolev(findings),
        ("decided by", findings.decided_by),
        *independent_rows(findings),
    ]
    return "\n".join(
        [*head_lines(findings, width), "", *aligned_rows(rows, width), "", *_claims(findings, explain, width)]
    )


def head_lines(findings: Findings, width: int) -> list[str]:
    """What was read, and how."""
    data, source = findings.data, findings.source
    head = f"{source.name}: {data.size} points, {counted(data.tasks, 'task')}; {READINGS[source.reading]}"
    return [line for text in (head, *source.said) for line in wrapped(text, width)]


def places_of(findings: Findings) -> Places:
    """The names of the points."""
    return Places(findings.data.points, findings.source)


def equals(findings: Findings) -> str:
    """The verb between the minimum-norm interpolant and connect-the-dots."""
    return "equals" if findings.sobolev.agrees else "DIFFERS FROM"


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


def uniqueness_text(findings: Findings) -> str:
    """Whether connect-the-dots is the only optimum, and why."""
    if findings.unique:
        if findings.boundary is not None:
            return f"yes, on the boundary: the kink at {places_of(findings).at(findings.boundary)} is zero"
        return "yes: connect-the-dots, and nothing else"
    return f"no: the kinks are aligned on {counted(len(findings.aligned_runs), 'run')}"


def _non_uniqueness(findings: Findings) -> list[tuple[str, str]]:
    optima, sparsest = findings.optima, findings.sparsest
    widths = f"{optima.connect_the_dots.width} in connect-the-dots, {sparsest.width} in the sparsest optimum"
    if optima.another is None or optima.radius is None:
        return [("neurons", f"{widths}, which is the same")]
    places = places_of(findings)
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
        where = places_of(findings).at(angle.gap, angle.gap + 1)
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
        where = places_of(findings).at(margin.pair, margin.pair + 1)
        exact = f"; squared, exactly {exact_text}" if len(exact_text) <= 2 * LONGEST_NUMERAL else ""
        rows.append(("margin", f"{between(square_root(squared.enclosure()))}, {where}{exact}"))
    return rows


def _sobolev(findings: Findings) -> list[tuple[str, str]]:
    sobolev = findings.sobolev
    exact = sobolev.norm_squared
    norms = enumerated([*map(between, sobolev.norm_enclosures)] if exact is None else [*map(numeral, exact)])
    return [
        (
            "Sobolev",
            f"the minimum-norm interpolant {equals(findings)} connect-the-dots on [x_1, x_N], piece by piece",
        ),
        ("", f"squared norm of each task: {norms}"),
    ]


def independent_rows(findings: Findings) -> list[tuple[str, str]]:
    """What the method says that does not know the theorem, if it was asked."""
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
