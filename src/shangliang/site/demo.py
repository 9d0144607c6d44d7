"""The demonstration: one town, three villages, a dozen matters at every stage. All of it goes through ``perform``, on its
own clock and with a mute outbox. Places and people are invented and marked as such."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from shangliang.acts.act import SYSTEM, Act
from shangliang.acts.perform import perform
from shangliang.people.models import Account
from shangliang.record.models import Entry
from shangliang.site.stories import STORIES
from shangliang.site.telling import LIUHE, PEOPLE, SHUANGQIAO, TOWN, XINGHUA, Days, Story, tell

PIN = "246810"
"""The PIN of every demonstration account; real accounts get their own."""


def build(
    today: date | None = None,
    progress: Callable[[str], None] | None = None,
    more: Sequence[Callable[[Days], Story]] = (),
) -> int:
    """Builds the demonstration in an empty database and returns the number of acts. Days are counted back from today.
    ``more``: further stories."""
    days = Days(today or timezone.localdate())
    days.now = datetime.combine(days.ago(400), time(8), ZoneInfo("Asia/Shanghai"))
    _places(days)
    if progress:
        progress("单位和人员")
    tell(days, [story(days) for story in (*STORIES, *more)], progress)
    pin = make_password(PIN)
    Account.objects.bulk_create(
        Account(login=person.removeprefix("p-"), password=pin, person_id=person) for person, *_ in PEOPLE
    )
    return Entry.objects.count()


def _places(days: Days) -> None:
    def found(ident: str, name: str, kind: str, parent: str | None, **more: Any) -> None:
        perform(
            Act(
                "found_unit",
                days.now.date(),
                SYSTEM,
                {"name": name, "kind": kind, "parent": parent, **more},
                unit=ident,
            ),
            clock=days,
        )

    found("dongning", "东宁市（演示）", "county", None, code="231086", procedure="dongning")
    found(TOWN, "老黑山镇（演示）", "town", "dongning", code="231086103", adults=9600, households=4100,
          address="老黑山镇政府", telephone="0453-0000100")  # fmt: skip
    found("water", "镇水利站（演示）", "bureau", TOWN)
    for ident, name, adults, households, reps in (
        (LIUHE, "柳河村（示例）", 860, 372, 42),
        (XINGHUA, "杏花村（示例）", 640, 281, 36),
        (SHUANGQIAO, "双桥村（示例）", 1120, 468, 45),
    ):
        found(ident, name, "village", TOWN, adults=adults, households=households, representatives=reps,
              address=f"{name[:3]}党群服务中心", telephone="0453-0000120")  # fmt: skip
    for person, name, unit, role, title in PEOPLE:
        data = {
            "role": role,
            "person": person,
            "name": name,
            "title": title,
            "since": days.ago(390).isoformat(),
        }
        perform(Act("appoint", days.now.date(), SYSTEM, data, subject=unit, unit=unit), clock=days)
    for unit in (LIUHE, XINGHUA, SHUANGQIAO, TOWN):
        venue: dict[str, Any] = {"name": "有事好商量议事室", "host": "党群服务中心", "shared": True, "build": "self",
                "haves": ["organisation", "place", "rules", "facilities", "sign"]}  # fmt: skip
        perform(Act("equip_venue", days.now.date(), SYSTEM, venue, subject=unit, unit=unit), clock=days)
