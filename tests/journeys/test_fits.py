"""Pages fit a narrow phone with large text, and with text of twice the size on top of that, in both languages."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page
from tests.journeys.conftest import Site

NARROW = {"width": 360, "height": 780}
TOO_WIDE = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
TWICE = "size => { document.documentElement.style.fontSize = size }"
DESK = ("/desk/", "/desk/matters/", "/desk/meetings/", "/desk/speak/", "/desk/m/{n}/", "/desk/gather/{n}/",
        "/desk/gather/{n}/paper/", "/desk/gather/{n}/sheet/", "/desk/lots/{n}/up/", "/desk/lots/{n}/who/")  # fmt: skip
PUBLIC = ("/", "/u/liuhe/", "/u/liuhe/say/", "/u/liuhe/rules/", "/m/{n}/", "/m/{n}/gather/", "/check/")
Narrow = Callable[[str], Page]


@pytest.fixture
def narrow(browser: Browser, site: Site) -> Iterator[Narrow]:
    """The clerk of a village on a narrow phone, with large text, in a language."""
    contexts = []

    def come(language: str) -> Page:
        context = browser.new_context(viewport=NARROW, locale=language, base_url=site.address)
        contexts.append(context)
        page = context.new_page()
        page.goto("/demo/")
        page.get_by_role("button", name="王玥").click()
        page.wait_for_url(re.compile("/desk/$"))
        page.get_by_role("button", name=re.compile("^(大字|Large text)$")).click()
        page.wait_for_selector("html.large")
        return page

    yield come
    for context in contexts:
        context.close()


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_nothing_is_wider_than_the_phone_with_large_text(narrow: Narrow, language: str) -> None:
    page = narrow(language)
    asked = re.search(r"/desk/gather/(\w{6})/", page.content())
    assert asked, "the demonstration asks people what they think of one matter"
    wide = []
    for address in (*DESK, *PUBLIC):
        answer = page.goto(address.format(n=asked[1]))
        assert answer is not None and answer.status == 200, address
        for size in ("", "200%"):
            page.evaluate(TWICE, size)
            if by := page.evaluate(TOO_WIDE):
                wide.append(f"{address} {size}: {by} px")
    assert not wide


def test_the_three_answers_of_a_paper_sheet_stand_below_each_other_where_they_do_not_fit(
    narrow: Narrow,
) -> None:
    page = narrow("en")
    asked = re.search(r"/desk/gather/(\w{6})/", page.content())
    assert asked
    page.goto(f"/desk/gather/{asked[1]}/paper/")
    page.evaluate(TWICE, "200%")
    boxes = [b.bounding_box() for b in page.locator("fieldset").first.locator("label.choice").all()]
    assert len(boxes) == 3 and all(b and b["x"] + b["width"] <= NARROW["width"] for b in boxes)
    tops = [b["y"] for b in boxes if b]
    assert tops == sorted(set(tops))
