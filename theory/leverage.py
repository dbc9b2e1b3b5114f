"""Leverage: how much of a task lies outside what the other tasks say, from the labels alone (statement AB).

l_s = yt_s' S^+ yt_s with Yt = P' Y the labels modulo the free functions and S = Yt Yt'. It is the squared length of the
projection of the s-th unit vector on the row space of Yt, so 0 <= l_s <= 1 and sum_s l_s = rank of Yt.
"""

from flint import arb, ctx, fmpq, fmpq_mat

from .enclosure import Enclosure
from .free_functions import Convention, independent_rows, matrix, reduced_labels
from .labelled_points import LabelledPoints
from .numbers import ZERO, Vector

_BITS = 128


def leverages(data: LabelledPoints, convention: Convention = Convention.FREE) -> tuple[int, Vector]:
    """(r, (l_1, ..., l_T)): the rank of the labels modulo F and the exact leverage of every task, for any d.

    >>> from .labelled_points import LabelledPoints
    >>> leverages(LabelledPoints(((0,), (1,), (2,)), ((0, 0), (0, 1), (1, 0))))
    (1, (1/5, 4/5))
    """
    labels = reduced_labels(data, convention)
    if labels is None:
        return 0, (ZERO,) * data.tasks
    return leverages_of(labels)


def leverages_of(labels: fmpq_mat) -> tuple[int, Vector]:
    """The same for given labels modulo F, n x T.

    >>> leverages_of(fmpq_mat(1, 2, [1, 2]))
    (1, (1/5, 4/5))
    """
    tasks = labels.ncols()
    rows = independent_rows(labels)
    if not rows:
        return 0, (ZERO,) * tasks
    basis = matrix([labels.tolist()[i] for i in rows])
    solved = (basis * basis.transpose()).solve(basis)
    found = [sum([basis[i, s] * solved[i, s] for i in range(len(rows))], ZERO) for s in range(tasks)]
    return len(rows), tuple(found)


def proximity_factor(leverage: fmpq) -> Enclosure | None:
    """(1 - sqrt(1-l)) / (1 + sqrt(1-l)): AB's bound of |f_s - f_s^l2| / |f_s|; None for l = 1, where there is none.

    >>> proximity_factor(fmpq(3, 4)).contains(fmpq(1, 3))
    True
    """
    if leverage == 1:
        return None
    if not leverage:
        return Enclosure.exactly(ZERO)
    with ctx.workprec(_BITS):
        root = arb(1 - leverage).sqrt()
        return Enclosure.from_ball((1 - root) / (1 + root))


def count_above(all_leverages: Vector, epsilon: fmpq) -> int:
    """How many tasks have a leverage above epsilon: at most r / epsilon of them, since leverages sum to r.

    >>> count_above((fmpq(1, 5), fmpq(4, 5)), fmpq(1, 2))
    1
    """
    return sum([leverage > epsilon for leverage in all_leverages])
