"""Every stored counterexample refutes its changed claim, by formulas of its own in plain fractions."""

import re
from dataclasses import replace
from fractions import Fraction
from itertools import product

import pytest
from oracle.kinks import aligned_gaps, kinks
from oracle.regularised import brute_force
from reluproof.theory import Dataset
from reluproof.verify.check import check
from reluproof.verify.claims.without import CHANGED, changed_claim
from reluproof.verify.hunt.stored import stored_examples, stored_json, stored_text

from hunt.stored import FOLDER, hat, least_cost_and_second_optimum, number, read, slopes

LISTED = {
    "one_task": (4, 1, 3),
    "finite_labels": (4, 2, 1),
    "extra_task": (4, 2, 1),
    "penalised_biases": (3, 1, 1),
    "no_linear_part": (2, 1, 1),
    "zero_kinks": (4, 1, 1),
    "isolated_lambda": (5, 2, 3),
    "kinks_along_the_path": (5, 1, 2),
}
"""Points, tasks and largest label of the counterexamples known before the search."""


def scalar(stem):
    """Points, labels of the only task, comments."""
    x, y, comments = read(stem)
    assert {len(label) for label in y} == {1}
    return x, [label[0] for label in y], comments


def merged(x, u, v, j):
    """The place and kink of one knot instead of u at x_j and v at x_{j+1}, which share a sign."""
    return (abs(u) * x[j] + abs(v) * x[j + 1]) / (abs(u) + abs(v)), u + v


def two_optima(x, u, v, j):
    """Whether one knot has the same hats, so the same values at the data, and the same cost |u| + |v|."""
    t, m = merged(x, u, v, j)
    return (hat(x, j, t) * m, hat(x, j + 1, t) * m) == (u, v) and abs(m) == abs(u) + abs(v) and x[j] < t < x[j + 1]


def test_one_task():
    """Two optima, and again two after every change of the labels by nearly the radius of the ball, sign by sign."""
    x, y, comments = scalar("one_task")
    (u,), (v,) = kinks(x, [[a] for a in y])
    assert two_optima(x, u, v, 1)
    radius = number(comments, "squared radius of the ball")
    # |b_j|^2 = 6 for both functionals (1, -2, 1), and the kinks are 1 in size.
    assert radius == Fraction(1, 6)
    step = Fraction(1, 5)  # four changes of 1/5 have squared length 4/25 < 1/6
    assert 4 * step**2 < radius
    for signs in product((-1, 1), repeat=4):
        changed = [[a + s * step] for a, s in zip(y, signs, strict=True)]
        (p,), (q,) = kinks(x, changed)
        assert two_optima(x, p, q, 1)


def test_finite_labels():
    """Of the 16 label sequences over the two values exactly the stated share has aligned kinks."""
    x, y, comments = read("finite_labels")
    values = [list(value) for value in dict.fromkeys(map(tuple, y))]
    assert len(y[0]) == 2
    assert len(values) == 2
    failing = [labels for labels in product(values, repeat=4) if aligned_gaps(kinks(x, list(labels)))]
    assert y in [list(labels) for labels in failing]
    assert number(comments, "probability of failure") == Fraction(len(failing), 16) > 0


def test_labels_a_b_b_a_for_every_spacing():
    """The kinks are (a - b) / h_1 and (a - b) / h_3 up to a common sign: aligned."""
    _, y, _ = read("finite_labels")
    assert y[0] == y[3]
    assert y[1] == y[2]
    for h in product((Fraction(1), Fraction(2, 7), Fraction(5)), repeat=3):
        x = [Fraction(0), h[0], h[0] + h[1], sum(h)]
        u, v = kinks(x, y)
        assert [h[0] * a for a in u] == [h[2] * a for a in v] != [0, 0]


