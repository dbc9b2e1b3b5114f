"""The report as PDF: what it says, its picture, its certificate; the same bytes again; without the extra, one line."""

import gzip
import hashlib
import io
from fractions import Fraction
from pathlib import Path

import pytest
from reluproof import check
from reluproof.verify.cli import main

pytest.importorskip("reportlab", reason="reluproof[pdf] is not installed")
pypdf = pytest.importorskip("pypdf", reason="reluproof[pdf] is not installed")

from reluproof.verify import checker  # noqa: E402
from reluproof.verify.page import report_pdf  # noqa: E402

ROOT = Path(__file__).parents[2]


def text_of(reader):
    """All words of a document, with one blank between them."""
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


@pytest.fixture(scope="module")
def report():
    """That of an example with two runs."""
    findings = check(ROOT / "examples" / "second_differences_11011.csv")
    return findings, report_pdf(findings)


def test_what_it_says(report):
    """The verdict, the numbers, every statement with its proof, and what the picture says about its panels."""
    findings, content = report
    reader = pypdf.PdfReader(io.BytesIO(content))
    text = text_of(reader)
    assert "Connect-the-dots is not the only optimum" in text
    assert "cost: exactly 4" in text
    assert "All 7 points." in text
    assert "optimal cost exactly 4" in text
    for result in findings.claims:
        assert f"{result.letter}. {result.name}: holds" in text
    assert "Let f be optimal. Then both inequalities in A's chain are equalities." in text
    assert "∫ hat_j d|mu|" in text
    assert "distance from connect-the-dots" in text  # the name of a panel: the picture is vectors, not pixels
    assert reader.metadata.title.endswith("connect-the-dots is not the only optimum")
    assert not any(page.images for page in reader.pages)


def test_the_certificate_is_attached(report):
    """With the hash that is printed, and accepted by the checker."""
    _, content = report
    reader = pypdf.PdfReader(io.BytesIO(content))
    (packed,) = reader.attachments["proof.jsonl.gz"]
    lines = gzip.decompress(packed)
    assert hashlib.sha256(lines).hexdigest() in text_of(reader)
    checker.Proof(iter(lines.splitlines(keepends=True))).run()


def test_the_same_bytes(report):
    """No date, no random identifier."""
    findings, content = report
    assert report_pdf(findings) == content


def test_names_are_text(tmp_path):
    """Markup of reportlab's in names is text; what the fonts lack is written by its number."""
    table = tmp_path / "<i>\u4e2d.csv"
    table.write_text('x & <b>y,"<font size=99>z</font>"\n0,0\n1,1\n2,0\n', encoding="utf-8")
    target = tmp_path / "r.pdf"
    assert main(["report", str(table), "--pdf", str(target)]) == 0
    text = text_of(pypdf.PdfReader(target))
    assert "x & <b>y" in text
    assert "<font size=99>z</font>" in text
    assert "<i>\\u4e2d.csv" in text


@pytest.mark.parametrize(
    "labels", [[[0] * 40, [1] * 40, [0] * 40], [[Fraction(10**300, 7)], [Fraction(1, 3)], [Fraction(0)]]]
)
def test_wide_data(labels):
    """Many tasks and long numbers fit on pages."""
    assert len(pypdf.PdfReader(io.BytesIO(report_pdf(check(range(3), labels)))).pages) > 3


def test_refusals(tmp_path, capsys, monkeypatch):
    """One line each, and nothing written."""
    table = tmp_path / "data.csv"
    table.write_text("0,0\n1,1\n")
    target = str(tmp_path / "r.pdf")
    for arguments, said in (
        ([], "say where it goes"),
        (["--pdf", str(tmp_path / "r.txt")], "must end in .pdf"),
        (["--pdf", target, "-o", target], "name one file"),
        (["--pdf", str(tmp_path / "none" / "r.pdf")], "cannot be written"),
    ):
        assert main(["report", str(table), *arguments]) == 2
        error = capsys.readouterr().err
        assert error.count("\n") == 1
        assert said in error
    monkeypatch.setattr("reluproof.verify.page.pdf.find_spec", lambda name: None)
    assert main(["report", str(table), "--pdf", target]) == 2
    assert capsys.readouterr().err.endswith("needs an extra: pip install 'reluproof[pdf]'\n")
    assert [path.name for path in tmp_path.iterdir()] == ["data.csv"]


def test_both(tmp_path, capsys):
    """A page and a PDF of one decision."""
    table = ROOT / "examples" / "unique.csv"
    page, pdf = tmp_path / "r.html", tmp_path / "r.pdf"
    assert main(["report", str(table), "-o", str(page), "--pdf", str(pdf)]) == 0
    assert capsys.readouterr().out.count("written to") == 2
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert pdf.read_bytes().startswith(b"%PDF")
