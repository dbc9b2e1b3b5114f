"""The sources of the formal proofs, and one directory in which they are compiled once. Without Coq: skipped."""

import fcntl
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from formal.sources import SOURCES, build_program, coq_run


@pytest.fixture(scope="session")
def coqc() -> str:
    found = shutil.which("coqc")
    if found is None:
        pytest.skip("skipped: there is no coqc here, so no formal proof was checked")
    return found


@pytest.fixture(scope="session")
def compiled(coqc: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory with every module compiled, once for all workers of one run."""
    base = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        base = base.parent
    directory = base / "formal-compiled"
    with (base / "formal-lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not directory.exists():
            unfinished = tmp_path_factory.mktemp("unfinished")
            assert coq_run.compile_all(coq_run.Coq(coqc, unfinished), SOURCES) == []
            unfinished.rename(directory)
    return directory


@pytest.fixture(scope="session")
def ocamlopt() -> str:
    found = shutil.which("ocamlopt")
    if found is None:
        pytest.skip("skipped: there is no ocamlopt here, so the proved program was not built")
    return found


@pytest.fixture(scope="session")
def verified(coqc: str, ocamlopt: str, compiled: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The proved program, built from the compiled modules by each worker for itself."""
    directory = tmp_path_factory.mktemp("verified")
    for name in build_program.EXTRACTED:
        shutil.copy(compiled / name, directory)
    program = directory / "reluproof-verified"
    assert build_program.link(coq_run.Coq(coqc, directory), program, ocamlopt) is None
    return str(program)


@pytest.fixture
def workbench(coqc: str, compiled: Path, tmp_path: Path) -> Callable[[dict[str, str]], coq_run.Coq]:
    """Sources -> Coq in a fresh copy of the compiled directory, in which these sources stand in place of their own."""

    def prepare(changed: dict[str, str]) -> coq_run.Coq:
        directory = tmp_path / "workbench"
        shutil.copytree(compiled, directory)
        for module, text in changed.items():
            (directory / f"{module}.v").write_text(text, encoding="utf-8")
        return coq_run.Coq(coqc, directory)

    return prepare
