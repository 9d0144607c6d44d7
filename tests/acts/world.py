"""A small village to act in, and few words to do it with. Everything goes through ``perform``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from tests.settled import settled

from shangliang.acts.act import SYSTEM, Act, Done
from shangliang.acts.perform import perform
from shangliang.cases import models as cases
from shangliang.cases.models import Matter
from shangliang.errors import Malformed, Refused
from shangliang.record.models import Entry

FOUNDED = date(2024, 1, 8)
ZONE = ZoneInfo("Asia/Shanghai")

UNITS = (
    # id, name, kind, parent, more
    ("donghe", "东河市", "county", None, {"procedure": "dongning"}),
    ("hekou", "河口镇", "town", "donghe", {"adults": 9600, "households": 4100}),
    ("shuili", "水利站", "bureau", "hekou", {}),
    ("liushu", "柳树村", "village", "hekou", {"adults": 860, "households": 372, "representatives": 60}),
    ("yangshu", "杨树村", "village", "hekou", {"adults": 640, "households": 281, "representatives": 36}),
)
POSTS = (
    # person, name, unit, role
    ("p-zhao", "赵县", "donghe", "clerk"),
    ("p-han", "韩玉堂", "hekou", "deputy_party_secretary"),
    ("p-su", "苏喆", "hekou", "clerk"),
    ("p-cheng", "程亚楠", "hekou", "archivist"),
    ("p-fu", "傅镇监", "hekou", "supervision_head"),
    ("p-meng", "孟庆堃", "shuili", "department_head"),
    ("p-jin", "金水", "shuili", "department_clerk"),
    ("p-li", "李长河", "liushu", "party_secretary"),
    ("p-sun", "孙德海", "liushu", "cppcc_member"),
    ("p-wang", "王玥", "liushu", "clerk"),
    ("p-zhang", "张桂兰", "liushu", "grid_worker"),
    ("p-ma", "马秀英", "liushu", "council_member"),
    ("p-lin", "林树生", "liushu", "council_member"),
    ("p-gao", "高凤山", "liushu", "supervision_head"),
    ("p-qian", "钱有田", "yangshu", "party_secretary"),
    ("p-wu", "吴晓梅", "yangshu", "clerk"),
    ("p-feng", "冯兆庆", "yangshu", "grid_worker"),
)  # fmt: skip

CLEAR: dict[str, Any] = {
    "discuss": "livelihood", "against_policy": False, "private_dispute": False, "unfair": False,
    "deep_division": False,
}  # fmt: skip
SECRETARY = {"role": "party_secretary"}
MEMBER = {"role": "cppcc_member"}
PARTY = {"body": "party", "paper": "支部会议记录2026-3", "present": 5}
TOWN_PARTY = {"body": "town_party", "unit": "hekou", "paper": "河口镇党委〔2026〕3号"}


class Clock:
    """A clock that the test sets; without an order it goes on a minute an act."""

    def __init__(self, start: date) -> None:
        self.now = datetime.combine(start, time(8), ZONE)

    def __call__(self) -> datetime:
        self.now += timedelta(minutes=1)
        return self.now

    def turn(self, day: date) -> None:
        """To the morning of a day, if that is still to come."""
        if day > self.now.date():
            self.now = datetime.combine(day, time(8), ZONE)

    def back(self, day: date) -> None:
        self.now = datetime.combine(day, time(8), ZONE)


def day(given: date | str) -> date:
    """``"2026-05-03"``, or ``"05-03"`` of the year in which the tests play."""
    if isinstance(given, date):
        return given
    return date.fromisoformat(given if len(given) == 10 else f"2026-{given}")


class World:
    """Does acts in a village. ``matter`` and ``meeting`` are those last opened: acts without a subject are about
    them."""

    def __init__(self, *, simulated: bool = True) -> None:
        self.clock = Clock(FOUNDED)
        self.simulated = simulated
        self.today = day("05-01")
        self.matter = ""
        self.meeting = ""
        self.unit = "liushu"
        self.clerk = "p-wang"
        self.posts: dict[str, str] = {}
        self.posts, self.clock = settled(("world", simulated), self._build)

    def _build(self) -> tuple[dict[str, str], Clock]:
        for ident, name, kind, parent, more in UNITS:
            data = {"name": name, "kind": kind, "parent": parent, **more}
            self.perform(Act("found_unit", FOUNDED, SYSTEM, data, unit=ident))
        for person, name, unit, role in POSTS:
            self.appoint(person, name, unit, role)
        return self.posts, self.clock

    def appoint(self, person: str, name: str | None, unit: str, role: str, **more: Any) -> str:
        """Appoints, and returns the id of the post."""
        since = day(more.pop("on", FOUNDED))
        data = {"role": role, "person": person, "name": name, **more}
        done = self.perform(Act("appoint", since, SYSTEM, data, unit=unit))
        self.posts[f"{unit}.{role}"] = self.posts[person] = row(done)
        return row(done)

    def perform(self, act: Act) -> Done:
        """One act, entered on its own day or on the last day known."""
        return self.perform_all(act)[-1]

    def perform_all(self, *acts: Act, turn: bool = True) -> list[Done]:
        if turn:
            self.clock.turn(max(a.happened_on for a in acts))
        if self.simulated:
            return perform(*acts, clock=self.clock)
        return perform(*acts)

    def act(self, name: str, data: Mapping[str, Any] | None = None, *, on: date | str | None = None, by: str | None = None,
            decided: Mapping[str, Any] | None = None, subject: str | None = None, **more: Any) -> Act:  # fmt: skip
        """An act in the village, of today and typed by its clerk unless said otherwise."""
        if on is not None:
            self.today = max(self.today, day(on))
        opens = name in ("intake", "convene", "import_meeting", "propose")
        if subject is None and not opens and name not in UNIT_ACTS:
            subject = self.meeting if name in MEETING_ACTS else self.matter
        if (opens or name in UNIT_ACTS) and "unit" not in more:
            more["unit"] = self.unit
        return Act(
            name, day(on) if on is not None else self.today, by or self.clerk, data or {}, subject=subject,
            decided_by=decided, **more,
        )  # fmt: skip

    def do(
        self,
        name: str,
        data: Mapping[str, Any] | None = None,
        *,
        typed: date | str | None = None,
        **more: Any,
    ) -> Done:
        """Does one act. ``typed`` is the day on which it is entered: the day of the event, or the last day known."""
        asked = self.act(name, data, **more)
        if typed is not None:
            self.clock.back(day(typed))
        (done,) = self.perform_all(asked, turn=typed is None)
        if name == "intake" and not done.repeated:
            self.matter = done.ident
        if name == "convene" and not done.repeated:
            self.meeting = done.ident
        return done

    def refused(self, name: str, data: Mapping[str, Any] | None = None, **more: Any) -> list[str]:
        """Why an act is refused: the gate's id, or the code of what is not a gate; with the missing field as
        ``code:field``. Fails when it is not refused."""
        try:
            self.do(name, data, **more)
        except Refused as error:
            return why(error)
        raise AssertionError(f"{name} was not refused")

    def malformed(self, name: str, data: Mapping[str, Any] | None = None, **more: Any) -> list[str]:
        """The fields at fault. Fails when the act has the right shape."""
        try:
            self.do(name, data, **more)
        except Malformed as error:
            return [p.field for p in error.problems]
        raise AssertionError(f"{name} was not malformed")

    # ── how things stand ────────────────────────────────────────────────────────────────────────────────────────────

    @property
    def row(self) -> Matter:
        return Matter.objects.get(pk=self.matter)

    @property
    def stage(self) -> str:
        return self.row.stage

    @property
    def marks(self) -> set[str]:
        return set(filter(None, self.row.marks.split(",")))

    def flows(self) -> dict[str, str]:
        """The stage of every flow that runs beside or inside the root."""
        import json

        return {k: v for k, v in json.loads(self.row.position)["stages"].items() if k}

    def last(self, model: str) -> Any:
        """The newest row of a kind that belongs to the matter."""
        rows = getattr(cases, model)._default_manager.filter(matter=self.matter)
        return max(rows, key=lambda r: [int(n) for n in r.pk.split(".")[-2:]])

    def entry(self, done: Done) -> Entry:
        return Entry.objects.get(book=done.book, seq=done.seq)

    # ── stretches of the way ────────────────────────────────────────────────────────────────────────────────────────

    def opened(self, on: str = "04-01", words: str = "村东排水沟一下雨就堵。", **data: Any) -> World:
        self.do("intake", {"words": words, **data}, by="public", on=on)
        return self

    def put_forward(self, on: str = "04-02") -> World:
        self.opened() if not self.matter or self.row.stage != "D-1" else None
        self.do("put_forward", {"title": "村东排水沟整修"}, on=on)
        return self

    def screened(self, on: str = "04-03", by: Mapping[str, Any] = SECRETARY, **data: Any) -> World:
        self.put_forward()
        self.do("screen", {**CLEAR, "touches": [], **data}, on=on, decided=by)
        return self

    def approved(self, on: str = "04-08", **data: Any) -> World:
        if not self.matter or self.row.stage in ("D-1", "D-2"):
            self.screened(**data)
        self.do("study", {"note": "看了三处，淤了半米。", "present": 6}, on=on)
        self.do("approve", {"approved": True, "present": 5}, decided=PARTY, on=on)
        return self

    def asked(self, on: str = "05-01", until: str | None = None, **data: Any) -> World:
        """People are asked what they think, until the same day unless said otherwise."""
        views = [{"text": t} for t in ("先清淤，再砌边。", "今年就动工。", "每户出一个工。")]
        last = day(until or on).isoformat()
        self.do("open_gathering", {"statements": views, "until": last, **data}, on=on, decided=SECRETARY)
        return self

    def called(self, held: str = "04-20", on: str = "04-10", convener: str = "p-li", **data: Any) -> World:
        """A meeting is called, with its notice."""
        guests = [{"kind": "member", "post": self.posts[p]} for p in ("p-ma", "p-lin", "p-gao")]
        held_on = day(held)
        self.do("convene", {"held_on": held_on.isoformat(), "time": "19:00", "place": "村议事室", "guests": guests,
                            "convener": self.posts[convener], "recorder": self.posts["p-wang"], **data}, on=on)  # fmt: skip
        self.do("give_notice", {"by": "all"}, on=on)
        return self

    def tabled(self, held: str = "04-20", on: str = "04-10", **data: Any) -> World:
        if not self.matter or self.row.stage in ("D-1", "D-2", "D-3"):
            self.approved(**data)
        self.called(held, on)
        self.do("table", {"meeting": self.meeting}, on=on, decided=SECRETARY)
        return self

    def met(self, outcome: str = "consensus", on: str = "04-20", **data: Any) -> World:
        """Held, taken up and concluded."""
        if not self.matter or self.row.stage not in ("D-6",):
            self.tabled(on, **data)
        self.do("hold_meeting", {"others": 3, "summary": "逐项商量。"}, on=on)
        self.do("take_up", {"meeting": self.meeting}, on=on)
        said = {"meeting": self.meeting, "outcome": outcome, "agreed": "先清淤，再砌边。"}
        self.do("conclude", said, on=on)
        return self

    def posted(self, on: str = "05-01", **data: Any) -> World:
        if not self.matter or self.row.stage != "D-7":
            self.met(**data)
        self.do("draft_notice", {"text": "村东排水沟整修：先清淤，再砌边。"}, on=on)
        self.do("post_notice", {"poster": self.posts["p-wang"], "witness": self.posts["p-gao"]}, on=on)
        return self

    def tasked(self, on: str = "05-01", n: int = 1) -> World:
        tasks = [{"text": f"第{k + 1}段清淤", "owner": "水利站", "due": "2026-06-30"} for k in range(n)]
        self.do("set_tasks", {"tasks": tasks}, on=on, decided=SECRETARY)
        return self

    def task(self, n: int = 0) -> Any:
        return cases.Task.objects.filter(matter=self.matter).order_by("number")[n]

    def worked(self, on: str = "05-10") -> World:
        for task in cases.Task.objects.filter(matter=self.matter).order_by("number"):
            self.do("report_progress", {"task": task.pk, "state": "done", "note": "清完了。"}, on=on)
        self.do("finish_work", on=on)
        self.do("check_work", {"satisfied": True}, on=on, decided={"role": "supervision_head"})
        return self

    def carried_out(self, down: str = "05-16") -> World:
        """Posted, worked, checked, taken down: ready to be closed."""
        self.posted().tasked().worked()
        self.do("take_down", on=down)
        return self

    def closed(self, on: str = "05-20", result: str = "solved") -> World:
        self.carried_out()
        self.do("reply", {"text": "沟修好了，谢谢。"}, on=on)
        self.do("close", {"result": result, "note": "全线通水。"}, on=on, decided=SECRETARY)
        return self

    def archived(self, on: str = "05-22") -> World:
        self.closed()
        self.do("accept_archive", {"shelf": "2号柜"}, by="p-cheng", on=on)
        return self


UNIT_ACTS = frozenset(
    {"found_unit", "amend_unit", "end_unit", "equip_venue", "appoint", "release", "no_topic", "anchor", "remind", "answer_reminder",
     "draw_sample", "freeze_month", "adopt_rulebook", "form_body", "seat_member", "leave_seat", "record_selection",
     "name_pilots", "note_visit", "correct_register"}
)  # fmt: skip
MEETING_ACTS = frozenset({"give_notice", "register_reply", "hold_meeting", "call_off"})


def row(done: Done, n: int = 0) -> str:
    """The id of the n-th row that an act made."""
    return f"{done.entry}.{n}"


def why(error: Refused) -> list[str]:
    found = [f for f in error.findings if f.verdict != "noted"]
    return [f.gate or (f"{f.code}:{f.field}" if f.verdict == "unknown" else f.code) for f in found]


def whys(errors: Sequence[Refused]) -> list[list[str]]:
    return [why(e) for e in errors]
