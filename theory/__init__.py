"""The theory of univariate multi-task ReLU networks as code.

Pure functions and frozen values in exact arithmetic: no files, no printing, no randomness, no tolerance. Letters in the
docstrings (statement A, B, ...) are those of the notes in proofs_notes/.
"""

from .alignment import Run, aligned, is_unique, runs
from .dataset import Dataset, DatasetError
from .enclosure import Enclosure
from .network import Neuron, ReLUNetwork
from .numbers import UndecidedSign, is_zero, rational, sign
from .numeral import NumeralError
from .optimum import connect_the_dots, kinks, optimal_cost, slopes
from .root_sum import RootSum
from .spline import LinearSpline
from .verdict import ClaimRefuted, DoesNotApply, Holds, Refuted, Undecided, Verdict

__all__ = [
    "ClaimRefuted",
    "Dataset",
    "DatasetError",
    "DoesNotApply",
    "Enclosure",
    "Holds",
    "LinearSpline",
    "Neuron",
    "NumeralError",
    "ReLUNetwork",
    "Refuted",
    "RootSum",
    "Run",
    "Undecided",
    "UndecidedSign",
    "Verdict",
    "aligned",
    "connect_the_dots",
    "is_unique",
    "is_zero",
    "kinks",
    "optimal_cost",
    "rational",
    "runs",
    "sign",
    "slopes",
]
