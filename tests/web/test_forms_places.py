"""The same in the places with other rules, for one of every kind of post there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest
from tests.web.forms import look_at
from tests.web.test_secret import enter

from shangliang.acts.act import today
from shangliang.people.models import Post
from shangliang.site.places.liyang import build_liyang
from shangliang.site.places.siyi import build_siyi
from shangliang.site.places.weitang import build_weitang
from shangliang.site.places.xieshang import build_xieshang
from shangliang.site.places.yizheng import build_yizheng

PLACES = (build_liyang, build_siyi, build_weitang, build_xieshang, build_yizheng)


@pytest.mark.parametrize("build", PLACES, ids=lambda b: b.__name__)
@pytest.mark.django_db
def test_no_link_and_no_form_leads_to_an_error(build: Callable[..., None]) -> None:
    build(today())
    tried: Counter[str] = Counter()
    posts = Post.objects.select_related("unit").order_by("-id")
    people = {(p.role, p.unit.level): p.person_id for p in posts}
    assert len(people) > 5
    for person in sorted(set(people.values())):
        look_at(enter(person), tried, most=60, alike=1)
    assert len(tried) > 10, tried
