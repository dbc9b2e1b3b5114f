"""What is drawn at random: edits that parse and differ, the same for a seed; equivalent ones that are still there."""

import ast

import pytest

from mutants.areas import AREAS, EQUIVALENT
from mutants.edits import ROOT, edits_of
from mutants.sample import sample


@pytest.mark.parametrize("path", ["theory/stencil.py", "verify/certify/file.py"])
def test_every_edit_is_another_program(path):
    """It parses, and is another tree than the source; the statement around it holds its line."""
    text = (ROOT / path).read_text(encoding="utf-8")
    sound, found = ast.dump(ast.parse(text)), edits_of(path)
    assert len(found) >= 10
    for edit in found:
        assert text[edit.start : edit.stop] == edit.old
        assert ast.dump(ast.parse(edit.applied(text))) != sound
        assert edit.line in edit.lines


def test_what_is_left_alone():
    """`strict=True`, a check of lengths that are equal; and nothing in texts or annotations is edited."""
    text = (ROOT / "verify/checker.py").read_text(encoding="utf-8")
    assert "strict=True" in text
    for edit in edits_of("verify/checker.py"):
        assert not text[: edit.start].endswith("strict=")
        assert not text.splitlines()[edit.line - 1].lstrip().startswith('"""')


@pytest.mark.parametrize("name", AREAS)
def test_a_seed_draws_the_same(name):
    """Forty of each area, all different; the tests and what does not count among them are there."""
    area = AREAS[name]
    drawn = sample(name, area, 40, seed=1)
    assert drawn == sample(name, area, 40, seed=1) != sample(name, area, 40, seed=2)
    assert len(set(drawn)) == 40
    for place in (*area.places, *area.tests, *area.not_counted):
        file, _, test = place.partition("::")
        assert (ROOT / file).exists()
        assert not test or f"def {test}(" in (ROOT / file).read_text(encoding="utf-8")


def test_equivalent_mutants_are_edits_of_the_source():
    """A line that has changed is to be judged again."""
    keys = {edit.key() for path in {path for path, *_ in EQUIVALENT} for edit in edits_of(path)}
    assert set(EQUIVALENT) - keys == set()
