"""Pictures of fits, paths, judged networks, nearest datasets and kernels show the numbers that were decided."""

import numpy
import pytest
from flint import fmpq
from reluproof import Dataset, LabelledPoints, fit, fit_path, judge, kernel_answer, nearest, read_network
from reluproof.verify.fit.exact_path import exact_path
from reluproof.verify.fit.noisy import Noisy
from reluproof.verify.pictures.fit import plot_fit
from reluproof.verify.pictures.judgement import SMALLEST
from reluproof.verify.pictures.path import kink_lengths, plot_exact_path, plot_path, proved_lengths
from reluproof.verify.pictures.style import COLUMN
from reluproof.verify.pictures.surfaces import heights
from reluproof.verify.pictures.view import number
from reluproof.verify.reading import InputError, read

from .figures import identifiers, line, lines_named, points, svg, texts, titles

PAPER = "examples/paper/one_input/"
CORNERS = ((1, 1), (1, -1), (-1, -1), (-1, 1))
XOR = LabelledPoints(CORNERS, ((1,), (-1,), (1,), (-1,)))
V = ([0, 1, 2, 3, 4], [2, 1, 0, 1, 2])


@pytest.fixture(scope="module")
def macro():
    """A fit of three tasks with names."""
    return fit("examples/us_macro.csv", 10)


@pytest.fixture(scope="module")
def macro_figure(macro):
    """Its picture."""
    return macro.plot()


@pytest.fixture(scope="module")
def judged():
    """A trained network, judged."""
    return judge(read(PAPER + "two_tasks.csv").dataset, read_network(PAPER + "networks/two_tasks-0.npz").network)


def test_kinks_of_a_fit(macro, macro_figure):
    """Those proved zero and nonzero are all there, at their points; nothing is undecided and nothing says so."""
    marks = {curve.get_label(): curve for curve in macro_figure.axes[-1].lines}
    x = [number(point) for point in macro.noisy.data.points]
    assert list(marks["proved not 0"].get_xdata()) == [x[k] for k in macro.support]
    assert set(marks["proved 0"].get_xdata()) == set(x[1:-1]) - {x[k] for k in macro.support}
    assert "undecided" not in marks


def test_data_fit_and_residuals(macro, macro_figure):
    """Labels as given, the fitted ones as found; their difference below."""
    given = numpy.array([[number(entry) for entry in label] for label in macro.noisy.data.labels])
    for task, name in enumerate(("inflation", "treasury_bill", "unemployment")):
        assert titles(macro_figure)[task] == name
        assert list(line(macro_figure, f"fit-{task}").get_ydata()) == list(macro.labels[:, task])
        assert list(macro_figure.axes[task].lines[0].get_ydata()) == list(given[:, task])
        (left,) = lines_named(macro_figure, name)
        assert left.get_ydata() == pytest.approx(given[:, task] - macro.labels[:, task])


def test_repeated_points_show_every_observation():
    """Two labels at one point are two marks."""
    figure = fit(([0, 1, 1, 2], [0, 1, 3, 0]), "1/10").plot()
    assert points(lines_named(figure, "data")[0]) == [(0, 0), (1, 1), (1, 3), (2, 0)]


def test_undecided_kinks_are_marked(macro):
    """As such, not as zero or nonzero; here a proof that was not found is made up."""
    from dataclasses import replace

    some = list(macro.support)[:2]
    nonzero = macro.proved.nonzero.copy()
    nonzero[:2] = False
    figure = replace(macro, proved=replace(macro.proved, nonzero=nonzero)).plot()
    x = macro.noisy.data.points
    (undecided,) = lines_named(figure, "undecided")
    assert list(undecided.get_xdata()) == [number(x[k]) for k in some]
    assert len(lines_named(figure, "kinks undecided")) == macro.noisy.tasks


