"""Exact checks of what a univariate multi-task ReLU network with weight decay learns.

>>> from reluproof import Dataset, check
>>> check(Dataset.from_fractions([0, 1, 2, 3], [0, 0, 1, 3])).unique
False

What is here is also in `reluproof.theory` (the mathematics) and `reluproof.verify` (what puts it to the test), and is
imported when it is asked for.
"""

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .theory import Dataset as Dataset
    from .theory import LinearSpline as LinearSpline
    from .theory import ReLUNetwork as ReLUNetwork
    from .theory.labelled_points import LabelledPoints as LabelledPoints
    from .verify import Findings as Findings
    from .verify import InputError as InputError
    from .verify import check as check
    from .verify.answers.nearest import NearestAnswer as NearestAnswer
    from .verify.answers.nearest import nearest as nearest
    from .verify.fit import Fit as Fit
    from .verify.fit import fit as fit
    from .verify.fit import fit_path as fit_path
    from .verify.fit import max_lambda as max_lambda
    from .verify.many_inputs.answer import KernelAnswer as KernelAnswer
    from .verify.many_inputs.answer import kernel_answer as kernel_answer
    from .verify.networks import Judgement as Judgement
    from .verify.networks import judge as judge
    from .verify.networks import read_network as read_network

    __version__: str

# An editable install finds this folder, but not the rooms beside it, without the root of the source tree on the path.
_ROOT = Path(__file__).resolve().parents[2]
if (_ROOT / "verify" / "face").is_dir():
    __path__.append(str(_ROOT))

_HOMES = {
    "Dataset": ".theory",
    "Findings": ".verify",
    "Fit": ".verify.fit",
    "ReluproofRegressor": ".verify.fit.estimator",
    "InputError": ".verify",
    "Judgement": ".verify.networks",
    "KernelAnswer": ".verify.many_inputs.answer",
    "LabelledPoints": ".theory.labelled_points",
    "LinearSpline": ".theory",
    "NearestAnswer": ".verify.answers.nearest",
    "ReLUNetwork": ".theory",
    "check": ".verify",
    "fit": ".verify.fit",
    "fit_path": ".verify.fit",
    "judge": ".verify.networks",
    "kernel_answer": ".verify.many_inputs.answer",
    "max_lambda": ".verify.fit",
    "nearest": ".verify.answers.nearest",
    "read_network": ".verify.networks",
}

__all__ = ["__version__", *_HOMES]  # noqa: PLE0604


def __getattr__(name: str) -> Any:
    if name == "__version__":
        from importlib.metadata import version

        return version("reluproof")
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name], __name__), name)
