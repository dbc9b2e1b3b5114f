"""A copy of the tracked files, in which one file at a time is edited, and what the tests say about it."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from mutants.areas import Area
from mutants.edits import ROOT, Edit

CONFIGURATION = """
[run]
source =
    {folder}/theory
    {folder}/verify
data_file = {folder}/build/recording/data
parallel = true
patch = subprocess
context = ${{PYTEST_CURRENT_TEST-}}
"""
"""For coverage: pytest tells the processes that a test starts which test that is."""


@dataclass(frozen=True, slots=True)
class Recording:
    """Which tests run which line of an area, and the seconds of each test and of all of them.

    It decides only which tests run first, never which count.
    """

    of_lines: dict[str, dict[str, list[str]]]
    seconds: dict[str, float]
    all_seconds: float

    def running(self, edit: Edit) -> list[str]:
        """The tests that run the statement; none: it runs at import, or where nothing can watch."""
        lines = self.of_lines.get(edit.path, {})
        return sorted({test for line in edit.lines for test in lines.get(str(line), [])}.intersection(self.seconds))


class Workshop:
    """The copy, with the package as the tests import it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.resolve()
        listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
        for name in listed.decode().split("\0"):
            if name and (ROOT / name).is_file():
                (self.folder / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(ROOT / name, self.folder / name)
        package = self.folder / "build" / "package" / "reluproof"
        package.mkdir(parents=True)
        for name in ("__init__.py", "__main__.py"):
            (package / name).symlink_to(self.folder / "verify" / "face" / name)
        for room in ("theory", "verify"):
            (package / room).symlink_to(self.folder / room)

    def record(self, area: Area) -> Recording:
        """Runs the tests of the area twice: with coverage, and as they will run with a mutant.

        Raises RuntimeError with the test that fails without a mutant.
        """
        from coverage import CoverageData

        room = self.folder / "build" / "recording"
        shutil.rmtree(room, ignore_errors=True)
        room.mkdir()
        (room / "configuration").write_text(CONFIGURATION.format(folder=self.folder), encoding="utf-8")
        # What fails only because it is watched, a test of time say, still shows which lines it runs.
        self._run(area, ["-m", "coverage", "run", "--rcfile", str(room / "configuration")], ["--recorded", "seconds"])
        of_lines: dict[str, dict[str, list[str]]] = {}
        for path in room.glob("data.*"):
            data = CoverageData(str(path))
            data.read()
            for name in data.measured_files():
                of_file = of_lines.setdefault(Path(name).relative_to(self.folder).as_posix(), {})
                for line, tests in data.contexts_by_lineno(name).items():
                    named = {test.removesuffix(" (call)") for test in tests if test}
                    of_file[str(line)] = sorted(named.union(of_file.get(str(line), [])))
        seconds = json.loads((self.folder / "seconds").read_text(encoding="utf-8"))
        start = time.monotonic()
        if failed := self.first_failure(area, None, seconds, seconds):
            raise RuntimeError(f"without a mutant {failed} fails")
        return Recording(of_lines, seconds, time.monotonic() - start)

    def notices(self, edit: Edit, area: Area, recording: Recording) -> str:
        """The test that fails with the edit in place, or "" if all tests of the area pass.

        A failure of a test that does not run the edited line has to repeat itself, and not to happen without the edit.
        """
        target = self.folder / edit.path
        sound = target.read_text(encoding="utf-8")
        first, seconds = recording.running(edit), recording.seconds
        limit, unsteady = 30 + 5 * recording.all_seconds, list[str]()
        while True:
            target.write_text(edit.applied(sound), encoding="utf-8")
            try:
                failed = self.first_failure(area, limit, first, seconds, without=unsteady)
                doubtful = failed in seconds and failed not in [*first, *unsteady]
                again = not doubtful or bool(self.first_failure(area, limit, [], seconds, only=failed))
            finally:
                target.write_text(sound, encoding="utf-8")
            if again and not (doubtful and self.first_failure(area, limit, [], seconds, only=failed)):
                return failed
            unsteady.append(failed)

    def first_failure(
        self,
        area: Area,
        limit: float | None,
        first: Iterable[str],
        seconds: dict[str, float],
        only: str = "",
        without: Iterable[str] = (),
    ) -> str:
        """The test that fails first, "" if none does.

        "time" where the limit in seconds ends the run, "crash" where no test can report: a file cannot be imported.
        """
        order, failed = self.folder / "order", self.folder / "failed"
        order.write_text(json.dumps({"first": list(first), "seconds": seconds}), encoding="utf-8")
        failed.write_text("", encoding="utf-8")
        options = ["-x", "--order", str(order), "--failed", str(failed)]
        options += [part for test in without for part in ("--deselect", test)]
        status = self._run(area, [], options, limit, only)
        return "time" if status is None else "" if status == 0 else failed.read_text(encoding="utf-8") or "crash"

    def _run(
        self, area: Area, before: list[str], options: list[str], limit: float | None = None, only: str = ""
    ) -> int | None:
        places = [str(self.folder / "build" / "package"), str(self.folder / "tests")]
        environment = {
            **{name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"},
            "PYTHONPATH": os.pathsep.join(places),
            "PYTHONDONTWRITEBYTECODE": "1",
        }
        fixed = ["-m", "pytest", "-q", "--tb=no", "-p", "no:cacheprovider", "-p", "mutants.noticing"]
        left_out = [part for test in area.not_counted for part in ("--deselect", test)]
        command = [sys.executable, *before, *fixed, *options, *left_out, *([only] if only else area.tests)]
        with subprocess.Popen(
            command,
            cwd=self.folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        ) as run:
            try:
                return run.wait(limit)
            except subprocess.TimeoutExpired:
                os.killpg(run.pid, 9)
                return None
