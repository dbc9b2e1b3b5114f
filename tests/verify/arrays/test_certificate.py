"""Certificates streamed from arrays: accepted by the checker, the same statement as `check`'s, memory flat."""

import json
import tracemalloc
from importlib import import_module

import array_sets as sets
import numpy
import pytest
from reluproof.verify import checker
from reluproof.verify.certify import certificate_lines
from reluproof.verify.certify.arrays import PIECE, certificate_of_arrays
from reluproof.verify.check import check


def judged(lines):
    """The head that the checker returns after judging all lines; it raises if a rule is broken."""
    return checker.Proof(line.encode() for line in lines).run()


@pytest.mark.parametrize("kind", [k for k in sets.KINDS if k is not sets.mixed_exponents], ids=lambda k: k.__name__)
def test_the_checker_accepts_it_and_the_statement_is_that_of_check(kind):
    """Small sets of all kinds: counts, flags and hash agree; bounds may be wider."""
    source = numpy.random.default_rng(47)
    for tasks in (1, 2, 3):
        for size in (2, 3, 4, 5, 17):
            x, y = kind(source, size, tasks)
            if len(x) < 2:
                continue
            found = judged(certificate_of_arrays(x, y))
            expected = json.loads(next(certificate_lines(check((x, y)))))
            assert found["data_sha256"] == expected["data_sha256"]
            for key in ("unique", "neurons"):
                assert found["statement"][key] == expected["statement"][key]
            for key in ("radius", "angles", "margin"):
                assert (found["statement"][key] is None) == (expected["statement"][key] is None)


def test_pieces_are_put_together():
    """Runs, pairs and knots across the ends of pieces, for rows in any order."""
    source = numpy.random.default_rng(53)
    size = 2 * PIECE + 7
    x, y = numpy.arange(size), source.integers(-2, 3, (size, 1)).cumsum(axis=0).cumsum(axis=0)
    order = source.permutation(size)
    straight, shuffled = list(certificate_of_arrays(x, y)), list(certificate_of_arrays(x[order], y[order]))
    assert straight == shuffled
    assert not judged(straight)["statement"]["unique"]
    convex = list(certificate_of_arrays(x, x * x))
    assert judged(convex)["statement"]["neurons"]["sparsest"] == (size - 1) // 2


def test_memory_does_not_grow_with_the_number_of_points(monkeypatch):
    """More points, the same peak; with small blocks, so that few points are many."""
    for module, name in (("certify.arrays", "PIECE"), ("arrays.decide", "BLOCK"), ("arrays.enclosures", "BLOCK")):
        monkeypatch.setattr(import_module(f"reluproof.verify.{module}"), name, 100)
    source = numpy.random.default_rng(59)
    peaks = []
    for size in (100, 500, 1000, 2000):
        x, y = sets.gaussian(source, size, 2)
        tracemalloc.start()
        length = sum(1 for _ in certificate_of_arrays(x, y))
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        assert length == 2 * size - 3 + 2
    assert peaks[3] < 1.1 * peaks[2]
