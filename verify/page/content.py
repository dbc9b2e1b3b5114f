"""What a report says, whatever it is printed on: verdict, short answers, statements, certificate, versions."""

import gzip
import hashlib
import platform
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version

from ..answers.findings import ClaimResult, Findings
from ..certify import CertificateError, certificate_lines, judged_certificate
from ..claims.claim import Claim
from ..claims.registry import REGISTRY
from ..report.short import short_rows
from ..report.text import WORDS

LARGEST_CERTIFICATE = 2 * 2**20
"""Bytes of the packed certificate up to which it is part of a report."""

LEVEL = 6
"""How hard it is packed: 9 takes three times as long for a hundredth of the size."""

PACKED_NAME = "proof.jsonl.gz"
RECHECK = f"gunzip -c {PACKED_NAME} | reluproof recheck -"
"""What judges the certificate in a report."""


def verdict(findings: Findings) -> str:
    """One sentence without its full stop."""
    return f"connect-the-dots is {'' if findings.unique else 'not '}the only optimum"


def rows(findings: Findings) -> list[tuple[str, str]]:
    """The short answers; what they say about options of the command line means nothing in a report."""
    return [(name, text.replace(" (-v lists them)", "")) for name, text in short_rows(findings)]


def statements(findings: Findings) -> Iterator[tuple[ClaimResult, Claim, str]]:
    """What was decided about each statement, the statement, and the word for its verdict."""
    for result in findings.claims:
        yield result, REGISTRY[result.letter], WORDS[result.verdict.word]


@dataclass(frozen=True, slots=True)
class Packed:
    """A certificate in a report. content: packed, or None where there is none, and why in words.

    sha256: that of the certificate unpacked; none where there is no certificate.
    """

    content: bytes | None
    sha256: str
    why: str


def packed_certificate(findings: Findings) -> Packed:
    """The certificate of the findings, judged before it is given away, packed; the same for the same findings."""
    try:
        content = judged_certificate(certificate_lines(findings))
    except CertificateError as error:
        return Packed(None, "", f"There is no certificate: {error}.")
    packed, digest = gzip.compress(content, LEVEL, mtime=0), hashlib.sha256(content).hexdigest()
    if len(packed) <= LARGEST_CERTIFICATE:
        return Packed(packed, digest, "")
    why = (
        f"The certificate of these answers has {len(content)} bytes, too many for a report. "
        "reluproof check DATA --certificate proof.jsonl writes it, DATA with the options by which they were read here."
    )
    return Packed(None, digest, why)


def versions(*names: str) -> str:
    """The versions of Python, of this package, and of the packages named, which took part."""
    found = [f"{name} {version(name)}" for name in ("reluproof", "python-flint", *names)]
    return ", ".join([f"Python {platform.python_version()}", *found])


TWICE = "Each that applies was decided twice, in two independent ways."
"""Said above the statements."""

SEED = "Exact arithmetic throughout; no random numbers, so no seed."
