"""Certificates: the findings of `check` as a file that a checker sharing nothing with us can judge.

The format is described in SPECIFICATION.md; the checker is `verify/checker.py`.
"""

from .coverage import uncertified
from .file import CertificateError, judged_certificate, write_certificate
from .findings import certificate_lines

__all__ = ["CertificateError", "certificate_lines", "judged_certificate", "uncertified", "write_certificate"]
