"""The main job on the textbook cases: what mathematics says, found in every part of the findings."""

import json
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import jsonschema
import numpy
import pytest
from reluproof.theory import Dataset, RootSum, Run
from reluproof.theory.membership import broken_condition, judge
from reluproof.theory.network import ReLUNetwork
from reluproof.theory.optimum import connect_the_dots
from reluproof.theory.spline import LinearSpline
from reluproof.verify.check import check
from reluproof.verify.report.text import text_report

ROOT = Path(__file__).parents[2]
EXAMPLES = sorted((ROOT / "examples").glob("*.csv"))
SCHEMA = json.loads((ROOT / "verify" / "schema" / "check-1.json").read_text())


def line(*labels):
    """A dataset with the labels on 0, 1, 2, ..."""
    return Dataset.from_fractions(range(len(labels)), labels)


def words(findings):
    """{letter: verdict}."""
    return {result.letter: result.verdict.word for result in findings.claims}


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_examples_validate_and_nothing_is_refuted(path):
    """Every shipped example: all claims hold or do not apply, and the JSON object validates against the schema."""
    findings = check(path)
    assert set(words(findings)) == set("ABFIJKLMN")
    assert set(words(findings).values()) <= {"holds", "does_not_apply"}
    jsonschema.Draft202012Validator(SCHEMA).validate(findings.to_json())


def test_findings_compare_and_have_a_hash():
    """The same file twice: equal, with one hash; another dataset: not equal. A cost is a number."""
    path = ROOT / "examples" / "run_of_two.csv"
    one, two = check(path), check(path)
    assert one == two
    assert hash(one) == hash(two)
    assert one != check(ROOT / "examples" / "unique.csv")
    cost = check(line(0, 0, 1, 3)).cost.exact()
    assert (cost == 2, cost < 3, float(cost)) == (True, True, 2.0)
    assert check(line(0, 1, 5)).cost.exact() == 3


def test_rational_costs_are_exact_at_any_length():
    """One task, 3,000 kinks: the cost is the rational that it is, in text and JSON; two tasks: bounds alone."""
    labels = [Fraction(n * n % 17, 100) for n in range(3002)]
    findings = check(line(*labels))
    slopes = [b - a for a, b in pairwise(labels)]
    cost = sum(abs(b - a) for a, b in pairwise(slopes))
    assert f"exactly {cost}\n" in findings.text()
    assert findings.to_json()["cost"]["squares"] == [str(cost**2)]
    two = check(Dataset.from_fractions(range(3002), [(y, n % 3) for n, y in enumerate(labels)]))
    assert "square roots, not merged" in " ".join(two.text().split())
    assert two.to_json()["cost"]["squares"] is None


def test_long_lists_are_cut_with_a_count():
    """600 tasks, a run of 200 points: no line of the report is longer than a few hundred characters."""
    wide = check(Dataset.from_fractions(range(4), [[n * t for t in range(600)] for n in (0, 1, 3, 2)]))
    many = check(line(*[n * n for n in range(200)]))
    for findings in (wide, many):
        text = text_report(findings, explain=True)
        assert max(map(len, text.splitlines())) < 600
    assert "and 592 more" in text_report(wide)
    assert "and 190 more" in text_report(many, explain=True)


@pytest.mark.parametrize(
    ("labels", "left", "right"),
    [
        ([(0, 0), (0, 1), (1, 3)], "not on the left (s_1 != 0)", "not on the right (s_(N-1) != 0)"),
        ([(0, 0), (0, 0), (1, 3)], "on the left (s_1 = 0)", "not on the right (s_(N-1) != 0)"),
        ([(0, 1), (2, 3), (2, 3)], "not on the left (s_1 != 0)", "on the right (s_(N-1) = 0)"),
    ],
)
def test_the_explanation_of_f_looks_at_every_task(labels, left, right):
    """A slope is 0 only if it is 0 in all tasks."""
    text = text_report(check(Dataset.from_fractions(range(3), labels)), explain=True)
    assert f"it equals connect-the-dots {left} and {right}" in " ".join(text.split())


def test_the_schema_rejects():
    """An object with a float for an exact number, or without its claims, does not validate."""
    validator = jsonschema.Draft202012Validator(SCHEMA)
    good = check(line(0, 0, 1, 3)).to_json()
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    assert validator.is_valid(good)
    assert not validator.is_valid({**good, "cost": {**good["cost"], "lower": 2.0}})
    assert not validator.is_valid({key: value for key, value in good.items() if key != "claims"})
    assert not validator.is_valid({**good, "radius": {**good["radius"], "at": "1.5"}})


def test_a_run_of_two():
    """0, 0, 1, 3: cost 2, one run, radius 1/2 at 3/2, one knot of kink 2 is the sparsest optimum and unique as such."""
    findings = check(line(0, 0, 1, 3))
    assert not findings.unique
    assert findings.cost.exact() == RootSum.of_rational(2)
    assert findings.aligned_runs == (Run(1, 2),)
    assert findings.optima.radius.at == RootSum.of_rational("3/2").as_rational()
    assert findings.optima.radius.height_squared * 4 == 1
    assert findings.sparsest.spline == LinearSpline((0,), (0,), ("3/2",), ((2,),))
    assert findings.sparsest.unique
    assert findings.margin.is_zero
    assert findings.boundary is None


