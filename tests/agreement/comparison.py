"""Every answer in the findings against the oracle: the names of those that disagree.

Exact answers must be equal. Enclosures must contain the oracle's number, which is known to DIGITS digits, and be
narrow.
"""

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Any

from flint import fmpq
from oracle import kinks, margin, optimal_set, sobolev, sparsest, value
from oracle.decimals import agree, is_as_small, lies_between, sum_of_roots
from oracle.splines import Ramps, chord
from reluproof.theory import Enclosure, LinearSpline
from reluproof.verify.answers.findings import Findings
from strategies import Table

DIGITS = 50
"""Digits to which the oracle's Decimals are compared."""

MARGIN_DIGITS = 25
"""Digits to which the margin is found numerically."""

BRUTE_FORCE = 7
"""The largest N for which the knots are counted by brute force; beyond, step by step."""

DENSE = 9
"""The largest N for which the dense Gram system is solved; beyond, its solution is multiplied out."""


def plain(value: Any) -> Any:
    """Numbers of the package as fractions, tuples of them as lists."""
    if isinstance(value, fmpq):
        return Fraction(int(value.p), int(value.q))
    return [plain(item) for item in value]


def ramps(spline: LinearSpline) -> Ramps:
    """A spline of the package for the oracle to evaluate."""
    return Ramps(plain(spline.slope), plain(spline.offset), plain(spline.knots), plain(spline.kinks))


def enclosed(enclosure: Enclosure, number: Decimal, digits: int = DIGITS) -> bool:
    """Whether the number is between the bounds, which are closer than 10^-24 of it."""
    lower, upper = plain(enclosure.lower), plain(enclosure.upper)
    return lies_between(number, lower, upper, digits) and upper - lower <= abs(upper) / 10**24


