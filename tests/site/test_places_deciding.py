"""The demonstration's district and county that decide step by step: everything through ``perform``, each ending in its own
way, and replay makes the same."""

from __future__ import annotations

import re
from datetime import date

import pytest
from tests.settled import settled

from shangliang import documents
from shangliang.acts.act import Act
from shangliang.acts.perform import perform
from shangliang.acts.replay import replay
from shangliang.cases.models import Matter
from shangliang.cases.queries_rulebooks import adoption_of, effects_below
from shangliang.documents import papers, render
from shangliang.documents.sheet import Form, Sheet
from shangliang.errors import Refused
from shangliang.people.models import Post
from shangliang.site.places.siyi import build_siyi
from shangliang.site.places.telling import begin
from shangliang.site.places.yizheng import build_yizheng
from shangliang.units.models import Unit

TODAY = date(2026, 11, 22)


def cells(sheet: Sheet) -> dict[str, str]:
    """What stands in the boxes of a form."""
    return {c.label: c.text for block in sheet.blocks if isinstance(block, Form) for c in block.cells}


@pytest.mark.django_db
def test_the_district_of_一征三议两公开_has_matters_that_end_differently() -> None:
    settled(build_yizheng.__name__, lambda: build_yizheng(TODAY))
    assert sorted(Matter.objects.values_list("ended", flat=True)) == [
        "",
        "",
        "",
        "completed",
        "refused",
        "stopped",
    ]
    assert set(Matter.objects.filter(ended="").values_list("stage", flat=True)) == {"Z-1", "Z-3E", "Z-5"}
    adopted = Unit.objects.get(pk="qinghe").adoptions.get()
    assert (adopted.procedure, adopted.number) == ("yizheng", "清办〔演示〕11号")
    assert replay()[1] == []


@pytest.mark.django_db
def test_the_county_of_四议两公开_has_matters_that_end_differently() -> None:
    settled(build_siyi.__name__, lambda: build_siyi(TODAY))
    assert sorted(Matter.objects.values_list("ended", flat=True)) == ["", "", "", "completed", "refused"]
    assert set(Matter.objects.filter(ended="").values_list("stage", flat=True)) == {"S-2", "S-4", "S-5"}
    assert replay()[1] == []


OWN = {
    "scope", "collect_record", "opinion_summary", "proposal", "committees_minutes", "hearing_notice", "hearing_record",
    "hearing_answer", "appraisal_record", "effects", "result_publication", "resolution", "publication", "minutes",
}  # fmt: skip


@pytest.mark.django_db
def test_every_paper_of_the_archived_matter_prints_what_was_entered() -> None:
    settled(build_yizheng.__name__, lambda: build_yizheng(TODAY))
    matter = Matter.objects.get(ended="completed")
    made = {p.id: p.subjects[-1][0] for p in documents.producible(matter) if p.missing is None}
    assert made.keys() >= OWN
    told = {
        id: re.sub("<[^>]+>", "", render.fragment(papers.make(id, subject))) for id, subject in made.items()
    }
    assert not [id for id, text in told.items() if re.search("None|True|False", text)]
    assert "先换主管" in told["collect_record"] and "辖区单位党组织" in told["collect_record"]
    assert "141人次" in told["opinion_summary"]
    assert "采纳132条" in told["proposal"]
    assert "812" in told["effects"] and "418600" in told["effects"]
    assert "更换供水主管812米" in told["result_publication"]
    assert "决议：分两段" in told["publication"], (
        "the first publication tells the resolution, not the results"
    )
    assert "须40人" in told["resolution"] and "须25票" in told["resolution"]
    assert render.pdf(papers.make("proposal", matter)).startswith(b"%PDF")


@pytest.mark.django_db
def test_overseer_helper_and_organiser_are_standing_posts_of_a_community_and_the_overseer_notes_what_was_seen() -> (
    None
):
    settled(build_yizheng.__name__, lambda: build_yizheng(TODAY))
    held = set(Post.objects.filter(unit="qh-minzhu", until=None).values_list("role", "person_id"))
    assert {
        ("overseer", "p-q-lei"),
        ("helper", "p-q-yin"),
        ("organiser", "p-q-xing"),
        ("party_secretary", "p-q-xing"),
    } <= held
    days, matter = begin(TODAY), Matter.objects.get(stage="Z-1")
    days.turn(TODAY)
    note = {"note": "征求意见时请多听商户的。"}
    perform(Act("supervise", TODAY, "p-q-lei", note, subject=matter.pk), clock=days)
    elsewhere = Matter.objects.get(stage="Z-5")
    with pytest.raises(Refused):
        perform(Act("supervise", TODAY, "p-q-lei", note, subject=elsewhere.pk), clock=days)


@pytest.mark.django_db
def test_the_amount_and_the_quantities_of_a_district_are_sums_of_what_was_entered() -> None:
    settled(build_yizheng.__name__, lambda: build_yizheng(TODAY))
    assert effects_below(Unit.objects.get(pk="qinghe")) == {"元": 41_860_000, "平方米": 64_000, "米": 81_200}
    assert effects_below(Unit.objects.get(pk="qh-heping")) == {}


@pytest.mark.django_db
def test_the_committees_minutes_say_who_came_and_not_how_many_opinions_the_plan_took_up() -> None:
    settled(build_yizheng.__name__, lambda: build_yizheng(TODAY))
    matter = Matter.objects.get(title__text="楼道照明和栏杆整修")
    minutes = cells(papers.make("committees_minutes", matter))
    assert (minutes["应到人数"], minutes["到会人数"], minutes["同意人数"]) == ("", "7人", "7人")
    assert "采纳90条" in cells(papers.make("proposal", matter))["意见采纳"]


@pytest.mark.django_db
def test_the_rule_collection_and_the_card_are_made_of_the_adopted_rulebook() -> None:
    settled(build_yizheng.__name__, lambda: build_yizheng(TODAY))
    unit = Unit.objects.get(pk="qh-minzhu")
    rules = re.sub("<[^>]+>", "", render.fragment(papers.make("rule_collection", unit)))
    assert (
        "规定社区重大事项必须先由社区党组织征求意见" in rules
        and "党员联系群众制度" in rules
        and "统一流程图" in rules
    )
    card = re.sub("<[^>]+>", "", render.fragment(papers.make("plain_card", unit)))
    assert "三、一征 征求意见" in card
    adopted = adoption_of(unit)
    assert adopted is not None and (adopted.unit_id, adopted.number) == ("qinghe", "清办〔演示〕11号")
