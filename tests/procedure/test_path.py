"""Whole matters from the first word to the end, judged step by step."""

from datetime import date

from tests.procedure.script import ARCHIVIST, CLEAR, CLERK, GRID, PARTY, SECRETARY, TOWN, Story

from shangliang.procedure.facts import Decider, ObjectionFacts, RulingFacts

DAY = date(2026, 5, 19)


def test_a_matter_goes_from_first_words_to_the_archive():
    story = Story().screened().approved().tabled().met("consensus")
    assert story.marks == {"consulted"}
    assert story.position.stages == {"": "D-7", "publication": "p1", "tracking": "k1"}
    story.posted().worked()
    assert story.position.stages == {"": "D-7", "publication": "p3"}
    story.do("take_down", CLERK, DAY, {"taken_down_on": DAY})
    assert story.position.stages == {"": "D-8"}
    story.do("close", SECRETARY, DAY, {"result": "solved", "note": "修通了"})
    assert story.position.stages == {"": "D-8", "archive": "a1"}
    story.do("accept_archive", ARCHIVIST, DAY)
    assert story.position.root == "@completed"
    assert story.ended == "completed"
    assert story.marks == {"consulted", "published", "implemented"}


def test_publication_and_work_run_side_by_side_and_only_closing_waits():
    story = Story().screened().approved().tabled().met("consensus").posted()
    early = story.ask("take_down", CLERK, date(2026, 5, 10), {"taken_down_on": date(2026, 5, 10)})
    assert [f.gate for f in early.findings] == ["PB3"]
    assert early.findings[0].say.zh == "公示到5月19日满15日，5月10日才6日。"
    assert early.findings[0].clause.cite == "V35"
    story.worked()
    assert story.position.done == {"screening": "ready", "tracking": "done"}


def test_a_sustained_objection_leads_back_to_deliberation_and_drops_what_runs():
    story = Story().screened().approved().tabled().met("consensus").posted().objected()
    answer = {"objection": "o1", "sustained": True, "reason": "漏了下游两户"}
    story.do("answer_objection", SECRETARY, date(2026, 5, 9), answer)
    assert story.position.stages == {"": "D-5"}
    assert story.marks == frozenset()
    story.tabled_again()
    assert story.position.stages == {"": "D-7", "publication": "p1", "tracking": "k1"}


def test_an_open_objection_keeps_the_publication_from_closing():
    story = Story().screened().approved().tabled().met("consensus").posted().objected()
    story.do("take_down", CLERK, DAY, {"taken_down_on": DAY})
    assert story.position.stages["publication"] == "p4"
    story.do("answer_objection", SECRETARY, DAY, {"objection": "o1", "sustained": False, "reason": "已核对"})
    assert story.position.done["publication"] == "closed"


def test_an_answered_objection_does_not_hold_anything_up():
    story = Story().screened().approved().tabled().met("consensus").posted().objected()
    story.do(
        "answer_objection",
        CLERK,
        date(2026, 5, 9),
        {"objection": "o1", "sustained": False, "reason": "已核对"},
    )
    story.knows(objections=(ObjectionFacts("o1", date(2026, 5, 8), "answered"),))
    story.do("take_down", CLERK, DAY, {"taken_down_on": DAY})
    assert story.position.done["publication"] == "closed"


def test_discussed_again_means_another_invitation_and_another_round():
    story = Story().screened().approved().tabled().met("again")
    assert story.position.root == "D-5"
    assert story.marks == frozenset()
    story.do("table", SECRETARY, date(2026, 5, 5), {"meeting": "g1"})
    story.met("consensus", date(2026, 5, 6))
    assert story.position.root == "D-7"


def test_a_merged_matter_ends_and_owes_no_reply_of_its_own():
    story = Story()
    story.do("intake", GRID, date(2026, 4, 1))
    story.do("merge", GRID, date(2026, 4, 2), {"into": "m7"})
    assert (story.position.root, story.ended) == ("@merged", "merged")


