"""From the result of a deliberation to the archive: what goes up, what the law's meeting decides, notice, work, closing."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from shangliang.procedure.law import deciding_bodies, law_on
from shangliang.site.simulate.coming import Topical
from shangliang.site.simulate.stage import Story

if TYPE_CHECKING:
    from shangliang.site.simulate.telling import Teller


def after(tell: Teller, m: Topical, outcome: str, day: date) -> Story:
    """From the result of the deliberation to the archive."""
    today = max(day, tell.stage.clock.now.date())
    if outcome == "escalate":
        yield today + timedelta(days=2)
        _report_up(tell, m)
        today += timedelta(days=2 + tell.rng.randrange(6, 16))
        yield today
        data = {"result": "settled", "note": "同意，已列入计划。", "paper": "镇党委答复"}
        tell.act(
            "record_return",
            m.unit,
            m.number,
            data,
            decided={**tell.party(m.unit), "unit": _above(tell, m)},
        )
    if _statutory(tell, m, today):
        today += timedelta(days=tell.rng.randrange(12, 15))
        yield today
        _resolve(tell, m)
    yield today + timedelta(days=tell.rng.randrange(1, 3))
    posted = tell.stage.clock.now.date()
    tasks = _publish(tell, m)
    yield from _carry_out(tell, m, posted, tasks)


def _above(tell: Teller, m: Topical) -> str:
    return tell.places[m.unit].parent or m.unit


def _report_up(tell: Teller, m: Topical) -> None:
    above = tell.places[_above(tell, m)]
    data = {"to": above.name, "note": f"请协调解决：{m.topic.title}。"}
    tell.act("report_up", m.unit, m.number, data, decided=tell.party(m.unit))


def _statutory(tell: Teller, m: Topical, on: date) -> bool:
    law = law_on(on, tell.places[m.unit].kind)
    return any(law.deciding(t) for t in m.topic.touches)


def _resolve(tell: Teller, m: Topical) -> None:
    """The meeting the law of the day names decides; consultation is not resolution."""
    on, place = tell.stage.clock.now.date(), tell.places[m.unit]
    bodies = deciding_bodies(law_on(on, place.kind), frozenset(m.topic.touches))
    body = next((b for b in bodies if "representatives" in b.id), bodies[0])
    total = place.representatives or 45
    present = total - tell.rng.randrange(0, total // 8 + 1)
    against = tell.rng.randrange(0, 4)
    data = {
        "body": body.id, "notice_on": (on - timedelta(days=11)).isoformat(), "total": total, "present": present,
        "votes_for": present - against, "against": against, "paper": f"决议〔{on.year}〕{tell.rng.randrange(1, 9)}号",
        "party_study_on": (on - timedelta(days=12)).isoformat(), "authorised_by": "村民会议授权书",
    }  # fmt: skip
    tell.act("record_resolution", m.unit, m.number, data)


def _publish(tell: Teller, m: Topical) -> list[tuple[str, date]]:
    """The notice goes up and the tasks are set: (id, due) of each."""
    unit, on = m.unit, tell.stage.clock.now.date()
    tell.act("draft_notice", unit, m.number, {"text": f"{m.topic.title}协商结果：{m.topic.agreed}"})
    poster, witness = tell.roster.one(unit, "clerk").post, tell.roster.one(unit, "supervision_head").post
    tell.act("post_notice", unit, m.number, {"online": True, "poster": poster, "witness": witness})
    own = tell.places[unit].name
    tasks = [
        {"text": what, "owner": owner or own, "due": (on + timedelta(days=days)).isoformat()}
        for what, owner, days in m.topic.tasks
    ]
    made = tell.act("set_tasks", unit, m.number, {"tasks": tasks}, decided=tell.convened(unit))
    return [(f"{made.entry}.{n}", date.fromisoformat(str(t["due"]))) for n, t in enumerate(tasks)]


def _carry_out(tell: Teller, m: Topical, posted: date, tasks: list[tuple[str, date]]) -> Story:
    end = max(m.end or posted, posted + timedelta(days=17))
    if m.objection:
        yield posted + timedelta(days=4)
        yield from _object(tell, m)
    if m.stalls:
        return
    worked = posted + timedelta(days=max(4, (end - posted).days * 2 // 3))
    yield worked
    state = "done" if m.result != "unsolved" else "not_done"
    for task, _ in tasks:
        note = "按约定做完，现场看过。" if state == "done" else "所需资金没有落实，已说明。"
        tell.act("report_progress", m.unit, m.number, {"task": task, "state": state, "note": note})
    tell.act("finish_work", m.unit, m.number, {})
    yield max(worked + timedelta(days=2), posted + timedelta(days=16))
    tell.act("check_work", m.unit, m.number, {"satisfied": True},
             decided={"post": tell.roster.one(m.unit, "supervision_head").post})  # fmt: skip
    tell.act("take_down", m.unit, m.number, {})
    yield max(end, tell.stage.clock.now.date())
    yield from _finish(tell, m)


def _object(tell: Teller, m: Topical) -> Story:
    words = "能不能再和常年在外的几户说一声。"
    made = tell.act("object", m.unit, m.number, {"words": words}, by="public")
    yield tell.stage.clock.now.date() + timedelta(days=3)
    data = {"objection": f"{made.entry}.0", "sustained": False, "reason": "已逐户打电话说明，都同意。"}
    tell.act("answer_objection", m.unit, m.number, data, decided=tell.convened(m.unit))


def _finish(tell: Teller, m: Topical) -> Story:
    decided = tell.convened(m.unit)
    if m.heard is not None:
        words = None if m.heard else "还没有完全解决。"
        tell.act("confirm", m.unit, m.number, {"solved": m.heard, "words": words}, by="public")
    note = m.topic.note if m.result == "solved" else "已做的部分见任务清单，其余因资金未落实，说明在答复里。"
    tell.act("reply", m.unit, m.number, {"text": note}, decided=decided)
    tell.act("close", m.unit, m.number, {"result": m.result, "note": note}, decided=decided)
    today = tell.stage.clock.now.date()
    if (m.face or m.channel == "phone") and tell.rng.random() < 0.9:
        yield today + timedelta(days=1)
        told = tell.roster.one(m.unit, "grid_worker", "cppcc_member").person
        tell.act("told", m.unit, m.number, {"opinion": m.opinion}, by=told)
    yield today + timedelta(days=tell.rng.randrange(2, 25))
    above = _above(tell, m) if tell.places[m.unit].village else m.unit
    archivist = tell.roster.one(above, "archivist").person
    tell.act(
        "accept_archive",
        m.unit,
        m.number,
        {"shelf": f"{today.year}年第{tell.rng.randrange(1, 9)}盒"},
        by=archivist,
    )
