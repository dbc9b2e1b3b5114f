"""What is installed: every module and data file of the two rooms, under one parent, and nothing else."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FOLDERS = ("theory", "verify", "proofs_notes", "examples")
NOT_INSTALLED = {".gitignore"}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """A wheel built from this checkout."""
    source, target = (tmp_path_factory.mktemp(name) for name in ("source", "wheel"))
    # A copy, because building in place leaves old modules behind that a later wheel would pick up.
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source)
    for room in FOLDERS:
        shutil.copytree(ROOT / room, source / room, ignore=shutil.ignore_patterns("__pycache__"))
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation"]
    subprocess.run([*command, "--wheel-dir", str(target), str(source)], check=True, capture_output=True, timeout=300)
    (path,) = target.glob("*.whl")
    return path


def test_every_module_and_schema_is_in_the_wheel(wheel):
    """Everything installs below reluproof/: both rooms with their data files, the notes, formal sources, examples."""
    names = set(zipfile.ZipFile(wheel).namelist())
    expected = {
        f"reluproof/{path.relative_to(ROOT)}".replace("reluproof/verify/face/", "reluproof/")
        for room in FOLDERS
        for path in (ROOT / room).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and path.name not in NOT_INSTALLED
    }
    assert expected <= names
    assert {name.split("/")[0] for name in names if ".dist-info" not in name} == {"reluproof"}


def test_every_folder_with_modules_is_a_package():
    """The list in pyproject.toml is that of the folders; verify/face is the package `reluproof` itself."""
    listed = set(tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["setuptools"]["packages"])
    folders = {path.parent.relative_to(ROOT) for room in FOLDERS[:2] for path in (ROOT / room).rglob("*.py")}
    carried = {path.parent.relative_to(ROOT) for room in FOLDERS[2:] for path in (ROOT / room).rglob("*.[mcv][dls]*")}
    named = {".".join(("reluproof", *folder.parts)) for folder in folders | carried}
    assert listed == named - {"reluproof.verify.face"} | {"reluproof"}


def test_an_installed_copy_knows_its_notes_and_proofs(wheel, tmp_path):
    """Unpacked elsewhere, notes of the claims and record of the formal proofs are what they are in the clone."""
    zipfile.ZipFile(wheel).extractall(tmp_path)
    code = (
        "import sys; sys.path.insert(0, sys.argv[1]); import reluproof.verify.standing.note as note;"
        "from reluproof.verify.standing.formal import formal_answer;"
        "from reluproof.verify.claims.registry import REGISTRY;"
        "assert note.__file__.startswith(sys.argv[1]);"
        "print([note.problem_of_note(claim) for claim in REGISTRY.values()], formal_answer().state)"
    )
    # -S leaves the editable install of this checkout out; everybody else's packages are put on the path again.
    others = os.pathsep.join(path for path in sys.path if path)
    command = [sys.executable, "-S", "-c", code, str(tmp_path)]
    environment = {**os.environ, "PYTHONPATH": others}
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=100, env=environment)
    from reluproof.verify.claims.registry import REGISTRY
    from reluproof.verify.standing.formal import formal_answer

    assert done.stdout.strip() == f"{[None] * len(REGISTRY)} {formal_answer().state}"


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
    """pyproject, citation, the wheel named in the README and the newest entry of the changelog have one version."""
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    assert f"\nversion: {version}\n" in (ROOT / "CITATION.cff").read_text()
    assert set(re.findall(r"reluproof-([\d.]+)-py3", (ROOT / "README.md").read_text())) == {version}
    assert re.findall(r"^## ([\d.]+)", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)[0] == version
