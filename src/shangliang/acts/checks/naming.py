"""Whether those who are named can take part: they are there, belong to a group that is there, and are not recused."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from shangliang.acts import rulebooks
from shangliang.acts.checks.gathering import convener_decides
from shangliang.acts.checks.registry import check
from shangliang.acts.refusals import ended, no_such, refusal
from shangliang.cases.models_consulting import Participant
from shangliang.cases.models_lots import Recusal
from shangliang.people.models import Post
from shangliang.procedure.findings import Finding
from shangliang.procedure.say import Say

if TYPE_CHECKING:
    from shangliang.acts.scene import Scene


@check("name_participants")
def _name(scene: Scene) -> Iterator[Finding]:
    d, m = scene.given, scene.matter
    yield from convener_decides(scene)
    if m is None:
        return
    if m.ended or m.merged_into_id:
        yield ended()
    if not d.participants and not d.recused:
        yield refusal("nobody", "还没有写是谁", "Nobody is named", field="participants")
    if any(not (p.post or p.name or p.department) for p in d.participants):
        yield refusal("nobody", "有一行没有写是谁", "A line names nobody", field="participants")
    if any(bool(r.post) == bool(r.name) for r in d.recused):
        yield refusal("nobody", "回避的人，填职务或姓名，二者填一",
                      "Of who is recused give the post or the name, one of the two", field="recused")  # fmt: skip
    groups = {i.id for i in rulebooks.pinned(m.procedure, m.version).lists.get("group", ())}
    if any(p.group and p.group not in groups for p in d.participants):
        yield no_such("participants", "个群体", "group in this procedure's list")
    if d.pool is not None and d.pool < len(d.participants):
        yield refusal("pool", f"从{d.pool}人里选不出{len(d.participants)}人",
                      f"{len(d.participants)} cannot be chosen from {d.pool}", field="pool")  # fmt: skip
    yield from _posts(scene)


def _posts(scene: Scene) -> Iterator[Finding]:
    d = scene.given
    seated, recused = [p.post for p in d.participants if p.post], {r.post for r in d.recused if r.post}
    wanted = {*seated, *recused}
    if wanted and Post.objects.filter(pk__in=wanted).count() != len(wanted):
        yield no_such("participants", "个职务", "post")
    before = Participant.objects.filter(matter=scene.matter, post__in=seated)
    if len(set(seated)) < len(seated) or before.exists():
        yield refusal("twice", "有人已经在参加的人里了", "Somebody takes part already", field="participants")
    earlier = set(
        Recusal.objects.filter(matter=scene.matter, post__in=seated).values_list("post_id", flat=True)
    )
    names = {p.name for p in d.participants if p.name} & {r.name for r in d.recused if r.name}
    if set(seated) & (recused | earlier) or names:
        yield refusal("recused", "有人写了回避，又写了参加", "Somebody is recused and takes part at once",
                      Say("回避的人不参加这件事；请另请一位", "Who is recused does not take part; ask somebody else"),
                      "participants")  # fmt: skip
