"""What can be said of the Coq sources by reading their text: which words they may not use, which theorems they promise,
in which order they compile. Needs no Coq; standard library only."""

import re
from dataclasses import dataclass
from graphlib import TopologicalSorter

# Words that assume something, or switch a check of the kernel off, or bring in text that is not here.
ASSUMING = {
    *("Admitted", "admit", "give_up", "Axiom", "Axioms", "Parameter", "Parameters", "Conjecture", "Conjectures"),
    *("Primitive", "Module", "Declare", "Unset", "bypass_check", "Load", "Add", "Register", "Redirect", "Extract"),
}
# Words that give the text another meaning than the one a reader sees.
DISGUISING = {"Notation", "Notations", "Infix", "Coercion", "Coercions", "Canonical", "Reserved"}
# Words that assume for the rest of a section, which is sound, or of the file, which is an axiom.
LOCAL_ASSUMPTIONS = {"Hypothesis", "Hypotheses", "Variable", "Variables", "Context"}

WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_']*")
# A statement about any cost takes the cost as its argument.
STATEMENT = re.compile(r"^Definition (\w+)_statement( \(cost : nat -> network -> R\))? : Prop :=", re.MULTILINE)
REQUIRED = re.compile(r"\bFrom\s+ReluProof\s+Require\s+(?:Import\s+|Export\s+)?([^.]*)\.")


@dataclass(frozen=True)
class Headline:
    """A theorem that the sources promise: its name, its statement in Coq's words, and where the statement stands."""

    name: str
    statement: str
    module: str
    line: int


def without_comments(text: str) -> str:
    """`text` with comments and the insides of strings blanked; line numbers stay. Comments nest, and hold strings."""
    kept, depth, in_string, i = [], 0, False, 0
    while i < len(text):
        pair = text[i : i + 2]
        width = 1
        if text[i] == '"':
            in_string = not in_string
        elif not in_string and pair == "(*":
            depth, width = depth + 1, 2
        elif not in_string and depth and pair == "*)":
            depth, width = depth - 1, 2
        elif not in_string and not depth:
            kept.append(text[i])
            i += 1
            continue
        kept.append("".join(c if c == "\n" else " " for c in text[i : i + width]))
        i += width
    return "".join(kept)


def line_of(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1


def refused_words(name: str, text: str) -> list[str]:
    """One reason for each word of the file `name` that is not allowed where it stands."""
    code = without_comments(text)
    reasons = []
    depth = 0
    for found in WORD.finditer(code):
        word, place = found.group(), f"{name}:{line_of(code, found.start())}"
        if word == "Section":
            depth += 1
        elif word == "End":
            depth -= 1
        elif word in ASSUMING:
            reasons.append(f"{place}: '{word}' is not allowed: it may assume what should be proved")
        elif word in DISGUISING:
            reasons.append(f"{place}: '{word}' is not allowed: the text must mean what it says")
        elif word in LOCAL_ASSUMPTIONS and depth <= 0:
            reasons.append(f"{place}: '{word}' outside a section is an axiom")
    return reasons


def statement_modules(texts: dict[str, str]) -> list[str]:
    """The modules of definitions and statements: Statements, and what begins with its name."""
    return sorted(module for module in texts if module.startswith("Statements"))


def headlines(texts: dict[str, str]) -> list[Headline]:
    """The theorems that the definitions `..._statement` promise; ValueError if there are none or of another shape."""
    found = [headline for module in statement_modules(texts) for headline in promised_in(module, texts[module])]
    if not found:
        raise ValueError("Statements.v: no statements at all")
    return found


def promised_in(module: str, text: str) -> list[Headline]:
    """The theorems that one module of statements promises."""
    code = without_comments(text)
    found = []
    for match in STATEMENT.finditer(code):
        name, takes_cost = match.groups()
        line = line_of(code, match.start())
        if takes_cost:
            found.append(Headline(name, f"{name}_statement path_cost", module, line))
            found.append(Headline(f"{name}_weight_decay", f"{name}_statement weight_decay", module, line))
        else:
            found.append(Headline(name, f"{name}_statement", module, line))
    promised = set(re.findall(r"\bDefinition\s+(\w+_statement)\b", code))
    if strange := promised - {headline.statement.split()[0] for headline in found}:
        raise ValueError(f"{module}.v: statements of an unexpected form: {sorted(strange)}")
    return found


def theorem_line(theorems: str, name: str) -> int | None:
    """The line of `Theorem name` in Theorems.v, or None."""
    code = without_comments(theorems)
    found = re.search(rf"^Theorem {re.escape(name)}\b", code, re.MULTILINE)
    return line_of(code, found.start()) if found else None


def compilation_order(texts: dict[str, str]) -> list[str]:
    """Module names, each after those it requires; ValueError if one requires a module that is not there."""
    return list(TopologicalSorter(requirements(texts)).static_order())


def requirements(texts: dict[str, str]) -> dict[str, list[str]]:
    """What each module requires; ValueError if one requires a module that is not there."""
    needs = {}
    for module, text in texts.items():
        required = {name for group in REQUIRED.findall(without_comments(text)) for name in group.split()}
        if missing := required - texts.keys():
            raise ValueError(f"{module}.v requires {', '.join(sorted(missing))}, which is not there")
        needs[module] = sorted(required)
    return needs


def dependents(texts: dict[str, str], changed: str) -> list[str]:
    """The module `changed` and all that require it, directly or through others, in an order in which they compile."""
    needs = requirements(texts)
    stale = {changed}
    for module in compilation_order(texts):
        if stale.intersection(needs[module]):
            stale.add(module)
    return [module for module in compilation_order(texts) if module in stale]
