"""The page of every example file opens without a word, and says what Python found."""

import re

import pytest
from browser import Watched
from example_tables import TABLES, answer, name_of
from flint import fmpq
from reluproof.verify.cli import main
from reluproof.verify.explore.page import MOST_POINTS, MOST_TASKS

LARGEST = 2**20


@pytest.fixture(scope="module")
def opened(browser, tmp_path_factory):
    """One page of the browser for all files: command line -> status, and the page where there is one."""
    path = tmp_path_factory.mktemp("explore") / "page.html"
    path.write_text("<link rel=icon href='data:,'>")
    watched = Watched(browser, path)

    def command(table):
        status = main(["explore", str(table), "-o", str(path)])
        if status == 0:
            watched.open(path)
        return status, watched, path.stat().st_size

    return command


def findings_shown(page):
    """{name: text} of the numbers below the picture."""
    return dict(zip(page.locator("dt").all_inner_texts(), page.locator("dd").all_inner_texts(), strict=True))


def exactly(text):
    """A number, or the square root of one, squared."""
    found = re.fullmatch(r"(sqrt\()?(-?\d+(?:/\d+)?)\)?(?:, about .*)?", text)
    value = fmpq(*map(int, found[2].split("/")))
    return value if found[1] else value * value


def margin_shown(text):
    """(rational, discriminant) of the square of the margin, from its words."""
    if text.startswith("0"):
        return fmpq(0), fmpq(0)
    if (found := re.search(r"its square is (\S+) - sqrt\((\S+)\)$", text)) is not None:
        return tuple([fmpq(*map(int, number.split("/"))) for number in found.groups()])
    return exactly(text.rpartition(" (at ")[0]), fmpq(0)


@pytest.mark.parametrize("table", TABLES, ids=name_of)
def test_every_example(opened, capsys, table):
    """Verdict, runs, radius, neurons and margin as read from the page; or the one line of a refusal."""
    status, watched, size = opened(table)
    findings = answer(table)
    error = capsys.readouterr().err
    if isinstance(findings, str):
        assert (status, error) == (2, f"reluproof: {findings}\n")
        return
    points, tasks = findings.data.size, findings.data.tasks
    if points > MOST_POINTS or tasks > MOST_TASKS:
        said = f"the page shows at most 200 points and 2 tasks, not {points} points and {tasks} tasks"
        said += ": choose labels with --y" if tasks > MOST_TASKS else ""
        assert (status, error) == (2, f"reluproof: {table}: {said}\n")
        return
    assert (status, watched.said, watched.quiet) == (0, [], True)
    assert size < LARGEST
    compare(watched.page, findings)


def compare(page, findings):
    """What the page says with what was found."""
    shown, runs = findings_shown(page), [run for run in findings.runs if run.length > 1]
    x, word = findings.source.x_name or "x", "run" if len(runs) == 1 else "runs"
    if findings.unique:
        assert page.inner_text("#verdict") == "Connect-the-dots is the only optimum."
        assert "aligned runs" not in shown
    else:
        said = f"Connect-the-dots is not the only optimum: kinks are aligned on {len(runs)} {word}."
        assert page.inner_text("#verdict") == said
        spans = [f"{x} = {findings.data.points[r.first]} to {findings.data.points[r.last]}" for r in runs]
        assert shown["aligned runs"] == "; ".join(spans)
        radius, at = shown["radius"].rsplit(f", reached at {x} = ", 1)
        assert exactly(radius) == findings.optima.radius.height_squared
        assert at == str(findings.optima.radius.at)
    widths = [int(number) for number in re.findall(r"\d+", shown["neurons"])]
    assert widths == [len(findings.optima.connect_the_dots.knots), findings.sparsest.width]
    if findings.margin is None:
        assert shown["margin"].startswith("none")
    else:
        assert margin_shown(shown["margin"]) == (findings.margin.rational, findings.margin.discriminant)