def test_extra_task():
    """The old labels are straight; the new ones alone, and all in a box around them, leave two optima."""
    x, y, comments = read("extra_task")
    assert kinks(x, [label[:-1] for label in y]) == [[0], [0]]
    step = Fraction(1, 5)
    assert 4 * step**2 < number(comments, "squared radius of the ball of new labels") == Fraction(1, 6)
    for signs in product((-1, 0, 1), repeat=4):
        (p,), (q,) = kinks(x, [[label[-1] + s * step] for label, s in zip(y, signs, strict=True)])
        assert two_optima(x, p, q, 1)


@pytest.mark.parametrize(("stem", "name"), [("l1_coupling", "l1"), ("linf_coupling", "l-infinity")])
def test_couplings(stem, name):
    """No kinks are aligned; a linear program in fractions gives the stated least cost and a second optimum."""
    x, y, comments = read(stem)
    assert not aligned_gaps(kinks(x, y))
    least, second = least_cost_and_second_optimum(x, y, stem.partition("_")[0])
    assert second
    assert least == number(comments, f"{name} cost of both")


def test_penalised_biases():
    """One knot inside a gap costs less, compared by squares; and the rule for three points says so."""
    x, y, comments = scalar("penalised_biases")
    ((d,),) = kinks(x, [[a] for a in y])
    costs = {t: (d / hat(x, 1, t)) ** 2 * (1 + t * t) for t in [Fraction(n, 12) for n in range(-23, 24)]}
    best = min(costs, key=costs.get)
    assert costs[best] < costs[x[1]] == d**2 * (1 + x[1] ** 2)
    assert x[0] * x[1] < -1 or x[1] * x[2] < -1
    assert "sqrt(9/5)" in comments
    assert costs[Fraction(1, 2)] == Fraction(9, 5)
    assert costs[x[1]] == 2


def test_penalised_biases_as_first_found():
    """The larger one of the literature: sqrt 5 against 3/2 sqrt 2, compared by squares; it is refuting too."""
    x, d = [Fraction(-1), Fraction(2), Fraction(3)], Fraction(1)
    assert hat(x, 1, Fraction(1)) == Fraction(2, 3)
    assert (d / hat(x, 1, Fraction(1))) ** 2 * 2 == Fraction(9, 2) < 1 + x[1] ** 2 == 5


def test_no_linear_part():
    """(x - x_1)_+ with one neuron of cost 1; the line needs slope 1 at both ends, so cost 2 = |f'(-inf) + f'(inf)|."""
    x, y, comments = scalar("no_linear_part")
    (s,) = slopes(x, y)
    assert [max(Fraction(0), t - x[0]) * s + y[0] for t in x] == y
    assert number(comments, "optimum") == abs(s) == 1
    assert number(comments, "cost of connect-the-dots") == abs(s + s) == 2


def test_whole_line():
    """Beyond the data the energy of connect-the-dots grows, a constant adds none, and the two differ."""
    x, y, comments = scalar("whole_line")
    place = number(comments, "place")
    assert place > x[-1]
    assert number(comments, "minimum-norm value") == y[-1]
    assert number(comments, "connect-the-dots value") == y[-1] + slopes(x, y)[-1] * (place - x[-1]) != y[-1]


def integral(p, q):
    """The integral over [0, 1] of the product of two polynomials, by their coefficients."""
    return sum(a * b / (i + j + 1) for i, a in enumerate(p) for j, b in enumerate(q))


def full_norm(p):
    """int p^2 + int p'^2 over [0, 1]."""
    derivative = [k * a for k, a in enumerate(p)][1:]
    return integral(p, p) + integral(derivative, derivative)


def test_full_norm():
    """x against x - 5/22 x (1 - x), both from (0, 0) to (1, 1): integrals of polynomials by their coefficients."""
    x, y, comments = scalar("full_norm")
    assert (x, y) == ([0, 1], [0, 1])
    factor = Fraction(5, 22)
    assert "minus 5/22 t (1 - t) on gap 1" in comments
    line, other = [Fraction(0), Fraction(1)], [Fraction(0), 1 - factor, factor]
    assert sum(other) == 1
    assert number(comments, "squared norm of connect-the-dots") == full_norm(line)
    assert number(comments, "squared norm of the other") == full_norm(other) < full_norm(line)


