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
            *("tests/claims/test_registry.py", "tests/verify/reading/test_objects.py"),
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
    "arrays": Area(("verify/arrays",), ("tests/verify/arrays", "tests/verify/test_decide_command.py")),
    "census": Area(("verify/census",), ("tests/verify/census",)),
}

EQUIVALENT: dict[tuple[str, str, str], str] = {
    (
        "theory/margin.py",
        "least, bound = arb(0), ZERO",
        "least, bound = arb((1)), ZERO",
    ): "nothing is compared with it before it is the first margin",
    (
        "theory/label_balls.py",
        "step = min(ball.radius_squared, fmpq(1)) / (ball.data.size * ball.data.tasks)",
        "step = min(ball.radius_squared, fmpq(1)) / ((ball.data.size + ball.data.tasks))",
    ): "some labels in the ball are wanted: N T / (N + T)^2 <= 1/4, so these lie in it too",
    (
        "verify/census/decay.py",
        "_FLOAT_BITS = 200",
        "_FLOAT_BITS = (201)",
    ): "precision of an approximation that is proved later",
    (
        "verify/census/decay.py",
        "_MOST_PRODUCTS = 10_000_000",
        "_MOST_PRODUCTS = (10000001)",
    ): "a bound on work, not a value",
    (
        "verify/census/decay.py",
        "_PLAIN_STEPS = 200",
        "_PLAIN_STEPS = (201)",
    ): "steps of an approximation that is proved later",
    (
        "verify/census/decay.py",
        "vector = image + quotients.max() / 2 * vector",
        "vector = image + (quotients.max() * 2) * vector",
    ): "a share of the identity moves no eigenvector, and the radius is proved from the vector afterwards",
    (
        "theory/enclosure.py",
        "return fmpq(mantissa * scale) if power >= 0 else fmpq(mantissa, scale)",
        "return fmpq(mantissa * scale) if (power > 0) else fmpq(mantissa, scale)",
    ): "a power of 0 is a factor 1 as well as a divisor 1",
    (
        "theory/knot_sums.py",
        "if b > a + 1:",
        "if (b >= a + 1):",
    ): "the sums over no points are 0",
    (
        "theory/membership.py",
        "if sign(neuron.w) < 0:",
        "if sign(neuron.w) < (1):",
    ): "an active neuron has w != 0",
    (
        "theory/membership.py",
        "if sign(neuron.w) < 0:",
        "if (sign(neuron.w) <= 0):",
    ): "an active neuron has w != 0",
    (
        "verify/checker.py",
        'proof = Proof(iter(lambda: file.readline(LONGEST_LINE + 1), b""))',
        'proof = Proof(iter(lambda: file.readline(LONGEST_LINE + (2)), b""))',
    ): "a line longer than the limit is long by either count",
    (
        "verify/certify/file.py",
        "first = written.readline(checker.LONGEST_LINE + 1)",
        "first = written.readline(checker.LONGEST_LINE + (2))",
    ): "a first line longer than the limit is long by either count",
    (
        "verify/certify/records.py",
        "aligned: bool = False",
        "aligned: bool = (True)",
    ): "left out for the first and the last point only, which have no kink that could be aligned",
    (
        "verify/certify/arrays.py",
        "return [-1] * (high - low), [0] * (high - low)",
        "return [-(2)] * (high - low), [0] * (high - low)",
    ): "a place that is negative lies in no run, whichever it is",
    (
        "verify/certify/arrays.py",
        "start, end = (Dataset.from_arrays(*table.rows(*ends)) for ends in ((0, 2), (table.size - 2, table.size)))",
        "start, end = (Dataset.from_arrays(*table.rows(*ends)) for ends in ((0, (3)), (table.size - 2, table.size)))",
    ): "a third row is read and not looked at",
    (
        "verify/certify/arrays.py",
        "low, high = max(0, min(first - 1, table.size - 3)), min(table.size, stop + 2)",
        "low, high = max(0, min(first - 1, table.size - (4))), min(table.size, stop + 2)",
    ): "a row more is read and not looked at",
    (
        "verify/certify/arrays.py",
        "low, high = max(0, min(first - 1, table.size - 3)), min(table.size, stop + 2)",
        "low, high = max(0, min(first - 1, table.size - 3)), min(table.size, stop + (3))",
    ): "a row more is read and not looked at",
    (
        "verify/arrays/kinks.py",
        "determinant *= 1 - 4 * relative - 2.0**-40",
        "determinant *= (1 - 4 * relative + 2.0 ** (-40))",
    ): "still a lower bound: 2^-40 of the trace and 2^-40 of the bound are left for roundings of less than 2^-45",
    (
        "verify/arrays/kinks.py",
        "return numpy.where(numpy.isfinite(bound) & (relative < 2.0**-10), numpy.maximum(bound, 0), 0)",
        "return numpy.where(numpy.isfinite(bound) & (relative < 2.0**(10)), numpy.maximum(bound, 0), 0)",
    ): "a chord with an error of 2^-10 or more is bounded by 0, and so is the margin; below, the bound holds",
    (
        "verify/arrays/decide.py",
        "return not len(self.first)",
        "return not len((self.last))",
    ): "every run has a first and a last point",
    (
        "verify/arrays/integers.py",
        "_NO_EXPONENT = 1 << 20",
        "_NO_EXPONENT = 1 << (21)",
    ): "a mark above every exponent of float64, whichever it is",
    (
        "verify/census/label_sets.py",
        "return tuple(zip(*[[self.values[index] for index in column] for column in sorted(columns)], strict=True))",
        "return tuple(zip(*[[self.values[index] for index in column] for column in (list(columns))], strict=True))",
    ): "the order of the coordinates changes no alignment",
    (
        "verify/census/decay.py",
        "share = largest / 2 if step > _PLAIN_STEPS else arb(0)",
        "share = largest / 2 if step > _PLAIN_STEPS else arb((1))",
    ): "a share of the identity moves no eigenvector, and the radius is proved from the vector afterwards",
    (
        "verify/census/count.py",
        "self.arrows = lru_cache(maxsize=4)(lambda gaps: arrows(labels, gaps))",
        "self.arrows = lru_cache(maxsize=(5))(lambda gaps: arrows(labels, gaps))",
    ): "what is remembered is computed again otherwise",
}
"""Survivors that are no mistake: (file, line of source before, after the edit) and why nothing observable changes."""
