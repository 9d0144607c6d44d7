"""Correcting, taking note, exceptions, erasing. Nothing is ever rubbed out of the record."""

import json
import re

import pytest
from tests.acts.test_every_act import flagged
from tests.acts.traces import traces
from tests.acts.world import CLEAR, PARTY, SECRETARY, TOWN_PARTY, World, day

from shangliang.acts.replay import replay
from shangliang.acts.vocabulary import Catalogue
from shangliang.cases.models import Flag, Meeting, Override, Publication
from shangliang.procedure.loader import procedure
from shangliang.record.models import Entry, SealedText
from shangliang.record.verify import verify_all, verify_book


def sound() -> bool:
    return not [p for report in verify_all() for p in report.problems] and not replay()[1]


# ── correct ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_wrong_word_is_put_right_and_the_old_entry_stays(world: World) -> None:
    done = world.opened().do("put_forward", {"title": "村东路登"})
    old = world.entry(done).text
    world.do("correct", {"entry": done.seq, "field": "title", "text": "村东路灯", "reason": "写错了字。"})
    assert (world.row.title.text, world.entry(done).text) == ("村东路灯", old)
    assert sound()


@pytest.mark.parametrize(
    ("act", "field", "value"),
    [
        ("screen", "against_policy", "True"), ("screen", "touches", "subsidy"), ("screen", "stage", "D-7"),
        ("approve", "approved", "False"), ("conclude", "outcome", "again"), ("intake", "kind", "wish"),
        ("intake", "happened_on", "2026-03-01"), ("study", "present", "9"), ("table", "meeting", "liushu.1"),
    ],
)  # fmt: skip
def test_outcomes_and_stages_are_never_corrected(world: World, act: str, field: str, value: str) -> None:
    from shangliang.record.queries import entries_of

    world.met("escalate")
    entry = entries_of(f"matter:{world.matter}").get(act=act)
    before = traces()
    said = {"entry": entry.seq, "field": field, "value": value, "reason": "看错了。"}
    assert world.refused("correct", said) == ["not_correctable"]
    assert traces() == before


def test_only_entries_of_the_matter_and_of_its_meetings_are_corrected_on_it(world: World) -> None:
    done = world.opened().do("put_forward", {"title": "村东路登"})
    world.matter = ""
    world.opened("05-01")
    said = {"entry": done.seq, "field": "title", "text": "村东路灯", "reason": "写错了字。"}
    assert world.refused("correct", said) == ["no_such"]
    assert world.refused("correct", {**said, "entry": 9999}) == ["no_such"]
    assert world.refused("correct", {**said, "entry": 1}) == ["no_such"]


@pytest.mark.parametrize(
    ("field", "value"),
    [("dispute", "medium"), ("dispute", ""), ("department", "字" * 81)],
)
def test_the_right_value_has_to_fit_where_the_wrong_one_stood(world: World, field: str, value: str) -> None:
    done = world.put_forward().do("screen", {**CLEAR, "touches": []}, decided=SECRETARY)
    said = {"entry": done.seq, "field": field, "value": value, "reason": "x"}
    assert world.refused("correct", said) == ["bad_value"]


def test_the_result_is_corrected_to_one_of_the_three_and_the_pages_to_a_number(world: World) -> None:
    world.carried_out()
    closed = world.do("close", {"result": "solved", "note": "好了。"}, decided=SECRETARY)
    kept = world.do("keep_paper", {"kind": "reply", "place": "2号柜", "pages": 3})
    for entry, field, wrong, right in (
        (closed, "result", ("perfect", "", "Solved"), "partly"),
        (kept, "pages", ("40000", "4.0", " 4", "0", "-4", "四", "4_0", "true"), "4"),
    ):
        said = {"entry": entry.seq, "field": field, "reason": "看错了。"}
        for value in wrong:
            assert world.refused("correct", {**said, "value": value}) == ["bad_value"], value
        world.do("correct", {**said, "value": right})
    assert (world.row.result, world.last("Paper").pages) == ("partly", 4)


