"""Hypothesis profiles: `default` is deterministic and quick, `thorough` is what `make test-slow` runs.

`fresh` draws other examples in every run, from the seed that .ci/fresh prints.
"""

import os

import pytest
from browser import chromium
from hypothesis import HealthCheck, settings

# A pipe or a file is written in blocks, as where a user runs it: a head line that is not flushed comes too late.
os.environ.pop("PYTHONUNBUFFERED", None)

settings.register_profile(
    "default", derandomize=True, deadline=None, max_examples=100, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile(
    "thorough", deadline=None, max_examples=5000, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
settings.register_profile(
    "fresh",
    deadline=None,
    database=None,
    max_examples=40,
    suppress_health_check=[HealthCheck.too_slow],
    print_blob=True,
)
settings.load_profile(os.environ.get("RELUPROOF_PROFILE", "default"))


@pytest.fixture(scope="module")
def browser():
    """One Chromium for the tests of a file."""
    with chromium() as found:
        yield found
