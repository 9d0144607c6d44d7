"""Forms are short: on the plain path from a topic to the archive at most 24 fields are typed or tapped."""

from __future__ import annotations

import re
from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import reverse

from shangliang.acts.act import today
from shangliang.cases.models import Matter, Party

Enter = Callable[[str], Client]
MOST = 24
AT_A_DOOR = 3
FOUR = {"against_policy", "private_dispute", "unfair", "deep_division"}
"""The four are one question of the rule, answered with four taps."""


class Controls(HTMLParser):
    """The controls of a page's main form as a person meets them: what is hidden, folded away or filled in already is no
    work."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.inside = False  # the form
        self.folded: list[bool] = []
        self.found: dict[str, str] = {}  # name → what is in it
        self.sent: dict[str, list[str]] = {}
        self.label = ""
        self.labels: dict[str, str] = {}
        self.select = self.area = ""
        self.feed(html[html.index("<main") :])

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {k: v if v is not None else "" for k, v in attributes}
        name, kind = given.get("name", ""), given.get("type", "text")
        if tag == "form":
            self.inside = given.get("method") == "post"
        elif tag == "details":
            self.folded.append("open" not in given)
        elif tag in ("label", "legend"):
            self.label = "?"
        elif not self.inside or (tag != "option" and not name):
            return
        elif tag == "input" and kind == "hidden":
            self.sent.setdefault(name, []).append(given.get("value", ""))
        elif tag == "input" and kind in ("radio", "checkbox"):
            self._meet(name, "x" if "checked" in given else "")
            if "checked" in given:
                self.sent.setdefault(name, []).append(given.get("value", "on"))
        elif tag == "input":
            self._meet(name, given.get("value", ""))
            self.sent.setdefault(name, []).append(given.get("value", ""))
        elif tag == "select":
            self.select = name
            self._meet(name, "")
        elif tag == "option" and self.select and "selected" in given:
            self._meet(self.select, given.get("value", ""))
            self.sent[self.select] = [given.get("value", "")]
        elif tag == "textarea":
            self.area = name
            self._meet(name, "")
            self.sent.setdefault(name, [""])

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = False
        elif tag == "details":
            self.folded.pop()
        elif tag == "textarea":
            self.area = ""
        elif tag == "select":
            self.select = ""

    def handle_data(self, data: str) -> None:
        if self.area:
            if self.area in self.found:
                self.found[self.area] += data.strip()
            self.sent[self.area] = [self.sent[self.area][0] + data.lstrip("\r\n")]

    def _meet(self, name: str, value: str) -> None:
        if not any(self.folded):
            self.found[name] = self.found.get(name, "") or value

    @property
    def work(self) -> list[str]:
        """The fields in sight with nothing in them."""
        return [name for name, value in self.found.items() if not value]


class Walk:
    """Goes from form to form as a person does, and notes what was to be filled in on each."""

    def __init__(self, come_in: Enter) -> None:
        self.come_in = come_in
        self.asked: list[str] = []

    def look(self, who: str, url: str) -> tuple[Client, Controls]:
        """Opens a form and notes what it asks."""
        client = self.come_in(who)
        page = client.get(url)
        assert page.status_code == 200, (url, page.status_code)
        controls = Controls(page.content.decode())
        self.note(url, controls.work)
        return client, controls

    def do(self, who: str, url: str, to: str = "", **filled: Any) -> Any:
        """Fills a form in and sends it."""
        client, controls = self.look(who, url)
        answer = client.post(
            to or url, {k: v for k, v in controls.sent.items() if k != "csrfmiddlewaretoken"} | filled
        )
        said = answer.content.decode()
        assert answer.status_code == 302 or to, (url, said[said.find("<main") :][:900])
        return answer

    def note(self, url: str, names: list[str]) -> None:
        parts = [p for p in urlsplit(url).path.split("/") if p]
        page = next(p for p in reversed(parts) if p.islower() and "." not in p)
        for name in names:
            field = "the four" if name in FOUR else re.sub(r"[2-9A-Z]{6}", "", name).strip("-")
            if (item := f"{page}: {field}") not in self.asked:
                self.asked.append(item)


@pytest.fixture
def walk(come_in: Enter) -> Walk:
    return Walk(come_in)


def act(number: str, name: str) -> str:
    return reverse("act", args=[number, name])


def test_the_plain_path_asks_for_at_most_24_fields(walk: Walk) -> None:
    number = _to_the_door_of_the_meeting(walk)
    called = walk.do("wang", reverse("convene") + f"?matter={number}", **{
        "held_on": today().isoformat(), "time": "19:00", f"sides-{number}": "广场边的住户",
    })  # fmt: skip
    meeting = called.url.rstrip("/").rsplit("/", 1)[-1]
    walk.do("wang", reverse("after", args=[meeting]), **{
        f"{number}-speech": "换灯头。", f"{number}-outcome": "consensus", f"{number}-agreed": "换五盏灯。",
        f"{number}-due": today().isoformat(),
    })  # fmt: skip
    walk.do("wang", act(number, "post_notice"))
    walk.do("wang", act(number, "report_progress"), state="done", note="换好了。")
    walk.do("wang", act(number, "finish_work"))
    walk.do("gao", reverse("supervise", args=[number]), satisfied="True")
    _to_the_archive(walk)
    listed = "\n".join(walk.asked)
    assert len(walk.asked) <= MOST, f"{len(walk.asked)} fields:\n{listed}"


def _to_the_door_of_the_meeting(walk: Walk) -> str:
    words = "小广场的灯太暗，老人看不清台阶。"
    given = {"words": words, "kind": "wish", "channel": "visit", "answer_by": "number", "do": "record"}
    walk.do("zhang", reverse("speak"), reverse("speak_read"), **given)
    number: str = Matter.objects.get(opinions__words__text=words).pk
    walk.do("wang", act(number, "put_forward"), title="小广场照明")
    walk.do("wang", act(number, "screen"), discuss="livelihood", **dict.fromkeys(FOUR, "False"))
    walk.do("wang", act(number, "study"), note="五盏灯坏了三盏。")
    walk.do("wang", act(number, "approve"), approved="True")
    return number


def _to_the_archive(walk: Walk) -> None:
    """The fifteen days cannot be waited for: the demonstration's canteen is where they are over."""
    walk.look("luo", act(Matter.objects.get(title__text="东河护坡修复").pk, "take_down"))
    number = Matter.objects.get(title__text="村老年饭桌").pk
    walk.do("wu", act(number, "close"), result="solved", note="每天有三十位左右的老人来吃饭。")
    walk.do("wu", act(number, "reply"))
    walk.do("cheng", reverse("archive_matter", args=[number]), shelf="2号柜")
    assert Matter.objects.get(pk=number).ended == "completed"


def test_talks_at_the_door_add_at_most_3_fields_a_side(walk: Walk) -> None:
    number = Matter.objects.get(title__text="南沟机耕道恢复原宽").pk
    party = Party.objects.filter(matter=number, visited_on=None).get()
    walk.do("wu", act(number, "visit"), party=party.pk, agreed="True", note="同意量。")
    assert len(walk.asked) <= AT_A_DOOR, walk.asked
