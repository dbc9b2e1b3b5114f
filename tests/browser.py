"""A headless Chromium for the tests of pages; they are skipped, and say so, where there is none."""

import shutil
from contextlib import contextmanager

import pytest

FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip


@contextmanager
def chromium():
    """A running browser."""
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        pytest.skip("no Chromium is installed (Debian: apt-get install chromium)")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(FLAGS))
        yield browser
        browser.close()


class Watched:
    """A page, with everything that it said on its console or asked the network for."""

    def __init__(self, browser, path, **options):
        self.page = browser.new_page(**options)
        self.said, self.asked = [], []
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.open(path)

    def open(self, path):
        """Another file in the same page."""
        self.page.goto("about:blank")  # the same address again, or another place in it, would not be opened anew
        self.said.clear()
        self.asked.clear()
        self.address = path.as_uri()
        self.page.goto(self.address)

    @property
    def quiet(self):
        """Whether it said nothing and asked for nothing but itself."""
        return not self.said and all(url.startswith((self.address, "data:")) for url in self.asked)
