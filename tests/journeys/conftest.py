"""A browser on a phone against a running demonstration: every journey twice, with and without script. One server and one
browser serve all of them; each journey tells its own matter, so the order does not count."""

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
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from tests.journeys.telling import Books, Story

PHONE: Any = {"width": 390, "height": 844}
PATIENCE = 30_000
"""Milliseconds a page may take."""
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


@dataclass(frozen=True)
class Site:
    """A demonstration of its own: where it answers, and how the command line reaches its data."""

    address: str
    environment: dict[str, str]


@pytest.fixture(scope="package")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        port = s.getsockname()[1]
    folder = tmp_path_factory.mktemp("demo")
    address = f"http://127.0.0.1:{port}"
    environment = {k: v for k, v in os.environ.items() if k != "PYTEST_VERSION"}
    environment |= {"SHANGLIANG_DATA_DIR": str(folder), "SHANGLIANG_PUBLIC_URL": address}
    with (folder / "log").open("w") as log:
        command = [sys.executable, "-m", "shangliang", "demo", "--small", "--port", str(port)]
        server = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
        try:
            _wait(address, server, folder / "log")
            yield Site(address, environment)
        finally:
            server.terminate()
            server.wait(20)


def _wait(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(240):
        if server.poll() is not None:
            break
        try:
            urllib.request.urlopen(address, timeout=5)  # our own server on the loopback
            return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.25)
    raise AssertionError(log.read_text())


@pytest.fixture(scope="package")
def books(site: Site) -> Iterator[Books]:
    """The command line beside the browser: what happened before a journey begins is entered through it."""
    with Books(site.environment) as found:
        yield found


@pytest.fixture
def story(books: Books) -> Callable[..., Story]:
    """A new matter of a village, told from some days ago: ``story("liuhe", 40)``."""

    def begin(unit: str, ago: int = 40) -> Story:
        return Story(books, unit, ago)

    return begin


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    assert CHROMIUM, "Chromium is missing: ./run test installs it where it may"
    expect.set_options(timeout=PATIENCE)
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


@pytest.fixture(scope="package")
def inside() -> dict[tuple[str, bool], Any]:
    """Who has come in already, and the cookie they hold."""
    return {}


_visitors = count(1)


@pytest.fixture
def opened(browser: Browser, site: Site, script: bool) -> Iterator[Callable[..., BrowserContext]]:
    """A phone of its own, with an address of its own, as a proxy would pass it on."""
    contexts: list[BrowserContext] = []

    def fresh(**more: Any) -> BrowserContext:
        n = next(_visitors)
        context = browser.new_context(
            viewport=PHONE, locale="zh-CN", java_script_enabled=script, base_url=site.address,
            extra_http_headers={"X-Forwarded-For": f"198.51.{n // 200}.{n % 200}"}, **more,
        )  # fmt: skip
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        return context

    yield fresh
    for context in contexts:
        context.close()


@pytest.fixture
def visitor(opened: Callable[..., BrowserContext]) -> Callable[[], Page]:
    """Somebody new: no cookies, no account."""
    return lambda: opened().new_page()


@pytest.fixture
def enter(
    opened: Callable[..., BrowserContext], script: bool, inside: dict[tuple[str, bool], Any]
) -> Callable[[str], Page]:
    """Comes in as one of the demonstration's people, with one click; who came in before stays in."""

    def come_as(name: str) -> Page:
        if (name, script) in inside:
            return opened(storage_state=inside[name, script]).new_page()
        page = opened().new_page()
        page.goto("/demo/")
        page.get_by_role("button", name=name).click()
        expect(page).to_have_url(re.compile(r"/desk/$"))
        inside[name, script] = page.context.storage_state()
        return page

    return come_as