def test_what_a_meeting_says_is_corrected_on_a_matter_it_took_up(world: World) -> None:
    world.called()
    convened = int(world.meeting.split(".")[1])
    world.approved().do("table", {"meeting": world.meeting}, decided=SECRETARY, on="04-10")
    held = world.do("hold_meeting", {"others": 3}, on="04-20")
    world.do("correct", {"entry": convened, "field": "place", "value": "村小学", "reason": "换了地方。"})
    world.do("correct", {"entry": held.seq, "field": "others", "value": "7", "reason": "数错了。"})
    row = Meeting.objects.get(pk=world.meeting)
    assert (row.place, row.present) == ("村小学", 3 + 7)  # three were invited and came
    assert sound()


def test_the_day_of_a_posting_is_corrected_for_the_board_and_the_page_alike(world: World) -> None:
    world.posted("05-01")
    entry = Entry.objects.get(act="post_notice").seq
    future = {"entry": entry, "field": "happened_on", "value": "2026-05-09", "reason": "下雨了。"}
    assert world.refused("correct", future) == ["in_the_future"]
    world.do("correct", {**future, "value": "2026-05-03"}, on="05-04")
    row = Publication.objects.get(matter=world.matter)
    assert (row.board_on, row.online_on) == (day("05-03"), day("05-03"))
    assert world.refused("take_down", {}, on="05-17") == ["PB3"]
    world.do("take_down", {}, on="05-18")


def test_a_correction_never_says_that_something_hung_where_it_did_not(world: World) -> None:
    world.met().do("draft_notice", {"text": "先清淤。"})
    done = world.do("post_notice", {"board": False}, reasons={"PB2": "公开栏在修。"}, on="05-01")
    world.do(
        "correct",
        {"entry": done.seq, "field": "happened_on", "value": "2026-05-02", "reason": "x"},
        on="05-03",
    )
    row = Publication.objects.get(matter=world.matter)
    assert (row.board_on, row.online_on) == (None, day("05-02"))


def test_a_correction_may_lie_before_the_last_event_and_moves_no_date(world: World) -> None:
    done = world.opened("04-01").do("put_forward", {"title": "村东路登"}, on="04-10")
    world.do(
        "correct",
        {"entry": done.seq, "field": "title", "text": "路灯", "reason": "x"},
        on="04-05",
        typed="04-20",
    )
    assert world.row.last_on == day("04-10")


def test_a_gate_that_no_longer_holds_after_a_correction_is_flagged_and_what_came_later_stands(
    world: World,
) -> None:
    flagged(world)
    (flag,) = Flag.objects.filter(matter=world.matter)
    assert (flag.gate, flag.acknowledged_on, world.row.dispute) == ("D-G10", None, "large")
    assert world.stage == "D-7"
    assert world.refused("acknowledge", {"flag": flag.pk}) == ["not_named"]
    world.do("acknowledge", {"flag": flag.pk}, decided=SECRETARY, on="05-03")
    flag.refresh_from_db()
    assert flag.acknowledged_on == day("05-03")
    assert world.refused("acknowledge", {"flag": flag.pk}, decided=SECRETARY) == ["no_such"]
    assert sound()


def test_days_on_the_board_that_shrink_by_a_correction_are_flagged(world: World) -> None:
    world.posted("05-01")
    posted = Entry.objects.get(act="post_notice").seq
    world.do("take_down", {}, on="05-16")
    said = {"entry": posted, "field": "happened_on", "value": "2026-05-04", "reason": "贴晚了。"}
    done = world.do("correct", said, on="05-17")
    assert json.loads(world.entry(done).text)["flow"]["flags"] == ["PB3"]
    assert "published" in world.marks
    assert sound()


def test_a_correction_that_upsets_nothing_raises_no_flag(world: World) -> None:
    done = world.opened().do("put_forward", {"title": "村东路登"})
    world.do("correct", {"entry": done.seq, "field": "title", "text": "路灯", "reason": "x"})
    assert not Flag.objects.exists()


# ── exceptions ───────────────────────────────────────────────────────────────────────────────────────────────────────


def exception(gate: str) -> dict[str, str]:
    return {"gate": gate, "paper": "河口镇党委〔2026〕3号", "reason": "第一召集人住院，第二召集人在外地。"}


