"""The oracle against hand-made answers and against scipy, and what it may import."""

import ast
import sys
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import numpy
import oracle
import pytest
from hypothesis import given
from hypothesis import strategies as st
from oracle import kinks, margin, optimal_set, polygon, sobolev, sparsest, value
from oracle.decimals import agree, is_as_small, lies_between, precise, sum_of_roots
from oracle.simplex import Infeasible, Program, Unbounded
from oracle.splines import Ramps, chord
from scipy.optimize import linprog
from strategies import sizes, tables


def on_a_line(*labels):
    """Points 0, 1, 2, ... and labels, numbers or tuples, as fractions."""
    rows = [label if isinstance(label, tuple) else (label,) for label in labels]
    return [Fraction(i) for i in range(len(rows))], [[Fraction(entry) for entry in row] for row in rows]


def test_it_imports_nothing_of_the_package():
    """Only the standard library, numpy, scipy, mpmath and its own modules."""
    allowed = {*sys.stdlib_module_names, "numpy", "scipy", "mpmath"}
    files = sorted(Path(oracle.__file__).parent.glob("*.py"))
    assert len(files) > 5
    for path in files:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                assert {alias.name.split(".")[0] for alias in node.names} <= allowed
            elif isinstance(node, ast.ImportFrom) and not node.level:
                assert node.module.split(".")[0] in allowed


def test_kinks_and_runs_by_hand():
    """0, 0, 1, 3: kinks 1, 1, one run; a zero kink and a turn end a run."""
    assert kinks.kinks(*on_a_line(0, 0, 1, 3)) == [[1], [1]]
    assert kinks.kinks([Fraction(0), Fraction(2), Fraction(3)], [[Fraction(0)], [Fraction(1)], [Fraction(4)]]) == [
        [Fraction(5, 2)]
    ]
    directions = [(2, 4), (1, 2), (-1, -2), (0, 0), (3, 6), (3, 7)]
    vectors = [[Fraction(a, 3), Fraction(b, 3)] for a, b in directions]
    assert kinks.runs(vectors) == [(1, 2), (3, 3), (5, 5), (6, 6)]
    assert kinks.aligned_gaps(vectors) == [1]


def test_sparsest_by_hand():
    """Kinks 1,1 need one knot; 1,1,1 two, in a family of dimension 1; 1,-1,0,1,1,1,1 need 1 + 1 + 2."""
    assert sparsest.sparsest([[Fraction(1)]] * 2) == (1, True, 0)
    assert sparsest.sparsest([[Fraction(1)]] * 3) == (2, False, 1)
    assert sparsest.sparsest([[Fraction(k)] for k in (1, -1, 0, 1, 1, 1, 1)]) == (4, True, 0)
    assert sparsest.sparsest([]) == (0, True, 0)


@given(st.lists(st.sampled_from([(0, 0), (1, 0), (2, 0), (0, 1), (-1, 0)]), max_size=8))
def test_counting_step_by_step(vectors):
    """The count from left to right is that of brute force over all sets of knots."""
    all_kinks = [[Fraction(a), Fraction(b)] for a, b in vectors]
    assert sparsest.sparsest_by_steps(all_kinks) == sparsest.sparsest(all_kinks)


def test_value_by_hand():
    """Kinks (3,4) and (-3,-4) cost 10, 1 - cos is 2; at a right angle it is 1."""
    opposite = [[Fraction(3), Fraction(4)], [Fraction(-3), Fraction(-4)]]
    assert value.cost(opposite) == 10
    assert value.one_minus_cosines(opposite) == {1: 2}
    assert value.one_minus_cosines([[Fraction(3), Fraction(4)], [Fraction(-4), Fraction(3)]]) == {1: 1}


def test_margins_by_hand():
    """0,1,1,1 lies on the boundary, 0,0,1,3 inside; the worked example with 1/6; an angle of 1e-30 is not zero."""
    assert margin.pair_margin_squared(*on_a_line(0, 1, 1, 1)) == 0
    assert margin.pair_margin_squared(*on_a_line(0, 0, 1, 3)) == 0
    sixth = margin.pair_margin_squared(*on_a_line((0, 0), (0, 0), (1, 0), (1, 0)))
    assert lies_between(sixth, Fraction(1, 6), Fraction(1, 6), 25)
    nearly = margin.pair_margin_squared(*on_a_line((0, 0), (0, 0), (1, 0), (3, Fraction(1, 10**30))))
    assert 0 < nearly < Decimal("1e-59")


