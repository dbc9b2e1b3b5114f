"""The README says what the program does now."""

import re
import subprocess
import sys
from xml.etree import ElementTree

import pytest
from pictures.figures import identifiers, texts
from readme import MARKER, README, ROOT, STORED, with_transcripts, write_stored


def test_transcripts_are_what_the_program_prints():
    """Every transcript equals the output of its command; `python tests/readme.py` brings them up to date."""
    text = README.read_text()
    assert len(MARKER.findall(text)) >= 2
    assert with_transcripts(text) == text


@pytest.mark.parametrize("name", STORED)
def test_what_is_stored_is_what_the_program_writes(name, tmp_path):
    """The page to the byte; of the picture what it says and names: its bytes depend on the version of matplotlib."""
    path = tmp_path / (ROOT / name).name
    write_stored(name, path)
    if path.suffix == ".svg":
        now, stored = [ElementTree.fromstring(file.read_bytes()) for file in (path, ROOT / name)]
        assert texts(now) == texts(stored)
        assert identifiers(now) == identifiers(stored)
    else:
        assert path.read_bytes() == (ROOT / name).read_bytes()
    assert f"]({name})" in README.read_text()


def test_python_example_runs():
    """The example in the README runs, and its comments are true."""
    code = re.search(r"```python\n(.*?)```", README.read_text(), re.DOTALL)[1]
    names = {}
    exec(code, names)
    findings = names["findings"]
    assert findings.unique is False
    assert repr(findings.cost.exact()) == "RootSum(terms=(4,))"
    assert findings.sparsest.width == 1


def test_the_script_with_a_cluster_runs_as_it_stands(tmp_path):
    """Saved to a file and run: the main guard lets the workers import it; its comment is what it prints."""
    pytest.importorskip("distributed")
    (block,) = re.findall(r"```python\n(from distributed.*?)```", README.read_text(), re.DOTALL)
    script = tmp_path / "script.py"
    script.write_text(block)
    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == re.search(r"# (.*?): none found", block)[1]


def test_make_targets_and_files_exist():
    """Every make target and every linked file that the README names is there."""
    text, makefile = README.read_text(), (ROOT / "Makefile").read_text()
    for target in set(re.findall(r"`?make ([a-z-]+)", text)):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target
    for link in re.findall(r"\]\((?!http)([^)]+)\)", text):
        assert (ROOT / link).exists(), link
