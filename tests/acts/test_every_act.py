"""Every act of the catalogue: done once by whom it may be done, refused to everybody else, and never half done."""

import json
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from tests.acts import cases_consulting, cases_deciding, lots
from tests.acts.traces import traces
from tests.acts.world import CLEAR, PARTY, POSTS, SECRETARY, TOWN_PARTY, World

from shangliang.acts.vocabulary import Catalogue
from shangliang.cases.oversight.models import Reminder
from shangliang.errors import Malformed, Refused
from shangliang.record.models import Book, SealedText

How = dict[str, Any]

CLERKS = {"p-wang", "p-su", "p-zhao"}
"""The clerk of the village, of the town, of the county. Not the one of the village next door."""
LIAISONS = {"p-sun", "p-zhang"}
REACHING = {p for p, _, unit, _ in POSTS if unit in ("donghe", "hekou", "liushu")}
"""Who holds any post in the village or above it. What everybody may do without an account, they may do with one."""
ACTS: dict[str, tuple[Callable[[World], How], set[str]]] = {}
"""For each act: how the village comes to the point and what is asked; who may enter it beside the clerks."""


def case(name: str, *others: str) -> Callable[[Callable[[World], How]], Callable[[World], How]]:
    def register(function: Callable[[World], How]) -> Callable[[World], How]:
        ACTS[name] = (function, set(others))
        return function

    return register


@case("found_unit")
def _(w: World) -> How:
    return {"data": {"name": "杏花村", "kind": "village", "parent": "liushu"}, "unit": "xinghua"}


@case("amend_unit")
def _(w: World) -> How:
    return {"data": {"adults": 870}}


@case("equip_venue")
def _(w: World) -> How:
    return {"data": {"name": "有事好商量议事室", "haves": ["place", "sign"]}}


@case("appoint")
def _(w: World) -> How:
    return {"data": {"role": "grid_worker", "person": "p-new", "name": "新来的"}}


@case("end_unit")
def _(w: World) -> How:
    return {"data": {"successor": "yangshu", "paper": "河口镇党委〔2026〕3号"}, "decided": TOWN_PARTY}


@case("release")
def _(w: World) -> How:
    return {"data": {"post": w.posts["p-ma"]}}


@case("no_topic")
def _(w: World) -> How:
    return {"data": {"window": "2026-01-01", "reason": "大家都在外打工。"}}


@case("anchor")
def _(w: World) -> How:
    book = Book.objects.get(pk="liushu")
    heads = [{"book": book.pk, "length": book.length, "head": book.head}]
    return {"data": {"heads": heads}, "unit": "hekou", "by": "p-su"}


@case("intake", *REACHING)
def _(w: World) -> How:
    return {"data": {"words": "路灯坏了。", "channel": "visit", "behalf": True}}


@case("merge", "p-li")
def _(w: World) -> How:
    first = w.opened().matter
    w.matter = ""
    w.opened(words="路灯又坏了。")
    return {"data": {"into": first}, "decided": SECRETARY}


@case("put_forward", "p-li", *LIAISONS)
def _(w: World) -> How:
    w.opened()
    return {"data": {"title": "村东路灯"}, "decided": SECRETARY}


@case("screen", "p-li")
def _(w: World) -> How:
    w.put_forward()
    return {"data": {**CLEAR, "touches": []}, "decided": SECRETARY}


@case("name_parties", "p-li", "p-sun")
def _(w: World) -> How:
    w.screened(dispute="large")
    return {"data": {"parties": [{"name": "路东七户"}]}}


@case("visit", "p-li", *LIAISONS)
def _(w: World) -> How:
    w.screened(dispute="large")
    w.do("name_parties", {"parties": [{"name": "路东七户"}]})
    return {"data": {"party": w.last("Party").pk, "agreed": True}, "decided": SECRETARY}