def test_zero_kinks():
    """Two zero kinks, and unique: an interpolant of cost 0 does not bend, and one line goes through the data."""
    x, y, _ = scalar("zero_kinks")
    assert kinks(x, [[a] for a in y]) == [[0], [0]]
    assert len(set(slopes(x, y))) == 1


def test_lambda_zero():
    """A ramp that starts at the last point: 0 at the data, cost 1, although the outputs cost nothing."""
    x, y, comments = scalar("lambda_zero")
    assert [max(Fraction(0), t - x[-1]) for t in x] == y
    assert number(comments, "cost of the minimiser") == 1
    assert number(comments, "least cost") == 0


def test_other_lipschitz_norm():
    """g moves at most as far as x in each coordinate, meets the labels, and leaves a straight line of slope (0, 1)."""
    x, y, comments = read("other_lipschitz_norm")
    assert (x, y) == ([0, 1], [[0, 0], [0, 1]])

    def g(t):
        return [max(t, 0) - 2 * max(t - Fraction(1, 2), 0) + max(t - 1, 0), t]

    assert [g(t) for t in x] == y
    constant, place = number(comments, "Lipschitz constant"), number(comments, "place")
    grid = [Fraction(k, 8) for k in range(-8, 25)]
    for t, u in product(grid, repeat=2):
        assert max(abs(a - b) for a, b in zip(g(t), g(u), strict=True)) <= constant * abs(t - u)
    assert max(abs(a - b) for a, b in zip(g(place), [0, place], strict=True)) ** 2 == Fraction(1, 4)
    assert number(comments, "squared distance") == Fraction(1, 4) > number(comments, "squared bound")
    # The slope is as long as L, so that the bound vanishes.
    assert (constant**2 - max(y[1]) ** 2) * place * (1 - place) == number(comments, "squared bound") == 0


def test_extrapolation():
    """(x - 1)_+ is 0 at both points and 1 at x = 2; on the gap no function of its steepness gets that far."""
    x, y, comments = scalar("extrapolation")
    g = [max(t - 1, Fraction(0)) for t in [*x, number(comments, "place")]]
    assert g[:2] == y == [0, 0]
    assert g[2] ** 2 == number(comments, "squared distance") > number(comments, "largest squared bound")
    assert number(comments, "largest squared bound") == Fraction(1, 2) ** 2 * number(
        comments, "squared Lipschitz constant"
    )


def test_isolated_lambda():
    """The fitted labels meet the optimality conditions at this lambda with two aligned kinks; the labels have none."""
    x, y, comments = read("isolated_lambda")
    penalty = number(comments, "lambda")
    pairs = re.findall(r"\((-?[0-9/]+), (-?[0-9/]+)\)", re.search(r"fitted labels: (.*?) kinks of", comments)[1])
    z = [[Fraction(a) for a in pair] for pair in pairs]
    assert aligned_gaps(kinks(x, y)) == []
    assert aligned_gaps(kinks(x, z)) == [1]
    sums, moments, v = [Fraction(0)] * 2, [Fraction(0)] * 2, []
    for place, a, b in zip(x, y, z, strict=True):
        v.append([place * s - m for s, m in zip(sums, moments, strict=True)])
        sums = [s + p - q for s, p, q in zip(sums, a, b, strict=True)]
        moments = [m + place * (p - q) for m, p, q in zip(moments, a, b, strict=True)]
    assert sums == moments == [0, 0]
    for d, row in zip(kinks(x, z), v[1:-1], strict=True):
        length = sum(a * b for a, b in zip(d, row, strict=True)) / penalty
        assert length > 0
        assert [penalty * a for a in d] == [length * a for a in row]
        assert sum(a * a for a in row) == penalty**2


