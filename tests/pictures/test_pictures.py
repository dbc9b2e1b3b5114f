"""What the picture of findings shows is what was found: marks are counted in the SVG, values read from the axes."""

import subprocess
import sys
from itertools import combinations

import numpy
import pytest
from reluproof import check
from reluproof.theory import Dataset
from reluproof.theory.solution_set import tents
from reluproof.verify.pictures.file import FORMATS, picture_bytes
from reluproof.verify.pictures.findings import plot_findings
from reluproof.verify.pictures.style import COLUMN
from reluproof.verify.pictures.view import CLOSE, MOST_POINTS, marks, number, thinned

from .figures import boxes_of_texts, corners, identifiers, line, lines_named, long_data, points, svg, titles

EXAMPLES = "examples/second_differences_11011.csv"


@pytest.fixture(scope="module")
def two_runs():
    """Findings with two runs of aligned kinks."""
    return check(EXAMPLES)


def test_the_optima_are_drawn(two_runs):
    """Every tent has its shade, the sparsest optimum its knots, contact gaps their bars; tasks have their curves."""
    figure = plot_findings(two_runs)
    ids = identifiers(svg(figure))
    found = list(tents(two_runs.data, two_runs.kinks, two_runs.runs))
    assert {f"tent-{tent.gap}-0" for tent in found} == {i for i in ids if i.startswith("tent-")} != set()
    assert {f"reach-{tent.gap}" for tent in found} == {i for i in ids if i.startswith("reach-")}
    assert {"optimum-0", "sparsest-0", "eta"} <= ids
    assert {f"contact-{gap}" for gap in two_runs.duality.contact_gaps} == {i for i in ids if i.startswith("contact-")}
    assert corners(figure, "tent-1-0") == {(1, 0), (1.5, 0.5), (1.5, 0), (2, 1)}
    assert corners(figure, "reach-4") == {(4, 0), (4.5, 0.5), (4.5, 0), (5, 0)}
    (knots,) = lines_named(figure, "its knots")
    assert points(knots) == [(1.5, 0), (4.5, 6)]
    apart = dict(points(line(figure, "sparsest-apart")))
    assert {x for x, distance in apart.items() if distance} == {1.5, 4.5}
    assert apart[1.5] == pytest.approx(float(two_runs.optima.radius.height_squared) ** 0.5)


def test_what_a_unique_dataset_has_not():
    """No sparsest optimum, no shade, no contact gap."""
    figure = plot_findings(check("examples/unique.csv"))
    ids = {str(artist.get_gid()) for ax in figure.axes for artist in (*ax.lines, *ax.collections)}
    assert "eta" in ids
    assert not [i for i in ids if i.startswith(("tent-", "reach-", "sparsest-", "contact-"))]


def test_eta_is_what_the_theory_says():
    """|eta| is 1 at points with a kink, 0 at the ends and at zero kinks, and its square is as in S inside."""
    findings = check(Dataset.from_fractions([0, 1, 2, 3], [[0, 0], [0, 0], [1, 0], [2, 1]]))
    values = dict(points(line(plot_findings(findings), "eta")))
    assert (values[0], values[3]) == (0, 0)
    assert values[1] == pytest.approx(1)
    assert values[1.5] == pytest.approx(numpy.sqrt(0.5))  # kinks (1, 0) and (0, 1)


@pytest.mark.parametrize("suffix", FORMATS)
def test_the_same_picture_gives_the_same_bytes(suffix):
    """No date, no random ids."""
    findings = check(EXAMPLES)
    assert picture_bytes(plot_findings(findings), suffix) == picture_bytes(plot_findings(findings), suffix)


