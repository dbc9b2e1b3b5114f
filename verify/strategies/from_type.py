"""What `hypothesis.strategies.from_type` draws for the types of this package.

Hypothesis calls `register` when it is imported, through its entry point `hypothesis`. This module is apart from the
strategies because those import Hypothesis: were they imported first, its entry point would find them half made.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

    from ...theory.dataset import Dataset
    from ...theory.network import Neuron, ReLUNetwork
    from ...theory.spline import LinearSpline


def register() -> None:
    """Tell Hypothesis about `Dataset`, `LinearSpline`, `Neuron` and `ReLUNetwork`."""
    from hypothesis import strategies as st

    from ...theory.dataset import Dataset
    from ...theory.network import Neuron, ReLUNetwork
    from ...theory.spline import LinearSpline

    st.register_type_strategy(Dataset, _datasets)
    st.register_type_strategy(LinearSpline, _splines)
    st.register_type_strategy(Neuron, _neurons)
    st.register_type_strategy(ReLUNetwork, _networks)


def _datasets(_type: "type[Dataset]") -> "SearchStrategy[Dataset]":
    from . import datasets

    return datasets()


def _splines(_type: "type[LinearSpline]") -> "SearchStrategy[LinearSpline]":
    from hypothesis import strategies as st

    from . import splines

    return st.integers(1, 3).flatmap(splines)


def _neurons(_type: "type[Neuron]") -> "SearchStrategy[Neuron]":
    from hypothesis import strategies as st

    from . import neurons

    return st.integers(1, 3).flatmap(neurons)


def _networks(_type: "type[ReLUNetwork]") -> "SearchStrategy[ReLUNetwork]":
    from hypothesis import strategies as st

    from . import free_networks

    return st.integers(1, 3).flatmap(free_networks)
