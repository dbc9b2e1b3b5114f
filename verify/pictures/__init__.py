"""Pictures of what was decided: every number drawn comes from findings, a fit or a judgement. The extra is `plots`."""

from .file import FORMATS, save
from .findings import plot_findings

__all__ = ["FORMATS", "plot_findings", "save"]
