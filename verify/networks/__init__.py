"""Trained networks: read exactly, judged against the theory, and written back."""

from .distances import GapDistance
from .files import NetworkFile, read_network
from .given import judge
from .judgement import Judgement
from .shares import Share

__all__ = ["GapDistance", "Judgement", "NetworkFile", "Share", "judge", "read_network"]
