"""The areas from which mutants are drawn, the tests that have to notice, and the mutants that are no mistake."""

from dataclasses import dataclass

from mutants.edits import ROOT


@dataclass(frozen=True, slots=True)
class Area:
    """Source files or folders, the tests that have to notice a mutant in them, and tests that must not count.

    not_counted: tests that edit the source as a text, or look for words in it; they fail at any edit of the place,
    whatever it means.
    """

    places: tuple[str, ...]
    tests: tuple[str, ...]
    not_counted: tuple[str, ...] = ()

    def sources(self) -> list[str]:
        """The source files, as paths from the root."""
        files = [
            path
            for place in self.places
            for path in ([ROOT / place] if place.endswith(".py") else (ROOT / place).glob("*.py"))
        ]
        return sorted(path.relative_to(ROOT).as_posix() for path in files)


AREAS = {
    "theory": Area(
        ("theory",),
        (
            *("tests/theory", "tests/claims_laws", "tests/networks", "tests/verify/fit"),
            *[f"tests/many_inputs/test_{name}.py" for name in ("uniqueness", "one_input", "claims")],
            *[f"tests/claims/test_{name}.py" for name in ("exact", "search", "symbolic")],
            *("tests/verify/test_nearest_command.py", "tests/certificates/test_writer.py"),
            "tests/agreement/test_oracle_itself.py",
        ),
        (
            "tests/theory/test_room.py",
            "tests/many_inputs/test_claims.py::test_broken_mathematics_is_noticed",
        ),
    ),
    "checker": Area(
        ("verify/checker.py", "verify/data_sha256.py"),
        (
            *("tests/certificates/test_corpora.py", "tests/certificates/test_lone_checker.py"),
            *("tests/verify/reading/test_reader_of_the_checker.py", "tests/certificates/test_exhaustion.py"),
            *("tests/certificates/test_edges_of_the_checker.py", "tests/certificates/test_writer.py"),
            "tests/verify/test_recheck_command.py",
        ),
        ("tests/certificates/test_corpora.py::test_every_rule_has_a_file",),
    ),
    "certify": Area(
        ("verify/certify",),
        (
            *("tests/certificates/test_writer.py", "tests/certificates/test_coverage.py"),
            *("tests/verify/arrays/test_certificate.py", "tests/certificates/test_edges_of_the_checker.py"),
        ),
    ),
    "arrays": Area(("verify/arrays",), ("tests/verify/arrays",)),
    "census": Area(("verify/census",), ("tests/verify/census",)),
}

EQUIVALENT: dict[tuple[str, str, str, str], str] = {
    (
        "verify/certify/file.py",
        "first = written.readline(checker.LONGEST_LINE + 1)",
        "1",
        "(2)",
    ): "a first line longer than the limit is long by either count",
    (
        "verify/checker.py",
        'proof = Proof(iter(lambda: file.readline(LONGEST_LINE + 1), b""))',
        "1",
        "(2)",
    ): "a line longer than the limit is long by either count",
    (
        "verify/certify/records.py",
        "aligned: bool = False",
        "False",
        "(True)",
    ): "left out for the first and the last point only, which have no kink that could be aligned",
    (
        "verify/certify/arrays.py",
        "return [-1] * (high - low), [0] * (high - low)",
        "1",
        "(2)",
    ): "a place that is negative lies in no run, whichever it is",
    (
        "verify/census/decay.py",
        "_FLOAT_BITS = 200",
        "200",
        "(201)",
    ): "precision of an approximation that is proved later",
    (
        "verify/census/decay.py",
        "_MOST_PRODUCTS = 10_000_000",
        "10_000_000",
        "(10000001)",
    ): "a bound on work, not a value",
    ("verify/census/decay.py", "_PLAIN_STEPS = 200", "200", "(201)"): "steps of an approximation that is proved later",
}
"""Survivors that are no mistake: (file, line of source, old, new) and why nothing observable changes."""
