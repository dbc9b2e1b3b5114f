"""A plugin of pytest for runs with a mutant: which test runs which line, the order of the tests, who fails first.

`--recorded FILE` under `coverage run`: a context of coverage per test, and the seconds of each as JSON.
`--order FILE`: the tests in "first" of that JSON run first, quickest first, then the others in their usual order; in
"seconds" is how long each takes, and one that takes far longer is stopped.
`--failed FILE`: the first test that fails, or that is stopped.
"""

import json
import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """The three files."""
    for name in ("--recorded", "--order", "--failed"):
        parser.addoption(name, type=Path)


def pytest_configure(config: pytest.Config) -> None:
    """Recording needs coverage; a run with a mutant does not."""
    if config.getoption("--recorded"):
        config.pluginmanager.register(_Recorder(config.getoption("--recorded")))
    if config.getoption("--order"):
        order = json.loads(config.getoption("--order").read_text(encoding="utf-8"))
        config.pluginmanager.register(_Order(order["first"], order["seconds"], config.getoption("--failed")))


class _Recorder:
    def __init__(self, target: Path) -> None:
        import coverage

        self.target, self.seconds = target, dict[str, float]()
        self.coverage = coverage.Coverage.current()
        assert self.coverage is not None, "nothing to record outside `coverage run`"

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        """Fixtures that live longer than a test count for the first that asks for them."""
        assert self.coverage is not None
        self.coverage.switch_context(item.nodeid)
        start = time.perf_counter()
        try:
            return (yield)
        finally:
            self.seconds[item.nodeid] = time.perf_counter() - start
            self.coverage.switch_context("")

    def pytest_sessionfinish(self) -> None:
        """How long each test took."""
        self.target.write_text(json.dumps(self.seconds), encoding="utf-8")


class _Order:
    def __init__(self, first: list[str], seconds: dict[str, float], failed: Path) -> None:
        self.first, self.seconds, self.failed = set(first), seconds, failed
        self.slowest = max(seconds.values(), default=60.0)

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Those that run the edited line come first."""
        quick = {item.nodeid: self.seconds.get(item.nodeid, 0) for item in items if item.nodeid in self.first}
        items.sort(key=lambda item: (item.nodeid not in quick, quick.get(item.nodeid, 0)))

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        """A loop without end is noticed in minutes."""
        limit = threading.Timer(60 + 20 * self.seconds.get(item.nodeid, self.slowest), self._stop, [item.nodeid])
        limit.daemon = True
        limit.start()
        try:
            return (yield)
        finally:
            limit.cancel()

    def _stop(self, name: str) -> None:
        self.failed.write_text(f"{name} (no end)", encoding="utf-8")
        os._exit(1)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """A failure in the test, in its fixtures, or after it."""
    report = yield
    if report.failed and item.config.getoption("--failed"):
        item.config.getoption("--failed").write_text(item.nodeid, encoding="utf-8")
    return report