def test_a_long_fit_has_a_close_look():
    """Around its largest kink; what is drawn does not grow with the data."""
    x = numpy.arange(5000.0)
    found = fit((x, numpy.abs(x - 1234)), 1)
    figure = found.plot()
    whole, close = lines_named(figure, "data")
    assert len(whole.get_xdata()) <= 2002
    assert min(close.get_xdata()) < 1234 < max(close.get_xdata())
    assert titles(figure)[1] == "data and fit, x = 1134 to 1333"


def test_a_straight_fit_says_so():
    """No kink, no empty panel."""
    figure = fit(V, 1000).plot()
    assert "no kink: the fit is a straight line" in [text.get_text() for text in figure.axes[-1].texts]


def test_a_path_and_a_chosen_lambda():
    """One kink, 2 - 10 lambda / 7 by hand; where it is proved 0 nothing is drawn; the chosen lambda is marked."""
    fits = list(fit_path(V, ["1/10", "1/5", 100]))
    figure = plot_path(fits, chosen=(fmpq(1, 5), "df:$3"))
    lengths = numpy.array(line(figure, "kink-2").get_ydata())
    assert numpy.isnan(lengths[2])
    assert lengths[:2] == pytest.approx([2 - 1 / 7, 2 - 2 / 7])
    (mark,) = lines_named(figure, r"lambda chosen by df:\$3")
    assert set(mark.get_xdata()) == {0.2}
    assert points(lines_named(figure, "proved not 0")[0]) == [(0.1, 1), (0.2, 1), (100, 0)]


def test_what_is_proved_zero_has_no_length(macro):
    """Floats leave something there; the path does not draw it."""
    zero = [k - 1 for k in range(1, macro.noisy.size - 1) if k not in macro.support]
    assert kink_lengths(macro)[zero].max() > 0
    assert proved_lengths(macro)[zero].max() == 0
    assert proved_lengths(macro).sum() == pytest.approx(kink_lengths(macro).sum())


def test_a_fit_with_the_path_it_was_chosen_from():
    """The last panel is the path."""
    fits = list(fit_path(V, ["1/10", 100]))
    figure = plot_fit(fits[0], path=fits, chosen="gcv")
    assert titles(figure)[-1] == "length of every kink"
    assert lines_named(figure, "lambda chosen by gcv")


def test_an_exact_path():
    """Every kink is there between the exact breakpoints; one that bends the other way is hollow."""
    noisy = Noisy.of((list(range(6)), [2, 2, 3, 4, 0, 4]))
    breakpoints = list(exact_path(noisy))
    assert [(str(b.penalty), b.changes) for b in breakpoints] == [("8/7", ((4, 1),)), ("16/19", ((2, -1),)),
            ("31/39", ((3, -1),)), ("2/3", ((2, 0),)), ("3/17", ((1, 1),))]  # fmt: skip
    figure = plot_exact_path(noisy, breakpoints)
    bars = {bar.get_gid(): bar for bar in figure.axes[0].lines}
    assert {gid: max(bar.get_xdata()) for gid, bar in bars.items()} == {
        "kink-1": 3 / 17, "kink-2": 16 / 19, "kink-3": 31 / 39, "kink-4": 8 / 7}  # fmt: skip
    assert min(bars["kink-2"].get_xdata()) == 2 / 3
    assert all(min(bars[f"kink-{point}"].get_xdata()) < 3 / 17 for point in (1, 3, 4))
    assert {bar.get_linestyle() for bar in bars.values()} == {"-"}  # a gap says that the kink is not there
    assert [len(bars[f"kink-{point}"].get_path_effects()) for point in (1, 2, 3, 4)] == [0, 2, 2, 0]
    steps = figure.axes[1].lines[0].get_ydata()
    assert [count for count, before in zip(steps[1:], steps, strict=False) if count != before] == [1, 2, 3, 2, 3]


def test_an_exact_path_of_a_line_cannot_be_drawn():
    """One line of error."""
    noisy = Noisy.of(([0, 1, 2], [0, 1, 2]))
    with pytest.raises(InputError, match="labels lie on a line"):
        plot_exact_path(noisy, [])


