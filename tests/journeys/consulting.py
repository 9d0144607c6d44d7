"""What a hand does on the pages of a consultation's meeting: calling it, telling all, entering what came of it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from datetime import date, timedelta

from playwright.sync_api import expect
from tests.journeys.conftest import Site
from tests.journeys.places import Desk


def ago(days: int) -> str:
    return (date.today() - timedelta(days=days)).isoformat()


def spoken(desk: Desk, words: str, days: int) -> str:
    """A neighbour's words are written down, read back and handed in, with the day on which they were said; the number."""
    page = desk.page
    page.goto("/desk/speak/")
    page.locator('main [name="words"]').fill(words)
    page.locator('main input[name="channel"][value="visit"]').check()
    for block in page.locator("main details").all():
        block.locator("summary").first.click()
    page.locator('main [name="happened_on"]').fill(ago(days))
    page.get_by_role("button", name="下一步").click()
    expect(page.locator("main")).to_contain_text(words)
    page.get_by_role("button", name="是这个意思，提交").click()
    expect(page.locator("main")).to_contain_text("收到了")
    return page.locator(".number").first.inner_text().strip()


def original(desk: Desk, number: str, kind: str, place: str, pages: str, days: int) -> None:
    """A signed original is registered: which, where it lies, how many pages."""
    page = desk.page
    page.goto(f"/desk/m/{number}/papers/keep/?kind={kind}")
    page.locator('main [name="place"]').fill(place)
    page.locator('main [name="pages"]').fill(pages)
    page.locator('main [name="happened_on"]').fill(ago(days))
    page.locator("main .thumb button").last.click()
    expect(page).to_have_url(re.compile(rf"/desk/m/{number}/papers/$"))


def called(desk: Desk, number: str, on: int, held: int, form: str, place: str, departments: str = "") -> str:
    """A meeting is called with the matter on its agenda, and all are told; its id."""
    page = desk.page
    page.goto(f"/desk/meeting/new/?matter={number}")
    for block in page.locator("main details").all():
        block.locator("summary").first.click()
    page.locator('main [name="held_on"]').fill(ago(held))
    page.locator('main [name="time"]').fill("14:30")
    page.locator('main [name="place"]').fill(place)
    page.locator('main [name="called_on"]').fill(ago(on))
    if departments:
        page.locator('main [name="departments"]').fill(departments)
    field = page.locator(f'main input[name="form"][value="{form}"]')
    field.check() if field.count() else page.locator('main select[name="form"]').select_option(form)
    page.locator("main .thumb button").last.click()
    expect(page).to_have_url(re.compile(r"/desk/meeting/[\w-]+\.\d+/$"))
    meeting = page.url.rstrip("/").rpartition("/")[2]
    page.goto(f"/desk/meeting/{meeting}/notice/")
    page.locator('main [name="happened_on"]').fill(ago(on))
    page.locator("main .thumb button").last.click()
    expect(page.locator("main [role=alert]")).to_have_count(0)
    return meeting


def entered(desk: Desk, number: str, meeting: str, outcome: str, agreed: str, reserved: str = "") -> None:
    """The evening's after-entry, all in one go."""
    page = desk.page
    page.goto(f"/desk/meeting/{meeting}/after/")
    page.locator(f'main input[name="{number}-outcome"][value="{outcome}"]').check()
    page.locator(f'main [name="{number}-speech"]').fill("到会人员依次发言。")
    page.locator(f'main [name="{number}-agreed"]').fill(agreed)
    page.locator(f'main [name="{number}-reserved"]').fill(reserved)
    page.locator("main .thumb button").last.click()
    expect(page).to_have_url(re.compile(rf"/desk/meeting/{re.escape(meeting)}/$"))


def spoke(desk: Desk, number: str, on: int, words: str) -> None:
    """Everybody who takes part has a statement."""
    page = desk.page
    while True:
        page.goto(f"/desk/m/{number}/enter_statement/")
        who = page.locator(
            'main input[name="participant"], main select[name="participant"] option[value*="."]'
        )
        left = who.count()
        desk.step(number, "enter_statement", on, {"words": words})
        if left <= 1:
            return


def archived(desk: Desk, number: str) -> None:
    desk.page.goto(f"/desk/archive/{number}/")
    desk.page.get_by_role("button", name="接收归档").click()
    expect(desk.page.locator("main")).not_to_contain_text("还缺")


def sound(site: Site) -> None:
    """The rows are those that the entries make, and every book verifies."""
    for words in (("replay", "--json"), ("verify", "--json")):
        told = subprocess.run(
            [sys.executable, "-m", "shangliang", *words], env=site.environment, capture_output=True, text=True
        )
        assert told.returncode == 0, told.stdout
        assert not json.loads(told.stdout.splitlines()[-1]).get("differences"), told.stdout
