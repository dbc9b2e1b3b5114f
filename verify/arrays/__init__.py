"""Exact decisions at array speed: a floating-point filter first, integers only where it leaves a window open.

The error analysis is in proofs_notes/array_filter.md.
"""

from .decide import BatchDecision, Decision, decide, decide_batch
from .enclosures import Enclosures, enclose
from .sweep import Stages

__all__ = ["BatchDecision", "Decision", "Enclosures", "Stages", "decide", "decide_batch", "enclose"]
