"""What crawlers are told, and what a page tells them of itself."""

import re
import urllib.robotparser

import pytest
from tests.web.public import resident

pytestmark = pytest.mark.usefixtures("county")


def test_boards_may_be_found_and_what_a_number_opens_may_not() -> None:
    answer = resident().get("/robots.txt")
    assert answer.status_code == 200 and answer["Content-Type"].startswith("text/plain")
    rules = urllib.robotparser.RobotFileParser()
    rules.parse(answer.content.decode().splitlines())
    for open_ in ("/", "/u/liuhe/", "/u/liuhe/rules/", "/find/", "/check/", "/privacy/"):
        assert rules.can_fetch("*", f"https://example.org{open_}"), open_
    for shut in ("/desk/", "/progress/liuhe/", "/find/?n=3F7K29", "/check/?d=3f7a"):
        assert not rules.can_fetch("*", f"https://example.org{shut}"), shut


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_public_page_says_what_it_is_about(language: str) -> None:
    page = resident(language).get("/u/liuhe/").content.decode()
    (said,) = re.findall(r'<meta name="description" content="([^"]+)">', page)
    assert said.startswith("柳河村（示例）") and len(said) > 30
