"""How the demonstration is told: its places and people, a clock of its own, and few words for many acts."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from shangliang.acts.act import Act, Done
from shangliang.acts.perform import perform
from shangliang.units.models import Unit

Story = Iterator[date]

TOWN = "laoheishan"
LIUHE, XINGHUA, SHUANGQIAO = "liuhe", "xinghua", "shuangqiao"

PEOPLE: tuple[tuple[str, str, str, str, str], ...] = (
    # person, name, unit, role, title
    ("p-zhao", "赵国栋", "dongning", "director", "市委社会工作部"),
    ("p-cheng", "程亚楠", TOWN, "archivist", "镇档案员"),
    ("p-han", "韩玉堂", TOWN, "deputy_party_secretary", "镇党委副书记"),
    ("p-su", "苏喆", TOWN, "clerk", "镇经办人"),
    ("p-meng", "孟庆堃", "water", "department_head", "镇水利站站长"),
    ("p-li", "李长河", LIUHE, "party_secretary", "村党支部书记"),
    ("p-wang", "王玥", LIUHE, "clerk", "村经办人"),
    ("p-zhang", "张桂兰", LIUHE, "grid_worker", "网格员"),
    ("p-sun", "孙德海", LIUHE, "cppcc_member", "政协委员"),
    ("p-gao", "高凤山", LIUHE, "supervision_head", "村务监督委员会主任"),
    ("p-ma", "马秀英", LIUHE, "council_member", "议事会成员"),
    ("p-lin", "林树生", LIUHE, "council_member", "议事会成员"),
    ("p-qian", "钱有田", XINGHUA, "party_secretary", "村党支部书记"),
    ("p-wu", "吴晓梅", XINGHUA, "clerk", "村经办人"),
    ("p-zhou", "周大勇", XINGHUA, "grid_worker", "网格员"),
    ("p-feng", "冯兆庆", XINGHUA, "supervision_head", "村务监督委员会主任"),
    ("p-tang", "唐文", XINGHUA, "council_member", "议事会成员"),
    ("p-he", "何守业", SHUANGQIAO, "party_secretary", "村党支部书记"),
    ("p-luo", "罗小燕", SHUANGQIAO, "clerk", "村经办人"),
    ("p-deng", "邓铁军", SHUANGQIAO, "grid_worker", "网格员"),
    ("p-xu", "徐桂芝", SHUANGQIAO, "supervision_head", "村务监督委员会主任"),
    ("p-bai", "白玉", SHUANGQIAO, "council_member", "议事会成员"),
)

CLERK = {LIUHE: "p-wang", XINGHUA: "p-wu", SHUANGQIAO: "p-luo", TOWN: "p-su"}
LIAISON = {LIUHE: "p-zhang", XINGHUA: "p-zhou", SHUANGQIAO: "p-deng"}
CONVENER = {"role": "party_secretary"}
CLEAR = {"against_policy": False, "private_dispute": False, "unfair": False, "deep_division": False}


class Days:
    """A clock of its own: the day of the step at hand, some minutes on for every act."""

    def __init__(self, today: date) -> None:
        self.today = today
        self.now = datetime.combine(today, time(8), ZoneInfo("Asia/Shanghai"))
        self.minutes = count()

    def turn(self, day: date) -> None:
        if day > self.now.date():
            self.now = datetime.combine(day, time(8), ZoneInfo("Asia/Shanghai"))
            self.minutes = count()

    def __call__(self) -> datetime:
        return self.now + timedelta(minutes=next(self.minutes))

    def ago(self, days: int) -> date:
        return self.today - timedelta(days=days)


class Teller:
    """Writes one matter's story in few words."""

    def __init__(self, days: Days, unit: str) -> None:
        self.days, self.unit, self.matter = days, unit, ""
        self.meeting = ""

    def do(self, name: str, data: Mapping[str, Any] | None = None, *, on: date | None = None, by: str | None = None,
           decided: Mapping[str, Any] | None = None, subject: str | None = None, opens: bool = False,
           **more: Any) -> Done:  # fmt: skip
        act = Act(
            name=name, happened_on=on or self.days.now.date(), entered_by=by or CLERK[self.unit], data=data or {},
            subject=None if opens else (subject or self.matter), unit=self.unit if opens else None,
            decided_by=decided, **more,
        )  # fmt: skip
        return perform(act, clock=self.days)[0]

    def say(self, words: str, **data: Any) -> str:
        by = LIAISON[self.unit] if data.get("behalf") else "public"
        self.matter = self.do("intake", {"words": words, **data}, by=by, opens=True).ident
        return self.matter

    def screen(self, title: str, discuss: str | None = "livelihood", **data: Any) -> None:
        self.do("put_forward", {"title": title})
        self.do("screen", {"discuss": discuss, **CLEAR, **data}, decided=CONVENER)

    def approve(self, note: str, present: int = 5) -> None:
        self.do("study", {"note": note, "present": present})
        self.do(
            "approve", {"approved": True, "present": 4}, decided={"body": "party", "paper": "支部会议记录"}
        )

    def call(
        self,
        in_days: int,
        *departments: str,
        place: str = "村议事室",
        at: str = "19:00",
        convener: str = "party_secretary",
        others: Sequence[Mapping[str, Any]] = (),
    ) -> None:
        """Calls a meeting: the unit's posts, departments by letter, and ``others``."""
        held = self.days.now.date() + timedelta(days=in_days)
        posts = Unit.objects.get(pk=self.unit).posts.order_by("id")
        guests: list[dict[str, Any]] = [{"kind": "member", "post": p.id} for p in posts if p.role != "clerk"]
        guests += [{"kind": "department", "department": d, "letter": f"商请函〔{held.year}〕{n}号"}
                   for n, d in enumerate(departments, 1)]  # fmt: skip
        guests += map(dict, others)
        recorder = posts.get(role="clerk")
        self.meeting = self.do(
            "convene",
            {"held_on": held.isoformat(), "time": at, "place": place, "convener": posts.get(role=convener).id, "recorder": recorder.id,
             "guests": guests},
            opens=True,
        ).ident  # fmt: skip
        self.do("table", {"meeting": self.meeting}, decided=CONVENER)
        self.do("give_notice", {"by": "all"}, subject=self.meeting)

    def hold(
        self, outcome: str, agreed: str | None, reserved: str | None = None, on: date | None = None
    ) -> None:
        on = on or self.days.now.date()
        self.do("hold_meeting", {"others": 3, "summary": "大家轮流说了各自的情况和想法，按议程逐项商量。"}, on=on,
                subject=self.meeting)  # fmt: skip
        self.do("take_up", {"meeting": self.meeting}, on=on, decided=CONVENER)
        self.do(
            "conclude", {"meeting": self.meeting, "outcome": outcome, "agreed": agreed, "reserved": reserved,
                         "speech": "村民代表、议事会成员依次发言；经办人记录。"}, on=on, decided=CONVENER,
        )  # fmt: skip

    def publish(self, text: str, tasks: list[tuple[str, str, int]]) -> None:
        self.do("draft_notice", {"text": text})
        posts = Unit.objects.get(pk=self.unit).posts
        witness = posts.get(role="supervision_head")
        poster = posts.get(role="clerk")
        self.do("post_notice", {"online": True, "poster": poster.id, "witness": witness.id})
        today = self.days.now.date()
        self.do(
            "set_tasks",
            {
                "tasks": [
                    {"text": t, "owner": o, "due": (today + timedelta(days=d)).isoformat()}
                    for t, o, d in tasks
                ]
            },
            decided=CONVENER,
        )

    def work(self, *, done: bool = True) -> None:
        from shangliang.cases.models import Task

        for task in Task.objects.filter(matter=self.matter):
            self.do("report_progress", {"task": task.id, "state": "done" if done else "doing",
                                        "note": "按约定做完，现场看过。" if done else "材料已经进场。"})  # fmt: skip
        if done:
            self.do("finish_work")


def tell(days: Days, stories: list[Story], progress: Callable[[str], None] | None = None) -> None:
    """Runs the stories side by side, always the one whose next day comes first, so that the books grow in time."""
    waiting: list[tuple[date, int, Story]] = []
    for n, story in enumerate(stories):
        heapq.heappush(waiting, (next(story), n, story))
    while waiting:
        day, n, story = heapq.heappop(waiting)
        days.turn(day)
        if (later := next(story, None)) is not None:
            heapq.heappush(waiting, (later, n, story))
        elif progress:
            progress(f"第{n + 1}件事")
