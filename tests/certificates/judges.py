"""The two checkers behind one interface, and the checker as users run it: a lone copy in a process of its own."""

import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import second_checker

ROOT = Path(__file__).parents[2]
CHECKER, READER = ROOT / "verify" / "checker.py", ROOT / "verify" / "data_sha256.py"
ACCEPTED, REJECTED, UNREADABLE = 0, 1, 2


def _load(path: Path) -> ModuleType:
    # By path, not as a module of the package: it must work alone.
    spec = importlib.util.spec_from_file_location("lone_checker", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


checker = _load(CHECKER)


def first_verdict(lines: list[bytes]) -> tuple[int, str]:
    """(status, rule) of `verify/checker.py`."""
    try:
        checker.Proof(lines).run()
    except checker.Rejected as error:
        return REJECTED, str(error.args[0])
    except checker.Unreadable:
        return UNREADABLE, ""
    return ACCEPTED, ""


def second_verdict(lines: list[bytes]) -> int:
    """The status of the second checker."""
    try:
        second_checker.judge(lines)
    except second_checker.Broken:
        return REJECTED
    except second_checker.Illegible:
        return UNREADABLE
    return ACCEPTED


def run_alone(directory: Path, *arguments: Path | str) -> subprocess.CompletedProcess[str]:
    """Runs a copy of the checker and of its reader in `directory` with `python -I -S`, as the command line does."""
    copy = directory / "lone.py"
    shutil.copyfile(CHECKER, copy)
    shutil.copyfile(READER, directory / READER.name)
    command = [sys.executable, "-I", "-S", str(copy), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120, cwd=directory)
