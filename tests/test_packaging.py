"""What is installed: every module and data file of the two rooms, under one parent, and nothing else."""

import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The names in a wheel built from this checkout."""
    source, target = (tmp_path_factory.mktemp(name) for name in ("source", "wheel"))
    # A copy, because building in place leaves old modules behind that a later wheel would pick up.
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source)
    for room in ("theory", "verify"):
        shutil.copytree(ROOT / room, source / room, ignore=shutil.ignore_patterns("__pycache__"))
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation"]
    subprocess.run([*command, "--wheel-dir", str(target), str(source)], check=True, capture_output=True, timeout=300)
    (path,) = target.glob("*.whl")
    return set(zipfile.ZipFile(path).namelist())


def test_every_module_and_schema_is_in_the_wheel(wheel):
    """theory/ and verify/ install below reluproof/, with their type marker, schemas and specification."""
    expected = {
        f"reluproof/{path.relative_to(ROOT)}".replace("reluproof/verify/face/", "reluproof/")
        for room in ("theory", "verify")
        for path in (ROOT / room).rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    }
    assert expected <= wheel
    assert {name.split("/")[0] for name in wheel if ".dist-info" not in name} == {"reluproof"}


def test_every_folder_with_modules_is_a_package():
    """The list in pyproject.toml is that of the folders; verify/face is the package `reluproof` itself."""
    listed = set(tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["setuptools"]["packages"])
    folders = {path.parent.relative_to(ROOT) for room in ("theory", "verify") for path in (ROOT / room).rglob("*.py")}
    named = {".".join(("reluproof", *folder.parts)) for folder in folders}
    assert listed == named - {"reluproof.verify.face"} | {"reluproof"}


def test_the_face(tmp_path):
    """`from reluproof import ...`, the version, and `python -m reluproof`, whatever the working directory."""
    code = (
        "import reluproof; from reluproof import Dataset, check; print(reluproof.__version__, reluproof.check is check)"
    )
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    for command, expected in (
        (("-c", code), f"{version} True"),
        (("-m", "reluproof", "--version"), f"reluproof {version}"),
    ):
        done = subprocess.run([sys.executable, *command], capture_output=True, text=True, check=True, cwd=tmp_path)
        assert done.stdout.strip() == expected


def test_no_module_shadows_the_standard_library():
    """A file named json.py beside the checker would be imported in the place of json."""
    for room in ("theory", "verify"):
        names = {path.stem for path in (ROOT / room).glob("*.py")} - {"numbers"}
        assert not names & sys.stdlib_module_names
    assert not (ROOT / "verify" / "numbers.py").exists()


def test_versions_agree():
    """pyproject, citation and changelog name one version."""
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    assert f"version: {version}" in (ROOT / "CITATION.cff").read_text()
    assert f"## {version}" in (ROOT / "CHANGELOG.md").read_text()
