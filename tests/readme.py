"""What README.md shows of the program: transcripts, the picture that opens it, and the page that it links to.

A marker `<!-- transcript: COMMAND -->` is followed by a block with the command and what it printed. Tests compare all
three with what the program writes now; `python tests/readme.py` writes them anew.
"""

import re
import shlex
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
MARKER = re.compile(r"<!-- transcript: (?P<command>.+?) -->\n(?:\n```\n.*?\n```\n)?", re.DOTALL)

STORED = {
    "examples/explore.html": "reluproof explore -o {path}",
    "proofs_notes/words.svg": "reluproof check examples/second_differences_11011.csv --plot {path}",
}
"""{a file that the README shows or links to: the command that writes it}"""


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


def write_stored(name, path):
    """Write a stored file, as it is now, to a path."""
    output_of(STORED[name].format(path=shlex.quote(str(path))))


if __name__ == "__main__":
    for stored in STORED:
        write_stored(stored, ROOT / stored)
    README.write_text(with_transcripts(README.read_text()))