@case("settle_door", "p-li")
def _(w: World) -> How:
    ACTS["visit"][0](w)
    w.do("visit", {"party": w.last("Party").pk, "agreed": True}, decided=SECRETARY)
    return {"data": {"result": "agreed"}, "decided": SECRETARY}


@case("study")
def _(w: World) -> How:
    w.screened()
    return {"data": {"note": "淤了半米。"}}


@case("approve")
def _(w: World) -> How:
    w.screened()
    w.do("study", {"note": "淤了半米。"})
    return {"data": {"approved": True}, "decided": PARTY}


@case("convene", "p-li", "p-sun")
def _(w: World) -> How:
    return {"data": {"held_on": "2026-05-20", "place": "村议事室", "convener": w.posts["p-li"]}}


@case("give_notice", "p-li", "p-sun")
def _(w: World) -> How:
    w.called()
    return {"data": {"by": "phone"}}


@case("register_reply", "p-li", "p-sun", "p-meng", "p-jin")
def _(w: World) -> How:
    w.called(guests=[{"kind": "department", "department": "水利站", "letter": "1号"}])
    return {"data": {"invitation": f"{w.meeting}.0", "reply": "coming"}}


@case("hold_meeting", "p-li", "p-sun")
def _(w: World) -> How:
    w.called()
    return {"data": {"others": 2}}


@case("call_off", "p-li", "p-sun")
def _(w: World) -> How:
    w.called()
    return {"data": {"reason": "大雪封路。"}}


@case("table", "p-li")
def _(w: World) -> How:
    w.approved().called(held="05-20")
    return {"data": {"meeting": w.meeting}, "decided": SECRETARY}


@case("take_up", "p-li", "p-sun")
def _(w: World) -> How:
    w.tabled(held="05-01")
    return {"data": {"meeting": w.meeting}}


@case("conclude", "p-li", "p-sun")
def _(w: World) -> How:
    w.tabled(held="05-01")
    w.do("take_up", {"meeting": w.meeting})
    return {"data": {"meeting": w.meeting, "outcome": "consensus"}}


@case("record_resolution")
def _(w: World) -> How:
    w.met(touches=["subsidy"])
    return {"data": resolution()}


@case("report_up")
def _(w: World) -> How:
    w.met("escalate")
    return {"data": {"to": "河口镇党委", "note": "请镇里答复。"}}


@case("record_return")
def _(w: World) -> How:
    w.met("escalate")
    w.do("report_up", {"to": "河口镇党委", "note": "请镇里答复。"})
    return {"data": {"result": "settled", "note": "同意。"}, "decided": {"body": "party", "unit": "hekou"}}


@case("draft_notice", "p-li")
def _(w: World) -> How:
    w.met()
    return {"data": {"text": "先清淤，再砌边。"}, "decided": SECRETARY}


@case("exempt_notice", "p-li")
def _(w: World) -> How:
    w.met()
    return {
        "data": {"ground": "涉及商业秘密", "approver": "镇党委", "note": "合同价格。"},
        "decided": SECRETARY,
    }


@case("post_notice", "p-li", "p-gao")
def _(w: World) -> How:
    w.met()
    w.do("draft_notice", {"text": "先清淤，再砌边。"})
    return {"data": {"poster": w.posts["p-wang"]}, "decided": SECRETARY}


@case("object", *REACHING)
def _(w: World) -> How:
    w.posted()
    return {"data": {"words": "出工不能按户摊。"}}


@case("answer_objection", "p-li")
def _(w: World) -> How:
    w.posted()
    w.do("object", {"words": "出工不能按户摊。"}, by="public")
    return {
        "data": {"objection": w.last("Objection").pk, "sustained": False, "reason": "不按户摊。"},
        "decided": SECRETARY,
    }


@case("take_down", "p-li")
def _(w: World) -> How:
    w.posted()
    return {"data": {}, "on": "05-16", "decided": SECRETARY}


