"""Carrying out, confirming, answering, closing, archiving."""

import json

from tests.acts.world import SECRETARY, TOWN_PARTY, World, day

from shangliang.cases.models import Task
from shangliang.record.models import Entry


def states(world: World) -> list[str]:
    return list(Task.objects.filter(matter=world.matter).order_by("number").values_list("state", flat=True))


def test_a_task_has_somebody_and_a_day_or_it_is_written_why_not(world: World) -> None:
    world.met()
    said = {"tasks": [{"text": "清淤", "owner": "水利站"}]}
    assert world.refused("set_tasks", said, decided=SECRETARY) == ["TK1"]
    world.do("set_tasks", said, decided=SECRETARY, reasons={"TK1": "等水利站回函。"})
    world.do(
        "report_progress",
        {"task": world.task().pk, "state": "doing", "due": "2026-06-30", "note": "来函定了。"},
    )
    assert world.task().due == day("06-30")


def test_work_is_finished_when_every_task_is_done_or_explained(world: World) -> None:
    world.met().tasked(n=2)
    world.do("report_progress", {"task": world.task(0).pk, "state": "done", "note": "清完了。"})
    assert world.refused("finish_work") == ["TK2"]
    world.do("report_progress", {"task": world.task(1).pk, "state": "not_done", "note": "石料没到。"})
    world.do("finish_work")
    assert world.flows()["tracking"] == "k3"


def test_a_task_of_another_matter_gets_no_progress_here(world: World) -> None:
    world.met().tasked()
    other = world.task().pk
    world.matter = ""
    world.met().tasked()
    assert world.refused("report_progress", {"task": other, "state": "done", "note": "x"}) == ["no_such"]


def test_work_that_is_not_as_agreed_goes_back_to_whoever_owns_it(world: World) -> None:
    world.met().tasked(n=2)
    for n, state in ((0, "done"), (1, "not_done")):
        world.do("report_progress", {"task": world.task(n).pk, "state": state, "note": "x"})
    world.do("finish_work")
    world.do("check_work", {"satisfied": False, "note": "边没砌。"}, by="p-gao")
    assert (world.flows()["tracking"], states(world)) == ("k2", ["verify", "not_done"])
    assert world.refused("finish_work") == ["TK2"]
    world.do("report_progress", {"task": world.task(0).pk, "state": "done", "note": "补好了。"})
    world.do("finish_work")
    world.do("check_work", {"satisfied": True}, by="p-gao")
    assert "implemented" in world.marks


def test_a_no_of_the_residents_sends_the_tasks_back_to_be_verified_and_the_matter_does_not_count_as_solved(
    world: World,
) -> None:
    world.met().tasked(n=2)
    world.do("report_progress", {"task": world.task(0).pk, "state": "done", "note": "清完了。"})
    world.do("confirm", {"solved": False, "words": "还是堵。"}, by="public")
    assert (states(world), world.task(0).done_on, world.row.heard) == (["verify", "open"], None, "unsolved")
    assert world.refused("finish_work") == ["TK2"]
    world.do("confirm", {"solved": True}, by="p-zhang")
    assert (world.row.heard, world.row.result) == ("solved", "")


def test_the_residents_word_stands_beside_the_registration_of_the_unit(world: World) -> None:
    world.closed(result="solved").do("confirm", {"solved": False}, by="public")
    assert (world.row.result, world.row.heard) == ("solved", "unsolved")


def test_nobody_confirms_before_the_work_has_begun_or_after_the_archive(world: World) -> None:
    world.met()
    assert world.refused("confirm", {"solved": True}, by="public") == ["too_early"]
    world.archived()
    assert world.refused("confirm", {"solved": False}, by="public") == ["archived"]


def test_how_it_ended_is_written_or_it_is_written_why_not(world: World) -> None:
    world.carried_out()
    assert world.refused("close", {"result": "solved"}, decided=SECRETARY) == ["D-G12"]
    assert world.refused("close", {"note": "通水了。"}, decided=SECRETARY) == ["D-G12"]
    world.do("close", {"result": "partly"}, decided=SECRETARY, reasons={"D-G12": "等明年验收。"})
    assert (world.row.result, world.row.result_on, world.flows()) == (
        "partly",
        world.today,
        {"archive": "a1"},
    )


def test_the_box_of_me_too_is_counted_and_closed_with_the_matter(world: World) -> None:
    from shangliang.acts.box import drop

    world.carried_out()
    for token in ("a", "b", "a"):
        drop(world.row, token)
    done = world.do("close", {"result": "solved", "note": "好了。"}, decided=SECRETARY)
    box = json.loads(world.entry(done).text)["flow"]["box"]
    assert box["count"] == 2 and len(box["digest"]) == 64


def test_while_the_file_waits_for_the_archivist_nothing_else_is_done_with_the_matter(world: World) -> None:
    world.closed()
    assert "not_here" in world.refused("close", {"result": "solved", "note": "x"}, decided=SECRETARY)
    world.do("return_file", {"missing": "缺签到表。"}, by="p-cheng")
    assert world.flows() == {"archive": "a1"}
    world.do("accept_archive", {}, by="p-cheng")
    assert (world.stage, world.row.ended, world.row.ended_on) == ("@completed", "completed", world.today)


def test_a_file_with_a_paper_missing_is_not_archived_and_a_named_original_is_as_good_as_an_entry(
    world: World,
) -> None:
    world.carried_out()
    world.do("close", {"result": "solved", "note": "好了。"}, decided=SECRETARY)
    assert world.refused("accept_archive", {}, by="p-cheng") == ["AR1"]
    world.do("keep_paper", {"kind": "reply", "place": "村委会2号柜", "pages": 1})
    world.do("accept_archive", {}, by="p-cheng")


