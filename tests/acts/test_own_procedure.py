"""A procedure written from the guide alone, without touching Python: a village adopts it, and a matter goes its whole way."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.acts.world import SECRETARY, World

from shangliang.acts.replay import replay
from shangliang.procedure.loader import load

TEXT = (Path(__file__).parents[2] / "docs" / "examples" / "qingnilai.toml").read_text("utf-8")
COUNCIL = {"body": "council", "paper": "议事堂记录"}


@pytest.fixture
def w(db: None) -> World:
    w = World()
    found = load(TEXT, "qingnilai.toml")
    data = {
        "procedure": found.id,
        "version": found.version,
        "text": found.text,
        "body": "河口镇政协联络组",
        "number": "〔2026〕3号",
    }
    w.do("adopt_rulebook", data, on="04-01")
    return w


def studied(w: World, **data: object) -> World:
    w.opened("04-02")
    w.do("put_forward", {"title": "村口候车亭"}, on="04-02")
    asked = {"in_scope": True, "category": "livelihood", "touches": [], "department": "水利站", **data}
    w.do("admit", asked, on="04-03", decided=SECRETARY)
    w.do("study", {"note": "量了位置，两处可选。"}, on="04-05", decided=COUNCIL)
    return w


def test_请你来协商_goes_from_a_topic_to_the_archive_and_replay_makes_the_same(w: World) -> None:
    studied(w)
    w.called(
        held="04-12", on="04-06", guests=[{"kind": "department", "department": "水利站", "letter": "1号"}]
    )
    w.do("table", {"meeting": w.meeting}, on="04-06", decided=SECRETARY)
    w.do("hold_meeting", {"others": 9, "summary": "圆桌围坐，部门逐条答。"}, on="04-12")
    w.do("take_up", {"meeting": w.meeting}, on="04-12")
    w.do("conclude", {"meeting": w.meeting, "outcome": "consensus", "agreed": "建在东口。"}, on="04-12")
    assert w.row.procedure == "qingnilai" and w.stage == "Q-6"
    w.do("draft_notice", {"text": "候车亭建在东口。"}, on="04-13")
    w.do("post_notice", {"poster": w.posts["p-wang"], "witness": w.posts["p-gao"]}, on="04-13")
    w.do(
        "set_tasks",
        {"tasks": [{"text": "建候车亭", "owner": "水利站", "due": "2026-05-01"}]},
        on="04-13",
        decided=SECRETARY,
    )
    w.do(
        "report_progress",
        {"task": w.last("Task").pk, "state": "done", "note": "建好了。"},
        on="04-25",
        decided=SECRETARY,
    )
    w.do("finish_work", {}, on="04-25", decided=SECRETARY)
    w.do("check_work", {"satisfied": True}, on="04-26", decided={"role": "supervision_head"})
    assert w.refused("take_down", {}, on="04-27") == ["PB3"]
    w.do("take_down", {}, on="04-28")
    w.do("close", {"result": "solved", "note": "建好了。"}, on="04-29", decided=SECRETARY)
    w.do("accept_archive", {}, on="04-30", by="p-cheng", decided={"role": "archivist"})
    assert w.row.ended == "completed"
    assert replay()[1] == []


def test_请你来协商_asks_for_the_department_and_sends_what_the_law_gives_to_a_meeting_there(w: World) -> None:
    studied(w, touches=["subsidy"])
    w.called(held="04-12", on="04-06", guests=[{"kind": "member", "post": w.posts["p-ma"]}])
    assert w.refused("table", {"meeting": w.meeting}, on="04-06", decided=SECRETARY) == ["Q-G2"]
    w.do(
        "table", {"meeting": w.meeting}, on="04-06", decided=SECRETARY, reasons={"Q-G2": "部门改日单独答复。"}
    )
    w.do("take_up", {"meeting": w.meeting}, on="04-12")
    w.do("conclude", {"meeting": w.meeting, "outcome": "consensus", "agreed": "按工分补。"}, on="04-12")
    assert w.stage == "Q-5M"


def test_请你来协商_answers_what_is_not_chosen(w: World) -> None:
    w.opened("04-02")
    w.do("put_forward", {"title": "两家地边"}, on="04-02")
    w.do("admit", {"in_scope": False}, on="04-03", decided=SECRETARY)
    w.do("reply", {"text": "请找村调解委员会。", "redirect": "村调解委员会"}, on="04-04", decided=SECRETARY)
    assert w.row.ended == "refused"
