"""Fills in the transcripts of README.md: the commands are run, their output is put where the README announces it.

A marker `<!-- transcript: COMMAND -->` is followed by a block with the command and what it printed. The test compares;
`python tests/readme.py` rewrites the README.
"""

import re
import shlex
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
MARKER = re.compile(r"<!-- transcript: (?P<command>.+?) -->\n(?:\n```\n.*?\n```\n)?", re.DOTALL)


def output_of(command):
    """What a `reluproof` command prints, run from the root of the project."""
    name, *arguments = shlex.split(command)
    if name != "reluproof":
        raise ValueError(f"only reluproof is run, not {name}")
    done = subprocess.run(
        [sys.executable, "-m", "reluproof.verify.cli", *arguments],
        capture_output=True, text=True, cwd=ROOT, check=True, timeout=120,
    )  # fmt: skip
    return done.stdout.rstrip("\n")


def with_transcripts(text):
    """The README with every transcript as it is now."""

    def block(match):
        command = match["command"]
        return f"<!-- transcript: {command} -->\n\n```\n$ {command}\n{output_of(command)}\n```\n"

    return MARKER.sub(block, text)


if __name__ == "__main__":
    README.write_text(with_transcripts(README.read_text()))
