"""Whether a notice and its objections are there, and those who posted it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from shangliang.acts.checks.registry import check
from shangliang.acts.refusals import no_such, refusal
from shangliang.people.models import Post
from shangliang.procedure.judge import Finding

if TYPE_CHECKING:
    from shangliang.acts.scene import Scene


@check("post_notice")
def _post(scene: Scene) -> Iterator[Finding]:
    d = scene.given
    if not d.board and not d.online:
        yield refusal(
            "nowhere", "请选张榜或网上公开", "Say whether it was posted or put online", field="board"
        )
    ids = {i for i in (d.poster, d.witness) if i}
    if ids and Post.objects.filter(pk__in=ids).count() != len(ids):
        yield no_such("witness", "个职务", "post")
    if d.witness and d.witness == d.poster:
        yield refusal(
            "same_person",
            "张贴人和见证人要是两个人",
            "Poster and witness must be two people",
            field="witness",
        )


@check("object")
def _object(scene: Scene) -> Iterator[Finding]:
    if scene.matter and not scene.matter.publications.exclude(board_on=None, online_on=None).exists():
        yield refusal("not_posted", "现在没有公示", "Nothing is posted now")


@check("answer_objection")
def _answer(scene: Scene) -> Iterator[Finding]:
    if scene.matter and not scene.matter.objections.filter(pk=scene.given.objection, state="open").exists():
        yield no_such("objection", "条待答复的异议", "open objection")
