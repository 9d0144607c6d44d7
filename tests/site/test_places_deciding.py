"""The demonstration's district and county that decide step by step: everything through ``perform``, each ending in its own
way, and replay makes the same."""

from __future__ import annotations

from datetime import date

import pytest

from shangliang.acts.replay import replay
from shangliang.cases.models import Matter
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
