"""One test over datasets of every kind, with a share of the examples of the Hypothesis profile."""

from collections.abc import Callable
from types import FunctionType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import KINDS, Table

EXAMPLES = settings.default.max_examples
"""How many examples the profile in force asks for."""


def examples(share: float) -> settings:
    """That share of the profile's number of examples, at least one."""
    return settings(max_examples=max(1, round(share * EXAMPLES)))


def each_kind(
    share: float, drawn: Callable[[str], st.SearchStrategy[Table]], *more: st.SearchStrategy[Any]
) -> Callable[[FunctionType], Callable[[str], None]]:
    """Parametrise a test by the kind; its arguments are a table from `drawn(kind)` and what `more` draws."""

    def decorate(test: FunctionType) -> Callable[[str], None]:
        @pytest.mark.parametrize("kind", KINDS)
        def every(kind: str) -> None:
            # Under a name of its own, for Hypothesis derives what it draws from the name where it is deterministic.
            copy = FunctionType(test.__code__, test.__globals__, f"{test.__name__}_{kind.replace(' ', '_')}")
            examples(share)(given(drawn(kind), *more)(copy))()

        every.__name__, every.__doc__ = test.__name__, test.__doc__
        return every

    return decorate
