"""Pictures of what was decided: every number drawn comes from findings, a fit, another answer. The extra is `plots`."""

from .file import FORMATS, save
from .findings import part_shown, plot_findings

__all__ = ["FORMATS", "part_shown", "plot_findings", "save"]