def test_an_odd_run_of_three():
    """0, 0, 1, 3, 6: two knots suffice and leave one parameter free."""
    sparsest = check(line(0, 0, 1, 3, 6)).sparsest
    assert (sparsest.width, sparsest.unique, sparsest.dimension) == (2, False, 1)


def test_second_differences_with_a_gap():
    """Kinks 1, 1, 0, 1, 1: a zero kink breaks the run; two knots at 3/2 and 9/2 suffice and are the only way."""
    findings = check(line(0, 0, -1, -3, -5, -8, -12))
    assert findings.aligned_runs == (Run(1, 2), Run(4, 5))
    assert findings.sparsest.spline == LinearSpline((0,), (0,), ("3/2", "9/2"), ((-2,), (-2,)))
    assert findings.sparsest.unique


def test_unique_on_the_boundary():
    """0, 1, 1, 1 is unique with margin 0, because the kink at the third point is zero."""
    findings = check(line(0, 1, 1, 1))
    assert findings.unique
    assert findings.margin.is_zero
    assert findings.boundary == 2


def test_margin_on_an_axis():
    """(0,0), (0,0), (1,0), (1,0): squared margin 1/6, not 1/5."""
    margin = check(line((0, 0), (0, 0), (1, 0), (1, 0))).margin
    assert margin.squared() == RootSum.of_rational("1/6")


def test_labels_abba_are_aligned_whatever_the_spacing():
    """a, b, b, a: the two kinks are aligned for every spacing, in any number of tasks."""
    for points in ([0, 1, 2, 3], [0, 5, "11/2", 100]):
        data = Dataset.from_fractions(points, [(1, 0, 0), (0, 1, 0), (0, 1, 0), (1, 0, 0)])
        assert check(data).aligned_runs == (Run(1, 2),)


@pytest.mark.parametrize("size", [2, 3])
def test_few_points_are_always_unique(size):
    """N <= 3: unique, no margin."""
    findings = check(line(*[n * n for n in range(size)]))
    assert findings.unique
    assert findings.margin is None
    assert words(findings)["N"] == "does_not_apply"


def test_decimal_and_binary_readings_differ():
    """0, 0.1, 0.3, 0.6 has aligned kinks as decimals; as floats it is the dyadic data that are decided."""
    y = ["0", "0", "0.1", "0.3", "0.6", "1"]
    decimal = check(Dataset.from_text([str(k) for k in range(6)], [[v, v] for v in y]))
    array = numpy.array([[float(v), float(v) + 0.1] for v in y])
    binary = check((numpy.arange(6.0), array))
    assert not decimal.unique
    assert binary.source.reading == "binary"
    assert binary.unique


def test_membership_of_functions_and_parameters():
    """judge gives the exact excess and the obstacle; weight decay asks for balance on top."""
    data = line(0, 0, 1, 3)
    optimum = connect_the_dots(data)
    assert judge(data, optimum).optimal
    merged = LinearSpline((0,), (0,), ("3/2",), ((2,),))
    assert judge(data, merged).optimal
    bumpy = LinearSpline.from_knots((0,), (0,), [*zip(optimum.knots, optimum.kinks, strict=True), ("1/4", (1,)), ("1/2", (-2,)), ("3/4", (1,))])  # fmt: skip  # noqa: E501
    verdict = judge(data, bumpy)
    assert verdict.interpolates
    assert verdict.excess == RootSum.of_rational(4)
    assert "x = 1/4 lies outside" in verdict.obstacle
    missing = judge(data, LinearSpline((0,), (0,), (), ()))
    assert not missing.interpolates
    assert missing.excess is None
    assert "point 3" in missing.obstacle
    unbalanced = ReLUNetwork.from_spline(merged)
    assert judge(data, unbalanced).optimal
    assert "not balanced" in broken_condition(data, unbalanced)
    balanced = ReLUNetwork.from_parameters([(1, "-1", (1,)), (1, -2, (1,)), (0, 0, (0,))], (0,), (0,))
    assert broken_condition(data, balanced) is None
    dead = ReLUNetwork.from_parameters([(1, "-1", (1,)), (1, -2, (1,)), (0, 5, (0,)), (1, 0, (0,))], (0,), (0,))
    assert broken_condition(data, dead) is not None
    with pytest.raises(ValueError, match="2 outputs"):
        judge(data, LinearSpline((0, 0), (0, 0), (), ()))


def test_cancelling_neurons_cost_more_than_their_spline():
    """Two neurons on one knot that cancel in part are no optimum, though their function is."""
    data = line(0, 0, 1)
    network = ReLUNetwork.from_parameters([(1, -1, (2,)), (-1, 1, (-1,))], (-1,), (1,))
    assert network.to_spline() == connect_the_dots(data)
    assert judge(data, network.to_spline()).optimal
    verdict = judge(data, network)
    assert verdict.excess == RootSum.of_rational(2)
    assert not verdict.optimal
