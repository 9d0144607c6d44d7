"""Those named or drawn for a matter, carried into the calling of its meeting: nothing of it is typed or ticked again."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from shangliang.cases import queries_lots as read
from shangliang.cases.models import Matter
from shangliang.cases.models_consulting import Participant
from shangliang.people.models import Post

_AS = {"stakeholder": "stakeholder", "resident": "resident", "expert": "expert", "third": "expert"}
"""As what somebody who takes part is asked to the meeting; everybody else is asked as a member."""


def seated(matters: Sequence[Matter]) -> list[Participant]:
    """Those who take part in these matters, without who has said that they do not come."""
    return read.participants(*(m.pk for m in matters))


def by_name(people: Sequence[Participant]) -> forms.Field | None:
    """Those who hold no post and are no department: all ticked."""
    choices = [(p.pk, _called(p)) for p in people if p.post_id is None and not p.department]
    if not choices:
        return None
    return forms.MultipleChoiceField(
        label=_("Named or drawn for this: untick who is not asked"), choices=choices, required=False,
        initial=[ident for ident, _label in choices], widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip


def departments(matters: Sequence[Matter], people: Sequence[Participant]) -> list[str]:
    """The departments concerned and those named to take part, each once."""
    return list(
        dict.fromkeys(d for d in (*(m.department for m in matters), *(p.department for p in people)) if d)
    )


def roster(
    matters: Sequence[Matter], people: Sequence[Participant], posts: Sequence[Post]
) -> tuple[list[Post], list[str]]:
    """The posts that can be asked, and those ticked: the roster, with whoever was named beside it, without the recused. Where
    posts were named for every matter, only these are ticked."""
    named = {p.post_id: p.post for p in people if p.post is not None}
    away = {r.post_id for r in read.recused(*(m.pk for m in matters)) if r.post_id}
    there = {p.pk for p in posts}
    offered = [*posts, *(post for ident, post in named.items() if ident not in there)]
    every = {m.pk for m in matters} == {p.matter_id for p in people if p.post_id}
    return offered, [p.pk for p in offered if p.pk not in away and (not every or p.pk in named)]


def guests(people: Sequence[Participant], ticked: Collection[str]) -> list[dict[str, Any]]:
    """The ticked ones as the act wants them. Whoever has only a number is asked by the number."""
    return [
        {"kind": _AS.get(p.kind, "member"), "participant": p.pk, **({} if p.name else {"name": p.number or _("A guest")})}
        for p in people
        if p.pk in ticked
    ]  # fmt: skip


def _called(p: Participant) -> str:
    name = (p.name.text if p.name else "") or ""
    return f"{p.number} {name}".strip() or _("A guest")
