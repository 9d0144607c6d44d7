"""The way of a matter under 一征三议两公开 and 四议两公开, in few words. Everything goes through ``perform``."""

from __future__ import annotations

from typing import Any

from tests.acts.world import PARTY, SECRETARY, World

from shangliang.procedure.loader import procedure

COMMITTEES = {"body": "two_committees", "paper": "“两委”会议记录2026-4", "present": 7}
MEMBERS = {"body": "party_members", "paper": "党员大会记录2026-2", "present": 20}
SUPERVISOR = {"role": "supervision_head"}


def adopt(w: World, ident: str, on: str = "04-01", **changes: Any) -> World:
    """The village works by another of the shipped procedures from a day on."""
    found = procedure(ident)
    data = {
        "procedure": ident,
        "version": found.version,
        "text": found.text,
        "body": "河口镇党委",
        "number": "〔2026〕1号",
    }
    w.do("adopt_rulebook", {**data, **changes}, on=on)
    return w


def raised(w: World, ident: str, title: str = "老旧小区水管改造", **data: Any) -> World:
    """Admitted: a matter that must be decided in this way."""
    adopt(w, ident)
    w.opened("04-02", words="西区水管锈了，水是黄的。")
    w.do("put_forward", {"title": title}, on="04-02")
    category = {"yizheng": "renewal", "siyi": "construction"}[ident]
    data = {"in_scope": True, "category": category, "touches": [], **data}
    w.do("admit", data, on="04-03", decided=SECRETARY)
    return w


def collected(w: World, closed: str = "04-12", **data: Any) -> World:
    """一征: asked, heard and summed up."""
    if not w.matter:
        raised(w, "yizheng")
    w.do(
        "open_collecting", {"topic": "水管怎么改？", "methods": ["visit", "talk"]}, on="04-04", decided=PARTY
    )
    w.do(
        "enter_heard",
        {"group": "residents", "method": "visit", "count": 40, "words": "先改西区。"},
        on="04-05",
    )
    w.do(
        "enter_heard",
        {"group": "party_units", "method": "talk", "count": 3, "words": "愿意出材料。"},
        on="04-06",
    )
    said = {
        "summary": "先改西区，材料由辖区单位出一半。",
        "party_study_on": closed if len(closed) == 10 else f"2026-{closed}",
    }
    w.do("close_collecting", {**said, **data}, on=closed, decided=PARTY)
    return w


def proposed(w: World, on: str = "04-14", **data: Any) -> World:
    """一议: the two committees propose."""
    if not w.matter or w.stage in ("Z-0", "Z-0S", "Z-1"):
        collected(w)
    plan = {"plan": "西区先改，六月完工。", "cited": 30, "form": "提议表2026-1", "left_out": "东区明年改。"}
    w.do("propose_plan", {**plan, **data}, on=on, decided=COMMITTEES)
    return w


def tabled(w: World, held: str = "04-22") -> World:
    """二议: a deliberation is called."""
    if not w.matter or w.stage != "Z-3":
        proposed(w)
    guests = [{"kind": "member", "post": w.posts["p-ma"]}, {"kind": "unit", "department": "辖区学校党支部"}]
    w.called(held=held, on="04-15", guests=guests)
    w.do("table", {"meeting": w.meeting}, on="04-15", decided=SECRETARY)
    return w


def deliberated(w: World, outcome: str = "consensus", on: str = "04-22", **data: Any) -> World:
    if not w.matter or w.stage != "Z-3M":
        tabled(w, on)
    w.do("hold_meeting", {"others": 3, "summary": "逐项商量。"}, on=on)
    w.do("take_up", {"meeting": w.meeting}, on=on)
    w.do("conclude", {"meeting": w.meeting, "outcome": outcome, "agreed": "西区先改。"}, on=on, **data)
    return w


def resolution(**changes: Any) -> dict[str, Any]:
    return {
        "body": "representatives", "notice_on": "2026-04-24", "party_study_on": "2026-04-12",
        "authorised_by": "2026年授权1号", "total": 60, "present": 40, "votes_for": 21, "against": 10, "abstained": 9,
        "paper": "决议〔2026〕2号", **changes,
    }  # fmt: skip


