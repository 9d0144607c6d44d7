"""Publication: a state with a clock. Objections, exemptions, the law of the day of posting."""

import json

import pytest
from tests.acts.world import CLEAR, PARTY, SECRETARY, World, day

from shangliang.cases.models import Objection, Publication


def test_18_fourteen_days_on_the_board_are_refused_and_fifteen_pass(world: World) -> None:
    world.posted("05-01")
    found = world.refused("take_down", {}, on="05-15")
    assert found == ["PB3"]
    world.do("take_down", {}, on="05-16")
    assert world.marks == {"consulted", "published"}


def test_21_a_posting_of_2025_is_judged_by_the_old_law_and_one_of_2026_by_the_new(world: World) -> None:
    year = "2025-12-"
    typed_through(world, year + "01", year + "02", year + "03", year + "08")
    world.tabled(held=year + "15", on=year + "10").met(on=year + "15")
    first = world.matter
    world.posted(year + "21")
    world.do("take_down", {}, on=year + "28")
    assert "published" in world.marks
    world.matter = ""
    typed_through(world, year + "20", year + "20", year + "20", year + "21")
    world.tabled(held=year + "28", on=year + "22").met(on=year + "28")
    world.posted("2026-01-05")
    assert world.matter != first
    assert world.refused("take_down", {}, on="2026-01-12") == ["PB3"]
    world.do("take_down", {}, on="2026-01-20")


def typed_through(world: World, opened: str, named: str, screened: str, approved: str) -> None:
    """To the meeting, on days of another year."""
    world.opened(opened).do("put_forward", {"title": "村东排水沟整修"}, on=named)
    world.do("screen", {**CLEAR, "touches": []}, on=screened, decided=SECRETARY)
    world.approved(approved)


def test_work_may_begin_while_the_notice_hangs_and_closing_waits_for_both(world: World) -> None:
    world.posted("05-01").tasked("05-01").worked("05-02")
    assert (world.stage, world.flows()) == ("D-7", {"publication": "p3"})
    assert "not_here" in world.refused("close", {"result": "solved", "note": "好。"}, decided=SECRETARY)
    world.do("take_down", {}, on="05-16")
    assert (world.stage, world.flows()) == ("D-8", {})


def test_the_notice_may_run_out_before_the_work_is_done(world: World) -> None:
    world.posted("05-01")
    world.do("take_down", {}, on="05-16")
    assert (world.stage, world.flows()) == ("D-7", {"tracking": "k1"})
    world.tasked("05-16").worked("05-17")
    assert world.stage == "D-8"


def test_23_a_text_with_an_identity_number_is_not_posted_without_consent_or_legal_ground(
    world: World,
) -> None:
    world.met()
    text = "补贴发给110101199003071234。"
    assert world.refused("draft_notice", {"text": text}) == ["PB1"]
    assert world.refused("draft_notice", {"text": "有事打13912345678。"}) == ["PB1"]
    world.do("draft_notice", {"text": text, "consent": True})
    world.matter = ""
    world.met().do("draft_notice", {"text": text, "legal_basis": "村民委员会组织法第三十四条"})


def test_a_notice_is_posted_somewhere_by_somebody_and_witnessed_by_somebody_else(world: World) -> None:
    world.met().do("draft_notice", {"text": "先清淤，再砌边。"})
    clerk, head = world.posts["p-wang"], world.posts["p-gao"]
    assert "nowhere" in world.refused("post_notice", {"board": False, "online": False})
    assert world.refused("post_notice", {"poster": clerk, "witness": clerk}) == ["same_person"]
    assert world.refused("post_notice", {"poster": "liushu.999.0"}) == ["no_such"]
    assert world.refused("post_notice", {}) == ["PB2"]
    assert world.refused("post_notice", {"board": False, "poster": clerk}) == ["PB2"]
    world.do("post_notice", {"board": False, "poster": clerk}, reasons={"PB2": "公开栏在修。"})
    row = Publication.objects.get(matter=world.matter)
    assert (row.board_on, row.online_on) == (None, day("05-01"))
    assert head


def test_a_result_that_is_not_published_says_why_and_who_allowed_it(world: World) -> None:
    world.met()
    assert set(world.malformed("exempt_notice", {"ground": "", "note": "x"})) == {"ground", "approver"}
    world.do(
        "exempt_notice",
        {"ground": "涉及商业秘密", "approver": "镇党委", "note": "合同价。"},
        decided={"body": "party"},
    )
    assert world.marks == {"consulted", "exempted"}
    world.tasked("05-01").worked("05-02")
    assert world.stage == "D-8"


