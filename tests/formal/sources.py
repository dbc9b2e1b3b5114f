"""The sources under test, and the check's own modules, which live beside the proofs and not in the package."""

import sys
from pathlib import Path

FOLDER = Path(__file__).parents[2] / "proofs_notes" / "formal"
sys.path.insert(0, str(FOLDER))

import build_program  # noqa: E402
import check_formal  # noqa: E402
import coq_run  # noqa: E402
import coq_text  # noqa: E402

SOURCES = check_formal.read_sources(FOLDER)


def edited(module: str, old: str, new: str) -> str:
    """The source of `module` with `old`, which must occur exactly once, replaced by `new`."""
    assert SOURCES[module].count(old) == 1, f"{module}.v: {old!r} must occur exactly once"
    assert old != new
    return SOURCES[module].replace(old, new)


__all__ = ["FOLDER", "SOURCES", "build_program", "check_formal", "coq_run", "coq_text", "edited"]
