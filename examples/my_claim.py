"""A claim of one's own, for `reluproof hunt examples/my_claim.py`, which executes this file.

The file defines claim(data): data is a Dataset (points x_1 < ... < x_N and labels in Q^T, exact rationals). The answer
is true where the claim holds, and also where it says nothing. A verdict (Holds, Refuted, DoesNotApply, Undecided of
reluproof.theory) may be returned instead of a truth value. The first line of the function's docstring is printed.

The random module of Python is seeded while hunting, so a claim that draws random numbers draws the same ones again.

This one is tempting and false: two tasks or more, labels all different, and so, one might think, a unique optimum.
"""

from reluproof.theory import Dataset, is_unique


def claim(data: Dataset) -> bool:
    """With two tasks or more and labels that are all different, connect-the-dots is the only optimum."""
    if data.tasks < 2 or len(set(data.labels)) < data.size:
        return True
    return is_unique(data)
