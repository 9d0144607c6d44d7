"""What a thumb does on a page, and what an eye looks for."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect


def choose(page: Page, question: str, answer: str) -> None:
    """Ticks one answer of a question."""
    page.get_by_role("group", name=question).get_by_label(answer, exact=False).first.check()


def press(page: Page, name: str) -> None:
    page.locator("main").get_by_role("button", name=name).click()


def follow(page: Page, name: str) -> None:
    page.locator("main").get_by_role("link", name=name).first.click()


def sees(page: Page, *texts: str) -> None:
    for text in texts:
        expect(page.locator("main")).to_contain_text(text)


def not_there(page: Page, *texts: str) -> None:
    for text in texts:
        expect(page.locator("main")).not_to_contain_text(text)


def fill(page: Page, label: str, words: str) -> None:
    page.locator("main").get_by_label(label, exact=False).first.fill(words)


def refused(page: Page, *words: str) -> None:
    """It was not done, and the page says why."""
    expect(page.locator("main [role=alert]").first, page.locator("main").inner_text()).to_be_visible()
    said = " ".join(page.locator("main [role=alert]").all_inner_texts())
    assert all(word in said for word in words), said


def done(page: Page, *words: str) -> None:
    """It was done, and the page says what happens next."""
    said = page.locator("main [role=status], main [role=alert]").first
    expect(said).to_be_visible()
    assert not page.get_by_role("alert").count(), said.inner_text()
    for word in words or ("记好了",):
        expect(page.locator("main")).to_contain_text(word)


def step(page: Page, number: str, act: str) -> None:
    """The page of one step of a matter."""
    page.goto(f"/desk/m/{number}/{act}/")


def main_button(page: Page) -> None:
    """The one red button at the thumb."""
    page.locator("main .thumb button").last.click()


def is_pdf(page: Page, link: str) -> bytes:
    """The link leads to a PDF that the phone shows instead of saving it; its bytes."""
    to = page.locator("main").get_by_role("link", name=link).first.get_attribute("href")
    assert to
    answer = page.request.get(to, timeout=60_000)
    assert answer.ok, f"{to}: {answer.status}"
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"].startswith("inline")
    data = answer.body()
    assert data.startswith(b"%PDF-")
    return data


def table(page: Page, link: str) -> str:
    """A table to save: its text."""
    to = page.locator("main").get_by_role("link", name=link).first.get_attribute("href")
    assert to
    answer = page.request.get(to, timeout=60_000)
    assert answer.ok and "attachment" in answer.headers["content-disposition"]
    return answer.text()


def number_in(page: Page) -> str:
    """The number in large type."""
    number = page.locator(".number").first.inner_text().strip()
    assert re.fullmatch(r"[2-9A-Z]{6}", number), number
    return number
