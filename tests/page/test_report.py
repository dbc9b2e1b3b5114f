"""The report opens from disk, says what was found, asks for nothing, and carries a certificate that is accepted."""

import gzip
import hashlib
import os
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest
from browser import Watched
from example_tables import EXAMPLES, TABLES, answer, name_of
from reluproof import Dataset, check
from reluproof.verify.cli import main
from reluproof.verify.page import report_page


@pytest.fixture(scope="module")
def report_of(tmp_path_factory):
    """Table -> exit status of the command, and its report, written once for all tests that look at it."""
    folder, done = tmp_path_factory.mktemp("reports"), {}

    def written(table):
        if table not in done:
            path = folder / f"{len(done)}.html"
            done[table] = main(["report", str(table), "-o", str(path)]), path
        return done[table]

    return written


@pytest.fixture(scope="module")
def opened(browser):
    """One window for all reports: a new one takes longer than to look at one."""
    window = None

    def page_of(path, scheme="light"):
        nonlocal window
        if window is None:
            window = Watched(browser, path)
        window.page.emulate_media(color_scheme=scheme)
        window.open(path)
        return window

    return page_of


@pytest.fixture
def opened_report(opened, tmp_path):
    """The report of findings, opened in the same window."""

    def page_of(findings):
        path = tmp_path / "report.html"
        path.write_text(report_page(findings), encoding="utf-8")
        return opened(path)

    return page_of


@pytest.mark.parametrize("table", TABLES, ids=name_of)
def test_every_example(opened, report_of, capsys, table):
    """No console message, no request, the right verdict, the right number of statements, a moderate size.

    What check refuses, the report refuses with the same words.
    """
    status, path = report_of(table)
    findings = answer(table)
    if isinstance(findings, str):
        assert status == 2
        assert capsys.readouterr().err.endswith(f"{findings}\n")
        return
    assert status == 0
    watched = opened(path)
    page = watched.page
    assert page.locator("#verdict").get_attribute("class") == ("yes" if findings.unique else "no")
    word = "the only" if findings.unique else "not the only"
    assert page.inner_text("#verdict").lower() == f"connect-the-dots is {word} optimum"
    assert page.locator("details.statement").count() == len(findings.claims)
    assert page.locator("#picture svg").bounding_box()["height"] > 100
    assert watched.quiet, (watched.said, watched.asked)
    assert path.stat().st_size < 2**20


