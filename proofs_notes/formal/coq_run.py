"""Coq at work: compile sources from nothing, check what was compiled a second time, ask what a theorem rests on."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import coq_text

# The axioms of Coq's real numbers, with their types: an axiom of the same name and another type is another axiom.
AXIOMS_OF_THE_REALS = {
    "ClassicalDedekindReals.sig_not_dec": "forall P : Prop, {~ ~ P} + {~ P}",
    "ClassicalDedekindReals.sig_forall_dec": "forall P : nat -> Prop, (forall n : nat, {P n} + {~ P n}) -> "
    "{n : nat | ~ P n} + {forall n : nat, P n}",
    "FunctionalExtensionality.functional_extensionality_dep": "forall (A : Type) (B : A -> Type) "
    "(f g : forall x : A, B x), (forall x : A, f x = g x) -> f = g",
}


class Coq:
    """The programs coqc and coqchk at work in one directory, deaf to the user's own settings."""

    def __init__(self, coqc: str, directory: Path) -> None:
        self.coqc = coqc
        self.directory = directory

    def run(self, program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        environment = {key: value for key, value in os.environ.items() if not key.startswith("COQ")}
        return subprocess.run(
            [program, "-R", ".", "ReluProof", *arguments],
            cwd=self.directory,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )

    def version(self) -> str:
        printed = subprocess.run([self.coqc, "--print-version"], capture_output=True, text=True, check=True).stdout
        return printed.split()[0]

    def compile(self, module: str) -> str | None:
        """None, or why the module does not compile."""
        result = self.run(self.coqc, "-q", f"{module}.v")
        return None if result.returncode == 0 else one_line(result.stdout + result.stderr)

    def recheck(self, modules: list[str]) -> str | None:
        """None, or what Coq's second, smaller checker says against the compiled modules."""
        coqchk = shutil.which("coqchk", path=str(Path(self.coqc).parent))
        if coqchk is None:
            return f"there is no coqchk beside {self.coqc}"
        chosen = [word for module in modules for word in ("-norec", f"ReluProof.{module}")]
        result = self.run(coqchk, "-silent", *chosen)
        return None if result.returncode == 0 else one_line(result.stdout + result.stderr)


def one_line(text: str) -> str:
    return " ".join(text.split())[:600]


def compile_all(coq: Coq, texts: dict[str, str]) -> list[str]:
    """Write and compile every module; the reasons against the first that fails."""
    for module, text in texts.items():
        (coq.directory / f"{module}.v").write_text(text, encoding="utf-8")
    order = coq_text.compilation_order(texts)
    for module in order:
        if (error := coq.compile(module)) is not None:
            return [f"{module}.v does not compile: {error}"]
    if (error := coq.recheck(order)) is not None:
        return [f"coqchk has not accepted what was compiled: {error}"]
    return []


def read_assumptions(printed: str) -> dict[str, str]:
    """Axiom -> type, from the words of `Print Assumptions`; what is not understood counts as an axiom."""
    if printed.strip() == "Closed under the global context":
        return {}
    entries = re.sub(r"\n +", " ", printed.strip()).split("\n")
    axioms = {}
    for entry in entries:
        if entry != "Axioms:":
            name, _, of_type = entry.partition(" : ")
            axioms[name.strip()] = one_line(of_type)
    return axioms


def assumptions(coq: Coq, promised: dict[str, str]) -> dict[str, dict[str, str]]:
    """What each theorem of `promised` (name -> statement) rests on, asked from one fresh file that imports nothing;
    ValueError if one is no proof of its statement. A word of a statement names its module, or is of Statements."""
    question = "ask_" + "_".join(promised)[:60]
    lines = ["Require ReluProof.Theorems."]
    for name, statement in promised.items():
        words = [word if "." in word else f"Statements.{word}" for word in statement.split()]
        qualified = " ".join(f"ReluProof.{word}" for word in words)
        lines.append(f"Check (ReluProof.Theorems.{name} : {qualified}).")
        lines.append(f'Redirect "{name}" Print Assumptions ReluProof.Theorems.{name}.')
    (coq.directory / f"{question}.v").write_text("\n".join(lines) + "\n", encoding="utf-8")
    if (error := coq.compile(question)) is not None:
        raise ValueError(f"is not a proof of {' and '.join(promised.values())}: {error}")
    return {name: read_assumptions((coq.directory / f"{name}.out").read_text(encoding="utf-8")) for name in promised}


def foreign_axioms(axioms: dict[str, str]) -> list[str]:
    return sorted(name for name in axioms if AXIOMS_OF_THE_REALS.get(name) != axioms[name])
