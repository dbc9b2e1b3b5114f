#!/usr/bin/env python3
"""Check the formal proofs from source: python proofs_notes/formal/check_formal.py [--json] [--record]

1. No source uses a word that assumes, switches off a check, or disguises (coq_text.py); needs no Coq.
2. Every source compiles, in a temporary directory, from nothing, and `coqchk` accepts what was compiled.
3. Asked from a fresh file that imports nothing, each headline theorem has the type that a file Statements*.v promises
   and rests on no axiom but the three of the standard real numbers.

Exit status: 0 verified; 1 refused, with the reasons; 2 bad usage; 3 skipped, because there is no Coq: nothing was
checked but the words, and nothing is called verified. Standard library only.
"""

import argparse
import hashlib
import json
import os
import shutil
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import coq_run
import coq_text

FOLDER = Path(__file__).resolve().parent
RECORD = "verified.json"
SCHEMA = "reluproof.formal/1"
STATUS = {"verified": 0, "refused": 1, "skipped": 3}


@dataclass
class Theorem:
    """A headline theorem and what became of it; `verified` is None when nothing was asked.

    module: where its statement stands."""

    name: str
    statement: str
    module: str
    statement_line: int
    line: int | None
    axioms: list[str] = field(default_factory=list)
    verified: bool | None = None
    reason: str = ""


@dataclass
class Answer:
    status: str
    coq: str | None
    sources_sha256: str
    theorems: list[Theorem]
    refusals: list[str]


