"""What long work says of itself where there is no terminal."""

import io

import pytest
from reluproof.verify.commands import progress


def spent(monkeypatch, seconds, items, taken):
    """What is said when each of the items takes so many seconds and so many are taken."""
    now = iter(range(0, 10**9, seconds))
    monkeypatch.setattr(progress, "monotonic", lambda: next(now))
    monkeypatch.setattr("sys.stderr", said := io.StringIO())
    parts = iter(progress.bar("chunk")(range(items), items))
    assert [next(parts) for _ in range(taken)] == list(range(taken))
    return said.getvalue()


@pytest.mark.parametrize(
    ("seconds", "items", "words"),
    [
        (6, 12, "66 seconds"),
        (3, 1000, "50 minutes"),
        (3, 100_000, "3 days"),
        (9, 10**6, "104 days"),
    ],
)
def test_the_rest_is_estimated_once(monkeypatch, seconds, items, words):
    """After some seconds of work, in one line, when the rest is long."""
    said = spent(monkeypatch, seconds, items, 10)
    done = 1 if seconds > 5 else 2
    assert said == f"reluproof: about {words} to go ({done} of {items:,} chunks)\n"


def test_nothing_is_said_of_a_minute(monkeypatch):
    """Nor of work whose rest is shorter, nor with standard error closed."""
    assert spent(monkeypatch, 2, 20, 20) == ""
    monkeypatch.setattr("sys.stderr", None)
    assert list(progress.bar("chunk")([1, 2], 2)) == [1, 2]


def test_work_that_grows_is_said_when_it_is_long(monkeypatch):
    """Steps that take longer and longer: the first estimate is short, a later one is not."""
    moments = iter([0.0, *(0.01 * step**3 for step in range(1, 200))])
    monkeypatch.setattr(progress, "monotonic", lambda: next(moments))
    monkeypatch.setattr("sys.stderr", said := io.StringIO())
    parts = iter(progress.bar("point")(range(60), 60))
    for _ in range(30):
        next(parts)
    assert said.getvalue().count("\n") == 1
    assert "points)" in said.getvalue()
