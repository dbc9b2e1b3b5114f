"""Statements A, B, K and L against programs that know nothing of kinks and runs: exact for one task, then for a run."""

from fractions import Fraction
from itertools import pairwise

from hypothesis import assume, given
from hypothesis import strategies as st
from oracle import optimal_set, polygon
from oracle.decimals import agree
from oracle.kinks import dot, kinks
from reluproof.theory.numbers import rational
from reluproof.theory.solution_set import reach
from reluproof.verify.check import check
from strategies import sizes, tables

from agreement.comparison import DIGITS, plain, ramps
from agreement.each_kind import each_kind, examples


def _inside(x, findings):
    """Two places in every gap, the top of the tallest tent, and one place on each side of the data."""
    places = {left + (right - left) * Fraction(part) for left, right in pairwise(x) for part in ("1/3", "4/5")}
    tallest = findings.optima.radius
    return sorted(places | ({plain(tallest.at)} if tallest else set()) | {x[0] - 2, x[-1] + 3})


@each_kind(0.33, lambda kind: tables(kind, sizes(2, 6), st.just(1)))
def test_one_task(table):
    """The least cost of any network, and at every place the least and largest value of any network of that cost."""
    data = table.dataset()
    findings = check(data)
    line = ramps(findings.optima.connect_the_dots)
    found = optimal_set.envelope(table.x, [label[0] for label in table.y], _inside(table.x, findings))
    assert plain(findings.cost.exact().as_rational()) == found.cost
    assert findings.unique == all(low == high for low, high in found.ends.values())
    for place, ends in found.ends.items():
        (top,), (depth,) = line(place), plain(reach(data, rational(place)))
        assert sorted([top, top - depth]) == list(ends)
    tallest = findings.optima.radius
    widest = max(high - low for low, high in found.ends.values())
    assert plain(tallest.height_squared) == widest**2 if tallest else widest == 0


@examples(1)
@given(tables("runs", sizes(4, 7), st.integers(2, 4)))
def test_several_tasks(table):
    """In every aligned gap the reach at t* and elsewhere is that of one task along the common direction."""
    data = table.dataset()
    findings = check(data)
    assume(not findings.unique)
    for run in findings.aligned_runs:
        for gap in range(run.first, run.last):
            left, right = table.x[gap], table.x[gap + 1]
            for place in (left + (right - left) / 7, (left + right) / 2):
                depth = plain(reach(data, rational(place)))
                square = optimal_set.radius_squared_by_programs(table.x, table.y, gap, place)
                assert dot(depth, depth) == square <= plain(findings.optima.radius.height_squared)
    tallest = findings.optima.radius
    top = optimal_set.radius_squared_by_programs(table.x, table.y, tallest.gap, plain(tallest.at))
    assert plain(tallest.height_squared) == top


@examples(0.3)
@given(tables("integers", sizes(3, 6), st.just(2)))
def test_two_tasks(table):
    """With a regular polygon for the circle the least cost is that of connect-the-dots, within the polygon's defect."""
    findings = check(table.dataset())
    exact = findings.cost.enclosure()
    low, high = polygon.least_cost(table.x, table.y)
    assert low - 1e-7 <= float(exact.upper)
    assert float(exact.lower) <= high + 1e-7


@examples(1)
@given(tables("runs", sizes(4, 8)), st.fractions(0, 1), st.fractions(0, 1))
def test_every_share_of_a_merged_knot_is_optimal(table, along, share):
    """Kinks of an aligned pair partly moved to any one place between them: still an optimum, as the program says."""
    all_kinks = kinks(table.x, table.y)
    findings = check(table.dataset())
    assume(not findings.unique and 0 < along < 1)
    gap = findings.aligned_runs[0].first
    left, right = table.x[gap], table.x[gap + 1]
    place = left + along * (right - left)
    # Taking (1 - along) s m from the left hat and along s m from the right one: as much as both kinks can give.
    u, v = all_kinks[gap - 1], all_kinks[gap]
    most = min(Fraction(1) / (1 - along), dot(u, v) / dot(u, u) / along) * share
    jumps = {table.x[j + 1]: list(kink) for j, kink in enumerate(all_kinks)}
    jumps[left] = [(1 - (1 - along) * most) * entry for entry in u]
    jumps[right] = [b - along * most * a for a, b in zip(u, v, strict=True)]
    jumps[place] = [most * entry for entry in u]
    line = ramps(findings.optima.connect_the_dots)
    moved = line._replace(places=list(jumps), jumps=list(jumps.values()))
    assert moved.misses(table.x, table.y) == []
    assert agree(moved.cost(), line.cost(), DIGITS)