def test_kinks_along_the_path():
    """Exhaustive search over supports: more kinks just above the lambda stated than just below it."""
    x, y, comments = scalar("kinks_along_the_path")
    penalty, step = number(comments, "lambda"), Fraction(1, 1000)
    counts = [sum(map(bool, brute_force(x, y, [Fraction(1)] * 5, penalty + side)[1])) for side in (-step, step)]
    assert counts == [number(comments, "kinks below"), number(comments, "kinks above")]
    assert counts[0] < counts[1]


def test_files_are_the_stored_examples():
    """One file per changed claim, with the text that the program prints now; the table of the folder names each."""
    texts = {example.changed.stem: example.text for example in stored_examples()}
    assert {path.stem: path.read_text() for path in FOLDER.glob("*.csv")} == texts
    contents = (FOLDER / "README.md").read_text()
    for changed in CHANGED:
        assert f"`{changed.stem}.csv`" in contents
        assert changed.without in contents
        assert changed_claim(changed.letter, changed.without) is changed


def test_no_larger_than_listed():
    """Each is at most as large as what was known: points, tasks, largest label."""
    for changed in CHANGED:
        data = changed.smallest
        size = (data.size, data.tasks, max(abs(a) for label in data.labels for a in label))
        assert size <= LISTED.get(changed.stem, (4, 2, 1))


def test_files_paste_into_check_and_into_a_test(tmp_path):
    """`check` reads the file; the line for tests evaluates to the same dataset."""
    for changed in CHANGED:
        path = FOLDER / f"{changed.stem}.csv"
        assert check(path).data == changed.smallest
        source = path.read_text().partition("# In a test: ")[2].partition("\n")[0]
        assert eval(source, {"Dataset": Dataset}) == changed.smallest


def test_stored_text_by_letter():
    """Only the statements asked for; a statement without stored examples says so."""
    assert stored_text(["F"]).count("# In a test") == 2
    assert "no hypothesis" in stored_text(["K"])
    assert [entry["file"] for entry in stored_json(["A"])] == ["penalised_biases.csv", "no_linear_part.csv"]


def test_a_stored_example_that_is_not_the_smallest_is_noticed(monkeypatch):
    """A larger counterexample in the table is an error, not a text."""
    larger = replace(CHANGED[0], smallest=Dataset.from_fractions(range(4), [0, 0, 1, 3]))
    monkeypatch.setattr("reluproof.verify.hunt.stored.CHANGED", (larger,))
    with pytest.raises(ArithmeticError, match="one_task: the stored counterexample is not the smallest"):
        stored_text()


def test_unknown_changed_claim():
    """There is an answer only for the pairs of the table."""
    with pytest.raises(KeyError):
        changed_claim("A", "T>=2")


def test_listed_ones_refute_too():
    """The counterexamples known before the search refute the same changed claims."""
    listed = {
        ("D", "T>=2"): Dataset.from_fractions(range(4), [0, 0, 1, 3]),
        ("A", "biases are not penalised"): Dataset.from_fractions([-1, 2, 3], [0, 0, 1]),
        ("A", "a linear part is free"): Dataset.from_fractions([0, 1], [0, 1]),
        ("B", "zero kinks break a run"): Dataset.from_fractions(range(4), [0, 1, 1, 1]),
        ("R", "fixed lambda"): Dataset.from_fractions(range(5), [(0, 0), (-2, -2), (-3, -3), (-2, 0), (2, 0)]),
        ("D", "density"): Dataset.from_fractions([0, 5, 6, 9], [(1, 0, 0), (0, 1, 0), (0, 1, 0), (1, 0, 0)]),
    }
    for (letter, without), data in listed.items():
        assert changed_claim(letter, without).verdict_on(data).word == "refuted"
