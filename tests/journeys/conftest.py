"""A browser on a phone against a running demonstration: every journey twice, with and without script."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

PHONE = {"width": 390, "height": 844}
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a demonstration of its own."""
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        port = s.getsockname()[1]
    folder = tmp_path_factory.mktemp("demo")
    environment = {k: v for k, v in os.environ.items() if k != "PYTEST_VERSION"}
    environment |= {"SHANGLIANG_DATA_DIR": str(folder), "SHANGLIANG_PUBLIC_URL": f"http://127.0.0.1:{port}"}
    log = (folder / "log").open("w")
    server = subprocess.Popen(
        [sys.executable, "-m", "shangliang", "demo", "--port", str(port)],
        env=environment,
        stdout=log,
        stderr=log,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait(address, server, folder)
        yield address
    finally:
        server.terminate()
        server.wait(20)
        log.close()


def _wait(address: str, server: subprocess.Popen[bytes], folder: Path) -> None:
    for _ in range(240):
        if server.poll() is not None:
            break
        try:
            urllib.request.urlopen(address, timeout=5)  # our own server on the loopback
            return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.25)
    raise AssertionError((folder / "log").read_text())


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    assert CHROMIUM, "Chromium is missing: ./run test installs it where it may"
    with sync_playwright() as play:
        found = play.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield found
        found.close()


@pytest.fixture(params=[True, False], ids=["script", "no-script"])
def script(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


@pytest.fixture
def visitor(browser: Browser, site: str, script: bool) -> Iterator[Callable[[], Page]]:
    """Opens a page as somebody new: a phone, Chinese, no cookies."""
    contexts = []

    def come() -> Page:
        context = browser.new_context(
            viewport=PHONE, locale="zh-CN", java_script_enabled=script, base_url=site
        )  # type: ignore[arg-type]
        context.set_default_timeout(15_000)
        contexts.append(context)
        page = context.new_page()
        page.goto("/")
        return page

    yield come
    for context in contexts:
        context.close()


@pytest.fixture
def enter(visitor: Callable[[], Page]) -> Callable[[str], Page]:
    """Comes in as one of the demonstration's people, with one click."""

    def come_as(name: str) -> Page:
        page = visitor()
        page.goto("/demo/")
        page.get_by_role("button", name=name).click()
        expect(page).to_have_url(re.compile(r"/desk/$"))
        return page

    return come_as


def choose(page: Page, question: str, answer: str) -> None:
    """Ticks one answer of a question."""
    page.get_by_role("group", name=question).get_by_label(answer, exact=False).first.check()


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).click()


def sees(page: Page, text: str) -> None:
    expect(page.locator("main")).to_contain_text(text)


def open_matter(page: Page, title: str) -> str:
    """Opens a matter from the list; its number."""
    page.goto("/desk/matters/")
    page.get_by_role("link", name=title).first.click()
    return page.url.rstrip("/").rsplit("/", 1)[-1]
