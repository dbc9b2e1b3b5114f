"""Pictures of `reluproof kernel`: what stands beside each other, in which colours, and how the inputs are called."""

import json

import numpy
import pytest
from flint import fmpq
from reluproof.verify.cli import main
from reluproof.verify.pictures.kernel import fixed_kernels, plot_kernel
from reluproof.verify.pictures.surfaces import heights
from reluproof.verify.pictures.view import number

from .figures import lines_named, titles

EIGHT = "examples/paper/eight_points/eight_points_101.csv"


@pytest.fixture
def drawn(monkeypatch, tmp_path, capsys):
    """Runs the command with a picture: (its JSON, the answer drawn, the solutions of fixed kernels, the figure)."""
    kept = []

    def keep(answer, **options):
        found = options["against"]
        kernels = {} if found is None else fixed_kernels(answer, found)
        kept.append((answer, kernels, plot_kernel(answer, **options)))
        return kept[-1][-1]

    def command(*arguments):
        monkeypatch.setattr("reluproof.verify.pictures.kernel.plot_kernel", keep)
        assert main(["kernel", *arguments, "--json", "--plot", str(tmp_path / "picture.svg")]) in (0, 3)
        return json.loads(capsys.readouterr().out.partition("\n")[0]), *kept[-1]

    return command


def test_solutions_of_fixed_kernels_stand_beside(drawn):
    """With --task: the l2 solution and that of the others' kernel, as far away as is printed, in one scale."""
    said, answer, kernels, figure = drawn(
        EIGHT, "--x", "x1", "--y", "x2,paper,other_3,other_19", "--inputs", "2", "--task", "other_19"
    )
    assert titles(figure)[1:6] == [
        "l2 solution, same neurons",
        "kernel of the other tasks",
        "other_19",
        "paper",
        "other_3",
    ]
    points = numpy.array([[number(entry) for entry in point] for point in answer.data.points]).T
    grid = numpy.meshgrid(*[numpy.linspace(-1, 1, 81)] * 2)
    optimum = heights(answer.optimum.network, 2, *grid)
    labels = [number(entry) for entry in answer.data.column(2)]
    for network, key in zip(kernels.values(), ("distance_l2", "distance_others"), strict=True):
        assert heights(network, 0, *points) == pytest.approx(labels)
        apart = abs(heights(network, 0, *grid) - optimum).max()
        lower, upper = [float(said[key][end]) for end in ("lower", "upper")]
        assert 0.9 * lower - 1e-9 <= apart <= upper + 1e-9
    assert float(said["distance_others"]["lower"]) > 0.1
    assert len({ax.get_zlim() for ax in figure.axes[:3]}) == 1
    shades = [shade for ax in figure.axes[:3] for shade in ax.collections]
    assert {(shade.norm.vmin, shade.norm.vmax) for shade in shades} == {figure.axes[0].get_zlim()}


def test_a_task_without_such_solutions(drawn):
    """One task: nothing to be beside it but another optimum, and the heights have room."""
    _, _, kernels, figure = drawn("examples/paper/eight_points/eight_points_1.csv", "--inputs", "2", "--task", "1")
    assert kernels == {}
    assert titles(figure)[:3] == ["paper: an optimum", "another optimum", "heights"]


def test_curves_of_fixed_kernels(drawn, tmp_path):
    """One input: beside the function of the task, not of the others; through the data."""
    table = tmp_path / "table.csv"
    table.write_text("t,a,b\n0,0,0\n1,0,0\n2,1,0\n3,0,1\n4,2,0\n")
    _, answer, kernels, figure = drawn(str(table), "--inputs", "1", "--task", "b")
    for title, network in kernels.items():
        (curve,) = lines_named(figure, title)
        assert curve.axes is figure.axes[1]
        assert list(curve.get_ydata()) == [number(network((fmpq(x),))[0]) for x in map(int, curve.get_xdata())]
        values = [number(network(point)[0]) for point in answer.data.points]
        assert values == pytest.approx([number(label) for label in answer.data.column(1)])
    assert set(kernels) <= {"l2 solution, same neurons", "kernel of the other tasks"}
    assert kernels
    assert [ax.get_xlabel() for ax in figure.axes[:2]] == ["t", "t"]


@pytest.mark.parametrize(("header", "called"), [("width,$h$,y\n", ["width", r"\$h\$"]), ("", ["x1", "x2"])])
def test_inputs_have_their_names(drawn, tmp_path, header, called):
    """Those of the columns along every surface and map; numbered where the table has none."""
    table = tmp_path / "table.csv"
    table.write_text(header + "1,1,1\n1,-1,-1\n-1,-1,1\n-1,1,-1\n")
    _, _, _, figure = drawn(str(table), "--inputs", "2")
    assert [[ax.get_xlabel(), ax.get_ylabel()] for ax in figure.axes[:3]] == [called] * 3
