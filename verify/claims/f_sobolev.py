"""F. On [x_1, x_N] connect-the-dots is the minimum-norm interpolant in H^1 with <f, g> = f(x_1) g(x_1) + int f' g'."""

from collections.abc import Sequence
from itertools import islice
from operator import add as plus
from operator import eq as same
from operator import mul as times
from operator import sub as minus

from flint import arb, ctx, fmpq

from ...theory.enclosure import Enclosure
from ...theory.numbers import ZERO, Vector, total
from ...theory.vectors import column
from ...theory.verdict import Holds, Refuted, Verdict
from ..answers.findings import Findings, Sobolev
from ..words import enumerated, numerals
from .claim import BY_ITS_FORMULAS, Claim, Scope, by_findings, some_dataset


def verdict_on(findings: Findings) -> Verdict:
    """The Gram system solved by its bidiagonal factors, against the formulas; and the two functions, piece by piece.

    `findings.sobolev.agrees` compares sum_i alpha_i k(., x_i) with f_D on every gap. Here alpha = K^-1 y is compared
    with (y_1 - s_1, -d_j, s_{N-1}), and y^T K^-1 y with y_1^2 + sum h_i s_i^2.
    """
    data = findings.data
    sobolev = findings.sobolev
    if not sobolev.agrees:
        return Refuted(data, "the minimum-norm interpolant and connect-the-dots are different piecewise polynomials")
    gaps = data.gaps
    for task, alpha in enumerate(sobolev.coefficients):
        slope, kinks, y = (column(rows, task) for rows in (findings.slopes, findings.kinks, data.labels))
        if not _has_the_formula(alpha, y[0], slope, kinks):
            return Refuted(data, "the kernel coefficients are not y_1 - s_1, -d_j, s_(N-1)")
        terms = list(map(times, alpha, y))
        if not _norms_agree(gaps, slope, y, terms):
            return Refuted(data, f"task {task + 1}: y^T K^-1 y differs from y_1^2 + sum h_i s_i^2")
        if not _is_total(sobolev, task, terms):
            return Refuted(data, f"task {task + 1}: the squared norm given is not y^T K^-1 y")
    if len(sobolev.coefficients) != data.tasks:
        return Refuted(data, f"there are kernel coefficients for {len(sobolev.coefficients)} tasks, not {data.tasks}")
    return Holds("the two piecewise polynomials are equal on every gap; coefficients and norms agree exactly")


def _has_the_formula(alpha: Vector, first_label: fmpq, slope: Sequence[fmpq], kinks: Sequence[fmpq]) -> bool:
    """Whether the coefficients of one task are y_1 - s_1, -d_j, s_(N-1)."""
    ends = len(alpha) == len(kinks) + 2 and alpha[0] == first_label - slope[0] and alpha[-1] == slope[-1]
    return ends and not any(map(plus, alpha[1:-1], kinks))


def _norms_agree(gaps: Vector, slope: Sequence[fmpq], y: Sequence[fmpq], terms: Sequence[fmpq]) -> bool:
    """Whether sum_i alpha_i y_i = y_1^2 + sum h_i s_i^2, for one task; terms: the alpha_i y_i.

    Decided term by term, by parts, because the sums themselves have denominators whose length grows with N: with
    E_n = y_1^2 + sum_{i<n} h_i s_i^2 the partial sums are E_n - s_n y_n, and E_N at the end.
    """
    rest = [*map(times, slope, y), ZERO]
    if terms[0] != y[0] * y[0] - rest[0]:
        return False
    energies = map(times, map(times, gaps, slope), slope)
    return all(map(same, islice(terms, 1, None), map(plus, energies, map(minus, rest, islice(rest, 1, None)))))


def _is_total(sobolev: Sobolev, task: int, terms: Sequence[fmpq]) -> bool:
    """Whether the squared norm that is given is the sum of the terms; enclosures are held against a ball of the sum."""
    given, enclosure = sobolev.norm_squared, sobolev.norm_enclosures[task]
    if given is not None:
        return given[task] == total(terms) and enclosure.contains(given[task])
    with ctx.workprec(192):
        ball = Enclosure.from_ball(sum(map(arb, terms), arb(0)))
    return ball.lower <= enclosure.upper and enclosure.lower <= ball.upper


def explain(findings: Findings) -> list[str]:
    """Norms, and the end slopes that decide whether the agreement extends beyond the data."""
    s = findings.slopes
    exact = findings.sobolev.norm_squared
    norms = "enclosed only" if exact is None else enumerated(numerals(exact))
    left, right = (not any(slope) for slope in (s[0], s[-1]))
    return [
        f"squared norms per task: {norms}",
        f"beyond the data the minimum-norm extension is constant: it equals connect-the-dots "
        f"{'on the left' if left else 'not on the left'} (s_1 {'=' if left else '!='} 0) and "
        f"{'on the right' if right else 'not on the right'} (s_(N-1) {'=' if right else '!='} 0)",
    ]


CLAIM = Claim(
    letter="F",
    name="Sobolev interpolant",
    statement=(
        "On [x_1, x_N] each coordinate of connect-the-dots is the minimum-norm interpolant in H^1 with <f, g> = "
        "f(x_1) g(x_1) + int f' g'; its kernel coefficients are y_1 - s_1, minus the kinks, and s_(N-1), and its "
        "squared norm is y_1^2 + sum h_i s_i^2. With the full norm int f^2 + int f'^2 the interpolant is another "
        "function unless all labels are 0."
    ),
    source="paper, section 3",
    scope=Scope.DATASET,
    module=__name__,
    rests_on=(),
    conclusion=by_findings(verdict_on),
    exact=verdict_on,
    symbolic=BY_ITS_FORMULAS,
    strategy=some_dataset,
    explain=explain,
)