class Comparison:
    """The oracle's answers about a table, worked out once, and the package's findings."""

    def __init__(self, table: Table, findings: Findings) -> None:
        self.x, self.y = table
        self.size = len(self.x)
        self.findings = findings
        self.kinks = kinks.kinks(self.x, self.y)
        self.runs = kinks.runs(self.kinks)
        self.gaps = kinks.aligned_gaps(self.kinks)
        self.cost = value.cost(self.kinks)

    def data(self) -> bool:
        """The findings are about these data."""
        return (plain(self.findings.data.points), plain(self.findings.data.labels)) == (self.x, self.y)

    def curvature(self) -> bool:
        """Kinks, once from slopes and once as functionals of the labels."""
        return plain(self.findings.kinks) == self.kinks == plain(self.findings.duality.curvatures)

    def alignment(self) -> bool:
        """Runs, the gaps on which |eta| = 1, and uniqueness."""
        found = self.findings
        spans = [(run.first, run.last) for run in found.runs]
        long = [(run.first, run.last) for run in found.aligned_runs]
        same = spans == self.runs and long == [(first, last) for first, last in self.runs if first < last]
        return same and list(found.duality.contact_gaps) == self.gaps and found.unique == (not self.gaps)

    def optimal_cost(self) -> bool:
        """The exact cost, merged and not, and its enclosure."""
        found = self.findings.cost
        exact = sum_of_roots(plain(found.exact().terms)), sum_of_roots(plain(found.squares))
        return all(agree(number, self.cost, DIGITS) for number in exact) and enclosed(found.enclosure(), self.cost)

    def duality(self) -> bool:
        """The value of the dual certificate on the labels is the cost, by its terms and by the oracle's polyline."""
        found = self.findings.duality
        squares = plain(found.certificate.squared_lengths)
        terms = {j: plain(c) for j, c in found.pairing.items()}
        value_found = sum_of_roots([c * abs(c) / squares[j - 1] for j, c in terms.items()])
        return agree(value_found, self.cost, DIGITS) and self._strong_duality()

    def _strong_duality(self) -> bool:
        # The sum over labels of different magnitudes cancels: only so many digits of it are right.
        number = value.dual_value(self.x, self.y, self.kinks)
        return abs(number - self.cost) <= value.dual_size(self.x, self.y, self.kinks).scaleb(-DIGITS)

    def _is_optimal(self, spline: LinearSpline) -> bool:
        candidate = ramps(spline)
        return not candidate.misses(self.x, self.y) and agree(candidate.cost(), self.cost, DIGITS)

    def optima(self) -> bool:
        """Connect-the-dots is optimal and straight between the points; another optimum is one, and another function."""
        found = self.findings.optima
        inner = set(self.x[1:-1])
        straight = set(plain(found.connect_the_dots.knots)) <= inner and self._is_optimal(found.connect_the_dots)
        if found.another is None or not self.gaps:
            return straight and found.another is None and not self.gaps
        differs = not set(plain(found.another.knots)) <= inner
        return straight and differs and self._is_optimal(found.another)

    def fewest_knots(self) -> bool:
        """The sparsest optimum is one and has the knots it claims; by brute force no budget below suffices."""
        found = self.findings.sparsest
        attained = self._is_optimal(found.spline) and len(found.spline.knots) == found.width
        count = sparsest.sparsest if self.size <= BRUTE_FORCE else sparsest.sparsest_by_steps
        return attained and (found.width, found.unique, found.dimension) == count(self.kinks)

    def radius(self) -> bool:
        """The first of the tallest tents: its gap, its top t* and its height."""
        tents, found = optimal_set.tents(self.x, self.y), self.findings.optima.radius
        if found is None or not tents:
            return found is None and not tents
        tallest = max(tents, key=lambda tent: kinks.dot(tent.descent, tent.descent))
        same = (found.gap, plain(found.at), plain(found.descent)) == tallest
        return same and plain(found.height_squared) == kinks.dot(tallest.descent, tallest.descent)

    def angles(self) -> bool:
        """1 - cos theta for every gap between nonzero kinks, and the first of the smallest."""
        numbers, found, least = value.one_minus_cosines(self.kinks), self.findings, self.findings.smallest_angle
        all_found = {angle.gap: angle for angle in found.angles}
        if all_found.keys() != numbers.keys() or (least is None) == bool(numbers):
            return False
        right = [
            (gap in self.gaps) == (angle.one_minus_cosine_sign == 0)
            and enclosed(angle.one_minus_cosine().enclosure(), Decimal(0) if gap in self.gaps else numbers[gap])
            for gap, angle in all_found.items()
        ]
        return all(right) and (least is None or _is_first_least(least.gap, numbers))

    def margin(self) -> bool:
        """The squared margin, its zero, the nearest pair and the point that puts a unique dataset on the boundary."""
        numbers, found = margin.margins_squared(self.x, self.y), self.findings.margin
        if found is None or not numbers:
            return found is None and not numbers
        least = min(numbers.values())
        same = enclosed(found.squared().enclosure(), least, MARGIN_DIGITS) and found.is_zero == (not least)
        nearest = found.pair in numbers and agree(numbers[found.pair], least, MARGIN_DIGITS)
        return same and nearest and self._boundary(least, found.pair)

    def _boundary(self, least: Decimal, pair: int) -> bool:
        boundary = self.findings.boundary
        if self.gaps or least:
            return boundary is None
        return boundary in (pair, pair + 1) and not any(self.kinks[boundary - 1])

    def sobolev(self) -> bool:
        """The coefficients solve the Gram system, the norms are a^T K a, the interpolant is straight in each gap."""
        found, columns = self.findings.sobolev, [list(column) for column in zip(*self.y, strict=True)]
        matrix, coefficients = sobolev.gram(self.x), plain(found.coefficients)
        images = [sobolev.apply(matrix, column) for column in coefficients]
        solved = images == columns if self.size > DENSE else coefficients == sobolev.solve(matrix, columns)
        norms = [kinks.dot(column, image) for column, image in zip(coefficients, images, strict=True)]
        bounds = [plain((norm.lower, norm.upper)) for norm in found.norm_enclosures]
        inside = all(low <= norm <= high for norm, (low, high) in zip(norms, bounds, strict=True))
        exact = found.norm_squared is None or plain(found.norm_squared) == norms
        return solved and inside and exact and found.agrees == self._straight(coefficients)

    def _straight(self, coefficients: list[list[Fraction]]) -> bool:
        places = [(2 * left + right) / 3 for left, right in pairwise(self.x)]
        sections = sobolev.sections(self.x, places)
        values = zip(*(sobolev.apply(sections, column) for column in coefficients), strict=True)
        return all(
            chord(self.x, self.y, gap, place) == list(there)
            for gap, (place, there) in enumerate(zip(places, values, strict=True))
        )

    def claims(self) -> bool:
        """Every statement is decided, and none is refuted, neither here nor by the independent solver."""
        words = {result.letter: result.verdict.word for result in self.findings.claims}
        solver = self.findings.independent
        decided = {*words.values(), *([solver.verdict.word] if solver else [])} <= {"holds", "does_not_apply"}
        return words.keys() >= set("ABFIJKLMN") and decided


def _is_first_least(gap: int, numbers: dict[int, Decimal]) -> bool:
    """Whether the number at the gap is the least of all; of equal ones the first is named."""
    least = min(numbers.values())
    return gap == next(place for place in sorted(numbers) if is_as_small(numbers[place], least, DIGITS))


CHECKS: dict[str, Callable[[Comparison], bool]] = {
    check.__name__: check
    for check in (
        Comparison.data,
        Comparison.curvature,
        Comparison.alignment,
        Comparison.optimal_cost,
        Comparison.duality,
        Comparison.optima,
        Comparison.fewest_knots,
        Comparison.radius,
        Comparison.angles,
        Comparison.margin,
        Comparison.sobolev,
        Comparison.claims,
    )
}


def disagreements(table: Table, findings: Findings) -> list[str]:
    """The checks in which the oracle does not agree with the findings about the table."""
    comparison = Comparison(table, findings)
    return [name for name, check in CHECKS.items() if not check(comparison)]
