"""Where pictures are made: answers that have a method `plot` ask here; the face of the package says who draws."""

from collections.abc import Callable
from typing import Any

PLOTS: dict[str, Callable[..., Any]] = {}
"""{what an answer is: the function that draws it}"""


def plot(kind: str, answer: Any, ax: Any, **choices: Any) -> Any:
    """The figure of an answer of this kind; choices that are None are not made. InputError without matplotlib."""
    return PLOTS[kind](answer, ax, **{choice: value for choice, value in choices.items() if value is not None})