def test_24_an_exception_lets_one_gate_pass_once_and_is_kept_with_its_paper_and_its_reason(
    world: World,
) -> None:
    world.approved().called(convener="p-ma")
    world.do("table", {"meeting": world.meeting}, decided=SECRETARY, on="04-10")
    assert world.refused("take_up", {"meeting": world.meeting}, on="04-20") == ["D-G8"]
    allowed = world.do("override", exception("D-G8"), decided=TOWN_PARTY, on="04-20")
    row = Override.objects.get(matter=world.matter)
    assert (row.gate, row.body, row.paper, row.reason.text, row.used_by) == (
        "D-G8", "town_party", "河口镇党委〔2026〕3号", "第一召集人住院，第二召集人在外地。", "",
    )  # fmt: skip
    done = world.do("take_up", {"meeting": world.meeting}, on="04-20")
    row.refresh_from_db()
    assert row.used_by == done.entry
    assert json.loads(world.entry(done).text)["flow"]["overrides"] == ["D-G8"]
    assert json.loads(world.entry(allowed).text)["who"]["decided"]["unit"] == "hekou"
    world.do("conclude", {"meeting": world.meeting, "outcome": "again"}, on="04-20")
    world.called(held="04-25", on="04-21", convener="p-ma")
    world.do("table", {"meeting": world.meeting}, decided=SECRETARY, on="04-21")
    assert world.refused("take_up", {"meeting": world.meeting}, on="04-25") == ["D-G8"]
    assert sound()


def test_an_exception_that_was_not_needed_is_not_used_up(world: World) -> None:
    world.tabled().do("override", exception("D-G8"), decided=TOWN_PARTY, on="04-20")
    world.do("take_up", {"meeting": world.meeting}, on="04-20")
    assert Override.objects.get(matter=world.matter).used_by == ""


def test_an_exception_from_the_visits_covers_a_side_that_was_not_visited_once(world: World) -> None:
    world.screened(dispute="large").do("name_parties", {"parties": [{"name": "路东"}, {"name": "路西"}]})
    east, _ = (p.pk for p in world.row.parties.order_by("id"))
    world.do("visit", {"party": east, "agreed": False}, decided=SECRETARY)
    world.do("override", exception("D-G3"), decided=TOWN_PARTY)
    agreed = {"result": "agreed"}
    assert world.refused("settle_door", agreed, decided=SECRETARY) == [
        "route"
    ]  # a side that says no is no exception
    world.do("visit", {"party": east, "agreed": True}, decided=SECRETARY)
    world.do("settle_door", agreed, decided=SECRETARY)
    assert world.stage == "D-3"
    assert world.last("Override").used_by
    world.do("study", {"note": "看过。"})
    world.do("approve", {"approved": True}, decided=PARTY)
    world.called(held="05-02", on="05-01")
    world.do("table", {"meeting": world.meeting}, decided=SECRETARY)
    taken = {"meeting": world.meeting}
    assert world.refused("take_up", taken, on="05-02") == [
        "D-G10"
    ]  # another gate, with an exception of its own
    world.do("override", exception("D-G10"), decided=TOWN_PARTY)
    world.do("take_up", taken, on="05-02")


def test_an_exception_for_one_matter_opens_nothing_for_another(world: World) -> None:
    world.screened(dispute="large").do("override", exception("D-G3"), decided=TOWN_PARTY)
    world.matter = ""
    world.screened(dispute="large")
    assert world.refused("settle_door", {"result": "agreed"}, decided=SECRETARY) == ["D-G3"]


@pytest.mark.parametrize(
    "gate", ["D-G1", "D-G2", "D-G5", "D-G9", "D-G11", "PB1", "PB3", "MT1", "MT3", "MT4", "MT6", "AR2"]
)
def test_there_is_no_exception_from_the_law_and_from_approval(world: World, gate: str) -> None:
    world.opened()
    assert world.refused("override", exception(gate), decided=TOWN_PARTY) == ["no_override"]


def test_a_gate_that_nobody_knows_has_no_exception(world: World) -> None:
    world.opened()
    assert world.refused("override", exception("D-G99"), decided=TOWN_PARTY) == ["no_such"]


def test_a_town_does_not_allow_itself_an_exception(world: World) -> None:
    world.unit, world.clerk = "hekou", "p-su"
    world.opened()
    assert world.refused("override", exception("D-G3"), decided={**TOWN_PARTY, "unit": "hekou"}) == [
        "own_unit"
    ]
    world.do("override", exception("D-G3"), decided={"body": "party", "unit": "donghe", "paper": "市委"})


