"""魏塘街道（演示）: 重大事项民主协商. One matter goes from notice to archive, one is consulted on in writing and its feedback exempted,
one is about persons, one is not approved, one waits for its seven days, one came from a visit."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from shangliang.site.places.telling import Scribe, appoint, begin, found, post_of
from shangliang.site.telling import Days, tell

STREET, VILLAGE = "weitang", "wt-heping"
PEOPLE = (
    # person, name, unit, role, title
    ("p-w-qin", "秦国梁", STREET, "party_secretary", "街道党委书记"),
    ("p-w-bao", "鲍静", STREET, "deputy_party_secretary", "党委副书记（分管党群）"),
    ("p-w-cen", "岑永明", STREET, "room_director", "政协委员联络室主任"),
    ("p-w-xi", "奚文珍", STREET, "office_director", "领导小组办公室主任"),
    ("p-w-xi", "奚文珍", STREET, "cppcc_member", "县政协委员"),
    ("p-w-ruan", "阮志强", STREET, "cppcc_member", "县政协委员"),
    ("p-w-pu", "濮阳春", STREET, "invited_member", "特邀委员"),
    ("p-w-ji", "纪小英", STREET, "clerk", "联络室经办人"),
    ("p-w-tan", "谭亚萍", STREET, "archivist", "街道档案员"),
    ("p-w-lou", "娄海", VILLAGE, "grid_worker", "网格员"),
    ("p-w-bian", "卞小兰", VILLAGE, "clerk", "社区经办人"),
)
PARTY = {"body": "party", "paper": "街道党委会议纪要", "present": 9}
GOVERNMENT = {"body": "government", "paper": "街道办事处会议纪要"}


def build_weitang(
    today: date, parent: str | None = None, progress: Callable[[str], None] | None = None
) -> None:
    """The street with its leading group, office and liaison room, and its matters."""
    days = begin(today)
    found(days, STREET, "魏塘街道（演示）", "street", parent, procedure="weitang", code="330421001", address="街道政协委员联络室",
          telephone="0000-0000310")  # fmt: skip
    found(days, VILLAGE, "和平社区（示例）", "community", STREET, adults=4200, households=1630)
    appoint(days, PEOPLE)
    _bodies(days)
    tell(days, [story(days) for story in STORIES], progress)


def _bodies(days: Days) -> None:
    s = Scribe(days, STREET, "p-w-ji", "room_director")
    group = s.of_unit(
        "form_body",
        {"kind": "leading_group", "name": "协商民主工作领导小组", "paper": "街道党委〔演示〕12号"},
    )
    for role, position in (
        ("party_secretary", "head"),
        ("deputy_party_secretary", "deputy"),
        ("room_director", "deputy"),
    ):
        s.of_unit("seat_member", {"body": group, "post": post_of(STREET, role), "position": position})
    office = s.of_unit("form_body", {"kind": "office", "name": "领导小组办公室"})
    s.of_unit(
        "seat_member", {"body": office, "post": post_of(STREET, "office_director"), "position": "director"}
    )
    room = s.of_unit("form_body", {"kind": "room", "name": "街道政协委员联络室"})
    member = {"sector": "教育界", "expertise": "教育管理", "places": [VILLAGE], "grid": "和平社区第二网格"}
    s.of_unit("seat_member", {"body": room, "post": post_of(STREET, "cppcc_member"), **member})
    s.of_unit(
        "seat_member",
        {
            "body": room,
            "post": post_of(STREET, "invited_member"),
            "sector": "工商联",
            "expertise": "建筑工程",
        },
    )


class Room(Scribe):
    """The liaison room's clerk at work."""

    def __init__(self, days: Days) -> None:
        super().__init__(days, STREET, "p-w-ji", "room_director")
        self.office = {"role": "office_director"}

    def propose(self, category: str, item: str, title: str | None, **more: Any) -> None:
        data = {"category": category, "item": item, "title": title, **more}
        self.matter = self.do("propose", data, decided=self.office, opens=True).ident

    def noticed(self, focus: str, number: str, *papers: str) -> None:
        """Approved by the party committee; the notice goes out with its papers."""
        self.do("approve", {"approved": True, "present": 9}, decided=PARTY)
        data = {"number": number, "focus": focus, "materials": [{"name": p, "pages": 12} for p in papers]}
        self.do("issue_notice", data, decided=self.office)

    def prepared(self, way: str = "special", where: str = "room", *more: dict[str, Any]) -> None:
        """The room fixes those who take part and tells each; a form is chosen."""
        regular = [{"kind": "member", "post": p} for p in self._members()]
        self.fix(*regular, *more)
        self.do("notify_participants", {"by": "phone"}, decided=self.convener)
        self.do("set_form", {"way": way, "where": where}, decided=self.convener)

    def _members(self) -> list[str]:
        return [post_of(STREET, "cppcc_member"), post_of(STREET, "invited_member")]

    def reported(self, *suggestions: tuple[str, str]) -> None:
        """Written opinion and bulletin."""
        found = [{"text": t, "kind": k} for t, k in suggestions]
        self.do("compile_opinion", {"suggestions": found}, decided=self.convener)
        self.do("send_bulletin", {"number": "2026年第3期", "to": ["party", "government", "departments"],
                                  "departments": "社区建设办公室"}, decided=self.convener)  # fmt: skip