@case("set_tasks", "p-li")
def _(w: World) -> How:
    w.met()
    return {
        "data": {"tasks": [{"text": "清淤", "owner": "水利站", "due": "2026-06-30"}]},
        "decided": SECRETARY,
    }


@case("open_gathering", "p-li")
def _(w: World) -> How:
    w.screened()
    return {
        "data": {"statements": [{"text": "先清淤，再砌边。"}], "until": "2026-05-10"},
        "decided": SECRETARY,
    }


@case("propose_statement", "p-li", *LIAISONS)
def _(w: World) -> How:
    w.screened().asked()
    return {"data": {"text": "清出来的泥要拉走。"}}


@case("screen_statement", "p-li", "p-sun")
def _(w: World) -> How:
    w.screened().asked()
    added = w.do("propose_statement", {"text": "清出来的泥要拉走。"}, by="public")
    return {"data": {"statement": f"{added.entry}.0", "shown": False, "reason": "repeats"}}


@case("issue_slips", "p-li", "p-sun")
def _(w: World) -> How:
    w.screened().asked(voice="invited", slips=12)
    return {"data": {"count": 8}}


@case("close_gathering", "p-li")
def _(w: World) -> How:
    w.screened().asked()
    return {"data": {}, "decided": SECRETARY}


@case("carry_points", "p-li", "p-sun")
def _(w: World) -> How:
    w.screened().asked().do("close_gathering", decided=SECRETARY)
    return {"data": {"agreed": "先清淤，再砌边。"}}


@case("announce_lots", "p-li")
def _(w: World) -> How:
    w.screened()
    return {"data": lots.put_up(), "decided": SECRETARY}


@case("name_participants", "p-li")
def _(w: World) -> How:
    w.screened()
    seated = [{"kind": "stakeholder", "name": "路东的代表"}, {"kind": "member", "post": w.posts["p-ma"]}]
    recused = [{"post": w.posts["p-lin"], "reason": "与施工方是亲属。"}]
    return {"data": {"participants": seated, "recused": recused, "pool": 30}, "decided": SECRETARY}


@case("draw_lots", "p-li", "p-sun")
def _(w: World) -> How:
    w.screened()
    put_up = w.do("announce_lots", lots.put_up(), decided=SECRETARY)
    return {"data": {"lots": f"{put_up.entry}.0", "seed": lots.SEED}}


@case("report_progress", "p-li", "p-meng", "p-jin")
def _(w: World) -> How:
    w.met().tasked()
    return {"data": {"task": w.task().pk, "state": "doing", "note": "进场了。"}, "decided": SECRETARY}


@case("finish_work", "p-li", "p-meng", "p-jin")
def _(w: World) -> How:
    w.met().tasked()
    w.do("report_progress", {"task": w.task().pk, "state": "done", "note": "清完了。"})
    return {"data": {}, "decided": SECRETARY}


@case("check_work", "p-gao")
def _(w: World) -> How:
    w.met().tasked()
    w.do("report_progress", {"task": w.task().pk, "state": "not_done", "note": "石料没到。"})
    w.do("finish_work")
    return {"data": {"satisfied": True}, "decided": {"role": "supervision_head"}}


@case("close", "p-li")
def _(w: World) -> How:
    w.carried_out()
    return {"data": {"result": "solved", "note": "通水了。"}, "decided": SECRETARY}


@case("accept_archive", "p-cheng")
def _(w: World) -> How:
    w.closed()
    return {"data": {}, "decided": {"role": "archivist"}}


@case("return_file", "p-cheng")
def _(w: World) -> How:
    w.closed()
    return {"data": {"missing": "缺会议记录原件。"}, "decided": {"role": "archivist"}}


@case("keep_paper", "p-cheng", "p-zhang", "p-li", "p-sun")
def _(w: World) -> How:
    w.opened()
    return {"data": {"kind": "minutes", "place": "村委会2号柜", "pages": 3}}


@case("reply", "p-li", "p-sun")
def _(w: World) -> How:
    w.opened()
    return {"data": {"text": "已经去看过了。"}}


