"""A report of one dataset as one self-contained HTML page, or as PDF."""

from .page import report_page
from .pdf import report_pdf, require_pdf

__all__ = ["report_page", "report_pdf", "require_pdf"]
