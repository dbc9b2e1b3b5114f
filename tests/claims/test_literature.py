"""The table of the literature: every line is complete, and `reluproof claims` shows whose statement it is."""

import json

import pytest
from reluproof.verify.claims.registry import REGISTRY
from reluproof.verify.cli import main
from reluproof.verify.standing.literature import works, works_about
from reluproof.verify.standing.note import NOTES


def test_every_line_is_read():
    """As many works as lines of the table; letters of the registry; a year, and what was compared, in each."""
    lines = [line for line in (NOTES / "literature.md").read_text().splitlines() if line.startswith("| ")]
    found = works()
    assert len(found) == len(lines) - 1 >= 10
    for work in found:
        assert set(work.about) <= set(REGISTRY), work.authors
        assert 2000 < int(work.authors[-4:]) < 2100
        assert len(work.title) > 10
        assert len(work.agreement) > 50
        assert work.compared.startswith(("abstract", "text", "nothing"))


def test_the_rest_is_named():
    """What no work is about is listed below the table, letter by letter."""
    silent = [letter for letter in REGISTRY if not works_about(letter)]
    text = (NOTES / "literature.md").read_text().partition("\nStatements ")[2].partition(" were found")[0]
    spelled = text.replace("AB to AF", "AB, AC, AD, AE, AF").replace("BA to BF", "BA, BB, BC, BD, BE, BF")
    assert sorted(spelled.replace(" and ", ", ").split(", ")) == sorted(silent)


@pytest.mark.parametrize("letter", list("ABCDEFGH"))
def test_the_paper_stands_beside_its_statements(letter):
    """The registry says 'paper' exactly where the table names it."""
    assert REGISTRY[letter].source.startswith("paper")
    assert "Nakhleh, Shenouda, Nowak 2024" in works_about(letter)


def test_the_command_shows_them(capsys):
    """As text and as JSON."""
    assert main(["claims", "K", "--examples", "5"]) == 0
    printed = capsys.readouterr().out
    assert "source    derived" in printed
    assert "works     Debarre, Denoyelle, Unser, Fageot 2022; " in printed
    assert main(["claims", "K", "--examples", "5", "--json"]) == 0
    (claim,) = [c for c in json.loads(capsys.readouterr().out)["claims"] if c["letter"] == "K"]
    assert claim["literature"] == works_about("K")


def test_no_notes_no_works(tmp_path):
    """Without notes there is nothing to show; a line without a year is an error, not a gap."""
    assert works(tmp_path) == []
    (tmp_path / "literature.md").write_text("| work | about | agrees | compared |\n| Somebody | A | so | abstract |\n")
    with pytest.raises(ValueError, match="no authors, year and title"):
        works(tmp_path)
