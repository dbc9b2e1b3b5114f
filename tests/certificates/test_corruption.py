"""No corruption of a certificate is accepted unless it is still true; and the two checkers never disagree."""

import pytest

from certificates.corruption import CORRUPTIONS, account


def test_corruptions_are_rejected_or_still_true() -> None:
    """4,000 corruptions of every kind; what is accepted is proved true by the exact library."""
    found = account(4000, seed=20)
    print(found.table())
    assert found.failures == []
    assert all(sum(counts.values()) >= 80 for counts in found.kinds.values())
    assert {kind for kind, counts in found.kinds.items() if counts["rejected"] + counts["unreadable"] == 0} == set()
    assert set(found.kinds) == set(CORRUPTIONS)


@pytest.mark.slow
def test_a_hundred_thousand_corruptions() -> None:
    """The same, 10^5 times (about five minutes)."""
    found = account(100_000, seed=21)
    print(found.table())
    assert found.failures == []
