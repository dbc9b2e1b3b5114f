"""Datasets of every kind that the main job is tested on yield certificates that both checkers accept."""

import json

from agreement.each_kind import each_kind
from reluproof.verify.certify import certificate_lines
from reluproof.verify.check import check
from strategies import Table, tables

from certificates.judges import ACCEPTED, first_verdict, second_verdict


@each_kind(0.15, tables)
def test_both_checkers_accept(table: Table) -> None:
    """Whatever the magnitudes, and with the lengths that occur."""
    lines = [line.encode() for line in certificate_lines(check(table.dataset()))]
    assert first_verdict(lines) == (ACCEPTED, "")
    assert second_verdict(lines) == ACCEPTED
    assert json.loads(lines[-1])["records"] == len(lines)
