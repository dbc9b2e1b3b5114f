"""Exact decisions at array speed: a floating-point filter first, integers only where it leaves a window open.

The error analysis is in proofs_notes/array_filter.md.
"""

from .decide import Decision, Stages, decide

__all__ = ["Decision", "Stages", "decide"]