# ── sealed texts ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_what_is_erased_leaves_a_tombstone_and_the_chain_stays_valid(world: World) -> None:
    world.opened(name="老于", phone="13900000000")
    opinion = world.last("Opinion")
    world.do("erase", {"texts": [opinion.words_id, opinion.name_id], "ground": "request"}, on="05-02")
    for ident in (opinion.words_id, opinion.name_id):
        stone = SealedText.objects.get(pk=ident)
        assert (stone.text, stone.salt, stone.erased_on) == ("", "", day("05-02"))
        assert len(stone.commitment) == 64
    assert SealedText.objects.get(pk=opinion.phone_id).text == "13900000000"
    assert not verify_book("liushu").problems
    assert sound()


def test_only_texts_of_the_own_book_are_erased(world: World) -> None:
    words = world.opened().last("Opinion").words_id
    world.unit, world.clerk, world.matter = "yangshu", "p-wu", ""
    world.opened("05-01")
    assert world.refused("erase", {"texts": [words], "ground": "error"}) == ["no_such"]
    assert world.refused("erase", {"texts": ["nothing"], "ground": "error"}) == ["no_such"]
    assert SealedText.objects.get(pk=words).text


def test_who_withdraws_takes_back_name_and_telephone_and_the_words_stay(world: World) -> None:
    world.opened(name="老于", phone="13900000000", answer_by="phone")
    opinion = world.last("Opinion")
    world.do("withdraw", {}, by="public", on="05-02")
    opinion.refresh_from_db()
    assert (opinion.name.text, opinion.phone.text, opinion.answer_by, opinion.withdrawn_on) == (
        "",
        "",
        "number",
        day("05-02"),
    )
    assert opinion.words.text
    assert sound()


def test_who_withdraws_from_a_matter_that_was_merged_takes_back_only_the_own_name(world: World) -> None:
    first = world.opened(name="老赵").matter
    world.matter = ""
    second = world.opened(name="老于").matter
    world.do("merge", {"into": first})
    world.do("withdraw", {}, by="public", subject=second)
    names = {o.first_matter: o.name.text for o in world.row.__class__.objects.get(pk=first).opinions.all()}
    assert names == {first: "老赵", second: ""}


