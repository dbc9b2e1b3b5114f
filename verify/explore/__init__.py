"""A page to play with: drag points, see what the optima do, decided in the browser in exact rational arithmetic."""

from .page import MOST_POINTS, explore_page

__all__ = ["MOST_POINTS", "explore_page"]
