"""--plot: a picture is written and said to be; what cannot be written is refused before anything is computed."""

import re
from xml.etree import ElementTree

import pytest
from reluproof.verify.cli import main

EXAMPLES = "examples/second_differences_11011.csv"
PAPER = "examples/paper/one_input/"


@pytest.fixture(scope="module")
def square(tmp_path_factory):
    """A table with two inputs."""
    path = tmp_path_factory.mktemp("data") / "square.csv"
    path.write_text("u,v,y\n1,1,1\n1,-1,-1\n-1,-1,1\n-1,1,-1\n")
    return str(path)


@pytest.fixture(scope="module")
def valley(tmp_path_factory):
    """A short table with one task."""
    path = tmp_path_factory.mktemp("data") / "valley.csv"
    path.write_text("x,y\n0,2\n1,1\n2,0\n3,1\n4,2\n")
    return str(path)


@pytest.mark.parametrize(
    ("command", "panel"),
    [
        (["check", EXAMPLES], "dual certificate"),
        (["judge", PAPER + "one_task.csv", PAPER + "networks/one_task-0.npz"], "the network"),
        (["fit", "valley", "--lambda", "1/10", "--plot-width", "column"], "residuals"),
        (["fit", "valley", "--choose", "df:3"], "lambda chosen by df:3"),
        (["fit", "valley", "--path", "4"], "number of kinks"),
        (["fit", "valley", "--path", "exact"], "kinks over lambda, exact"),
        (["nearest", EXAMPLES], "kinks aligned here"),
        (["kernel", "square", "--inputs", "2"], "another optimum"),
        (["kernel", "square", "--inputs", "2", "--labels-only"], "leverages, sum 1"),
    ],
)
def test_the_picture_is_written_and_said_to_be(command, panel, tmp_path, capsys, valley, square):
    """Of every command that has one, and it is the one of that command."""
    given = [{"valley": valley, "square": square}.get(word, word) for word in command]
    path = tmp_path / "picture.svg"
    assert main([*given, "--plot", str(path)]) in (0, 3)
    assert re.search(rf"picture written to {re.escape(str(path))}$", capsys.readouterr().out)
    root = ElementTree.fromstring(path.read_bytes())
    assert panel in ["".join(node.itertext()) for node in root.iter() if node.tag.endswith("}text")]


@pytest.mark.parametrize(
    "command",
    [
        ["check", EXAMPLES],
        ["judge", PAPER + "one_task.csv", PAPER + "networks/one_task-0.npz"],
        ["fit", EXAMPLES, "--lambda", "1"],
        ["nearest", EXAMPLES],
        ["kernel", EXAMPLES, "--inputs", "1"],
    ],
)
def test_what_cannot_be_written_is_refused(command, tmp_path, capsys):
    """Another format, the data themselves, a width without a picture: one line each, and nothing is printed."""
    for options, why in (
        (["--plot", str(tmp_path / "picture.gif")], "ends in .svg, .png, .pdf"),
        (["--plot-width", "column"], "--plot-width belongs to --plot"),
    ):
        assert main([*command, *options]) == 2
        said = capsys.readouterr()
        assert why in said.err
        assert said.out == ""


def test_the_picture_of_nothing_is_refused(tmp_path, capsys):
    """Three points have no nearest dataset, labels on a line no leverage; one line, status 2, no file."""
    three = tmp_path / "three.csv"
    three.write_text("x,y\n0,0\n1,1\n2,2\n")
    path = tmp_path / "picture.svg"
    for command in (["nearest", str(three)], ["kernel", str(three), "--inputs", "1", "--labels-only"],
                    ["fit", str(three), "--path", "exact"]):  # fmt: skip
        assert main([*command, "--plot", str(path)]) == 2
        said = capsys.readouterr()
        assert (said.err.count("\n"), said.out) == (1, "")
        assert not path.exists()


def test_two_outputs_in_one_file_are_refused(tmp_path, capsys, valley):
    """The picture would replace the other."""
    path = str(tmp_path / "one.svg")
    assert main(["fit", valley, "--lambda", "1", "--out", path, "--plot", path]) == 2
    assert "--plot and --out name one file" in capsys.readouterr().err


def test_the_data_are_not_overwritten(tmp_path, capsys):
    """Whatever they are called."""
    path = tmp_path / "data.svg"
    path.write_text("x,y\n0,0\n1,1\n2,0\n3,5\n")
    assert main(["nearest", str(path), "--plot", str(path)]) == 2
    assert "that is the file with the data" in capsys.readouterr().err
    assert path.read_text().startswith("x,y")


@pytest.mark.parametrize(("suffix", "boxes"), [(".png", True), (".svg", False)])
def test_characters_that_the_font_lacks(suffix, boxes, tmp_path, capsys, recwarn):
    """Said in one line where they become boxes; no warning of the library."""
    data = tmp_path / "prices.csv"
    data.write_text("t,\u4fa1\u683c\n0,2\n1,1\n2,0\n3,1\n", encoding="utf-8")
    path = tmp_path / f"picture{suffix}"
    assert main(["nearest", str(data), "--plot", str(path)]) == 0
    line = "reluproof: the picture has boxes for \u4fa1\u683c, which its font lacks; .svg keeps the text\n"
    assert capsys.readouterr().err == (line if boxes else "")
    assert not recwarn.list
    assert boxes or "\u4fa1\u683c" in path.read_text(encoding="utf-8")


def test_a_folder_that_is_not_there(tmp_path, capsys):
    """One line, status 2."""
    assert main(["nearest", EXAMPLES, "--plot", str(tmp_path / "none" / "p.svg")]) == 2
    assert "cannot be written" in capsys.readouterr().err
