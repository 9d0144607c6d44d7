"""The way of a matter under 协商在基层, 魏塘 and 溧阳, in few words. Everything goes through ``perform``."""

from __future__ import annotations

from typing import Any

from tests.acts.deciding import adopt
from tests.acts.world import PARTY, SECRETARY, World

from shangliang.cases.models_consulting import Participant

MEMBER = {"role": "cppcc_member"}
ROOM = {"role": "room_director"}
OFFICE = {"role": "office_director"}
CPPCC = {"body": "cppcc"}
COMMITTEE = {"body": "party", "paper": "街道党委会议纪要", "present": 9}
COUNCIL = {"body": "council", "paper": "议事会记录"}
THREE = (
    {"kind": "member", "name": "老马"}, {"kind": "stakeholder", "name": "沿渠农户"},
    {"kind": "department", "department": "水利站"},
)  # fmt: skip


# ── 协商在基层 ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def raised(w: World) -> World:
    """Said and gathered: waiting to be screened."""
    adopt(w, "xieshang")
    w.opened("04-02", words="东渠堵了。")
    w.do("put_forward", {"title": "东渠清淤"}, on="04-02")
    return w


def topic(w: World, **data: Any) -> World:
    raised(w)
    said = {"category": "rural", "reach": "village", "complexity": "plain", **data}
    w.do("set_topic", said, on="04-03", decided=MEMBER)
    return w


def approved(w: World, **data: Any) -> World:
    topic(w, **data)
    w.do("approve", {"approved": True, "present": 5}, on="04-04", decided=PARTY)
    return w


def fixed(w: World, *people: dict[str, Any], **data: Any) -> World:
    approved(w, **data)
    w.do("fix_participants", {"participants": list(people or THREE)}, on="04-05", decided=MEMBER)
    return w


def formed(w: World, **data: Any) -> World:
    fixed(w, **data)
    w.do("set_form", {"way": "meeting"}, on="04-06", decided=MEMBER)
    return w


def studied(w: World, **data: Any) -> World:
    formed(w, **data)
    w.do("report_study", {"note": "沿渠走了四公里。"}, on="04-07", decided=CPPCC)
    return w


def tabled(w: World, held: str = "04-20", on: str = "04-10", **data: Any) -> World:
    if not w.matter:
        studied(w, **data)
    w.called(held, on, convener="p-sun")
    w.do("table", {"meeting": w.meeting}, on=on, decided=MEMBER)
    return w


def begun(w: World, on: str = "04-20", **data: Any) -> World:
    tabled(w, on, **data)
    w.do("hold_meeting", {"others": 3, "summary": "逐项商量。"}, on=on)
    w.do("take_up", {"meeting": w.meeting}, on=on)
    return w


def concluded(w: World, outcome: str = "consensus", on: str = "04-20", **data: Any) -> World:
    begun(w, on, **data)
    said = {"meeting": w.meeting, "outcome": outcome, "agreed": "先清主渠。"}
    w.do("conclude", said, on=on, decided=MEMBER)
    return w


def checked(w: World) -> World:
    """Compiled and checked against policy: to be posted and carried out."""
    concluded(w)
    two = [{"text": "先清主渠"}, {"text": "支渠同年清", "kind": "reserved"}]
    w.do("compile_opinion", {"suggestions": two}, on="04-21", decided=MEMBER)
    w.do("check_policy", {"passed": True}, on="04-21", decided=MEMBER)
    return w


def carried_out(w: World) -> World:
    """Posted, worked, checked, taken down: to be followed up."""
    checked(w)
    w.do("draft_notice", {"text": "先清主渠。"}, on="04-22")
    w.do("post_notice", {"poster": w.posts["p-wang"], "witness": w.posts["p-gao"]}, on="04-22")
    task = {"text": "清主渠", "owner": "水利站", "due": "2026-06-30"}
    w.do("set_tasks", {"tasks": [task]}, on="04-22", decided=MEMBER)
    w.do("report_progress", {"task": w.task().pk, "state": "done", "note": "清完了。"}, on="04-25")
    w.do("finish_work", on="04-25")
    w.do("check_work", {"satisfied": True}, on="04-26", decided={"role": "supervision_head"})
    w.do("take_down", on="05-07")
    return w