@case("told", "p-li", *LIAISONS)
def _(w: World) -> How:
    w.opened(answer_by="face")
    return {"data": {"opinion": w.last("Opinion").pk}}


@case("confirm", "p-li", *LIAISONS)
def _(w: World) -> How:
    w.met().tasked()
    return {"data": {"solved": True}}


@case("withdraw", "p-li", "p-sun")
def _(w: World) -> How:
    w.opened(name="老于", phone="13900000000")
    return {"data": {}}


@case("erase", "p-li", "p-sun")
def _(w: World) -> How:
    w.opened()
    return {"data": {"texts": [w.last("Opinion").words_id], "ground": "request"}}


@case("correct", "p-li", "p-sun")
def _(w: World) -> How:
    w.opened()
    done = w.do("put_forward", {"title": "村东路登"})
    return {"data": {"entry": done.seq, "field": "title", "text": "村东路灯", "reason": "写错了字。"}}


@case("correct_register")
def _(w: World) -> How:
    w.called()
    return {
        "data": {
            "entry": int(w.meeting.split(".")[1]),
            "field": "place",
            "value": "村小学",
            "reason": "村部停电。",
        }
    }


@case("acknowledge", "p-li")
def _(w: World) -> How:
    flagged(w)
    return {"data": {"flag": w.last("Flag").pk}, "decided": SECRETARY}


@case("override")
def _(w: World) -> How:
    w.screened(dispute="large")
    said = {"gate": "D-G3", "paper": "河口镇党委〔2026〕3号", "reason": "一方在外地。"}
    return {"data": said, "decided": TOWN_PARTY}


@case("import_meeting", "p-li", "p-sun")
def _(w: World) -> How:
    return {"data": {"ledger": "2022年台账第3页", "place": "村议事室"}, "on": "2026-05-01"}


TOWN_ASKS = {"role": "deputy_party_secretary"}
"""A unit above asks. Whoever types it, the town's deputy secretary has decided it."""


@case("remind")
def _(w: World) -> How:
    return {"data": {"about": "meeting", "text": "请按时开会。"}, "decided": TOWN_ASKS}


@case("answer_reminder", "p-li", "p-han")
def _(w: World) -> How:
    w.do("remind", {"about": "meeting", "text": "请按时开会。"}, by="p-su")
    return {"data": {"reminder": Reminder.objects.get().pk, "answer": "done"}}


@case("draw_sample")
def _(w: World) -> How:
    w.closed()
    seed = Book.objects.get(pk="hekou").head
    said = {"first": "2026-05-01", "last": "2026-05-31", "seed": seed, "among": 1, "numbers": [w.matter]}
    return {"data": said, "unit": "hekou", "by": "p-su"}


@case("call_back")
def _(w: World) -> How:
    w.closed()
    return {"data": {"reached": True, "solved": True}, "decided": TOWN_ASKS}


@case("freeze_month")
def _(w: World) -> How:
    figures = [{"unit": "liushu", "measure": "meetings", "n": 1}]
    return {"data": {"month": "2026-04-01", "figures": figures}, "unit": "hekou", "by": "p-su"}


cases_deciding.add(case)
cases_consulting.add(case)


def resolution(**changes: Any) -> dict[str, Any]:
    """A representatives' meeting of sixty that could decide and did."""
    return {
        "body": "representatives", "notice_on": "2026-04-27", "party_study_on": "2026-04-25", "authorised_by": "2026年授权1号",
        "total": 60, "present": 40, "votes_for": 21, "against": 10, "abstained": 9, "paper": "决议〔2026〕2号", **changes,
    }  # fmt: skip


def flagged(w: World) -> None:
    """A large dispute that was entered as a small one is corrected after the meeting: one gate no longer holds."""
    screened = w.put_forward().do("screen", {**CLEAR, "touches": []}, decided=SECRETARY, on="04-03")
    w.met()
    w.do(
        "correct",
        {"entry": screened.seq, "field": "dispute", "value": "large", "reason": "看错了。"},
        on="05-01",
    )


