"""Every field of every act that may be put right: it is, replay agrees, and the entry stays as it was."""

from typing import Any

import pytest
from django.apps import apps
from tests.acts.test_every_act import doable
from tests.acts.world import World

from shangliang.acts.replay import replay
from shangliang.acts.vocabulary import Catalogue
from shangliang.cases.models import Invitation
from shangliang.record.verify import verify_all

RIGHT: dict[str, tuple[str, Any]] = {
    "title": ("村西路灯", "村西路灯"), "department": ("水利站", "水利站"), "dispute": ("large", "large"),
    "result": ("unsolved", "unsolved"), "place": ("村小学", "村小学"), "time": ("18:40", "18:40"), "others": ("17", 17), "present": ("31", 31),
    "pages": ("11", 11), "amount": ("86000", 86000), "grid": ("第九网格", "第九网格"), "sector": ("农业", "农业"),
    "expertise": ("水利", "水利"),
}  # fmt: skip
"""A value unlike those that the cases give, and as the row holds it."""
EVERY = [
    (act, name, target) for act, spec in Catalogue.acts.items() for name, target in spec.corrects.items()
]


@pytest.mark.parametrize(("act", "name", "target"), EVERY, ids=[f"{a}.{f}" for a, f, _ in EVERY])
def test_it_is_put_right(world: World, act: str, name: str, target: str) -> None:
    done = world.do(act, **doable(world, act))
    entry = world.entry(done)
    if name in ("happened_on", "until"):
        day = entry.happened_on
        value, expected = day.isoformat(), day
    else:
        value, expected = RIGHT[name]
    if name == "others":
        expected += Invitation.objects.filter(meeting=world.meeting, present=True).count()
    sealed = name == "title"
    said = {"entry": entry.seq, "field": name, "reason": "写错了。", "text" if sealed else "value": value}
    model, _, column = target.partition(".")
    rows: Any = apps.get_model("cases", model)._default_manager
    where = {f"{column}__text" if sealed else column: expected}
    known = set(rows.filter(**where).values_list("pk", flat=True))
    about = {} if done.subject.startswith("matter:") else {"unit": done.book}
    by = "p-wang" if done.book == "liushu" else "p-su"
    world.do("correct_register" if about else "correct", said, by=by, **about)
    now = set(rows.filter(**where).values_list("pk", flat=True))
    assert len(now - known) == 1 or (name in ("happened_on", "until") and now)
    assert replay()[1] == []
    assert not [p for r in verify_all() for p in r.problems]
    assert world.entry(done).text == entry.text
