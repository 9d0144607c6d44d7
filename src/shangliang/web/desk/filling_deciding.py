"""What the forms of asking, proposing, hearing and appraising already know about a matter."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from shangliang.acts import rulebooks
from shangliang.acts.act import today
from shangliang.acts.facts_deciding import collecting
from shangliang.cases.models import Matter
from shangliang.procedure.body_words import asked
from shangliang.procedure.law import deciding_bodies, law_on, subjects_on
from shangliang.procedure.model import Procedure
from shangliang.web.desk.plans import Plan, fill

_QUANTITY = re.compile(r"^\s*(\S.*?)\s+(\d+(?:\.\d{1,2})?)\s*(\S{1,12})\s*$")


def _lang() -> str:
    return get_language() or "zh"


def _procedure(matter: Matter) -> Procedure:
    return rulebooks.pinned(matter.procedure, matter.version)


@fill("admit")
def _admit(matter: Matter) -> Plan:
    scope = [(i.id, i.name.text(_lang())) for i in _procedure(matter).lists.get("scope", ())]
    touched = [(s.id, s.name.text(_lang())) for s in subjects_on(law_on(today(), matter.unit.kind))]
    return {
        "choices": {"category": scope, "touches": touched},
        "fold": ("urgent", "amount"),
        "help": {
            "category": _("Only when it must be decided in this way."),
            "touches": _("Tick only what applies; then the meeting the law names has to decide."),
            "department": _("Empty when none is concerned."),
        },
    }


@fill("close_collecting")
def _close(matter: Matter) -> Plan:
    found = collecting(matter)
    heard = found.count if found else 0
    return {
        "help": {"summary": _("So far %(n)d people have spoken.") % {"n": heard}},
        "required": _study(matter),
        "fold": ("paper",),
    }


def _study(matter: Matter) -> tuple[str, ...]:
    """The day of the party organisation's study, where the law of today asks for it."""
    return ("party_study_on",) if law_on(today(), matter.unit.kind).party_first else ()


@fill("propose_plan")
def _propose(matter: Matter) -> Plan:
    """The day of the study, and proposing and discussing at one meeting, are asked where the procedure has them."""
    offered = {
        f
        for s in _procedure(matter).root.stages.values()
        for a in s.acts
        if a.name == "propose_plan"
        for f in a.fields
    }
    apart = [f for f in ("party_study_on", "merged") if f not in offered]
    last = matter.collectings.select_related("summary").order_by("-opened_on").first()
    known = last.summary.text if last and last.summary else ""
    return {
        "without": tuple(apart),
        "required": tuple(f for f in _study(matter) if f not in apart),
        "fold": ("present", "votes_for", "left_out"),
        "help": {"plan": known, "form": _("The number written on the common proposal form.")},
    }


@fill("discuss_proposal", "review_proposal")
def _discuss(matter: Matter) -> Plan:
    return {}


@fill("record_effects")
def _effects(matter: Matter) -> Plan:
    lines = forms.CharField(
        label=_("What was done? One a line: thing, number, unit"), widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4000, required=False, help_text=_("For instance: road laid 1200 m²"), validators=[_lines_fit],
    )  # fmt: skip
    return {
        "fields": {"lines": lines},
        "shape": lambda data, cleaned: data | {"effects": _items(cleaned["lines"])},
    }


def _lines_fit(text: str) -> None:
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip() and not _QUANTITY.match(line):
            raise ValidationError(
                _("Line %(n)d: please write thing, number and unit, with spaces between.") % {"n": number}
            )


def _items(text: str) -> list[dict[str, Any]]:
    """Each line as thing, hundredths and unit."""
    found = [m for line in text.splitlines() if (m := _QUANTITY.match(line))]
    return [{"what": m[1][:80], "hundredths": int(Decimal(m[2]) * 100), "unit": m[3]} for m in found]


@fill("open_coordination")
def _sides(matter: Matter) -> Plan:
    lines = forms.CharField(
        label=_("Who speaks for each side? One a line"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
    )
    return {
        "fields": {"lines": lines},
        "shape": lambda data, cleaned: (
            data | {"sides": [{"name": s.strip()[:40]} for s in cleaned["lines"].splitlines() if s.strip()]}
        ),
    }


def bodies(matter: Matter) -> list[tuple[str, str]]:
    """Which meeting may decide, and what the law of today asks of it, with this place's own numbers."""
    unit = matter.unit
    law = law_on(today(), unit.kind)
    touched = frozenset(filter(None, matter.touches.split(",")))
    counts = {"adults": unit.adults, "households": unit.households, "members": unit.representatives}
    found = []
    for body in deciding_bodies(law, touched) or [
        b for b in law.bodies if b.id in ("assembly", "representatives")
    ]:
        known = {k: n for k, n in counts.items() if n and (k != "members" or body.id == "representatives")}
        found.append((body.name.text(_lang()), asked(body, known).text(_lang())))
    return found