def participant(w: World) -> str:
    return str(Participant.objects.filter(matter=w.matter).order_by("id")[0].pk)


# ── 魏塘 ───────────────────────────────────────────────────────────────────────────────────────────────────────────────


def street(w: World) -> World:
    """The town works as a sub-district with a liaison room and a leading group's office."""
    w.unit, w.clerk = "hekou", "p-su"
    adopt(w, "weitang")
    w.appoint("p-room", "岑主任", "hekou", "room_director")
    w.appoint("p-office", "奚主任", "hekou", "office_director")
    w.appoint("p-yuan", "阮委员", "hekou", "cppcc_member")
    return w


def proposed(w: World, on: str = "03-01", **data: Any) -> World:
    street(w)
    said = {
        "category": "project",
        "item": "construction",
        "title": "老旧小区改造",
        "amount": 3_000_000,
        **data,
    }
    w.matter = w.do("propose", said, on=on, decided=OFFICE, unit="hekou", subject="").ident
    return w


def passed(w: World, **data: Any) -> World:
    proposed(w, **data)
    w.do("approve", {"approved": True, "present": 9}, on="03-01", decided=COMMITTEE)
    return w


NOTICE = {"number": "1号", "focus": "改造次序", "materials": [{"name": "方案", "pages": 9}]}


def noticed(w: World, on: str = "03-02", **data: Any) -> World:
    passed(w, **data)
    w.do("issue_notice", NOTICE, on=on, decided=OFFICE)
    return w


def named(w: World, **data: Any) -> World:
    noticed(w, **data)
    people = [{"kind": "member", "post": w.posts["p-yuan"]}, {"kind": "invited", "name": "濮阳春"}]
    w.do("fix_participants", {"participants": people}, on="03-03", decided=ROOM)
    return w


def ready(w: World, way: str = "special", **data: Any) -> World:
    """Everybody is told, the form is chosen: time to study."""
    named(w, **data)
    w.do("notify_participants", {"by": "phone"}, on="03-03", decided=ROOM)
    w.do("set_form", {"way": way}, on="03-03", decided=ROOM)
    return w


def session(
    w: World, held: str = "03-09", form: str = "special", recorder: bool = True, **data: Any
) -> World:
    ready(w, form, **data)
    said = {
        "form": form, "held_on": f"2026-{held}", "place": "联络室", "convener": w.posts["p-room"],
        "recorder": w.posts["p-su"] if recorder else None,
    }  # fmt: skip
    w.do("convene", said, on="03-03")
    w.do("give_notice", {"by": "all"}, on="03-03")
    w.do("table", {"meeting": w.meeting}, on="03-03", decided=ROOM)
    return w


def consulted(
    w: World, outcome: str = "consensus", on: str = "03-09", form: str = "special", **data: Any
) -> World:
    session(w, on, form, **data)
    w.do("hold_meeting", {"summary": "依次发言。"}, on=on)
    w.do("take_up", {"meeting": w.meeting}, on=on, decided=ROOM)
    for one in Participant.objects.filter(matter=w.matter).order_by("id"):
        said = {"participant": one.pk, "words": "同意。", "written": form == "written"}
        w.do("enter_statement", said, on=on, decided=ROOM)
    said = {"meeting": w.meeting, "outcome": outcome, "agreed": "先修漏雨。"}
    w.do("conclude", said, on=on, decided=ROOM)
    return w


def compiled(w: World, **data: Any) -> World:
    consulted(w, **data)
    w.do("compile_opinion", {"suggestions": [{"text": "先修漏雨"}]}, on="03-10", decided=ROOM)
    return w