def resolved(w: World, on: str = "04-28", **changes: Any) -> World:
    """三议 (P5) or 四议 (P6): the meeting that decides."""
    if not w.matter:
        deliberated(w)
    w.do("record_resolution", resolution(**changes), on=on)
    return w


def posted(w: World, on: str) -> World:
    w.do("draft_notice", {"text": "西区水管六月完工。"}, on=on)
    w.do("post_notice", {"poster": w.posts["p-wang"], "witness": w.posts["p-gao"]}, on=on)
    return w


def carried_out(w: World, on: str = "05-02") -> World:
    """一公开 and the work: notice up and over, tasks done and checked."""
    if not w.matter:
        resolved(w)
    posted(w, on)
    w.do(
        "set_tasks",
        {"tasks": [{"text": "换管", "owner": "柳树村", "due": "2026-06-01"}]},
        on=on,
        decided=SECRETARY,
    )
    w.do(
        "report_progress",
        {"task": w.last("Task").pk, "state": "done", "note": "换了。"},
        on="05-18",
        decided=SECRETARY,
    )
    w.do("finish_work", {}, on="05-18", decided=SECRETARY)
    w.do("check_work", {"satisfied": True}, on="05-18", decided=SUPERVISOR)
    w.do("take_down", {}, on="05-18")
    return w


EFFECTS = {"amount": 118_000, "effects": [{"what": "更换水管", "hundredths": 42_000, "unit": "米"}]}


def shown(w: World) -> World:
    """The result entered and hung up for fifteen days."""
    if not w.matter:
        carried_out(w)
    w.do("record_effects", EFFECTS, on="05-20", decided=SECRETARY)
    posted(w, "05-21")
    w.do("take_down", {}, on="06-05")
    return w


def appraised(w: World) -> World:
    if not w.matter:
        shown(w)
    w.do("set_appraisal", {"topic": "换管工程，按约定", "called_for": "2026-06-10", "place": "村议事室"}, on="06-06",
         decided=SUPERVISOR)  # fmt: skip
    w.do("call_appraisal", {"count": 30}, on="06-07", decided=SUPERVISOR)
    held = {"present": 26, "satisfied": 22, "mostly": 3, "unsatisfied": 1, "words": "路面还没有补平。"}
    w.do("hold_appraisal", held, on="06-10", decided=SUPERVISOR)
    w.do("show_appraisal", {"place": "公开栏"}, on="06-11", decided=SUPERVISOR)
    w.do("answer_appraisal", {"answer": "本月补平。"}, on="06-12", decided=SECRETARY)
    return w


def closed(w: World) -> World:
    if not w.matter:
        appraised(w)
    w.do("keep_paper", {"kind": "assembly_papers", "place": "村档案柜1号", "pages": 9}, on="06-13")
    w.do("close", {"result": "solved", "note": "西区水管全部换完。"}, on="06-13", decided=SECRETARY)
    return w


def discussed(w: World, on: str = "04-06") -> World:
    """The first two of four: proposed by the party organisation, discussed by the two committees."""
    if not w.matter:
        raised(w, "siyi", "村道硬化")
    w.do(
        "propose_plan",
        {"plan": "先修三百米。", "cited": 4, "party_study_on": "2026-04-04"},
        on="04-05",
        decided=PARTY,
    )
    said = {"result": "agreed", "note": "同意。", "vote": "hands", "votes_for": 6, "present": 7}
    w.do("discuss_proposal", said, on=on, decided=COMMITTEES)
    return w


def reviewed(w: World, on: str = "04-08", **data: Any) -> World:
    if not w.matter or w.stage in ("S-0", "S-1", "S-2"):
        discussed(w)
    said = {"result": "agreed", "note": "同意。", "total": 30, "present": 20, "votes_for": 19, **data}
    w.do("review_proposal", said, on=on, decided=MEMBERS)
    return w
