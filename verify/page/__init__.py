"""A report of one dataset as one self-contained HTML page."""

from .page import report_page

__all__ = ["report_page"]
