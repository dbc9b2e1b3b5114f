"""A function or network beside a dataset: what statements C, S and V are about."""

from dataclasses import dataclass

from ...theory.dataset import Dataset
from ...theory.network import ReLUNetwork
from ...theory.spline import LinearSpline


@dataclass(frozen=True, slots=True)
class FunctionOnData:
    """A function or network beside a dataset."""

    data: Dataset
    function: LinearSpline | ReLUNetwork

    @property
    def spline(self) -> LinearSpline:
        """The function, whatever computes it."""
        return self.function if isinstance(self.function, LinearSpline) else self.function.to_spline()

    @property
    def interpolates(self) -> bool:
        """Whether the function goes through the data."""
        return self.spline.interpolates(self.data.points, self.data.labels)
