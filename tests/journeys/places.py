"""A demonstration of one more place, served on its own data; and what a hand does on the page of one step."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

from playwright.sync_api import Browser, Page, expect
from tests.journeys.conftest import PATIENCE, PHONE, Site

_BUILD = """
import django
django.setup()
from django.contrib.auth.hashers import make_password
from django.utils import timezone
from shangliang.people.models import Account
from shangliang.site import demo, server
from shangliang.site.places import {name} as place
server.migrate()
place.build_{name}(timezone.localdate())
pin = make_password(demo.PIN)
for person in dict.fromkeys(p for p, *_ in place.PEOPLE):
    Account.objects.create(login=person.removeprefix("p-"), password=pin, person_id=person)
"""


@contextmanager
def served(folder: Path, name: str) -> Iterator[Site]:
    """The place of this name, built and served until the end of the block."""
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        port = s.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    environment = {k: v for k, v in os.environ.items() if k != "PYTEST_VERSION"}
    environment |= {
        "SHANGLIANG_DATA_DIR": str(folder), "SHANGLIANG_PUBLIC_URL": address, "SHANGLIANG_DEMO": "1",
        "DJANGO_SETTINGS_MODULE": "shangliang.site.settings",
    }  # fmt: skip
    subprocess.run([sys.executable, "-c", _BUILD.format(name=name)], env=environment, check=True)
    with (folder / "log").open("w") as log:
        command = [sys.executable, "-m", "shangliang", "demo", "--port", str(port)]
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
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.25)
    raise AssertionError(log.read_text())


class Desk:
    """Somebody of the place at their desk, on a phone without script."""

    def __init__(self, browser: Browser, site: Site, name: str) -> None:
        context = browser.new_context(
            viewport=PHONE, locale="zh-CN", java_script_enabled=False, base_url=site.address
        )
        context.set_default_timeout(PATIENCE)
        self.page: Page = context.new_page()
        self.page.goto("/demo/")
        self.page.get_by_role("button", name=name).first.click()
        expect(self.page).to_have_url(re.compile(r"/desk/$"))

    def step(self, number: str, act: str, ago: int, texts: Mapping[str, str] | None = None,
             picks: Mapping[str, str] | None = None, ticks: Sequence[tuple[str, str]] = ()) -> None:  # fmt: skip
        """One step of a matter on its page: what is typed, what is chosen, on which day it was."""
        page = self.page
        page.goto(f"/desk/m/{number}/{act}/")
        for block in page.locator("main details").all():
            block.locator("summary").first.click()
        for name, words in (texts or {}).items():
            page.locator(f'main [name="{name}"]').first.fill(words)
        for name, value in (picks or {}).items():
            chosen = page.locator(f'main input[name="{name}"][value="{value}"]')
            chosen.check() if chosen.count() else page.locator(f'main select[name="{name}"]').select_option(
                value
            )
        for name, value in ticks:
            page.locator(f'main input[name="{name}"][value="{value}"]').check()
        page.locator('main [name="happened_on"]').fill((date.today() - timedelta(days=ago)).isoformat())
        page.locator("main .thumb button").last.click()
        said = page.locator("main [role=status], main [role=alert]").first
        expect(said).to_be_visible()
        assert not page.locator("main [role=alert]").count(), (act, said.inner_text())