def test_the_town_may_let_an_incomplete_file_pass_on_paper(world: World) -> None:
    world.carried_out()
    world.do("close", {"result": "solved", "note": "好了。"}, decided=SECRETARY)
    world.do(
        "override",
        {"gate": "AR1", "paper": "河口镇党委〔2026〕9号", "reason": "原件被水浸了。"},
        decided=TOWN_PARTY,
    )
    world.do("accept_archive", {}, by="p-cheng")
    assert world.last("Override").used_by


def test_a_matter_that_has_ended_goes_on_nowhere_but_can_still_be_answered(world: World) -> None:
    world.archived()
    assert "ended" in world.refused("draft_notice", {"text": "x"})
    assert "ended" in world.refused("screen", {}, decided=SECRETARY)
    world.do("reply", {"text": "已经归档。"})
    world.do("told", {"opinion": world.last("Opinion").pk})


def test_who_has_no_phone_stays_on_the_list_until_told_in_person(world: World) -> None:
    world.opened(answer_by="face", channel="visit")
    opinion = world.last("Opinion")
    world.do("reply", {"text": "下周去看。"})
    opinion.refresh_from_db()
    assert opinion.told_on is None
    world.do("told", {"opinion": opinion.pk}, by="p-zhang", on="05-03")
    opinion.refresh_from_db()
    assert opinion.told_on == day("05-03")
    world.do("reply", {"text": "看过了，五月动工。"})
    opinion.refresh_from_db()
    assert opinion.told_on is None  # there is something new to tell


def test_nobody_is_told_about_words_that_were_said_elsewhere(world: World) -> None:
    other = world.opened().last("Opinion").pk
    world.opened()
    assert world.refused("told", {"opinion": other}) == ["no_such"]


def test_housekeeping_does_not_keep_earlier_events_from_being_entered(world: World) -> None:
    world.tabled(held="04-20")
    world.do("hold_meeting", {}, on="04-20")
    world.do("withdraw", {}, by="public", on="04-22")
    world.do("keep_paper", {"kind": "sign_in", "place": "2号柜", "pages": 2}, on="04-22")
    world.do("take_up", {"meeting": world.meeting}, on="04-20", typed="04-22")
    assert world.row.last_on == day("04-20")


def test_the_whole_way_ends_completed(world: World) -> None:
    world.archived()
    assert world.marks == {"consulted", "published", "implemented", "replied"}


# ── 待核实: a resident said “not solved” ──────────────────────────────────────────────────────────────────────────────


def doubted(world: World, on: str = "05-17") -> None:
    world.do("confirm", {"solved": False}, by="public", on=on)
    assert world.task().state == "verify"


def test_what_is_to_be_checked_is_worked_on_again_before_it_is_closed_as_solved(world: World) -> None:
    world.carried_out()
    progress = {"task": world.task().pk, "state": "done", "note": "又清了一遍。"}
    assert "not_here" in world.refused("report_progress", progress, on="05-17")  # nothing is open
    doubted(world)
    end = {"result": "solved", "note": "全线通水。"}
    assert world.refused("close", end, decided=SECRETARY, on="05-18") == ["D-E7"]
    world.do(
        "check_work",
        {"satisfied": False, "note": "东头还堵。"},
        decided={"role": "supervision_head"},
        on="05-18",
    )
    world.do("report_progress", progress, on="05-19")
    assert (world.stage, world.task().state) == ("D-8", "done")
    world.do("close", end, decided=SECRETARY, on="05-20")
    assert world.flows() == {"archive": "a1"}


def test_what_is_not_solved_may_be_closed_as_it_is(world: World) -> None:
    world.carried_out()
    doubted(world)
    world.do("close", {"result": "partly", "note": "东头还堵。"}, decided=SECRETARY, on="05-18")
    assert world.row.result == "partly"


def test_a_doubt_before_archiving_keeps_the_file_from_being_taken_over_as_solved(world: World) -> None:
    world.closed()
    doubted(world, on="05-21")
    assert world.refused("accept_archive", by="p-cheng", on="05-22") == ["AR3"]
    world.do("report_progress", {"task": world.task().pk, "state": "done", "note": "通了。"}, on="05-22")
    world.do("accept_archive", by="p-cheng", on="05-22")
    assert world.row.ended == "completed"


def test_what_was_closed_as_solved_by_mistake_is_corrected_and_archived(world: World) -> None:
    world.closed()
    end = Entry.objects.get(subject=f"matter:{world.matter}", act="close")
    doubted(world, on="05-21")
    right = {"entry": end.seq, "field": "result", "value": "partly", "reason": "东头还堵。"}
    world.do("correct", right, on="05-21")
    world.do("accept_archive", by="p-cheng", on="05-22")
    assert world.row.ended == "completed"


def test_work_goes_on_while_the_notice_still_hangs(world: World) -> None:
    world.posted().tasked().worked()
    doubted(world, on="05-11")
    assert world.flows() == {"publication": "p3"}
    world.do("report_progress", {"task": world.task().pk, "state": "done", "note": "通了。"}, on="05-12")
    assert (world.stage, world.task().state) == ("D-7", "done")


def test_a_finished_task_may_still_be_reported_on_while_the_work_runs(world: World) -> None:
    world.posted().tasked()
    for state in ("done", "doing", "done"):
        world.do("report_progress", {"task": world.task().pk, "state": state, "note": "清了。"}, on="05-10")
    world.do("finish_work", on="05-10")
    said = {"task": world.task().pk, "state": "doing", "note": "又挖。"}
    assert "not_here" in world.refused("report_progress", said, on="05-10")
