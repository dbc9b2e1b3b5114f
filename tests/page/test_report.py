"""The report opens from disk, says what was found, asks for nothing, and carries a certificate that is accepted."""

import base64
import gzip
import hashlib
import subprocess
import sys
from pathlib import Path

import pytest
from browser import Watched, chromium
from reluproof import Dataset, check
from reluproof.verify.cli import main
from reluproof.verify.page import report_page

ROOT = Path(__file__).parents[2]
EXAMPLES = sorted((ROOT / "examples").glob("*.csv"))


@pytest.fixture(scope="module")
def browser():
    """One Chromium for all tests."""
    with chromium() as found:
        yield found


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_every_example(browser, tmp_path, example):
    """No console message, no request, the right verdict, the right number of statements, a moderate size."""
    findings = check(example)
    path = tmp_path / "report.html"
    path.write_text(report_page(findings), encoding="utf-8")
    watched = Watched(browser, path)
    verdict = watched.page.locator("#verdict")
    assert verdict.get_attribute("class") == ("yes" if findings.unique else "no")
    assert ("not the only" in verdict.inner_text()) == (not findings.unique)
    assert watched.page.locator("main > details").count() == 2 + len(findings.claims)
    assert watched.page.locator("#picture svg").bounding_box()["height"] > 100
    assert watched.quiet, (watched.said, watched.asked)
    assert path.stat().st_size < 2**20
    watched.page.close()


def test_the_certificate_is_accepted(browser, tmp_path):
    """What the link holds has the hash that the page says, and the checker accepts it."""
    path = tmp_path / "report.html"
    assert main(["report", str(ROOT / "examples" / "run_of_two.csv"), "-o", str(path)]) == 0
    watched = Watched(browser, path)
    link = watched.page.locator("#certificate")
    content = gzip.decompress(base64.b64decode(link.get_attribute("href").partition(",")[2]))
    assert hashlib.sha256(content).hexdigest() in watched.page.inner_text("main")
    proof = tmp_path / "proof.jsonl"
    proof.write_bytes(content)
    done = subprocess.run(
        [sys.executable, "-I", "-S", str(ROOT / "verify" / "checker.py"), str(proof)], capture_output=True, check=False
    )
    assert done.returncode == 0
    watched.page.close()


def test_marks_say_their_exact_values(browser, tmp_path):
    """A title over the shaded reach gives the place and the height."""
    path = tmp_path / "report.html"
    path.write_text(report_page(check(ROOT / "examples" / "second_differences_11011.csv")), encoding="utf-8")
    watched = Watched(browser, path)
    title = watched.page.locator("#picture g#tent-1-0 > title").text_content()
    assert title == "all optima lie here; farthest 1/2 at x = 1.5, between 1 and 2 (lines 4 and 5)"
    watched.page.close()


def test_names_are_text(browser, tmp_path):
    """Nothing in a file name or a header is taken for markup."""
    table = tmp_path / "<b>.csv"
    table.write_text('"<script>document.title=1</script>","{{style}}&"\n0,0\n1,1\n2,0\n3,3\n')
    path = tmp_path / "report.html"
    assert main(["report", str(table), "-o", str(path)]) == 0
    watched = Watched(browser, path)
    assert "<b>.csv" in watched.page.title()
    watched.page.click("summary >> nth=0")
    assert "<script>document.title=1</script>" in watched.page.inner_text("#points")
    assert "{{style}}&" in watched.page.inner_text("#points")
    assert watched.quiet
    watched.page.close()


def test_long_data_make_a_moderate_page():
    """Points are listed up to a limit, which is said; the picture is thinned."""
    page = report_page(check(Dataset.from_fractions(range(3000), [n * n % 7 for n in range(3000)])))
    assert "the first 1000 of 3000 points" in page
    assert len(page) < 2**20


def test_refusals(tmp_path, capsys):
    """The data are not overwritten; a folder that is not there is said in one line."""
    table = tmp_path / "data.csv"
    table.write_text("0,0\n1,1\n")
    assert main(["report", str(table), "-o", str(table)]) == 2
    assert table.read_text() == "0,0\n1,1\n"
    assert main(["report", str(table), "-o", str(tmp_path / "none" / "r.html")]) == 2
    assert capsys.readouterr().err.count("\n") == 2
