"""Balls of labels: their members lie inside, differ, and agree about uniqueness with the centre."""

import random
from itertools import combinations

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
