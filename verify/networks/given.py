"""`judge` for whatever a caller has: data and networks as values, files, frames, arrays, named layers."""

import os
from collections.abc import Mapping
from typing import Any

from ...theory.named_array import LayersError
from ...theory.network import ReLUNetwork
from ..reading import InputError
from ..reading.choices import Column
from ..reading.ingest import ingest
from . import judgement
from .files import read_network
from .judgement import Judgement


def judge(data: Any, network: Any, y: Any = None, *, x: Column | None = None, **choices: Any) -> Judgement:
    """Judge a trained network with one input on a dataset.

    data, y, x and the other keywords: as for `check`, arrays as a pair (x, y). network: a `ReLUNetwork`; the path of a
    file that holds one; or its named arrays, a state dict (`ReLUNetwork.from_state_dict`). Time grows linearly in
    points and neurons, but for sorting. Raises InputError for bad input, and where the numbers of tasks differ.

    >>> layers = {"0.weight": [[1], [1]], "0.bias": [-1, -1], "2.weight": [[2, 1]]}
    >>> [share.why for share in judge(([0, 1, 2], [0, 0, 3]), layers).shares]
    ['duplicate', 'duplicate']
    """
    try:
        return judgement.judge(ingest(data, y, x=x, **choices).dataset, _network(network))
    except InputError:
        raise
    except ValueError as error:
        raise InputError(str(error)) from None


def _network(network: Any) -> ReLUNetwork:
    if isinstance(network, ReLUNetwork):
        return network
    if isinstance(network, str | os.PathLike):
        return read_network(network).network
    if not isinstance(network, Mapping):
        raise InputError(
            f"this is a {type(network).__name__}: give a ReLUNetwork, a path, or a mapping of named arrays"
        )
    try:
        return ReLUNetwork.from_state_dict(network)
    except LayersError as error:
        raise InputError(str(error)) from None
