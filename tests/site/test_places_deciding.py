"""The demonstration's district and county that decide step by step: everything through ``perform``, each ending in its own
way, and replay makes the same."""

from __future__ import annotations

import re
from datetime import date

import pytest

from shangliang import documents
from shangliang.acts.replay import replay
from shangliang.cases.models import Matter
from shangliang.documents import papers, render
from shangliang.site.places.siyi import build_siyi
from shangliang.site.places.yizheng import build_yizheng
from shangliang.units.models import Unit

TODAY = date(2026, 11, 22)


@pytest.mark.django_db
def test_the_district_of_一征三议两公开_has_matters_that_end_differently() -> None:
    build_yizheng(TODAY)
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
    build_siyi(TODAY)
    assert sorted(Matter.objects.values_list("ended", flat=True)) == ["", "", "", "completed", "refused"]
    assert set(Matter.objects.filter(ended="").values_list("stage", flat=True)) == {"S-2", "S-4", "S-5"}
    assert replay()[1] == []


OWN = {
    "scope", "collect_record", "opinion_summary", "proposal", "committees_minutes", "hearing_notice", "hearing_record",
    "hearing_answer", "appraisal_record", "effects", "result_publication", "resolution", "publication", "minutes",
}  # fmt: skip


@pytest.mark.django_db
def test_every_paper_of_the_archived_matter_prints_what_was_entered() -> None:
    build_yizheng(TODAY)
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