def test_a_judgement(judged):
    """A bar for every neuron whose waste can be seen, as high as its defect; the others are counted."""
    figure = judged.plot()
    drawn = [bar.get_height() for bar in figure.axes[-1].patches]
    wasting = [number(share.defect.upper) for share in judged.shares if share.defect.upper > 0]
    tall = [waste for waste in wasting if waste * SMALLEST >= wasting[0]]
    assert sorted(drawn, reverse=True) == pytest.approx(tall)
    assert f"({len(wasting) - len(tall)} more, too low to be seen)" in titles(figure)[-1]
    knots = [number(t) for t in judged.spline.knots if 0 < t < 6]
    assert set(knots) <= set(line(figure, "network-1").get_xdata())


def test_a_network_without_waste():
    """The panels say so instead of being empty."""
    from reluproof import ReLUNetwork
    from reluproof.theory.network import Neuron

    network = ReLUNetwork((Neuron(1, -1, (1,)),), (0,), (0,))
    figure = judge(Dataset.from_fractions([0, 1, 2], [0, 0, 1]), network).plot()
    said = [text.get_text() for ax in figure.axes for text in ax.texts]
    assert said == ["0 everywhere", "no neuron wastes anything"]


def test_what_moved_to_the_nearest():
    """Both datasets, and a bar with its number for every label that moved."""
    answer = nearest("examples/unique.csv")
    figure = answer.plot(width=COLUMN)
    new, old = answer.found.dataset, answer.data
    tasks = range(old.tasks)
    moves = [new.labels[j][t] - old.labels[j][t] for j in range(old.size) for t in tasks]
    assert [bar.get_width() for bar in figure.axes[-1].patches] == [number(move) for move in moves if move]
    assert len(figure.axes[-1].texts) == 2 * len([move for move in moves if move]) > 0
    for t in tasks:
        assert list(line(figure, f"nearest-{t}").get_ydata()) == [number(label[t]) for label in new.labels]


def test_a_dataset_that_is_its_own_nearest():
    """Nothing moves, and the picture says so."""
    figure = nearest("examples/run_of_two.csv").plot()
    assert titles(figure)[-1] == "moved by 0 in all, kinks aligned at x = 1 and 2"
    assert "nothing has to move: the dataset itself is not unique" in [t.get_text() for t in figure.axes[-1].texts]


def test_many_moves_are_lengths():
    """With more labels than can be written down, point by point."""
    labels = [[(7 * i * i + 3 * t * i + i * i * i * t) % 11 for t in range(6)] for i in range(5)]
    answer = nearest(list(range(5)), labels)
    found = dict(points(line(answer.plot(), "moves")))
    for j, (new, old) in enumerate(zip(answer.found.dataset.labels, answer.data.labels, strict=True)):
        length = sum([(a - b) ** 2 for a, b in zip(new, old, strict=True)], fmpq(0))
        assert found.get(j, 0) == pytest.approx(number(length) ** 0.5)


def test_three_points_have_no_nearest():
    """One line of error."""
    with pytest.raises(InputError, match="3 points: every such dataset is unique, there is nothing to draw"):
        nearest([0, 1, 2], [0, 1, 0]).plot()


def test_a_kernel_with_two_inputs():
    """Surfaces of two optima, the data where they are, the leverages as decided."""
    answer = kernel_answer(XOR)
    figure = answer.plot()
    assert titles(figure) == ["task 1: an optimum", "another optimum", "heights", "leverages, sum 1",
                              "cost of every neuron, total 2.82842..."]  # fmt: skip
    assert [bar.get_height() for bar in figure.axes[3].patches] == [1]
    assert lines_named(figure, "1: no bound")
    costs = [bar.get_height() for bar in figure.axes[4].patches]
    assert sum(costs) == pytest.approx(8**0.5)
    data = [curve for curve in figure.axes[0].lines if len(curve.get_xdata()) == 4]
    assert len(data) == 1