def test_no_word_name_or_telephone_that_anybody_entered_stands_in_an_entry(world: World) -> None:
    """One matter with every sealed field filled with words of its own: none of them is found in any entry."""
    world.opened(words="秘密言语", name="秘密姓名", phone="13911112222")
    world.do("put_forward", {"title": "秘密题目"}, on="04-02")
    said = {**CLEAR, "discuss": None, "other_reason": "秘密理由", "touches": ["subsidy"], "dispute": "large"}
    world.do("screen", said, decided=SECRETARY, on="04-03")
    world.do("name_parties", {"parties": [{"name": "秘密一方"}]})
    world.do(
        "visit", {"party": world.last("Party").pk, "agreed": True, "note": "秘密上门"}, decided=SECRETARY
    )
    world.do("settle_door", {"result": "agreed"}, decided=SECRETARY)
    world.do("study", {"note": "秘密研究"})
    world.do("approve", {"approved": True, "note": "秘密审定"}, decided=PARTY)
    guests = [{"kind": "expert", "name": "秘密专家"}, {"kind": "department", "department": "镇水利所"}]
    world.do(
        "convene",
        {"held_on": "2026-05-03", "place": "村议事室", "guests": guests, "convener": world.posts["p-li"]},
    )
    invited = f"{world.meeting}.1"
    world.do("register_reply", {"invitation": invited, "reply": "written", "note": "秘密回函"})
    world.do("table", {"meeting": world.meeting}, decided=SECRETARY)
    world.do("hold_meeting", {"summary": "秘密摘要"}, on="05-03")
    world.do("take_up", {"meeting": world.meeting})
    ended = {
        "meeting": world.meeting,
        "outcome": "escalate",
        "speech": "秘密发言",
        "agreed": "秘密共识",
        "reserved": "秘密分歧",
    }
    world.do("conclude", ended)
    world.do("report_up", {"to": "河口镇党委", "note": "秘密上报"})
    world.do(
        "record_return", {"result": "settled", "note": "秘密批复"}, decided={"body": "party", "unit": "hekou"}
    )
    votes = {"body": "assembly", "total": 860, "present": 431, "votes_for": 216, "notice_on": "2026-05-01",
             "special_reason": "秘密缘故", "party_study_on": "2026-05-01"}  # fmt: skip
    world.do("record_resolution", votes)
    world.do("draft_notice", {"text": "秘密公示"})
    world.do("post_notice", {"board": False}, reasons={"PB2": "秘密补充"})
    world.do("object", {"words": "秘密异议", "name": "秘密异议人", "phone": "13933334444"}, by="public")
    world.do(
        "answer_objection",
        {"objection": world.last("Objection").pk, "sustained": False, "reason": "秘密答复"},
    )
    world.do(
        "set_tasks",
        {"tasks": [{"text": "秘密任务", "owner": "水利站", "due": "2026-06-30"}]},
        decided=SECRETARY,
    )
    world.do("report_progress", {"task": world.task().pk, "state": "done", "note": "秘密进展"})
    world.do("confirm", {"solved": True, "words": "秘密确认"}, by="public")
    world.do("finish_work", {"note": "秘密完工"})
    world.do("check_work", {"satisfied": True, "note": "秘密检查"}, by="p-gao")
    world.do("take_down", {}, on="05-20")
    posting = Entry.objects.get(act="post_notice").seq
    late = {"entry": posting, "field": "happened_on", "value": "2026-05-10", "reason": "秘密更正"}
    world.do("correct", late)
    world.do("acknowledge", {"flag": world.last("Flag").pk, "note": "秘密知悉"}, decided=SECRETARY)
    named = Entry.objects.get(act="put_forward").seq
    world.do("correct", {"entry": named, "field": "title", "text": "秘密新题", "reason": "秘密再改"})
    world.do("reply", {"text": "秘密回复"})
    world.do("keep_paper", {"kind": "minutes", "place": "2号柜", "pages": 2, "name": "秘密文件.pdf"})
    world.do("close", {"result": "solved", "note": "秘密办结"}, decided=SECRETARY)
    world.do("return_file", {"missing": "秘密缺件"}, by="p-cheng")
    world.do("override", {"gate": "AR1", "paper": "镇党委3号", "reason": "秘密例外"}, decided=TOWN_PARTY)
    world.do("no_topic", {"window": "2026-01-01", "reason": "秘密缺议"})
    world.do("appoint", {"role": "grid_worker", "person": "p-new", "name": "秘密新人"})
    world.do("convene", {"held_on": "2026-05-30", "place": "村议事室"})
    world.do("call_off", {"reason": "秘密取消"})
    world.matter = ""
    world.met().do("exempt_notice", {"ground": "商业秘要", "approver": "镇党委", "note": "秘密免示"})
    world.matter = ""
    world.screened().asked(intro="秘密说明")
    added = world.do("propose_statement", {"text": "秘密看法"})
    refusing = {"statement": f"{added.entry}.0", "shown": False, "reason": "other", "note": "秘密原因"}
    world.do("screen_statement", refusing)
    world.do("close_gathering", decided=SECRETARY)
    world.do("carry_points", {"agreed": "秘密共识", "divided": "秘密分歧"})
    rules = procedure("dongning")
    offered = {a.name for flow in rules.flows.values() for stage in flow.stages.values() for a in stage.acts}
    offered |= set(rules.anywhere)
    sealed = {(s.name, f) for s in Catalogue.acts.values() if s.name in offered for f, _, _ in s.sealed}
    used = {
        (e.act, re.sub(r"\.\d+", "", f)) for e in Entry.objects.all() for f in json.loads(e.text)["sealed"]
    }
    assert len(sealed) > 20 and sealed <= used, sealed - used
    kept = {t for (t,) in SealedText.objects.exclude(text="").values_list("text")}
    entries = "\n".join(str(e) for e in traces()["Entry"])
    for text in kept:
        assert text not in entries, text
    assert "秘密" not in entries
    assert "秘密" not in "\n".join(str(traces()[name]) for name in traces() if name not in ("SealedText",))


def test_of_two_overrides_of_a_gate_one_act_uses_up_the_older(world: World) -> None:
    world.screened(dispute="large").do("name_parties", {"parties": [{"name": "路东"}]})
    for _ in range(2):
        world.do("override", exception("D-G3"), decided=TOWN_PARTY)
    done = world.do("settle_door", {"result": "failed"}, decided=SECRETARY)
    older, newer = sorted(world.row.overrides.all(), key=lambda each: int(each.pk.split(".")[-2]))
    assert (older.used_by, newer.used_by) == (done.entry, "")
