"""Whether units, posts and heads named in an act are there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from shangliang.acts import rows, rulebooks
from shangliang.acts.act import SYSTEM
from shangliang.acts.checks.change import gone
from shangliang.acts.checks.registry import check
from shangliang.acts.refusals import no_such, refusal
from shangliang.people.models import Person, Post
from shangliang.procedure.judge import Finding
from shangliang.record.models import Book
from shangliang.units.models import Unit

if TYPE_CHECKING:
    from shangliang.acts.scene import Scene


@check("found_unit")
def _found(scene: Scene) -> Iterator[Finding]:
    d = scene.given
    if scene.locked.length:
        yield refusal("exists", "这个单位已经有了", "This unit exists already", field="unit")
    if d.parent and scene.unit is None:
        yield no_such("parent", "个上级单位", "parent unit")
    if scene.unit is not None and scene.unit.valid_to is not None:
        yield gone(scene.unit)
    # A demonstration shows several counties side by side.
    beside = scene.mute and scene.act.entered_by == SYSTEM
    if not d.parent and not beside and scene.rooted:
        yield refusal("second_root", "已经有最上级的单位，请写上级单位", "There is a root already; name the parent",
                      field="parent")  # fmt: skip
    if scene.code_held:
        yield refusal("same_code", f"代码{d.code}已经用过", f"The code {d.code} is in use", field="code")
    if d.procedure and d.procedure not in rulebooks.known():
        yield no_such("procedure", "种规程", "procedure")


@check("appoint")
def _appoint(scene: Scene) -> Iterator[Finding]:
    d = scene.given
    # Two books may name one person at once. Whoever holds the person first has the earlier entry too, so that replay, which
    # goes by entries, ends with the same name.
    rows.hold(Person, d.person)
    if d.name is None and not rows.exists(Person, "t.id = %s", [d.person]):
        yield refusal("name_needed", "第一次登记的人要写姓名", "A new person needs a name", field="name")


@check("release")
def _release(scene: Scene) -> Iterator[Finding]:
    post = Post.objects.filter(pk=scene.given.post, unit=scene.unit, until=None).first()
    if post is None:
        yield no_such("post", "个职务", "post")
    elif post.since > scene.act.happened_on:
        yield refusal(
            "before_start", "卸任不能早于任职", "A post cannot end before it began", field="happened_on"
        )


@check("anchor")
def _anchor(scene: Scene) -> Iterator[Finding]:
    given = {h.book: (h.length, h.head) for h in scene.given.heads}
    below = set(Unit.objects.filter(parent=scene.locked.unit, pk__in=given).values_list("pk", flat=True))
    now = {b.unit: (b.length, b.head) for b in Book.objects.filter(unit__in=below)}
    wrong = sorted(book for book, head in given.items() if now.get(book) != head)
    if wrong:
        yield refusal(
            "other_head", f"下级记录簿的末位摘要对不上：{'、'.join(wrong[:5])}",
            f"Not the present head of a book below: {', '.join(wrong[:5])}", field="heads",
        )  # fmt: skip