def test_surfaces_are_the_network():
    """The floats that are drawn are the exact values, and go through the data."""
    network = kernel_answer(XOR).optimum.network
    x, y = numpy.array([[0.25, -1.0], [1.0, 0.5]]), numpy.array([[0.75, 1.0], [1.0, -2.0]])
    exact = [[number(network((fmpq(int(4 * a), 4), fmpq(int(4 * b), 4)))[0]) for a, b in zip(r, s, strict=True)]
             for r, s in zip(x, y, strict=True)]  # fmt: skip
    assert heights(network, 0, x, y) == pytest.approx(numpy.array(exact))


def test_a_kernel_of_many_tasks():
    """The task asked for on top, with what fixed kernels say of it; its heights and those of the largest leverages."""
    labels = tuple([tuple([(i * t + t) % 5 for t in range(9)]) for i in range(4)])
    data = LabelledPoints((*CORNERS[:3], (0, 0)), labels)
    answer = kernel_answer(data)
    figure = answer.plot(task=8)
    order = sorted([s for s in range(9) if s != 8], key=lambda s: -answer.leverages[s])[:5]
    assert titles(figure)[0].startswith("task 9: ")
    assert titles(figure)[1:3] == ["l2 solution, same neurons", "kernel of the other tasks"]
    assert titles(figure)[3:9] == ["task 9", *[f"task {s + 1}" for s in order]]
    assert figure.axes[8].get_xlabel() == "x1, and 3 more tasks"


def test_kernels_of_one_and_of_three_inputs():
    """Curves for one, bent at the knots; for three the leverages alone."""
    one = kernel_answer(LabelledPoints(((0,), (1,), (2,), (3,)), ((0,), (0,), (1,), (1,)))).plot()
    assert {(1.0, 0.0), (2.0, 1.0)} <= set(points(line(one, "function-0")))
    three = LabelledPoints(((0, 0, 0), (1, 0, 0), (0, 1, 0), (0, 0, 1), (1, 1, 1)), ((0,), (0,), (0,), (0,), (1,)))
    assert titles(kernel_answer(three).plot()) == ["leverages, sum 1"]


def test_a_kernel_with_nothing_to_draw():
    """One line of error."""
    along = LabelledPoints(((0, 0, 0), (1, 1, 1), (2, 2, 2)), ((0,), (1,), (2,)))
    with pytest.raises(InputError, match="there is nothing to draw"):
        kernel_answer(along).plot()
    flat = LabelledPoints(CORNERS, ((3,),) * 4)
    with pytest.raises(InputError, match="there is nothing to draw"):
        kernel_answer(flat, solve=False).plot()
    assert "heights: 3 everywhere" in titles(kernel_answer(flat).plot())


@pytest.mark.parametrize("answer", ["fit", "judgement", "nearest", "kernel"])
def test_into_axes_of_ones_own(answer, macro, judged):
    """Every answer has the door that findings have: one panel, in the axes given."""
    found = {
        "fit": lambda: macro,
        "judgement": lambda: judged,
        "nearest": lambda: nearest("examples/unique.csv"),
        "kernel": lambda: kernel_answer(XOR),
    }[answer]()
    figure = pytest.importorskip("matplotlib.figure").Figure()
    ax = figure.add_subplot()
    assert found.plot(ax) is figure
    assert ax.lines
    assert ax.get_title(loc="left")


def test_names_of_files_reach_every_picture(tmp_path):
    """Here through a fit: as text in the SVG."""
    path = tmp_path / "table.csv"
    path.write_text("$t$,a$b$c,_d\n0,2,0\n1,1,1\n2,0,0\n3,1,1\n4,2,3\n")
    root = svg(fit(str(path), "1/10").plot())
    said = [text.strip() for text in texts(root)]
    assert [said.count(name) for name in ("$t$", "a$b$c", "_d")] == [1, 2, 2]  # below, in titles, in the legend
    assert "fit-0" in identifiers(root)
