"""Small datasets of every kind, drawn with a seed, and their certificates as parsed records."""

import json
from typing import Any

from reluproof.theory import Dataset
from reluproof.verify.certify import certificate_lines
from reluproof.verify.check import check

Records = list[dict[str, Any]]


def certificate(data: Dataset) -> Records:
    """The certificate of the dataset, parsed."""
    return [json.loads(line) for line in certificate_lines(check(data))]


def encoded(records: Records) -> list[bytes]:
    """The lines of a certificate from its records."""
    return [json.dumps(record).encode() + b"\n" for record in records]