def test_long_data_have_an_overview_and_a_close_look():
    """No soup: a close look of 40 points at the tallest tent, and all points thinned above it."""
    findings = check(long_data(2001, 2))
    figure = plot_findings(findings)
    assert titles(figure)[0] == "all 2001 points"
    for curve in lines_named(figure, "connect-the-dots"):
        assert len(curve.get_xdata()) == CLOSE
        assert min(curve.get_xdata()) <= number(findings.optima.radius.at) <= max(curve.get_xdata())
    assert all(len(curve.get_xdata()) <= 2002 for curve in figure.axes[0].lines)
    (aligned,) = lines_named(figure, "aligned kinks: not unique here")
    gaps = {number(findings.data.points[t.gap]) for t in tents(findings.data, findings.kinks, findings.runs)}
    assert set(aligned.get_xdata()) == gaps  # from one end to the other: none is left out
    drawn = lines_named(figure, "1 - cos of the angle")[0]
    nearest = max([a for a in findings.angles if a.one_minus_cosine_sign], key=lambda a: a.cosine_signed_square)
    assert min(drawn.get_ydata()) == number(nearest.one_minus_cosine().enclosure(53).lower)
    assert len(picture_bytes(figure, ".svg")) < 500_000


def test_many_tasks_are_small_multiples():
    """Twelve at most, and the rest is counted."""
    figure = plot_findings(check(long_data(6, 30)))
    assert sum(title.startswith("task ") for title in titles(figure)) == 12
    assert [ax.get_xlabel() for ax in figure.axes if ax.get_title(loc="left") == "task 12"] == ["and 18 more tasks"]
    assert "kinks and minus kernel coefficients (the first 3 tasks): equal" in titles(figure)


@pytest.mark.parametrize("size", [2, 3, 4, MOST_POINTS, MOST_POINTS + 1])
@pytest.mark.parametrize("tasks", [1, 4])
def test_every_size_can_be_drawn(size, tasks):
    """From two points on, straight lines included."""
    x, y = long_data(size, tasks)
    for labels in (y, numpy.zeros_like(y)):
        figure = plot_findings(check((x, labels)))
        assert len(lines_named(figure, "connect-the-dots")) == tasks
        assert picture_bytes(figure, ".png")


@pytest.mark.parametrize("width", [COLUMN, None])
def test_legends_and_names_do_not_overlap(width):
    """Beside each other where there is room, else above each other; three tasks have the longest legends."""
    figure = check(long_data(7, 3)).plot(width=width)
    panels = boxes_of_texts(figure)
    assert sum(len(boxes) == 2 for boxes in panels) >= 5
    assert not [boxes for boxes in panels for a, b in combinations(boxes, 2) if a.overlaps(b)]


def test_tasks_differ_without_their_colours():
    """In grey print kinks differ by the shape of their marks."""
    figure = plot_findings(check(long_data(7, 3)))
    markers = [curve.get_marker() for curve in figure.axes[-1].lines if curve.get_label().startswith("kinks")]
    assert len(markers) == len(set(markers)) == 3


def test_into_axes_of_ones_own(two_runs):
    """`plot(ax)` draws the first task there."""
    figure = pytest.importorskip("matplotlib.figure").Figure()
    ax = figure.add_subplot()
    assert two_runs.plot(ax) is figure
    assert [curve.get_label() for curve in ax.lines] == ["connect-the-dots", "sparsest optimum", "its knots"]


def test_thinning_keeps_the_extremes():
    """The least and the largest of every stretch stay."""
    x, y = numpy.arange(100_000), numpy.random.default_rng(1).normal(size=100_000)
    places, values = thinned(x, y)
    assert len(places) <= 2002
    assert (values.min(), values.max()) == (y.min(), y.max())
    assert (numpy.diff(places) > 0).all()


def test_marks_stay_where_there_are_any():
    """One mark for every part of the range that has some, the first and a lonely last one among them."""
    kept = marks([*range(5000), 1_000_000])
    assert (kept[0], kept[-1]) == (0, 1_000_000)
    assert len(kept) < 20
    assert marks([3.0, 1.0]) == [3.0, 1.0]


def test_importing_the_package_does_not_import_matplotlib():
    """Only a picture needs it."""
    code = "import sys, reluproof; reluproof.check('examples/unique.csv'); print('matplotlib' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
