"""Mutants drawn at random: one small edit of the source each, and whether the tests of its area notice.

In the folder tests, `python -m mutants.sample --number 200 --seed 1` works on a copy of the tracked files, prints every
mutant with what became of it and the test that noticed, and a table of killed, survived and equivalent ones by area.
The tests that run the edited line come first; a mutant survives only if all tests of its area pass. One that makes them
run for several times as long as usual counts as killed. Exit status: 1 if one survives that is not known to be
equivalent.
"""

import argparse
import random
import sys
import tempfile
from collections import Counter
from pathlib import Path

from mutants.areas import AREAS, EQUIVALENT, Area
from mutants.edits import Edit, edits_of
from mutants.workshop import Workshop

WORDS = ("killed", "survived", "equivalent")


def sample(name: str, area: Area, number: int, seed: int) -> list[Edit]:
    """`number` different edits of an area, every place being equally likely."""
    found = [edit for path in area.sources() for edit in edits_of(path)]
    return random.Random(f"{seed} {name}").sample(found, min(number, len(found)))


def became(workshop: Workshop, area: Area, edits: list[Edit]) -> Counter[str]:
    """How many of the edits were killed, how many survived; each with a line as soon as that is known."""
    table = Counter[str]()
    recording = workshop.record(area)
    for edit in edits:
        by = workshop.notices(edit, area, recording)
        word = "killed" if by else "equivalent" if edit.key() in EQUIVALENT else "survived"
        table[word] += 1
        print(f"{word:10} {edit.path}:{edit.line}  {edit.old!r} -> {edit.new!r}" + f"  by {by}" * bool(by), flush=True)
    return table


def main() -> int:
    """Draws, plants, tests, and prints the table."""
    parser = argparse.ArgumentParser(prog="python -m mutants.sample", description=__doc__)
    parser.add_argument("--number", type=int, default=200, help="mutants in all, spread evenly over the areas")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--areas", nargs="+", choices=list(AREAS), default=list(AREAS))
    parser.add_argument("--only", metavar="FILE:LINE", nargs="+", help="of those drawn, only the ones in these lines")
    arguments = parser.parse_args()
    table: dict[str, Counter[str]] = {}
    with tempfile.TemporaryDirectory() as folder:
        workshop = Workshop(Path(folder))
        for name in arguments.areas:
            edits = sample(name, AREAS[name], arguments.number // len(arguments.areas), arguments.seed)
            if arguments.only:
                edits = [edit for edit in edits if f"{edit.path}:{edit.line}" in arguments.only]
            if edits:
                table[name] = became(workshop, AREAS[name], edits)
    print("\n| area | " + " | ".join(WORDS) + " |\n|---|" + "---|" * len(WORDS))
    for name, found in [*table.items(), ("all", sum(table.values(), Counter()))]:
        print(f"| {name} | " + " | ".join([str(found[word]) for word in WORDS]) + " |")
    return 1 if any(found["survived"] for found in table.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
