"""Standing bodies with their rosters and terms, selections, pilots and visits; surveys and their box; links and petitions."""

from __future__ import annotations

from typing import Any

import pytest
from tests.acts import consulting as way
from tests.acts.world import World

from shangliang.acts import surveys
from shangliang.acts.replay import replay
from shangliang.cases.models_consulting import Body, FieldVisit, Link, Petition, Seat, Selection, Survey
from shangliang.errors import Conflict, Malformed
from shangliang.record.models import Entry

STREET: dict[str, Any] = {"unit": "hekou", "by": "p-su", "subject": None}


def formed(w: World, kind: str, name: str) -> str:
    return f"{w.do('form_body', {'kind': kind, 'name': name, 'paper': '街道党委〔2026〕12号'}, **STREET).entry}.0"


def test_a_leading_group_has_its_head_its_deputies_and_an_office_directed_by_a_member(world: World) -> None:
    way.street(world)
    world.appoint("p-shu", "秦书记", "hekou", "party_secretary")
    group = formed(world, "leading_group", "协商民主工作领导小组")
    for person, position in (("p-shu", "head"), ("p-han", "deputy"), ("p-room", "deputy")):
        world.do("seat_member", {"body": group, "post": world.posts[person], "position": position}, **STREET)
    office = formed(world, "office", "领导小组办公室")
    director = {"body": office, "post": world.posts["p-office"], "position": "director"}
    assert world.refused("seat_member", director, **STREET) == ["not_member"]
    world.do("seat_member", {**director, "post": world.posts["p-yuan"]}, **STREET)
    assert [s.position for s in Seat.objects.filter(body=group).order_by("id")] == [
        "head",
        "deputy",
        "deputy",
    ]
    assert Body.objects.get(pk=office).paper == "街道党委〔2026〕12号"


def test_a_member_has_sector_expertise_villages_and_a_grid_for_a_term(world: World) -> None:
    way.street(world)
    room = formed(world, "room", "政协委员联络室")
    member = {"body": room, "post": world.posts["p-yuan"], "sector": "教育界", "expertise": "教育管理", "places": ["liushu", "yangshu"],
              "grid": "第二网格", "until": "2031-12-31"}  # fmt: skip
    assert world.refused("seat_member", {**member, "places": ["nowhere"]}, **STREET) == ["no_such"]
    assert world.refused("seat_member", {**member, "name": "阮委员"}, **STREET) == ["post_or_name"]
    done = world.do("seat_member", member, **STREET)
    seat = Seat.objects.get(pk=f"{done.entry}.0")
    assert (seat.sector, seat.places, seat.grid, str(seat.until)) == (
        "教育界",
        "liushu,yangshu",
        "第二网格",
        "2031-12-31",
    )
    world.do("leave_seat", {"seat": seat.pk}, **STREET)
    assert Seat.objects.get(pk=seat.pk).left_on == world.today
    assert world.refused("leave_seat", {"seat": seat.pk}, **STREET) == ["no_such"]


def test_how_representatives_were_chosen_stands_with_those_who_were(world: World) -> None:
    body = way.council(world)
    selection = {"body": body, "method": "elected", "pool": 120, "chosen": 11, "note": "张榜三天。"}
    assert world.refused("record_selection", {**selection, "chosen": 121}, subject=None) == ["too_many"]
    done = world.do("record_selection", selection, subject=None)
    world.do(
        "seat_member",
        {"body": body, "name": "丁玉兰", "position": "representative", "selection": f"{done.entry}.0"},
        subject=None,
    )
    found = Selection.objects.get()
    assert (found.pool, found.chosen, found.seats.get().name.text) == (120, 11, "丁玉兰")
    assert "丁玉兰" not in "".join(Entry.objects.values_list("text", flat=True))


def test_what_a_member_heard_on_a_visit_is_kept_and_its_words_are_sealed(world: World) -> None:
    world.do(
        "note_visit",
        {"grid": "第二网格", "tag": "two_goings", "words": "学校门口过街太险。"},
        by="p-sun",
        subject=None,
    )
    visit = FieldVisit.objects.get()
    assert visit.words.text == "学校门口过街太险。" and visit.tag == "two_goings"
    assert "过街" not in Entry.objects.get(act="note_visit").text


def test_a_petition_is_linked_by_number_and_cause_and_nothing_of_what_it_says(world: World) -> None:
    way.raised(world)
    world.do("link_petition", {"number": "信〔2026〕8号", "cause": "procedure"})
    assert Petition.objects.get(matter=world.matter).cause == "procedure"
    with pytest.raises(Malformed):
        world.do("link_petition", {"number": "信〔2026〕9号", "cause": "procedure", "words": "某某反映……"})


def test_a_matter_is_linked_to_one_of_another_level(world: World) -> None:
    first = way.raised(world).matter
    world.matter = ""
    world.unit = "liushu"
    world.opened("04-03")
    assert world.refused("link_matter", {"other": world.matter}) == ["no_such"]
    world.do("link_matter", {"other": first})
    assert Link.objects.get().other_id == first


# ── surveys ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_telephone_answers_and_papers_stand_in_one_tally_and_no_answer_is_in_an_entry(world: World) -> None:
    survey = Survey.objects.get(pk=way.surveyed(world))
    for choice in (0, 0, 1, None):
        surveys.put(survey, [choice])
    before = Entry.objects.count()
    world.do(
        "enter_paper_totals",
        {"question": survey.questions.get().pk, "counts": [20, 11], "teller": "马秀英", "second": "林树生"},
    )
    (tally,) = surveys.counted(survey)
    assert (tally.calls, tally.papers, tally.together) == ((2, 1), (20, 11), (22, 12))
    done = world.do("close_survey", {"survey": survey.pk})
    survey.refresh_from_db()
    assert survey.calls == 4 and len(survey.digest) == 64
    assert Entry.objects.count() == before + 2
    assert '"counts":[[2,1]]' in world.entry(done).text.replace(" ", "")
    (tally,) = surveys.counted(survey)
    assert tally.together == (22, 12)
    assert replay()[1] == []


def test_after_closing_nothing_goes_into_the_box_or_beside_it(world: World) -> None:
    survey = Survey.objects.get(pk=way.surveyed(world))
    world.do("close_survey", {"survey": survey.pk})
    with pytest.raises(Conflict):
        surveys.put(survey, [0])
    totals = {"question": survey.questions.get().pk, "counts": [1, 2], "teller": "马秀英", "second": "林树生"}
    assert world.refused("enter_paper_totals", totals) == ["closed"]
    assert world.refused("close_survey", {"survey": survey.pk}) == ["closed"]


def test_papers_are_counted_by_two_people_with_a_number_for_every_answer(world: World) -> None:
    survey = Survey.objects.get(pk=way.surveyed(world))
    totals = {
        "question": survey.questions.get().pk,
        "counts": [1, 2, 3],
        "teller": "马秀英",
        "second": "马秀英",
    }
    assert world.refused("enter_paper_totals", totals) == ["other_count", "two_tellers"]
    with pytest.raises(Malformed):
        surveys.put(survey, [7])
    with pytest.raises(Malformed):
        surveys.put(survey, [0, 1])