def renewal(days: Days) -> Iterator[date]:
    """From the notice to the archive."""
    t = Room(days)
    yield days.ago(100)
    t.propose("project", "construction", "老旧小区改造三年安排", proposer="街道办事处", amount=36_000_000, off_budget=True,
              funds="fiscal", explanation="先改哪几个小区、怎么排次序，想先听大家的。")  # fmt: skip
    yield days.ago(96)
    t.noticed("改造的先后次序和居民出资办法", "魏协〔演示〕1号", "三年安排（征求意见稿）", "十二个小区情况表")
    yield days.ago(95)
    t.prepared(
        "special",
        "front",
        {"kind": "leader", "department": "街道办事处"},
        {"kind": "department", "department": "县住建局"},
    )
    t.do("log_contact", {"to": "县住建局", "note": "今年专项资金六月下达。"})
    yield days.ago(90)
    t.do("report_study", {"note": "走访四个小区六十户，漏雨和管网最急。"}, decided={"role": "cppcc_member"})
    t.call(4, form="special", place="和平社区会议室")
    yield days.ago(86)
    t.open_session(2)
    t.heard(("先修漏雨和管网。", "加装电梯要一梯一策。", "资金六月能到位。"))
    t.do("record_vote", {"mode": "hands", "question": "是否按漏雨、管网、外墙的次序改造", "electorate": "到会委员、特邀委员和邀请人员",
                         "entitled": 6, "present": 6, "votes_for": 5, "against": 0, "abstained": 1}, decided=t.convener)  # fmt: skip
    t.conclude(
        "consensus", "一、先漏雨、管网；二、外墙放第二年；三、加装电梯一梯一策。", "一位委员认为外墙应同步。"
    )
    yield days.ago(83)
    t.reported(
        ("先修漏雨和管网", "consensus"), ("加装电梯一梯一策", "consensus"), ("外墙同步改造", "reserved")
    )
    yield days.ago(70)
    t.do(
        "record_decision",
        {"decision": "yes", "note": "采纳前两条，外墙列第二年。", "paper": "街道党委会议纪要8号"},
        decided=PARTY,
    )
    t.follow("adopted")
    yield days.ago(50)
    t.do("feed_back", {"to": ["room"], "decision": "采纳两条，一条说明理由。", "execution": "四个小区六月开工。", "number": "反馈函1号"},
         decided=GOVERNMENT)  # fmt: skip
    t.do("publish_within", {"scope": ["members", "villages", "public"], "column": True,
                            "text": "老旧小区改造先修漏雨和管网，外墙列第二年，加装电梯一梯一策；四个小区六月开工。"},
         decided=t.office)  # fmt: skip
    t.do("close", {"result": "solved", "note": "决策和执行情况已反馈。"}, decided=t.convener)
    yield days.ago(48)
    t.do("accept_archive", {"shelf": "街道档案室1柜"}, by="p-w-tan")


