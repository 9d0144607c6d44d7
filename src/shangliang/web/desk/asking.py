"""The form of one act on a page of its own: made, filled, performed, its refusals shown with all that was typed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language

from shangliang.acts.act import Act, Done, new_key, today
from shangliang.acts.perform import perform
from shangliang.errors import Conflict, Full, Malformed, NotFound, Refused
from shangliang.people.models import Post
from shangliang.procedure.findings import Finding
from shangliang.units.models import Unit
from shangliang.web.actform import ActForm, form_class
from shangliang.web.actor import Actor
from shangliang.web.desk.doing import plain

Findings = tuple[Finding, ...]


def made(request: HttpRequest, name: str, initial: Mapping[str, Any] | None = None, **how: Any) -> ActForm:
    """The form of an act, filled from the request when it was sent. ``how`` as in ``actform.form_class``."""
    cls = form_class(name, **how)
    posted = request.POST if request.method == "POST" else None
    return cls(posted, initial={"happened_on": today(), "key": new_key(), **(initial or {})})


def tried(
    form: ActForm, name: str, actor: Actor, subject: str, *, decided: Mapping[str, Any] | None = None,
    data: Mapping[str, Any] | None = None,
) -> tuple[Done | None, Findings]:  # fmt: skip
    """Performs what the form says. Without a ``Done``, the findings or the form's own errors say why."""
    asked = Act(
        name=name, happened_on=form.cleaned_data.get("happened_on") or today(), entered_by=actor.person,
        data=form.act_data() if data is None else data, subject=subject, decided_by=decided,
        key=form.cleaned_data.get("key") or "",
    )  # fmt: skip
    return attempted(form, asked)


def attempted(form: ActForm, *acts: Act) -> tuple[Done | None, Findings]:
    try:
        return perform(*acts)[-1], ()
    except (Refused, Malformed, NotFound, Conflict, Full) as error:
        return None, explained(form, error)


def explained(form: ActForm, error: Refused | Malformed | NotFound | Conflict | Full) -> Findings:
    """What a page shows of an error: findings; what is wrong with a field is said at the field."""
    if isinstance(error, Refused):
        found: tuple[Any, ...] = error.findings
        return tuple(f for f in found if f.verdict != "noted")
    if isinstance(error, Malformed):
        english = (get_language() or "zh").startswith("en")
        for field, zh, en in error.problems:
            form.add_error(field if field in form.fields else None, en if english else zh)
        return ()
    return (plain(error),)


def as_post(actor: Actor, *roles: str, unit: Unit | None = None) -> dict[str, str] | None:
    """The actor's own post of one of these roles as the decider, the nearest to the unit first."""
    fitting = [p for p in actor.posts if p.role in roles and (unit is None or _near(p, unit))]
    best = max(fitting, key=lambda p: len(p.unit.path), default=None)
    return {"post": best.id} if best else None


def _near(post: Post, unit: Unit) -> bool:
    return post.role.startswith("department") or unit.path.startswith(post.unit.path)
