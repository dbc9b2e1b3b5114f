#!/usr/bin/env python3
"""Build the proved program: python proofs_notes/formal/build_program.py [--output build/reluproof-verified]

Every source is compiled from nothing and the theorems about the program are asked for, as check_formal.py does it; only
then the OCaml text that Coq has extracted is compiled to a native program, with the reader and printer of program/.

Exit status: 0 built; 1 refused, with the reasons, and nothing is built; 2 bad usage; 3 skipped, because there is no Coq
or no OCaml here. Standard library only.
"""

import argparse
import hashlib
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import check_formal
import coq_run
import coq_text

FOLDER = Path(__file__).resolve().parent
OUTPUT = FOLDER.parents[1] / "build" / "reluproof-verified"
# In the order of their dependence; Extracted.v writes the first two, `link` the third.
EXTRACTED = ("program.mli", "program.ml")
ORIGIN = "origin.ml"
WRITTEN_BY_HAND = ("reader.ml", "printer.ml", "main.ml")
ABOUT_THE_PROGRAM = ("program", "program_answers", "program_answers_weight_decay", "numerals")


def link(coq: coq_run.Coq, output: Path, ocamlopt: str) -> str | None:
    """Make the program from a directory of compiled sources; None, or why OCaml refuses."""
    for name in WRITTEN_BY_HAND:
        shutil.copy(FOLDER / "program" / name, coq.directory)
    origin = {"coq": coq.version(), "sources_sha256": sources_sha256()}
    lines = [f'let {name} = "{value}"\n' for name, value in origin.items()]
    (coq.directory / ORIGIN).write_text("".join(lines), encoding="utf-8")
    command = [ocamlopt, "-w", "+a-4-9-40..70", "-O3", "-o", str(output), *EXTRACTED, ORIGIN, *WRITTEN_BY_HAND]
    result = subprocess.run(command, cwd=coq.directory, capture_output=True, text=True, check=False)
    return None if result.returncode == 0 else coq_run.one_line(result.stderr)


def sources_sha256() -> str:
    """One hash for the proofs, and for the reader and printer that are trusted."""
    digest = hashlib.sha256(check_formal.sources_sha256(FOLDER).encode())
    for name in WRITTEN_BY_HAND:
        digest.update((FOLDER / "program" / name).read_bytes())
    return digest.hexdigest()


def build(coqc: str, ocamlopt: str, output: Path) -> list[str]:
    """Compile, ask, link; the reasons why nothing was built."""
    texts = check_formal.read_sources(FOLDER)
    refusals = [reason for name, text in texts.items() for reason in coq_text.refused_words(f"{name}.v", text)]
    if refusals:
        return refusals
    with tempfile.TemporaryDirectory(prefix="program-") as directory:
        coq = coq_run.Coq(coqc, Path(directory))
        if refusals := coq_run.compile_all(coq, texts):
            return refusals
        theorems = [t for t in check_formal.promised_theorems(texts) if t.name in ABOUT_THE_PROGRAM]
        if len(theorems) < len(ABOUT_THE_PROGRAM):
            return ["StatementsProgram.v does not promise the theorems about the program"]
        check_formal.ask(coq, theorems)
        if refusals := [f"{t.name} {t.reason}" for t in theorems if not t.verified]:
            return refusals
        made = Path(directory) / "reluproof-verified"
        if (error := link(coq, made, ocamlopt)) is not None:
            return [f"OCaml does not compile the program: {error}"]
        output.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(made, output)
    return []


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Build the proved program from source.")
    parser.add_argument("--output", type=Path, default=OUTPUT, metavar="FILE", help="the program to write")
    options = parser.parse_args(arguments)
    coqc, ocamlopt = shutil.which("coqc"), shutil.which("ocamlopt")
    if coqc is None or ocamlopt is None:
        missing = "coqc" if coqc is None else "ocamlopt"
        sys.stdout.write(f"skipped: there is no {missing} here; nothing was built\n")
        return 3
    refusals = build(coqc, ocamlopt, options.output)
    sys.stdout.writelines(f"refused: {reason}\n" for reason in refusals)
    if not refusals:
        sys.stdout.write(f"built: {options.output}, from sources {sources_sha256()}\n")
    return 1 if refusals else 0


if __name__ == "__main__":
    sys.exit(main())