def purchase(days: Days) -> Iterator[date]:
    """A written consultation; feedback exempted with ground, approver and day; not made public."""
    t = Room(days)
    yield days.ago(80)
    t.propose(
        "funds",
        "purchase",
        "应急物资采购安排",
        proposer="街道应急办公室",
        amount=860_000,
        off_budget=True,
        funds="fiscal",
    )
    t.noticed("品类和储备点", "魏协〔演示〕2号", "采购清单")
    t.prepared("written")
    yield days.ago(79)
    t.call(9, form="written", place="书面")
    yield days.ago(70)
    t.open_session()
    t.heard(("储备点要分两处。",), written=True)
    t.conclude("consensus", "一、分两处储备；二、每年轮换。")
    t.reported(("分两处储备", "consensus"))
    yield days.ago(60)
    t.do(
        "record_decision",
        {"decision": "yes", "note": "采纳。", "paper": "办事处会议纪要5号"},
        decided=GOVERNMENT,
    )
    t.do("exempt_feedback", {"ground": "储备点位属工作秘密", "approver": "街道党委", "approved_on": days.ago(60).isoformat()},
         decided=GOVERNMENT)  # fmt: skip
    t.do(
        "exempt_notice",
        {"ground": "储备点位属工作秘密", "approver": "街道党委", "note": "点位不公开。"},
        decided=t.office,
    )
    t.follow("done")
    t.do("close", {"result": "solved", "note": "采购完成。"}, decided=t.convener)
    yield days.ago(58)
    t.do("accept_archive", {"shelf": "街道档案室1柜"}, by="p-w-tan")


def persons(days: Days) -> Iterator[date]:
    """A matter about persons: number and date only."""
    t = Room(days)
    yield days.ago(30)
    t.propose("personnel", "reserve", None, ref="组〔演示〕7号")


def square(days: Days) -> Iterator[date]:
    """Not approved by the party committee, and answered."""
    t = Room(days)
    yield days.ago(60)
    t.propose(
        "project", "festival", "元宵灯会扩大到三条街", proposer="文化站", explanation="想把灯会办大一些。"
    )
    yield days.ago(57)
    t.do("approve", {"approved": False, "present": 9, "note": "今年仍按原规模。"}, decided=PARTY)
    t.do("reply", {"text": "党委研究后今年仍按原规模办，安全力量不够三条街。", "redirect": ""}, decided=t.office,
         reasons={"W-E33": "不需要转办"})  # fmt: skip


def kindergarten(days: Days) -> Iterator[date]:
    """The notice is out; the seven days run."""
    t = Room(days)
    yield days.ago(9)
    t.propose(
        "decision",
        "livelihood",
        "普惠托育点布局",
        proposer="街道办事处",
        explanation="三年建六个点，先听听选址意见。",
    )
    yield days.ago(3)
    t.noticed("选址和收费", "魏协〔演示〕3号", "布局方案")
    t.prepared("talk")
    t.call(7, form="talk", place="联络室", table=True)


def crossing(days: Days) -> Iterator[date]:
    """Heard on a visit in the grid, taken in, waiting to be classified."""
    t = Room(days)
    yield days.ago(6)
    visitor = Scribe(days, VILLAGE, "p-w-bian", "room_director")
    visitor.do("note_visit", {"grid": "和平社区第二网格", "tag": "two_goings", "words": "学校门口过街太险，家长盼装信号灯。"},
               subject=VILLAGE)  # fmt: skip
    t.say("学校门口过街太险，家长盼装信号灯。", kind="wish", channel="visit")


STORIES: tuple[Callable[[Days], Iterator[date]], ...] = (
    renewal, purchase, persons, square, kindergarten, crossing,
)  # fmt: skip
