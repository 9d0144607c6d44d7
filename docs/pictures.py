"""Takes the pictures of these documents again: serves a demonstration of its own, looks at it with Chromium, and writes
docs/images/. Dates in the pictures are those of the day they are taken.

    .venv/bin/python docs/pictures.py [NAME…]
"""

from __future__ import annotations

import io
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import NamedTuple

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

FOLDER = Path(__file__).resolve().parent / "images"
LARGEST = 150_000  # bytes of one picture


class Words(NamedTuple):
    """What the script itself types and presses, in one language."""

    locale: str
    said: str
    agreed: str


WORDS = {
    "zh": Words("zh-CN", "村口的垃圾桶满了没人管，夏天苍蝇多。能不能多放两个，隔天清一次？", "一、换四件新器材；二、旧器材拆走。"),
    "en": Words(
        "en-GB", "The bins at the village gate are full and nobody empties them. Could there be two more?",
        "1. Four new machines. 2. The old ones are taken away.",
    ),
}  # fmt: skip


class Picture(NamedTuple):
    name: str
    size: tuple[int, int]
    who: str  # the demonstration's person who looks, by name; "" for a resident
    go: Callable[[Page, Words], None]
    languages: tuple[str, ...] = ("zh", "en")
    whole: bool = False  # needs the whole county, not its small part


def board(page: Page, _: Words) -> None:
    page.goto("/u/liuhe/")


def say(page: Page, words: Words) -> None:
    page.goto("/u/liuhe/say/")
    send(page)
    page.locator("textarea").first.fill(words.said)


def today(page: Page, _: Words) -> None:
    page.goto("/desk/")


def refusal(page: Page, _: Words) -> None:
    """The notice hangs for ten days; the law says fifteen."""
    page.goto(f"/desk/m/{number(page, '东河护坡修复')}/take_down/")
    send(page)
    page.locator("[role=alert] summary").first.click()


def evening(page: Page, words: Words) -> None:
    """A meeting is called for today; then what came of it is entered."""
    title = "文化广场健身器材更换"
    page.goto("/desk/meetings/")
    if not page.get_by_role("link", name=title).count():
        page.goto(f"/desk/meeting/new/?matter={number(page, title)}")
        page.locator("input[name=held_on]").fill(date.today().isoformat())
        page.locator("input[name=time]").fill("09:00")
        send(page)
        page.goto("/desk/meetings/")
    page.goto(link(page, title))
    page.locator("input[value=consensus]").first.check()
    page.locator("textarea[name$=agreed]").first.fill(words.agreed)
    page.evaluate(
        "document.activeElement.blur(); document.querySelector('main form fieldset').scrollIntoView(); scrollBy(0, 84)"
    )


def paper(page: Page, _: Words) -> None:
    page.goto(f"/paper/publication/{number(page, '东河护坡修复')}/")


def county(page: Page, _: Words) -> None:
    page.goto("/progress/")


PICTURES = (
    Picture("board", (390, 844), "", board),
    Picture("say", (390, 844), "", say),
    Picture("refusal", (390, 844), "罗小燕", refusal),
    Picture("today", (1280, 900), "王玥", today),
    Picture("evening", (1280, 1400), "王玥", evening),
    Picture("paper", (1280, 1560), "罗小燕", paper, ("zh",)),
    Picture("county", (1280, 1460), "赵国栋", county, whole=True),
)


def number(page: Page, title: str) -> str:
    """The number of a matter, from the desk's list."""
    page.goto("/desk/matters/")
    return link(page, title).rstrip("/").rpartition("/")[2]


def link(page: Page, name: str) -> str:
    return page.get_by_role("link", name=name).first.get_attribute("href") or ""


def send(page: Page) -> None:
    page.locator("main form button").last.click()


def take(browser: Browser, address: str, picture: Picture, language: str) -> None:
    words, (width, height) = WORDS[language], picture.size
    context = browser.new_context(
        base_url=address, locale=words.locale, viewport={"width": width, "height": height},
        device_scale_factor=2 if width < 600 else 1,
    )  # fmt: skip
    page = context.new_page()
    if picture.who:
        page.goto("/demo/")
        page.get_by_role("button", name=picture.who).click()
    picture.go(page, words)
    path = FOLDER / f"{picture.name}.{language}.png"
    path.write_bytes(small(page.screenshot()))
    context.close()
    print(f"{path.relative_to(FOLDER.parent.parent)}  {path.stat().st_size} bytes")


def small(png: bytes) -> bytes:
    """The picture with as few colours as text on paper needs."""
    picture = Image.open(io.BytesIO(png)).convert("RGB").quantize(128, dither=Image.Dither.NONE)
    out = io.BytesIO()
    picture.save(out, "PNG", optimize=True)
    if len(out.getvalue()) > LARGEST:
        raise SystemExit("A picture is too large; show less.")
    return out.getvalue()


@contextmanager
def demonstration(whole: bool) -> Iterator[str]:
    """The address of a demonstration of our own."""
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{s.getsockname()[1]}"
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {"SHANGLIANG_DATA_DIR": folder, "SHANGLIANG_PUBLIC_URL": address}
        command = [sys.executable, "-m", "shangliang", "demo", "--port", address.rpartition(":")[2]]
        command += [] if whole else ["--small"]
        server = subprocess.Popen(command, env=environment)
        try:
            wait(address, server)
            yield address
        finally:
            server.terminate()
            server.wait(20)


def wait(address: str, server: subprocess.Popen[bytes]) -> None:
    for _ in range(1200):
        with suppress(urllib.error.URLError, ConnectionError):
            urllib.request.urlopen(address, timeout=5)
            return
        if server.poll() is not None:
            break
        time.sleep(0.25)
    raise SystemExit("The demonstration did not start.")


def main(names: list[str]) -> None:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        raise SystemExit("Chromium is missing.")
    asked = [picture for picture in PICTURES if not names or picture.name in names]
    for whole in {picture.whole for picture in asked}:
        with demonstration(whole) as address, sync_playwright() as play:
            browser = play.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
            for picture in asked:
                for language in picture.languages if picture.whole == whole else ():
                    take(browser, address, picture, language)
            browser.close()


if __name__ == "__main__":
    main(sys.argv[1:])