def test_objections_are_answered_one_by_one_and_the_notice_stays_up(world: World) -> None:
    world.posted()
    world.do("object", {"words": "不能按户摊。"}, by="public")
    world.do("object", {"words": "沟太浅。", "name": "老于", "phone": "13900000000"}, by="public")
    first, second = Objection.objects.filter(matter=world.matter).order_by("id")
    world.do(
        "answer_objection", {"objection": first.pk, "sustained": False, "reason": "自愿。"}, decided=SECRETARY
    )
    assert world.refused(
        "answer_objection", {"objection": first.pk, "sustained": False, "reason": "自愿。"}
    ) == ["no_such"]
    world.do("take_down", {}, on="05-16")
    assert (world.flows()["publication"], world.marks) == ("p4", {"consulted"})
    assert "not_here" in world.refused("object", {"words": "太晚了。"}, by="public")
    world.do("answer_objection", {"objection": second.pk, "sustained": False, "reason": "够深。"})
    assert world.marks == {"consulted", "published"}
    assert Objection.objects.filter(matter=world.matter, state="answered").count() == 2


def test_an_objection_to_another_matter_is_not_answered_here(world: World) -> None:
    world.posted().do("object", {"words": "不能按户摊。"}, by="public")
    other = world.last("Objection").pk
    world.matter = ""
    world.posted()
    world.do("object", {"words": "沟太浅。"}, by="public")
    assert world.refused("answer_objection", {"objection": other, "sustained": False, "reason": "x"}) == [
        "no_such"
    ]


@pytest.mark.parametrize("late", [False, True], ids=["while it hangs", "after its period"])
def test_a_sustained_objection_leads_back_to_the_table_and_takes_consulted_and_decided_back(
    world: World, late: bool
) -> None:
    from tests.acts.test_every_act import resolution

    world.met(touches=["subsidy"])
    world.do("record_resolution", resolution(), on="05-01")
    world.posted("05-01").tasked("05-01")
    world.do("object", {"words": "没有问过我们。"}, by="public")
    if late:
        world.do("take_down", {}, on="05-16")
    said = {"objection": world.last("Objection").pk, "sustained": True, "reason": "确实漏了。"}
    done = world.do("answer_objection", said, decided=SECRETARY)
    assert (world.stage, world.flows(), world.marks) == ("D-5", {}, set())
    assert json.loads(world.entry(done).text)["flow"]["children"] == {"publication": "reopened"}
    assert world.last("Publication").outcome == "reopened"


def test_what_was_reopened_is_decided_and_published_anew(world: World) -> None:
    from tests.acts.test_every_act import resolution

    world.met(touches=["subsidy"])
    world.do("record_resolution", resolution(), on="05-01")
    world.posted("05-01").do("object", {"words": "没有问过我们。"}, by="public")
    world.do("answer_objection", {"objection": world.last("Objection").pk, "sustained": True, "reason": "确实漏了。"},
             decided=SECRETARY)  # fmt: skip
    world.called(held="05-05", on="05-02")
    world.do("table", {"meeting": world.meeting}, decided=SECRETARY, on="05-02")
    world.met(on="05-05")
    assert (world.stage, world.marks) == ("D-6M", {"consulted"})
    world.do("record_resolution", resolution(notice_on="2026-05-02"), on="05-06")
    world.posted("05-06")
    assert world.refused("take_down", {}, on="05-16") == ["PB3"]  # the first notice's days do not count
    world.do("take_down", {}, on="05-21")


def test_the_newest_notice_counts_even_when_it_was_drafted_on_the_day_of_the_first(world: World) -> None:
    """Ids are text and end in the number of the entry: "…100" must not come before "…99"."""
    from shangliang.acts.act import SYSTEM

    world.opened("05-01").put_forward("05-01").screened("05-01").approved("05-01")
    world.tabled(held="05-01", on="05-01").met(on="05-01")

    def fill(until: int) -> None:
        from shangliang.record.models import Book

        while Book.objects.get(pk="liushu").length < until:
            world.do("amend_unit", {"adults": 861}, by=SYSTEM)

    fill(95)
    world.posted("05-01")
    first = world.last("Publication").pk
    world.do("object", {"words": "没有问过我们。"}, by="public")
    world.do(
        "answer_objection",
        {"objection": world.last("Objection").pk, "sustained": True, "reason": "漏了。"},
        decided=SECRETARY,
    )
    world.called(held="05-01", on="05-01")
    world.do("table", {"meeting": world.meeting}, decided=SECRETARY)
    world.met(on="05-01")
    world.posted("05-01")
    second = world.last("Publication")
    assert int(first.split(".")[1]) < 100 <= int(second.pk.split(".")[1])
    assert second.board_on == day("05-01")
    world.do("take_down", {}, on="05-16")
    second.refresh_from_db()
    assert (second.outcome, Publication.objects.get(pk=first).outcome) == ("closed", "reopened")


def test_in_a_town_no_law_sets_the_days(world: World) -> None:
    world.unit, world.clerk = "hekou", "p-su"
    deputy = {"role": "deputy_party_secretary"}
    world.put_forward("05-01")
    world.do("screen", {**CLEAR, "touches": []}, decided=deputy)
    world.do("study", {"note": "看过。"})
    world.do("approve", {"approved": True}, decided=PARTY)
    world.called(held="05-01", on="05-01", convener="p-han")
    world.do("table", {"meeting": world.meeting}, decided=deputy)
    world.met(on="05-01")
    world.do("draft_notice", {"text": "清河。"})
    world.do("post_notice", {"poster": world.posts["p-su"]})
    world.do("take_down", {})
    assert "published" in world.marks
