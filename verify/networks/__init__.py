"""Trained networks: read exactly, judged against the theory, and written back."""

from .files import NetworkFile, read_network
from .given import judge
from .judgement import GapDistance, Judgement, Share

__all__ = ["GapDistance", "Judgement", "NetworkFile", "Share", "judge", "read_network"]
