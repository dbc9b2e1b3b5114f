"""The numbers that `reluproof check --json` prints, read back as text, against the oracle."""

from decimal import Decimal
from fractions import Fraction

from oracle import kinks, margin, optimal_set, sobolev, value
from oracle.decimals import agree, decimal, lies_between, precise, root, sum_of_roots
from oracle.splines import Ramps
from reluproof.verify.check import check
from strategies import sizes, tables

from agreement.comparison import DIGITS, MARGIN_DIGITS
from agreement.each_kind import each_kind


def between(record, number, prefix="", digits=DIGITS):
    """Whether the number lies between the decimal bounds, which have 15 digits in common with it."""
    lower, upper = Fraction(record[prefix + "lower"]), Fraction(record[prefix + "upper"])
    return lies_between(number, lower, upper, digits) and upper - lower <= abs(upper) / 10**15


def with_root(record):
    """rational + the signed square root, as a Decimal."""
    with precise():
        signed = Fraction(record["signed_root"])
        return decimal(Fraction(record["rational"])) + root(abs(signed)) * (1 if signed > 0 else -1)


def vector(numerals):
    """A list of numerals as fractions."""
    return [Fraction(numeral) for numeral in numerals]


def network(record):
    """A network of the output as a sum of ramps."""
    affine, neurons = record["affine"], record["neurons"]
    places, jumps = vector(n["knot"] for n in neurons), [vector(n["kink"]) for n in neurons]
    return Ramps(vector(affine["slope"]), vector(affine["offset"]), places, jumps)


def cost_and_networks(table, found, all_kinks):
    """The cost, exact and between bounds, and every network printed interpolates at that cost."""
    cost = value.cost(all_kinks)
    assert agree(sum_of_roots(vector(found["cost"]["squares"])), cost, DIGITS)
    assert between(found["cost"], cost)
    assert (found["another"] is None) == found["unique"]
    for name in ("optimum", "sparsest", *(["another"] if found["another"] else [])):
        assert network(found[name]).misses(*table) == [], name
        assert agree(network(found[name]).cost(), cost, DIGITS), name
    assert found["neurons"]["sparsest"] == len(found["sparsest"]["neurons"])
    assert found["neurons"]["connect_the_dots"] == sum(map(any, all_kinks))


def reach(table, found):
    """The radius between its bounds, its gap and its place."""
    tents, record = optimal_set.tents(*table), found["radius"]
    if not tents:
        assert record == {"lower": "0", "upper": "0", "gap": None, "at": None}
        return
    tallest = max(tents, key=lambda tent: kinks.dot(tent.descent, tent.descent))
    assert between(record, value.height(kinks.dot(tallest.descent, tallest.descent)))
    assert (record["gap"], Fraction(record["at"])) == (tallest.gap, tallest.at)


def distances(table, found):
    """The margin, its square between bounds and in exact form; exactly 0 where it is 0."""
    numbers, record = margin.margins_squared(*table), found["margin"]
    if not numbers:
        assert record is None
        return
    least = min(numbers.values())
    assert between(record, least, "squared_", MARGIN_DIGITS)
    with precise():
        assert between(record, least.sqrt(), digits=MARGIN_DIGITS)
    if least == 0:
        assert (record["lower"], record["upper"]) == ("0", "0")
        return
    with precise():
        # The exact form cancels where the margin is small: it is compared relatively to its larger part.
        assert abs(with_root(record["squared"]) - least) <= decimal(Fraction(record["squared"]["rational"])).scaleb(-25)


def turns(found, all_kinks):
    """1 - cos theta: the smallest between bounds, and for each gap the sign and the square in exact form."""
    numbers, aligned = value.one_minus_cosines(all_kinks), kinks.aligned_gaps(all_kinks)
    assert [record["gap"] for record in found["gaps"]] == sorted(numbers)
    for record in found["gaps"]:
        assert record["sign"] == (record["gap"] not in aligned)
        with precise():
            assert abs(with_root(record["square"]) - numbers[record["gap"]] ** 2) <= Decimal(1).scaleb(-100)
    if numbers:
        least = Decimal(0) if aligned else min(numbers.values())
        assert between(found["angles"], least)
    else:
        assert found["angles"] is None


def kernel_side(table, found):
    """The coefficients solve the Gram system; the norms a^T y are between their bounds."""
    matrix, coefficients = sobolev.gram(table.x), [vector(column) for column in found["sobolev"]["coefficients"]]
    columns = [list(column) for column in zip(*table.y, strict=True)]
    assert [sobolev.apply(matrix, column) for column in coefficients] == columns
    norms = [kinks.dot(a, y) for a, y in zip(coefficients, columns, strict=True)]
    assert found["sobolev"]["norm_squared"] in (None, [str(norm) for norm in norms])
    with precise():
        pairs = zip(found["sobolev"]["norm_squared_bounds"], map(decimal, norms), strict=True)
    assert all(between(record, norm) for record, norm in pairs)


@each_kind(0.25, lambda kind: tables(kind, sizes(2, 7)))
def test_printed_numbers(table):
    """Bounds contain, exact forms equal, networks interpolate."""
    found, all_kinks = check(table.dataset()).to_json(), kinks.kinks(*table)
    assert found["unique"] == (not kinks.aligned_gaps(all_kinks))
    long = [(first, last) for first, last in kinks.runs(all_kinks) if first < last]
    assert [(run["first"], run["last"]) for run in found["runs"]] == long
    cost_and_networks(table, found, all_kinks)
    reach(table, found)
    distances(table, found)
    turns(found, all_kinks)
    kernel_side(table, found)