def test_what_a_statutory_meeting_must_decide_goes_there_before_it_is_published():
    story = Story().screened(touches=["public_welfare"]).approved().tabled().met("consensus")
    assert story.position.stages == {"": "D-6M", "statutory_meeting": "m1"}
    assembly = Decider("u1", "village", body="representatives")
    resolution = {
        "body": "representatives", "on": date(2026, 5, 8), "total": 30, "present": 20, "votes_for": 11,
        "notice_on": date(2026, 5, 4), "party_study_on": date(2026, 5, 6), "authorised_by": "村民会议授权书",
    }  # fmt: skip
    few = story.ask(
        "record_resolution", assembly, date(2026, 5, 8), {**resolution, "present": 19, "passed": True}
    )
    assert {f.gate for f in few.findings} == {"MT3"}
    assert few.findings[0].clause.cite == "V30"
    story.do("record_resolution", assembly, date(2026, 5, 8), resolution)
    assert story.position.root == "D-7"
    assert {"consulted", "decided"} <= story.marks


def test_a_resolution_that_fails_is_answered_and_stopped():
    story = Story().screened(touches=["public_welfare"]).approved().tabled().met("consensus")
    data = {
        "body": "representatives", "on": date(2026, 5, 8), "total": 30, "present": 20, "votes_for": 10,
        "notice_on": date(2026, 5, 4), "party_study_on": date(2026, 5, 6), "authorised_by": "村民会议授权书",
    }  # fmt: skip
    story.do("record_resolution", Decider("u1", "village", body="representatives"), date(2026, 5, 8), data)
    assert story.last.outcome == "failed"
    story.do("reply", SECRETARY, date(2026, 5, 9), {"redirect": "upward", "text": "代表会议没有通过"})
    assert (story.position.root, story.ended) == ("@stopped", "stopped")


def test_reporting_upward_comes_back_settled_or_to_be_discussed():
    story = Story().screened().approved().tabled().met("escalate")
    assert story.position.root == "D-6E"
    story.do("report_up", PARTY, date(2026, 5, 5), {"to": "镇党委"})
    story.knows(rulings=(RulingFacts("report", "party", "u1", date(2026, 5, 5), sent_to="t1"),))
    own = story.ask("record_return", PARTY, date(2026, 5, 9), {"result": "settled"})
    assert [f.gate for f in own.findings] == ["D-E6"]
    story.do("record_return", TOWN, date(2026, 5, 9), {"result": "settled"})
    assert story.position.root == "D-7"


def test_an_exempted_matter_closes_without_a_notice():
    story = Story().screened().approved().tabled().met("consensus").worked()
    story.do("exempt_notice", CLERK, DAY, {"ground": "涉及商业秘密", "approver": "镇党委"})
    assert story.position.root == "D-8"
    assert "exempted" in story.marks


def test_a_refusal_of_approval_is_answered():
    story = Story().screened()
    story.do("study", Decider("u1", "village", body="council"), date(2026, 4, 10), {"note": "看过"})
    story.do("approve", PARTY, date(2026, 4, 12), {"approved": False, "paper": "支委会记录"})
    assert story.position.root == "D-X"
    bare = story.ask("reply", SECRETARY, date(2026, 4, 13), {"redirect": "", "text": ""})
    assert [f.code for f in bare.findings] == ["reason_needed"]
    story.do(
        "reply", SECRETARY, date(2026, 4, 13), {"redirect": "", "text": ""}, reasons={"D-G13": "当面说过"}
    )
    assert (story.ended, story.marks) == ("refused", {"replied"})


def test_an_unfinished_form_says_every_missing_field_once():
    story = Story().opened()
    found = story.ask("screen", SECRETARY, date(2026, 4, 3), {**CLEAR, "unfair": None, "dispute": None})
    assert sorted(f.field for f in found.findings) == ["dispute", "unfair"]
    assert found.position == story.position
