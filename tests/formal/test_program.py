"""The proved program against theory/, the float filter and the checker of certificates: four ways, one answer."""

import json
from collections.abc import Callable
from fractions import Fraction

import pytest
from certificates.judges import checker
from families import Rows, disordered_rows, long_rows
from reluproof.theory.alignment import Run
from reluproof.theory.dataset import Dataset
from reluproof.verify.answers.findings import Findings
from reluproof.verify.arrays.dataset import decide_dataset
from reluproof.verify.check import check

from formal.program import Answer, answered, expected, run, written
from formal.sources import build_program, coq_run, edited
from formal.test_decide import EXAMPLES, dataset_of

Workbench = Callable[[dict[str, str]], coq_run.Coq]

BLOCKS = 100  # of DATASETS each in the slow run, one of them in every run
DATASETS = 1000


def some_rows(seed: int) -> Rows:
    return disordered_rows(seed) if seed % 2 else long_rows(seed)


def filtered(data: Dataset) -> list[int]:
    """The aligned gaps as the floating-point filter and its exact second look find them."""
    decision = decide_dataset(data)
    return [gap for a, b in zip(decision.first, decision.last, strict=True) for gap in range(int(a), int(b))]


def certified(findings: Findings) -> tuple[bool, int]:
    """Unique, and the fewest neurons, as the standard-library checker accepts them."""
    lines = [f"{line}\n".encode() for line in findings.certificate()]
    statement = checker.Proof(lines).run()["statement"]
    return statement["unique"], statement["neurons"]["sparsest"]


def runs_from(answer: Answer) -> list[Run]:
    """Maximal rows of points that are not zero kinks, joined by aligned gaps."""
    found: list[Run] = []
    for j in range(1, answer["points"] - 1):
        if j in answer["zero_kinks"]:
            continue
        if j - 1 in answer["aligned_gaps"]:
            found[-1] = Run(found[-1].first, j)
        else:
            found.append(Run(j, j))
    return found


@pytest.mark.parametrize("block", [pytest.param(b, marks=[] if b == 0 else pytest.mark.slow) for b in range(BLOCKS)])
def test_four_ways_agree(block: int, verified: str) -> None:
    kinds: set[str] = set()
    for seed in range(block * DATASETS, (block + 1) * DATASETS):
        rows = some_rows(seed)
        data = dataset_of(rows)
        answer = answered(verified, rows)
        assert answer == expected(data), seed
        if data is None or answer is None:
            kinds.add("no dataset")
            continue
        findings = check(data)
        assert answer["aligned_gaps"] == filtered(data), seed
        assert (answer["unique"], answer["fewest_neurons"]) == certified(findings), seed
        assert runs_from(answer) == list(findings.runs), seed
        kinds.add("unique" if answer["unique"] else "not unique")
        kinds |= {"zero kink"} if answer["zero_kinks"] else set()
        kinds |= {"long run"} if len(answer["aligned_gaps"]) > 2 else set()
    assert kinds == {"no dataset", "unique", "not unique", "zero kink", "long run"}


def test_the_examples_of_the_project(verified: str) -> None:
    """Read from the files themselves, names of columns included."""
    for path in EXAMPLES:
        result = run(verified, path.read_text(encoding="utf-8"))
        answer = json.loads(result.stdout)
        found = expected(check(str(path)).data)
        assert found is not None
        assert answer | found == answer, path.name


@pytest.mark.parametrize("size", [2, 3, 4, 5, 100_000])
def test_every_gap_aligned(size: int, verified: str) -> None:
    """A parabola: one run of all interior points, and no walk is deep."""
    answer = answered(verified, [(Fraction(i), [Fraction(i * i)]) for i in range(size)])
    gaps = list(range(1, size - 2))
    assert answer == {
        "points": size,
        "tasks": 1,
        "unique": not gaps,
        "aligned_gaps": gaps,
        "zero_kinks": [],
        "fewest_neurons": (size - 1) // 2,
    }


def test_numbers_of_any_size(verified: str) -> None:
    """One unit in the last of 2,000 digits decides."""
    big = Fraction(10**1000 + 1, 10**1000 + 7)
    rows = [(Fraction(i), [Fraction(y), y * big]) for i, y in enumerate([0, 0, 1, 3])]
    assert answered(verified, rows) == expected(dataset_of(rows))
    rows[3] = (rows[3][0], [rows[3][1][0], rows[3][1][1] + Fraction(1, 10**2000)])
    answer = answered(verified, rows)
    assert answer is not None
    assert answer["unique"]


@pytest.mark.parametrize(
    ("module", "old", "new"),
    [
        ("Program", "open && aligned", "aligned"),
        ("Program", "same_sign a b && in_ratio a b u v", "same_sign a b"),
        ("Program", "then previous :: gaps", "then j :: gaps"),
        ("Program", "(exponent - Z.of_nat", "(exponent + Z.of_nat"),
    ],
    ids=["shared twice", "first entries only", "gaps by their right end", "decimals too large"],
)
def test_a_wrong_program_is_noticed(
    module: str, old: str, new: str, workbench: Workbench, ocamlopt: str, verified: str
) -> None:
    """The comparison would notice what the proofs exclude."""
    coq = workbench({module: edited(module, old, new)})
    assert [coq.compile(name) for name in (module, "Extracted")] == [None, None]
    wrong = str(coq.directory / "wrong")
    assert build_program.link(coq, coq.directory / "wrong", ocamlopt) is None
    decimals = "0 0 0\n1 0 0\n2 1 0.50\n3 3 1.5\n"
    texts = [decimals, *[written(some_rows(seed)) for seed in range(12)]]
    pairs = [(run(wrong, text), run(verified, text)) for text in texts]
    assert any(changed.stdout != right.stdout for changed, right in pairs)
    # It is the answers that differ, not what can be read.
    assert all(changed.returncode == right.returncode for changed, right in pairs)