def sent(w: World, **data: Any) -> World:
    compiled(w, **data)
    w.do("send_bulletin", {"number": "第3期", "to": ["party", "government"]}, on="03-12", decided=ROOM)
    return w


def resolved(w: World, **data: Any) -> World:
    sent(w, **data)
    w.do("record_decision", {"decision": "yes", "note": "采纳。"}, on="03-20", decided=COMMITTEE)
    return w


def fed_back(w: World, **data: Any) -> World:
    resolved(w, **data)
    said = {"to": ["room"], "decision": "采纳。", "execution": "六月开工。"}
    w.do("feed_back", said, on="03-25", decided=COMMITTEE)
    return w


# ── 溧阳 ───────────────────────────────────────────────────────────────────────────────────────────────────────────────


def arranged(w: World, **data: Any) -> World:
    adopt(w, "liyang")
    w.opened("04-02", words="菜市场又挤又滑。")
    w.do("put_forward", {"title": "菜市场改造"}, on="04-02")
    said = {"category": "interest", "scope": ["affairs"], "reach": "village", **data}
    w.do("set_topic", said, on="04-03", decided=PARTY)
    return w


def chosen(w: World, *people: dict[str, Any], **data: Any) -> World:
    arranged(w, **data)
    w.do("fix_participants", {"participants": list(people or THREE)}, on="04-05", decided=SECRETARY)
    return w


def told(w: World, *people: dict[str, Any], **data: Any) -> World:
    """Carrier and form are chosen; topic and papers are to be made public."""
    chosen(w, *people, **data)
    w.do("set_form", {"carrier": "council", "way": "civic", "method": "推选"}, on="04-06", decided=SECRETARY)
    return w


def released(w: World, *people: dict[str, Any], on: str = "04-08", **data: Any) -> World:
    told(w, *people, **data)
    w.do("release_information", {"materials": [{"name": "方案"}]}, on=on, decided=SECRETARY)
    return w


def agreed(w: World, outcome: str = "consensus", on: str = "04-20", **data: Any) -> World:
    released(w, **data)
    w.called(on, "04-10")
    w.do("table", {"meeting": w.meeting}, on="04-10", decided=SECRETARY)
    w.do("hold_meeting", {"others": 3}, on=on)
    w.do("take_up", {"meeting": w.meeting}, on=on)
    w.do(
        "conclude",
        {"meeting": w.meeting, "outcome": outcome, "agreed": "分两期改。"},
        on=on,
        decided=SECRETARY,
    )
    return w


def decided(w: World, **data: Any) -> World:
    agreed(w, **data)
    w.do("record_decision", {"decision": "yes", "note": "分两期。"}, on="04-22", decided=COUNCIL)
    return w


def worked(w: World, reasons: dict[str, str] | None = None, **data: Any) -> World:
    """The work is done and checked: to be appraised and published."""
    if not w.matter or w.stage != "L-6":
        decided(w, **data)
    task = {"text": "一期", "owner": "水利站", "due": "2026-06-30"}
    w.do("set_tasks", {"tasks": [task]}, on="05-01", decided=SECRETARY)
    w.do("report_progress", {"task": w.task().pk, "state": "done", "note": "完工。"}, on="05-05")
    w.do("finish_work", on="05-05")
    w.do(
        "check_work",
        {"satisfied": True},
        on="05-06",
        decided={"role": "supervision_head"},
        reasons=reasons or {},
    )
    return w


# ── surveys and standing bodies ───────────────────────────────────────────────────────────────────────────────────────

QUESTIONS = [{"text": "放在哪里？", "options": ["路口", "楼下"]}]


def surveyed(w: World) -> str:
    """A survey is open in a matter; its id."""
    w.opened("04-02")
    done = w.do("open_survey", {"title": "投放点", "questions": QUESTIONS}, on="04-03")
    return f"{done.entry}.0"


def council(w: World) -> str:
    """The village has a council; its id."""
    return f"{w.do('form_body', {'kind': 'council', 'name': '议事会'}, unit=w.unit, subject=None).entry}.0"
