"""The table of tasks in Python: what a person has in a notebook, the call, and what must be found."""

import subprocess
import sys
from decimal import Decimal
from fractions import Fraction

import numpy
import pytest
from flint import fmpq
from reluproof import InputError, check
from reluproof.theory import RootSum

T = [0, 1, 2, 3]
A, B = ["0", "0", ".1", ".3"], ["0", "0", ".7", "2.1"]
AS_DECIMALS = [[Decimal(a), Decimal(b)] for a, b in zip(A, B, strict=True)]
AS_FLOATS = [[float(a), float(b)] for a, b in zip(A, B, strict=True)]
BOTH = "as binary floats the optimum is unique, as printed decimals it is not unique (--floats shortest)"

CALLS = [
    # what is wanted, the arguments of check, the keywords, unique, what the text says
    ("two lists", (T, [0, 0, 1, 3]), {}, False, "4 points, 1 task"),
    ("a pair of arrays", ((numpy.arange(4), numpy.array([0, 0, 1, 3])),), {}, False, "4 points, 1 task"),
    ("a column x of shape (N, 1)", (numpy.arange(4.0)[:, None], numpy.array([0, 1, 0, 5.0])), {}, True, "4 points"),
    ("fractions", (T, [Fraction(k, 3) for k in (0, 0, 1, 3)]), {}, False, "4 points"),
    ("decimals", (T, AS_DECIMALS), {}, False, "4 points, 2 tasks"),
    ("float32", (numpy.arange(4, dtype="f4"), numpy.array([0, 0, 1, 3], "f4")), {}, False, "dyadic rationals"),
    ("floats, as they are", (T, AS_FLOATS), {}, True, BOTH),
    ("floats, as they print", (T, AS_FLOATS), {"floats": "shortest"}, False,
     "as printed decimals the optimum is not unique, as binary floats it is unique (--floats binary)"),
    ("the mean of repeated x", ([0, 1, 1, 2, 3], [0, 1, 3, 5, 9]), {"duplicates": "mean"}, False, "averaged, exactly"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "choices", "unique", "said"), [call[1:] for call in CALLS], ids=[call[0] for call in CALLS]
)
def test_call(arguments, choices, unique, said):
    """Uniqueness, and what the text says about how the numbers were taken."""
    found = check(*arguments, **choices)
    assert found.unique is unique
    assert said in found.text()


@pytest.mark.parametrize("library", ["pandas", "polars", "pyarrow"])
def test_a_data_frame_without_reading_the_help(library):
    """Somebody's routine: the frame as it is, then with columns by name, then the sentence that explains the answer."""
    frames = pytest.importorskip(library)
    pytest.importorskip("narwhals")
    columns = {"t": [0, 1, 2, 3], "a": [0.0, 0, 0.1, 0.3], "b": [0.0, 0, 0.7, 2.1], "other": [1, 5, 2, 2]}
    frame = frames.table(columns) if library == "pyarrow" else frames.DataFrame(columns)
    assert check(frame).source.columns == "x is 't'; labels: 'a', 'b', 'other'"
    found = check(frame, x="t", y=["a", "b"])
    assert (found.unique, found.source.task_names) == (True, ("a", "b"))
    assert BOTH in found.text()
    assert check(frame, x="t", y=["a", "b"], floats="shortest").unique is False
    with pytest.raises(InputError, match="'c'"):
        check(frame, x="t", y=["c"])


def test_neither_numpy_nor_pandas_is_imported_for_lists():
    """check(x, y) of lists in a new process."""
    code = (
        "import sys; from reluproof import check; assert not check([0, 1, 2, 3], [0, 0, 1, 3]).unique;"
        "print([name for name in ('numpy', 'pandas', 'narwhals', 'sympy', 'matplotlib') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout == "[]\n"


def test_for_papers_and_notebooks():
    """A table for LaTeX, a card, and a repr that stays short with ten thousand points."""
    found = check(T, [0, 0, 1, 3])
    table = found.to_latex()
    assert table.startswith("\\begin{tabular}{ll}\n\\toprule")
    assert "only optimum & no: 1 aligned run" in table
    card = found._repr_html_()
    assert "Connect-the-dots is not the only optimum" in card
    assert "<script" not in card
    size = 10_000
    assert len(repr(check(list(range(size)), [k * k % 7 for k in range(size)]))) < 200


def test_a_spline_in_floats_and_exactly():
    """evaluate for drawing; the function itself for exact values."""
    spline = check(T, [0, 0, 1, 3]).optima.connect_the_dots
    assert spline.evaluate(numpy.linspace(0, 3, 7)).tolist() == [[0], [0], [0], [0.5], [1], [2], [3]]
    assert spline.evaluate(0.5).shape == (1,)
    assert spline(Fraction(7, 3)) == (fmpq(5, 3),)
    assert isinstance(check(T, [0, 0, 1, 3]).cost.exact(), RootSum)