def read_sources(folder: Path) -> dict[str, str]:
    return {path.stem: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.v"))}


def sources_sha256(folder: Path) -> str:
    """One hash for all sources, in the order of their names."""
    digest = hashlib.sha256()
    for path in sorted(folder.glob("*.v")):
        content = path.read_bytes()
        digest.update(f"{path.name} {len(content)}\n".encode() + content)
    return digest.hexdigest()


def promised_theorems(texts: dict[str, str]) -> list[Theorem]:
    return [
        Theorem(h.name, h.statement, h.module, h.line, coq_text.theorem_line(texts.get("Theorems", ""), h.name))
        for h in coq_text.headlines(texts)
    ]


def check(folder: Path = FOLDER, coqc: str | None = None) -> Answer:
    """Check the sources of `folder` with the program `coqc`; without it the answer is 'skipped' or 'refused'."""
    texts = read_sources(folder)
    refusals = [reason for name, text in texts.items() for reason in coq_text.refused_words(f"{name}.v", text)]
    try:
        theorems = promised_theorems(texts)
        coq_text.compilation_order(texts)
    except ValueError as error:
        return Answer("refused", None, sources_sha256(folder), [], [*refusals, str(error)])
    refusals += [f"Theorems.v: {t.name} is promised and not there" for t in theorems if t.line is None]
    answer = Answer("refused" if refusals else "skipped", None, sources_sha256(folder), theorems, refusals)
    if coqc is not None and not refusals:
        with tempfile.TemporaryDirectory(prefix="formal-") as directory:
            examine(coq_run.Coq(coqc, Path(directory)), texts, answer)
    return answer


def qualified(theorem: Theorem) -> str:
    """Its statement, with the module where it stands unless that is Statements."""
    return theorem.statement if theorem.module == "Statements" else f"{theorem.module}.{theorem.statement}"


def ask(coq: coq_run.Coq, theorems: list[Theorem]) -> None:
    """Ask Coq for the types and axioms of several theorems, and fill them in; one by one if together they fail."""
    try:
        found = coq_run.assumptions(coq, {t.name: qualified(t) for t in theorems})
    except ValueError as error:
        if len(theorems) == 1:
            theorems[0].verified, theorems[0].reason = False, str(error)
        else:
            for theorem in theorems:
                ask(coq, [theorem])
        return
    for theorem in theorems:
        foreign = coq_run.foreign_axioms(found[theorem.name])
        theorem.axioms = sorted(found[theorem.name])
        theorem.verified = not foreign
        theorem.reason = f"rests on {', '.join(foreign)}" if foreign else ""


def examine(coq: coq_run.Coq, texts: dict[str, str], answer: Answer) -> None:
    """Compile, then ask; fill in the answer."""
    answer.coq = coq.version()
    answer.refusals = coq_run.compile_all(coq, texts)
    if not answer.refusals:
        shares = min(os.cpu_count() or 1, len(answer.theorems))
        with ThreadPoolExecutor(shares) as workers:
            list(workers.map(lambda i: ask(coq, answer.theorems[i::shares]), range(shares)))
        answer.refusals = [f"{t.name} {t.reason}" for t in answer.theorems if not t.verified]
    answer.status = "refused" if answer.refusals else "verified"


def last_verified(folder: Path) -> dict[str, object] | None:
    """The last recorded run that verified, and whether it was of these very sources; None if there is none."""
    try:
        record = json.loads((folder / RECORD).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    return {**record, "current": record["sources_sha256"] == sources_sha256(folder)}


def as_json(answer: Answer, folder: Path) -> dict[str, object]:
    """The answer as plain values; files are named from the root of the repository."""
    place = f"{folder.parent.name}/{folder.name}"
    return {
        "schema": SCHEMA,
        "status": answer.status,
        "coq": answer.coq,
        "sources_sha256": answer.sources_sha256,
        "last_verified": last_verified(folder),
        "theorems": [
            {
                "name": t.name,
                "statement": t.statement,
                "statement_at": {"file": f"{place}/{t.module}.v", "line": t.statement_line},
                "file": f"{place}/Theorems.v",
                "line": t.line,
                "verified": t.verified,
                "axioms": t.axioms,
                "reason": t.reason or ("not rerun here" if t.verified is None else ""),
            }
            for t in answer.theorems
        ],
        "refusals": answer.refusals,
    }


def last_verified_lines(folder: Path) -> list[str]:
    last = last_verified(folder)
    if last is None:
        return ["no verified run is recorded"]
    sources = "these sources" if last["current"] else "other sources: they have changed since"
    return [f"last verified, not rerun here: Coq {last['coq']}, {sources}"]


def as_text(answer: Answer, folder: Path) -> str:
    lines = [
        f"{t.name}: Theorems.v:{t.line}, proves {t.statement}, on {len(t.axioms)} axioms of the reals"
        for t in answer.theorems
        if t.verified
    ]
    lines += [f"refused: {reason}" for reason in answer.refusals]
    if answer.status == "verified":
        lines.append(f"verified: {len(answer.theorems)} theorems, Coq {answer.coq}, sources {answer.sources_sha256}")
    elif answer.status == "skipped":
        lines += last_verified_lines(folder)
        lines.append("skipped: there is no coqc here; nothing was proved")
    else:
        lines.append(f"refused: {len(answer.refusals)} reasons")
    return "\n".join(lines)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Check the formal proofs from source.")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--record", action="store_true", help=f"when verified, write {RECORD} beside the sources")
    parser.add_argument("--sources", type=Path, default=FOLDER, help="the folder of the sources (default: this one)")
    options = parser.parse_args(arguments)
    if not (options.sources / "Statements.v").is_file():
        parser.error(f"{options.sources}: there is no Statements.v")
    answer = check(options.sources, shutil.which("coqc"))
    if options.record and answer.status == "verified":
        record = {"coq": answer.coq, "sources_sha256": answer.sources_sha256}
        (options.sources / RECORD).write_text(json.dumps(record, indent=2) + "\n", encoding="utf-8")
    printed = (
        json.dumps(as_json(answer, options.sources), indent=2) if options.json else as_text(answer, options.sources)
    )
    sys.stdout.write(printed + "\n")
    return STATUS[answer.status]


if __name__ == "__main__":
    sys.exit(main())
