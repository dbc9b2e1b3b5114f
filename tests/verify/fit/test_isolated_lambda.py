"""The isolated lambda of five points: everything about it is rational, and the fit is unique on both sides."""

from pathlib import Path

from flint import fmpq
from reluproof.theory import Dataset, RootSum
from reluproof.theory.alignment import is_unique
from reluproof.theory.crossing import crossings
from reluproof.theory.optimum import kinks
from reluproof.verify.fit import fit
from reluproof.verify.reading import read

DATA = Dataset.from_fractions(range(5), [(0, 0), (-2, -2), (-3, -3), (-2, 0), (2, 0)])


def test_at_one_fifth():
    """Fitted labels, optimal value, lambda_max, and the two aligned kinks."""
    found = fit(DATA, "1/5")
    z = found.exact_values()
    assert found.is_exact
    assert z == [tuple(fmpq(a, 25) for a in row) for row in ((-3, -4), (-47, -46), (-76, -68), (-45, -10), (46, 3))]
    assert found.exact_objective() == RootSum.of_rational(fmpq(9, 5))
    assert found.lambda_max_squared == 13
    assert kinks(Dataset(DATA.points, tuple(z)))[:2] == ((fmpq(3, 5), fmpq(4, 5)), (fmpq(12, 5), fmpq(16, 5)))
    assert (found.unique, found.sparsest, len(found.support)) == (False, 2, 3)
    assert found.radius_squared == fmpq(16, 25)


def test_beside_it():
    """The labels are unique, and so is the fit at .19, .199, .201 and .21."""
    assert is_unique(DATA)
    assert [fit(DATA, penalty).unique for penalty in ("0.19", "0.199", "0.201", "0.21")] == [True] * 4
    assert [crossing.penalty for crossing in crossings(DATA)] == [fmpq(1, 5)]


def test_the_shipped_file():
    """examples/isolated_lambda.csv holds these labels."""
    assert read(Path(__file__).parents[3] / "examples" / "isolated_lambda.csv").dataset == DATA
