"""Hunting: every changed claim is refuted by its stored example, deterministically; true claims are not refuted."""

import sys
from dataclasses import replace

import numpy
import pytest
from hypothesis import strategies as st
from reluproof.theory import Dataset
from reluproof.theory.verdict import Holds, Refuted, Undecided
from reluproof.verify.claims.claim import NotApplicable
from reluproof.verify.claims.registry import REGISTRY
from reluproof.verify.claims.without import CHANGED
from reluproof.verify.hunt.as_text import csv_text
from reluproof.verify.hunt.hunt import hunt
from reluproof.verify.hunt.target import Hunted, from_changed, from_claim, named, own_verdict
from reluproof.verify.reading.source import InputError

from hunt.stored import FOLDER


def made(verdict_on, strategy, score=None):
    """Something to hunt, from its parts."""
    return Hunted("a test", "says", verdict_on, strategy, "a test's strategy", ("", ""), 100, score)


@pytest.mark.parametrize("changed", CHANGED, ids=lambda changed: changed.stem)
def test_every_changed_claim_is_refuted(changed):
    """The stored file comes out, letter by letter."""
    found = hunt(from_changed(changed), 300, 0)
    assert found.subject == changed.smallest
    assert found.smallest.proved
    text = csv_text(found.hunted, found.counterexample, found.smallest)
    assert text + "\n" == (FOLDER / f"{changed.stem}.csv").read_text()


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_other_seeds_find_the_same(seed):
    """What is smallest does not depend on what is found first."""
    for changed in CHANGED:
        if changed.stem not in ("isolated_lambda", "kinks_along_the_path"):  # what is smaller takes long to rule out
            found = hunt(replace(from_changed(changed), budget=2_000), 300, seed)
            assert found.subject == changed.smallest


def test_a_seed_fixes_the_hunt():
    """The same seed gives the same examples in the same order; another seed gives others."""

    def examples(seed):
        seen = []

        def verdict_on(data):
            seen.append(data)
            return Holds("never refuted")

        hunt(made(verdict_on, from_changed(CHANGED[0]).strategy, from_changed(CHANGED[0]).score), 60, seed)
        return seen

    assert examples(7) == examples(7) != examples(8)


SEARCHED = [letter for letter, claim in REGISTRY.items() if not isinstance(claim.strategy, NotApplicable)]


@pytest.mark.parametrize("letter", SEARCHED)
def test_true_claims_are_not_refuted(letter):
    """The hunt for a statement with all its hypotheses ends with nothing."""
    found = hunt(from_claim(REGISTRY[letter]), 15, 0)
    assert found.verdict is None
    assert found.tried >= 5


def test_the_score_is_climbed():
    """A property that a blind search of as many examples misses, and the search that climbs finds."""

    def verdict_on(number):
        return Refuted(number, "near") if abs(number - 777_777) <= 30 else Holds("far")

    def strategy():
        return st.integers(0, 10**6)

    def finds(score):
        return sum(hunt(made(verdict_on, strategy, score), 300, seed).verdict is not None for seed in range(4))

    assert finds(lambda number: -abs(number - 777_777)) > finds(None)


def test_undecided_examples_are_counted():
    """They neither refute nor hold."""
    found = hunt(made(lambda _: Undecided("open"), from_changed(CHANGED[0]).strategy), 20, 0)
    assert found.verdict is None
    assert found.undecided == found.tried > 0


def test_an_answer_that_changes_is_bad_input():
    """A claim whose answer is not a function of the dataset."""
    calls = []

    def verdict_on(data):
        calls.append(data)
        return Refuted(data, "now") if len(calls) == 3 else Holds("now")

    with pytest.raises(InputError, match="changes from one call to the next"):
        hunt(made(verdict_on, from_changed(CHANGED[0]).strategy), 20, 0)


def test_names():
    """Letters, names, beginnings of hypotheses; changed claims come before those of the registry."""
    assert named("D", "T>=2").statement == CHANGED[0].statement
    assert named("measure zero", "t>").statement == CHANGED[0].statement
    assert named("B", None).statement == REGISTRY["B"].statement
    assert named("X", "A is").name == "X without 'A is injective'"
    for claim, without, words in [
        ("T", None, "no statement is called 'T'"),
        ("B", "l2", "the hypotheses of B to drop are"),
        ("K", "anything", "to drop are: none"),
        ("Q", None, "cannot be hunted"),
        ("my.py", "x", "no named hypotheses"),
    ]:
        with pytest.raises(InputError, match=words):
            named(claim, without)


def test_a_dropped_hypothesis_of_the_registry():
    """Statement X without injectivity; its subject is no dataset, so Hypothesis alone makes it small."""
    found = hunt(named("X", "A is injective"), 300, 0)
    assert found.smallest is None
    assert found.counterexample.data == found.subject.data
    assert REGISTRY["X"].without("A is injective").holds(found.subject).word == "refuted"
    assert REGISTRY["X"].holds(found.subject).word == "does_not_apply"


@pytest.mark.parametrize(
    ("letter", "name"), [("C", "f interpolates"), ("E", "N>=4"), ("G", "both are optima"), ("G", "0<=weight<=1")]
)
def test_strategies_leave_the_dropped_hypothesis(letter, name):
    """What is found does not meet it, and the statement with it says nothing there."""
    found = hunt(named(letter, name), 300, 0)
    assert found.verdict is not None
    assert REGISTRY[letter].holds(found.subject).reason == name
    assert REGISTRY[letter].without(name).holds(found.subject).word == "refuted"


def test_own_verdicts():
    """Truth values, verdicts, and what is neither."""
    data = Dataset.from_fractions([0, 1], [0, 1])
    assert own_verdict(lambda _: True, "f.py")(data).word == "holds"
    assert own_verdict(lambda _: numpy.bool_(True), "f.py")(data).word == "holds"
    assert own_verdict(lambda _: False, "f.py")(data) == Refuted(data, "the function returned false")
    assert own_verdict(lambda _: Undecided("open"), "f.py")(data).word == "undecided"
    with pytest.raises(InputError, match=r"f\.py: claim\(data\) returned None for Dataset"):
        own_verdict(lambda _: None, "f.py")(data)
    with pytest.raises(InputError, match="returned 'no' for Dataset"):
        own_verdict(lambda _: "no", "f.py")(data)
    with pytest.raises(InputError, match="raised SystemExit"):
        own_verdict(lambda _: sys.exit(0), "f.py")(data)
    with pytest.raises(InputError, match="raised ZeroDivisionError"):
        own_verdict(lambda _: 1 / 0, "f.py")(data)
