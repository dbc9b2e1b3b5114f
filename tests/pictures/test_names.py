"""Names from files are shown as text, whatever they contain."""

import pytest
from flint import fmpq
from reluproof import check
from reluproof.verify.pictures.findings import plot_findings
from reluproof.verify.pictures.names import Names, brief, shown
from reluproof.verify.pictures.panel import most_columns, name, power
from reluproof.verify.reading import InputError

from .figures import svg, texts

UGLY = ("$x_1$", r"\frac{1}{$2$}", "_hidden", "<script>alert(1)</script>")


@pytest.fixture(scope="module")
def ugly_texts(tmp_path_factory):
    """All texts of the picture of a table with such a header."""
    path = tmp_path_factory.mktemp("names") / "table.csv"
    path.write_text(",".join(UGLY) + "\n0,0,1,2\n1,1,0,2\n2,3,1,0\n")
    return texts(svg(plot_findings(check(path))))


@pytest.mark.parametrize("called", UGLY[1:])
def test_tasks_are_shown_as_they_are_called(called, ugly_texts):
    """No formula, no hidden entry, no element: the very characters, in a title and in the legend."""
    assert called in [text.strip() for text in ugly_texts]
    assert f"kinks, {called}" in [" ".join(text.split()) for text in ugly_texts]


def test_x_is_shown_as_it_is_called(ugly_texts):
    """Below the last panel."""
    assert UGLY[0] in ugly_texts


def test_long_names_are_cut_visibly():
    """With an ellipsis, both ends kept; control characters are written out."""
    assert shown("a" * 50 + "b" * 50) == "a" * 18 + "…" + "b" * 9
    assert shown("a\nb\x1b[0m") == r"a\nb\x1b[0m"


def test_names_of_what_has_none():
    """Numbers from 1, or what the caller says of the only task."""
    assert [Names.of(None, 2).task(t) for t in range(2)] == ["task 1", "task 2"]
    assert Names.of(None, 1).task(0, "y") == "y"
    assert Names.of(None, 1).place(fmpq(1, 4), fmpq(3)) == "x = 0.25 to 3"


def test_brief_numbers():
    """Exact where that is short; else the digits they begin with, and a sign that they go on."""
    assert [brief(fmpq(1, 3)), brief(fmpq((0.1).as_integer_ratio()[0], 2**55))] == ["1/3", "0.1..."]


@pytest.mark.parametrize(("value", "text"), [(1, "1"), (0.001, "0.001"), (1e-12, "10⁻¹²"), (1e5, "10⁵")])
def test_powers_of_ten(value, text):
    """Plain text on logarithmic axes."""
    assert power(value) == text


def test_columns_of_a_legend():
    """As many as fit, filled one column after the other."""
    assert most_columns([10, 10, 10, 10], 40) == 4
    assert most_columns([10, 30, 10, 10], 45) == 2
    assert most_columns([100, 100], 50) == 1


def test_names_longer_than_the_panel_are_wrapped():
    """No word is lost; a small panel has more lines."""
    figure = pytest.importorskip("matplotlib.figure").Figure(figsize=(3, 2))
    ax = figure.add_subplot()
    words = "kinks and minus kernel coefficients, the first 3 tasks: equal"
    name(ax, words)
    assert ax.get_title(loc="left").replace("\n", " ") == words
    assert ax.get_title(loc="left").count("\n") == 1


def test_points_that_floats_cannot_tell_apart(tmp_path):
    """Refused in one line, instead of drawn in one place."""
    path = tmp_path / "late.csv"
    path.write_text("x,y\n100000000000000000000,0\n100000000000000000001,1\n100000000000000000002,0\n")
    with pytest.raises(InputError, match="cannot tell points apart"):
        plot_findings(check(path))


def test_what_is_too_large_to_be_drawn(tmp_path):
    """One line, no traceback; the answer itself has no such limit."""
    path = tmp_path / "large.csv"
    path.write_text("x,y\n0,0\n1,1e400\n2,0\n3,5\n")
    with pytest.raises(InputError, match="above 1e\\+300, which cannot be drawn"):
        plot_findings(check(path))
