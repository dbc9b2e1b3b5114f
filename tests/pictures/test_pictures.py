"""What the pictures show is what was found: marks are counted in the SVG, values read from the axes; no pixels."""

import re
import subprocess
import sys
from xml.etree import ElementTree

import numpy
import pytest
from reluproof import check, fit, judge, read_network
from reluproof.theory import Dataset
from reluproof.theory.solution_set import tents
from reluproof.verify.cli import main
from reluproof.verify.pictures.file import FORMATS, picture_bytes
from reluproof.verify.pictures.findings import plot_findings
from reluproof.verify.pictures.fit import plot_fit
from reluproof.verify.pictures.judgement import plot_judgement
from reluproof.verify.pictures.view import CLOSE, MOST_POINTS, number, thinned
from reluproof.verify.reading import read

EXAMPLES = "examples/second_differences_11011.csv"
PAPER = "examples/paper/one_input/"


def identifiers(figure):
    """The ids of the groups in the SVG that name what they draw."""
    root = ElementTree.fromstring(picture_bytes(figure, ".svg"))
    return {node.get("id") for node in root.iter() if node.get("id")}


def lines_named(figure, label):
    """The lines with this label, over all panels."""
    return [line for ax in figure.axes for line in ax.lines if line.get_label() == label]


def long_data(size, tasks, seed=0):
    """Integer walks, which have aligned kinks here and there."""
    source = numpy.random.default_rng(seed)
    return numpy.arange(float(size)), numpy.cumsum(source.integers(-2, 3, (size, tasks)), axis=0)


def test_the_optima_are_drawn():
    """Every tent has its shade, the sparsest optimum its knots, contact gaps their bars; tasks have their curves."""
    findings = check(EXAMPLES)
    figure = plot_findings(findings)
    ids = identifiers(figure)
    found = list(tents(findings.data, findings.kinks, findings.runs))
    assert {f"tent-{tent.gap}-0" for tent in found} == {i for i in ids if i.startswith("tent-")} != set()
    assert {"optimum-0", "sparsest-0", "eta"} <= ids
    assert {f"contact-{gap}" for gap in findings.duality.contact_gaps} == {i for i in ids if i.startswith("contact-")}
    (knots,) = lines_named(figure, "its knots")
    assert list(knots.get_xdata()) == [1.5, 4.5]
    assert list(knots.get_ydata()) == [0, 6]


def test_what_a_unique_dataset_has_not():
    """No sparsest optimum, no shade, no contact gap."""
    ids = identifiers(plot_findings(check("examples/unique.csv")))
    assert not [i for i in ids if i.startswith(("tent-", "sparsest-", "contact-"))]


def test_eta_is_what_the_theory_says():
    """|eta| is 1 at points with a kink, 0 at the ends and at zero kinks, and its square is as in S inside."""
    findings = check(Dataset.from_fractions([0, 1, 2, 3], [[0, 0], [0, 0], [1, 0], [2, 1]]))
    figure = plot_findings(findings)
    (curve,) = lines_named(figure, r"$|\eta|$")
    values = dict(zip(curve.get_xdata(), curve.get_ydata(), strict=True))
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
    findings = check(long_data(3000, 2))
    figure = plot_findings(findings)
    assert figure.axes[0].get_title(loc="left") == "all 3000 points"
    for line in lines_named(figure, "connect-the-dots"):
        assert len(line.get_xdata()) == CLOSE
        assert min(line.get_xdata()) <= number(findings.optima.radius.at) <= max(line.get_xdata())
    assert all(len(line.get_xdata()) <= 2002 for line in figure.axes[0].lines)
    assert len(picture_bytes(figure, ".svg")) < 500_000


def test_many_tasks_are_small_multiples():
    """Twelve at most, and the rest is counted."""
    figure = plot_findings(check(long_data(10, 30)))
    titles = [ax.get_title(loc="left") for ax in figure.axes]
    assert sum(title.startswith("task ") for title in titles) == 12
    assert "task 12 (and 18 tasks more)" in titles


@pytest.mark.parametrize("size", [2, 3, 4, MOST_POINTS, MOST_POINTS + 1])
@pytest.mark.parametrize("tasks", [1, 4])
def test_every_size_can_be_drawn(size, tasks):
    """From two points on, straight lines included."""
    for labels in (long_data(size, tasks)[1], numpy.zeros((size, tasks))):
        assert picture_bytes(plot_findings(check((numpy.arange(float(size)), labels))), ".png")


def test_into_axes_of_ones_own():
    """`plot(ax)` draws the first task there."""
    figure = pytest.importorskip("matplotlib.figure").Figure()
    ax = figure.add_subplot()
    assert check(EXAMPLES).plot(ax) is figure
    assert [line.get_label() for line in ax.lines] == ["connect-the-dots", "sparsest optimum", "its knots"]


def test_a_fit():
    """Kinks proved zero and nonzero are all there."""
    found = fit("examples/us_macro.csv", 10)
    figure = plot_fit(found)
    counts = {line.get_label(): len(line.get_xdata()) for line in figure.axes[-1].lines}
    assert counts["proved not 0"] == len(found.support)
    assert counts["proved 0"] == found.noisy.size - 2 - len(found.support) - len(found.undecided)


def test_a_judgement():
    """One bar for every neuron that wastes something, as high as its defect."""
    judged = judge(read(PAPER + "two_tasks.csv").dataset, read_network(PAPER + "networks/two_tasks-0.npz").network)
    figure = plot_judgement(judged)
    heights = sorted((bar.get_height() for bar in figure.axes[-1].patches), reverse=True)
    wasting = [number(share.defect.upper) for share in judged.shares if share.defect.upper > 0]
    assert heights == pytest.approx(wasting[:40])


def test_thinning_keeps_the_extremes():
    """The least and the largest of every stretch stay."""
    x, y = numpy.arange(100_000), numpy.random.default_rng(1).normal(size=100_000)
    places, values = thinned(x, y)
    assert len(places) <= 2002
    assert (values.min(), values.max()) == (y.min(), y.max())
    assert (numpy.diff(places) > 0).all()


@pytest.mark.parametrize(
    "command",
    [
        ["check", EXAMPLES],
        ["judge", PAPER + "one_task.csv", PAPER + "networks/one_task-0.npz"],
    ],
)
def test_the_option(command, tmp_path, capsys):
    """Written and said; refused before anything is computed where it cannot be."""
    path = tmp_path / "picture.svg"
    assert main([*command, "--plot", str(path)]) == 0
    assert re.search(rf"picture written to {re.escape(str(path))}$", capsys.readouterr().out)
    assert ElementTree.fromstring(path.read_bytes()).tag.endswith("svg")
    assert main([*command, "--plot", str(tmp_path / "picture.gif")]) == 2
    assert "ends in .svg, .png, .pdf" in capsys.readouterr().err
    assert main([*command, "--plot", str(tmp_path / "none" / "p.svg")]) == 2


def test_importing_the_package_does_not_import_matplotlib():
    """Only a picture needs it."""
    code = "import sys, reluproof; reluproof.check('examples/unique.csv'); print('matplotlib' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
