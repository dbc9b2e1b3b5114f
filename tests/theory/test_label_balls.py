"""Balls of labels: their members lie inside, differ, and agree about uniqueness with the centre."""

import random
from fractions import Fraction
from itertools import accumulate, combinations

import pytest
from flint import fmpq
from reluproof.theory import Dataset, is_unique
from reluproof.theory.label_balls import Ball, ball_of_one_task, members


@pytest.mark.parametrize("tasks", [1, 2, 5])
@pytest.mark.parametrize("square", [fmpq(1, 100), fmpq(1), fmpq(50)], ids=str)
def test_members_lie_in_the_ball(tasks, square):
    """The centre and labels that differ from it, in every direction by less than the radius."""
    labels = [tuple([fmpq(i * task) for task in range(tasks)]) for i in range(6)]
    ball = Ball(Dataset.from_fractions(list(range(6)), labels), square)
    found = list(members(ball))
    assert found[0] == ball.data
    assert all(one != other for one, other in combinations(found, 2))
    for member in found:
        pairs = [(a, b) for one, two in zip(member.labels, labels, strict=True) for a, b in zip(one, two, strict=True)]
        assert sum([(a - b) ** 2 for a, b in pairs], fmpq(0)) < ball.radius_squared


def test_uniqueness_does_not_change_on_a_ball():
    """Of random labels of one task, unique and not."""
    source, seen = random.Random(3), set()
    for _ in range(60):
        data = Dataset.from_fractions(list(range(6)), [source.randint(-3, 3) for _ in range(6)])
        ball = ball_of_one_task(data)
        if ball is not None:
            assert {is_unique(member) for member in members(ball)} == {is_unique(data)}
            seen.add(is_unique(data))
    assert seen == {True, False}


@pytest.mark.parametrize(
    ("kinks", "square"),
    [
        *[((1, 1), 1), ((1, 2, 3), 4), ((3, 2, 1), 4), ((1, 2, 0), 1), ((0, 2, 1), 1), ((-1, -3, 1), 1)],
        *[((1, 1, "-1/10"), 1), (("-1/10", 1, 1), 1), ((2, -1, 3), 1), ((2, -1, "1/2"), "1/4"), ((1,), 1)],
    ],
)
def test_the_radius_is_what_the_kinks_that_decide_allow(kinks, square):
    """Of the best pair of one sign, else of all kinks: a kink d of unit gaps is 0 at the squared distance d^2 / 6."""
    second = [Fraction(kink) for kink in kinks]
    labels = list(accumulate(accumulate(second, initial=Fraction(0)), initial=Fraction(0)))
    ball = ball_of_one_task(Dataset.from_fractions(list(range(len(labels))), labels))
    assert Fraction(str(ball.radius_squared)) == Fraction(square) / 6


@pytest.mark.parametrize("labels", [(0, 0, 1, 2, 2), (0, 1), (0, 1, 2, 3)], ids=str)
def test_no_ball_where_a_kink_that_decides_is_zero(labels):
    """A kink may take either sign as soon as labels move; two points have none."""
    assert ball_of_one_task(Dataset.from_fractions(list(range(len(labels))), labels)) is None