def test_tents_by_hand():
    """0, 0, 1, 3: the lines meet at 3/2, half below connect-the-dots."""
    assert optimal_set.tents(*on_a_line(0, 0, 1, 3)) == [(1, Fraction(3, 2), [Fraction(1, 2)])]
    middle = Fraction(3, 2)
    found = optimal_set.envelope(on_a_line(0, 0, 1, 3)[0], [Fraction(z) for z in (0, 0, 1, 3)], [middle])
    assert found == (2, {middle: (0, Fraction(1, 2))})


def test_polygon_by_hand():
    """A kink (3, 4) costs 5, up to the defect of the polygon."""
    low, high = polygon.least_cost(*on_a_line((0, 0), (0, 0), (3, 4)))
    assert 5 * 0.997 < low <= 5 <= high < 5 * 1.003


def test_ramps_and_chords():
    """A sum of ramps by hand; it misses the one label that is off."""
    f = Ramps([Fraction(1)], [Fraction(0)], [Fraction(1)], [[Fraction(-2)]])
    assert [f(Fraction(x)) for x in (-1, 1, 3)] == [[-1], [1], [-1]]
    assert f.misses(*on_a_line(0, 1, Fraction(1, 10**40))) == [2]
    assert chord(*on_a_line(0, 2, 5), 1, Fraction(3)) == [8]


def test_what_agreement_means():
    """To a number of digits, relatively; 0 agrees with 0 only; slack is not more than was asked for."""
    one = sum_of_roots([Fraction(2), Fraction(-1, 4)])
    with precise():
        close, far = one + Decimal("1e-60"), one + Decimal("1e-40")
    assert agree(one, close, 50)
    assert not agree(one, far, 50)
    assert not agree(Decimal(0), Decimal("1e-100"), 50)
    assert not lies_between(one, Fraction(1), Fraction(2), 50)
    assert not is_as_small(Decimal("1.0001"), Decimal(1), 10)


@given(tables("mixed", sizes(2, 6)))
def test_gram_systems(table):
    """The solution solves, and the kernel reproduces: <f, k(., x)> = f(x) for the polyline f, integrated exactly."""
    matrix, columns = sobolev.gram(table.x), [list(column) for column in zip(*table.y, strict=True)]
    solved = sobolev.solve(matrix, columns)
    assert [sobolev.apply(matrix, column) for column in solved] == columns
    gaps = [b - a for a, b in zip(table.x, table.x[1:], strict=False)]
    for column in columns:
        rises = [(b - a) / gap for a, b, gap in zip(column, column[1:], gaps, strict=False)]
        for index, label in enumerate(column):
            section = [Fraction(place < index) for place in range(len(gaps))]  # the slopes of k(., x_index)
            integral = sum((s * k * h for s, k, h in zip(rises, section, gaps, strict=True)), Fraction(0))
            assert column[0] + integral == label


numbers = st.integers(-3, 3).map(Fraction)


@given(
    st.lists(st.lists(numbers, min_size=7, max_size=7), min_size=1, max_size=4),
    st.lists(numbers, min_size=6, max_size=6),
)
def test_exact_programs_against_scipy(rows, prices):
    """Minimum, infeasibility and unboundedness of small programs are those of scipy's solver."""
    equations, values = [row[:6] for row in rows], [row[6] for row in rows]
    floats = numpy.array(equations, dtype=float), numpy.array(values, dtype=float), numpy.array(prices, dtype=float)
    feasible = linprog(numpy.zeros(6), A_eq=floats[0], b_eq=floats[1], method="highs").status == 0
    solved = linprog(floats[2], A_eq=floats[0], b_eq=floats[1], method="highs")
    try:
        least = Program(equations, values).minimum(prices)
    except Infeasible:
        assert not feasible
    except Unbounded:
        assert feasible
        assert solved.status in (3, 4)
    else:
        assert float(least) == pytest.approx(solved.fun, abs=1e-7)