def test_the_certificate_is_accepted(opened, report_of, tmp_path):
    """What is downloaded has the hash that the page says, and the command on the page accepts it."""
    watched = opened(report_of(EXAMPLES / "run_of_two.csv")[1])
    with watched.page.expect_download() as download:
        watched.page.click("#certificate")
    assert download.value.suggested_filename == "proof.jsonl.gz"
    download.value.save_as(tmp_path / "proof.jsonl.gz")
    content = gzip.decompress((tmp_path / "proof.jsonl.gz").read_bytes())
    assert hashlib.sha256(content).hexdigest() in watched.page.inner_text("main")
    found = os.environ | {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    command = watched.page.inner_text("#recheck")
    done = subprocess.run(
        command, shell=True, cwd=tmp_path, env=found, capture_output=True, text=True, check=False
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "accepted" in done.stdout


def test_no_certificate_that_the_checker_rejects():
    """Where numbers are beyond the checker's limits, the page says so instead."""
    draw = Random(1)
    labels = [[f"{draw.getrandbits(1990)}/{draw.getrandbits(1990)}" for _ in range(14)] for _ in range(3)]
    page = report_page(check(Dataset.from_text(["0", "1/3", "2"], labels)))
    assert '<p id="certificate">There is no certificate: ' in page
    assert "proof.jsonl.gz" not in page


def marks(page, series):
    """What is said at the marks of a series, in their order."""
    return page.locator(f'#picture .mark[data-series="{series}"]').evaluate_all(
        "marks => marks.map(mark => mark.getAttribute('aria-label'))"
    )


def test_marks_say_their_exact_values(opened, report_of):
    """At data points, knots, kinks, angles, tents and contacts, in words and exact numbers."""
    page = opened(report_of(EXAMPLES / "second_differences_11011.csv")[1]).page
    labels = [0, 0, 1, 3, 5, 8, 12]
    kinks = ["", ", kink 1", ", kink 1", ", kink 0", ", kink 1", ", kink 1", ""]
    expected = [f"x = {x} (line {x + 3}): y = {y}{kink}" for x, (y, kink) in enumerate(zip(labels, kinks, strict=True))]
    assert marks(page, "optimum-0") == expected
    assert marks(page, "knots-0") == [f"knot of the sparsest optimum at x = {x}: kink 2" for x in ("1.5", "4.5")]
    farthest = [f"farthest 0.5 at x = {x}.5, between {x} and {x + 1} (lines {x + 3} and {x + 4})" for x in (1, 4)]
    assert marks(page, "tents-0") == [f"all optima lie here; {where}" for where in farthest]
    assert marks(page, "reach") == farthest
    assert marks(page, "contact gaps")[0] == "|eta| = 1 throughout: x = 1 to 2 (lines 4 to 5)"
    assert [text.partition(" (")[0] for text in marks(page, "contacts")] == [f"x = {x}" for x in (1, 2, 4, 5)]
    assert marks(page, "kinks-0")[3] == "x = 4 (line 7): kink 1, kernel coefficient -1"
    assert marks(page, "aligned")[1] == "x = 4 and 5 (lines 7 and 8): aligned, 1 - cos is exactly 0"


def test_angles_are_exact(opened_report):
    """Kinks (1, 0) and (1, 1): 1 - cos is 1 - sqrt(1/2)."""
    page = opened_report(check([0, 1, 2, 3], [[0, 0], [0, 0], [1, 0], [3, 1]])).page
    assert marks(page, "angles") == ["x = 1 and 2: 1 - cos = -sqrt(1/2) + 1, 0.292893..."]


def test_marks_by_pointer_and_by_keyboard(opened, report_of):
    """Where the mark is, there is its value: on hover, and by Tab and arrow keys."""
    page = opened(report_of(EXAMPLES / "unique.csv")[1]).page
    series = page.locator('#picture .mark[data-series="optimum-0"]')
    said = marks(page, "optimum-0")
    assert not page.is_visible("#tip")
    for index, text in enumerate(said):
        box = series.nth(index).bounding_box()
        page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        assert page.inner_text("#tip") == text
    page.mouse.move(0, 0)
    assert not page.is_visible("#tip")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("Tab")
    assert page.inner_text("#tip") == said[0]
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    assert page.inner_text("#tip") == said[2]
    page.keyboard.press("End")
    page.keyboard.press("ArrowRight")
    assert page.inner_text("#tip") == said[-1]
    page.keyboard.press("Tab")
    assert page.inner_text("#tip") not in said


def colour(page, selector, what):
    """The colour of a thing as three numbers from 0 to 255."""
    text = page.locator(selector).first.evaluate(f"node => getComputedStyle(node).{what}")
    return [int(number) for number in text.removeprefix("rgb(").rstrip(")").split(",")]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_picture_follows_the_page(opened, report_of, scheme):
    """No white panels on a dark page: ground, words and lines have its colours, and differ enough to be read."""
    page = opened(report_of(EXAMPLES / "us_macro_rounded.csv")[1], scheme).page
    ground = colour(page, "body", "backgroundColor")
    assert (sum(ground) < 3 * 60) == (scheme == "dark")
    assert colour(page, "#picture #patch_1 path", "fill") == ground
    assert colour(page, "#picture #axes_1 #patch_2 path", "fill") == ground
    for selector, what in (("#picture text", "fill"), ("#optimum-0 use", "fill"), ("#sparsest-0 path", "stroke")):
        assert contrast(colour(page, selector, what), ground) >= 3
    assert contrast(colour(page, "#optimum-0 path", "stroke"), ground) >= 2  # wide, and with marks of another colour


def contrast(one, other):
    """The ratio of luminances by which WCAG 2 measures whether something can be read."""

    def luminance(rgb):
        linear = [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in (c / 255 for c in rgb)]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    low, high = sorted([luminance(one), luminance(other)])
    return (high + 0.05) / (low + 0.05)


def test_names_are_text(opened, tmp_path):
    """Nothing in a file name, a header or a cell is taken for markup, and no script runs but the page's own."""
    evil = "<script>document.title='caught'</script>"
    table = tmp_path / "<img src=x onerror=alert(1)>.csv"
    rows = [f'{x},{y},{y * y},"</style><b>bold</b>"' for x, y in ((0, 0), (1, 1), (2, 0), (3, 3))]
    head = f'"{evil}","{{{{style}}}}&amp;","</svg><b>y</b>","<b>other</b>"'
    table.write_text("\n".join([head, *rows]) + "\n")
    path = tmp_path / "report.html"
    assert main(["report", str(table), "--y", "2,3", "-o", str(path)]) == 0
    watched = opened(path)
    page = watched.page
    assert page.title().endswith("<img src=x onerror=alert(1)>.csv: connect-the-dots is the only optimum")
    assert page.locator("script").count() == 1
    assert page.locator("img").count() == 0
    assert page.locator("header b, #picture b, #points b").count() == 0
    page.click("summary >> nth=0")
    assert evil in page.inner_text("#points")
    assert "{{style}}&amp;" in page.inner_text("#points")
    assert "</svg><b>y</b>" in page.locator("#picture svg").text_content()
    assert marks(page, "optimum-1")[0] == f"{evil} = 0 (line 2): </svg><b>y</b> = 0"
    assert watched.quiet


@pytest.mark.parametrize("width", [1200, 400])
def test_long_names_leave_the_page_as_it_is(opened, tmp_path, width):
    """No heading of a table is as high as the window, and nothing is wider than it."""
    table = tmp_path / f"{'n' * 200}.csv"
    names = ["w" * 300, "\u4e2d\u6587\u5217" * 40, "\u05e9\u05dc\u05d5\u05dd"]
    table.write_text(",".join(names) + "\n0,0,1\n1,1,0\n2,3,1\n3,1,4\n", encoding="utf-8")
    path = tmp_path / "report.html"
    assert main(["report", str(table), "-o", str(path)]) == 0
    page = opened(path).page
    page.set_viewport_size({"width": width, "height": 800})
    page.click("summary >> nth=0")
    assert [text.replace("\n", "") for text in page.locator("#points thead th").all_inner_texts()[:3]] == names
    assert page.locator("#points thead").bounding_box()["height"] < 500
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.set_viewport_size({"width": 1280, "height": 720})


def test_a_script_that_got_in_would_not_run(opened, report_of, tmp_path):
    """The policy of the page allows its own script by its hash, and nothing else."""
    path = tmp_path / "report.html"
    page = report_of(EXAMPLES / "unique.csv")[1].read_text(encoding="utf-8")
    path.write_text(page.replace("<main>", "<main><script>document.title = 'caught'</script>"), encoding="utf-8")
    watched = opened(path)
    assert watched.page.title() != "caught"
    assert any("Content Security Policy" in text for text in watched.said)


def test_long_data_make_a_moderate_page():
    """Points are listed up to a limit, which is said; the picture is thinned."""
    page = report_page(check(Dataset.from_fractions(range(3000), [n * n % 7 for n in range(3000)])))
    assert "the first 1000 of 3000 points" in page
    assert len(page) < 2**20


def test_many_tasks(opened_report):
    """Small multiples have their marks too."""
    watched = opened_report(check(range(5), [[t * x * x for t in range(5)] for x in range(5)]))
    assert marks(watched.page, "optimum-4")[2] == "x = 2: task 5 = 16, kink 8"
    assert watched.quiet


def test_refusals(tmp_path, capsys):
    """The data are not overwritten; a folder that is not there is said in one line."""
    table = tmp_path / "data.csv"
    table.write_text("0,0\n1,1\n")
    assert main(["report", str(table), "-o", str(table)]) == 2
    assert table.read_text() == "0,0\n1,1\n"
    assert main(["report", str(table), "-o", str(tmp_path / "none" / "r.html")]) == 2
    assert capsys.readouterr().err.count("\n") == 2