def test_the_table_below_holds_every_act() -> None:
    assert set(ACTS) == set(Catalogue.acts)


@pytest.mark.parametrize("name", sorted(ACTS))
def test_who_may_enter_it(world: World, name: str) -> None:
    prepare, others = ACTS[name]
    how = prepare(world)
    before = traces()
    may = set()
    for person, *_ in POSTS:
        try:
            with transaction.atomic():
                world.do(name, **{**how, "by": person}, key=f"by-{person}")
                raise Undo
        except Refused:
            continue
        except Undo:
            may.add(person)
    assert may == (CLERKS - {"p-wang"} if how.get("unit") == "hekou" else CLERKS) | others
    assert traces() == before


@pytest.mark.parametrize("name", sorted(ACTS))
def test_it_is_done_and_only_once_is_it_recorded(world: World, name: str) -> None:
    how = doable(world, name)
    before = traces()
    done = world.do(name, **how, key="k")
    after = traces()
    assert len(after["Entry"]) == len(before["Entry"]) + 1
    entry = world.entry(done)
    assert (entry.act, entry.seq, entry.entered_by) == (name, done.seq, how.get("by", "p-wang"))
    assert entry.happened_on == world.today
    again = world.do(name, **how, key="k")
    assert again.repeated and (again.entry, again.digest, again.subject) == (
        done.entry,
        done.digest,
        done.subject,
    )
    assert traces() == after


@pytest.mark.parametrize("name", sorted(ACTS))
def test_tomorrow_is_refused_a_stranger_is_refused_and_both_are_said_at_once(world: World, name: str) -> None:
    how = doable(world, name)
    world.clock.turn(world.act(name, **how).happened_on)
    before = traces()
    tomorrow = world.clock.now.date() + timedelta(days=1)
    found = world.refused(name, **{**how, "on": tomorrow, "by": "p-nobody"}, typed=world.clock.now.date())
    assert {"may_not_enter", "in_the_future"} <= set(found)
    assert traces() == before


@pytest.mark.parametrize("name", sorted(ACTS))
def test_a_field_nobody_knows_is_refused(world: World, name: str) -> None:
    how = doable(world, name)
    before = traces()
    with pytest.raises(Malformed) as error:
        world.do(name, **{**how, "data": {**how["data"], "secretly": 1}})
    assert [p.field for p in error.value.problems] == ["secretly"]
    assert traces() == before


@pytest.mark.parametrize("name", sorted(n for n, spec in Catalogue.acts.items() if spec.sealed))
def test_its_words_are_sealed(world: World, name: str) -> None:
    """Every text field to be sealed that the act takes here gets words of its own: none of them is in its entry."""
    how = doable(world, name)
    for field in (f for f, _, listed in Catalogue.acts[name].sealed if not listed and "." not in f):
        words = {**how, "data": {**how["data"], field: "秘而不宣"}}
        with suppress(Refused, Malformed, Undo), transaction.atomic():
            world.do(name, **words, key=f"try-{field}")
            how = words
            raise Undo
    entry = world.entry(world.do(name, **how, key="k"))
    sealed = SealedText.objects.filter(
        id__in=[each["id"] for each in json.loads(entry.text)["sealed"].values()]
    )
    assert sealed or not any(f in how["data"] for f, _, _ in Catalogue.acts[name].sealed)
    for (text,) in sealed.values_list("text"):
        assert text not in entry.text
    assert "秘而不宣" not in entry.text


def doable(world: World, name: str) -> How:
    how = ACTS[name][0](world)
    if name == "found_unit":
        how["data"] = {**how["data"], "parent": "hekou"}
        how["by"] = "p-su"
    return how


class Undo(Exception):
    """Takes an act back that was allowed."""
