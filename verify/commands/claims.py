"""`reluproof claims`: every statement of the theory, and how each stands after testing it now."""

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..reading import InputError
from ..whole_file import in_words, write_whole
from .exit_status import DECIDED, REFUTED, UNDECIDED

if TYPE_CHECKING:
    from ..standing.runs import Standing

EXAMPLES = """examples:
  reluproof claims
  reluproof claims B uniqueness --examples 200
  reluproof claims B --note
  reluproof claims --without"""


def add_claims(commands: "argparse._SubParsersAction[Any]") -> None:
    """Add the command to the parser."""
    command = commands.add_parser(
        "claims",
        help="test every statement of the theory in every way there is, and print how each stands",
        description="Test the statements now and print the table; with names, everything about these.",
    )
    command.add_argument("names", nargs="*", metavar="NAME", help="letters or names, such as B or uniqueness")
    form = command.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="print one JSON object")
    form.add_argument("--latex", action="store_true", help="print the table as a LaTeX tabular")
    command.add_argument("--graph", metavar="FILE", help="write what rests on what: FILE.dot, or FILE.svg by Graphviz")
    command.add_argument("--examples", type=_count, default=20, metavar="N", help="examples per search (default 20)")
    command.add_argument("--seed", type=int, default=0, metavar="S", help="seed of the searches (default 0)")
    command.add_argument("--note", action="store_true", help="print the notes of the statements named instead")
    command.add_argument(
        "--without", action="store_true", help="print the stored counterexamples to dropped hypotheses instead"
    )
    command.add_argument("--formal", action="store_true", help="check the formal proofs now, with Coq (a minute)")
    command.epilog = EXAMPLES
    command.set_defaults(run=run_claims)


def _count(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"at least 1 example is needed, not {number}")
    return number


def run_claims(arguments: argparse.Namespace) -> int:
    """Test the claims asked for and all that they rest on; status 1 if something is refuted, 3 if undecided."""
    from ..claims.registry import REGISTRY, with_foundations
    from ..standing.scale import status
    from ..standing.table import latex_table, standings_json, text_of, text_table

    if arguments.seed < 0:
        raise InputError(f"--seed: 0 or more, not {arguments.seed}")
    if arguments.graph is not None:
        _check_graph(Path(arguments.graph))
    if arguments.without and (arguments.latex or arguments.graph is not None):
        raise InputError("--without prints text or --json, neither --latex nor --graph")
    if arguments.note:
        return _print_notes(_letters(arguments.names))
    if arguments.without:
        return _print_counterexamples(_letters(arguments.names), as_json=arguments.json)
    letters = _letters(arguments.names) or list(REGISTRY)
    standings = _standings(with_foundations(letters), arguments)
    if arguments.json:
        print(json.dumps(standings_json(standings, letters, arguments.examples, arguments.seed), indent=1))
    elif arguments.latex:
        print(latex_table(standings, letters))
    elif arguments.names:
        print("\n\n".join(text_of(standings, letter) for letter in letters))
    else:
        print(text_table(standings, letters, arguments.examples, arguments.seed))
    if arguments.graph is not None:
        _write_graph(standings, with_foundations(letters), Path(arguments.graph))
    words = {status(letter, standings) for letter in letters}
    return REFUTED if "refuted" in words else UNDECIDED if "undecided" in words else DECIDED


def _check_graph(path: Path) -> None:
    """InputError, before anything is tested, if the graph could not be written."""
    from ..standing.graph import GraphvizError, graphviz_program

    if path.suffix not in {".dot", ".svg"}:
        raise InputError(f"--graph {path}: the name must end in .dot or .svg")
    if not path.parent.is_dir():
        raise InputError(f"--graph {path}: there is no such folder")
    if path.suffix == ".svg":
        try:
            graphviz_program()
        except GraphvizError as error:
            raise InputError(f"--graph {path}: {error}") from None


def _print_notes(letters: list[str]) -> int:
    """The notes as they stand in proofs_notes/; InputError for none named, or if one is not there."""
    from ..claims.registry import REGISTRY
    from ..standing.note import note_text

    if not letters:
        raise InputError("--note prints the notes of the statements named: claims B --note, say")
    try:
        print("\n".join(note_text(REGISTRY[letter]) for letter in letters), end="")
    except OSError as error:
        raise InputError(f"{error.filename}: the note cannot be read: {error.strerror}") from None
    return DECIDED


def _print_counterexamples(letters: list[str], *, as_json: bool) -> int:
    """Each changed claim with the smallest dataset that refutes it, decided again now."""
    from ..hunt.stored import stored_json, stored_text

    try:
        print(json.dumps(stored_json(letters), indent=1) if as_json else stored_text(letters))
    except ArithmeticError as error:
        sys.stderr.write(f"reluproof: {error}\n")
        return REFUTED
    return DECIDED


def _letters(names: list[str]) -> list[str]:
    from ..claims.registry import REGISTRY, claim_named

    letters = []
    for name in names:
        claim = claim_named(name)
        if claim is None:
            raise InputError(f"no statement is called {name!r}; there are {', '.join(REGISTRY)}")
        letters.append(claim.letter)
    return list(dict.fromkeys(letters))


def _standings(letters: list[str], arguments: argparse.Namespace) -> "dict[str, Standing]":
    """Test the claims one by one, saying which on a terminal."""
    from ..claims.registry import REGISTRY
    from ..standing.formal import formal_answer
    from ..standing.runs import stand
    from ..standing.textbook import DATASETS

    terminal, standings = sys.stderr.isatty(), {}
    claims = [REGISTRY[letter] for letter in letters]
    for standing in stand(claims, DATASETS, formal_answer(rerun=arguments.formal), arguments.examples, arguments.seed):
        standings[standing.claim.letter] = standing
        if terminal:
            sys.stderr.write(f"\rtested {standing.claim.letter}, {len(standings)} of {len(claims)} statements\x1b[K")
    if terminal:
        sys.stderr.write("\r\x1b[K")
    return standings


def _write_graph(standings: "dict[str, Standing]", letters: list[str], path: Path) -> None:
    from ..standing.graph import GraphvizError, dot_text, svg_drawing

    text = dot_text(standings, letters)
    if path.suffix == ".svg":
        try:
            text = svg_drawing(text)
        except GraphvizError as error:
            raise InputError(f"--graph {path}: {error}") from None
    with in_words(path):
        write_whole(path, [text])
