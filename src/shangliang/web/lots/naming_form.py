"""The form that names who takes part: ticked from the roster, written one a line, with who is recused and why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext as _

from shangliang.acts.act import new_key
from shangliang.cases.models import Matter
from shangliang.cases.models_consulting import Participant
from shangliang.cases.models_lots import Recusal
from shangliang.web.actform import ActForm
from shangliang.web.desk import asking
from shangliang.web.desk.filling_consulting import area, lines
from shangliang.web.desk.plans import FILL


def naming_form(
    request: HttpRequest, matter: Matter, seated: Sequence[Participant], away: Sequence[Recusal]
) -> ActForm:
    """The same questions as where a procedure has a step for this, without those who take part or are recused already."""
    plan = FILL["fix_participants"](matter)
    fields: dict[str, forms.Field] = dict(plan["fields"])
    taken = {p.post_id for p in seated} | {r.post_id for r in away}
    posts: Any = fields["posts"]
    posts.choices = [(ident, label) for ident, label in posts.choices if ident not in taken]
    if not posts.choices:
        del fields["posts"]
    there = {p.department for p in seated if p.department}
    fields["departments"].initial = "" if matter.department in there else matter.department
    fields["recused"] = area(_("Who is recused, and why"), 2, help_text=_(
        "One a line: the name, a space, the reason. For instance a relative of the builder. Neither is ever shown in public."
    ))  # fmt: skip
    base = asking.form_class("name_participants", only=("method", "pool", "paper"), when=False)
    order = [*fields, "method", "pool", "paper"]
    cls: Any = type("NamingForm", (base,), dict(fields))
    form: ActForm = cls(
        request.POST if request.method == "POST" else None, initial={"key": new_key(), "method": "named"}
    )
    form.folded = frozenset({"society", "experts", "paper"} & form.fields.keys())
    form.order_fields(order)
    form.fields["pool"].help_text = _("How many could have been chosen. Empty where nobody counted.")
    form.fields["paper"].label = _("Paper, where there is one")
    return form


def data_of(form: ActForm, matter: Matter) -> dict[str, Any]:
    """The data of the act. Somebody recused who holds a post on the roster is found by the name."""
    given = form.cleaned_data
    shaped = FILL["fix_participants"](matter)["shape"]({}, {"posts": [], **given})
    found: dict[str, Any] = {
        "participants": shaped["participants"], "method": given["method"],
        "recused": [_away(line, matter) for line in lines(given["recused"])], "paper": given.get("paper") or "",
    }  # fmt: skip
    return found | ({"pool": given["pool"]} if given.get("pool") else {})


def _away(line: str, matter: Matter) -> dict[str, str]:
    name, _sep, reason = (
        line.replace("\t", " ").replace("，", " ").replace(",", " ").replace("：", " ").partition(" ")
    )
    posts: Any = FILL["fix_participants"](matter)["fields"]["posts"]
    post = next((ident for ident, label in posts.choices if str(label).split(" ")[0] == name), None)
    who = {"post": post} if post else {"name": name[:40]}
    return who | {"reason": reason.strip()[:2000]}
