"""What each act's form already knows about a matter: references to choose from, first values, fields left out."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext as _

from shangliang.acts.act import today
from shangliang.cases.models import Matter
from shangliang.people.queries import holders
from shangliang.procedure.gates_meeting import AREAS
from shangliang.procedure.law import deciding_bodies, law_on
from shangliang.units.queries import units_above
from shangliang.web.desk.plans import Plan, fill
from shangliang.web.saying import day

QUESTIONS = ("against_policy", "private_dispute", "unfair", "deep_division")


@fill("screen")
def _screen(matter: Matter) -> Plan:
    return {
        "required": QUESTIONS,
        "fold": ("other_reason", "urgent", "convener_is_party"),
        "help": {
            "other_reason": _("Only when it is none of the three."),
            "touches": _("Tick only what applies; then the meeting the law names has to decide."),
            "department": _("Empty when none is concerned."),
        },
    }


@fill("visit")
def _visit(matter: Matter) -> Plan:
    sides = [(p.pk, p.name.text or p.pk) for p in matter.parties.order_by("id")]
    return {
        "choices": {"party": sides},
        "help": {"party": _("One talk at a time.")} if sides else {},
        "labels": {"note": _("What was talked about?")},
    }


@fill("name_parties")
def _name_parties(matter: Matter) -> Plan:
    lines = forms.CharField(
        label=_("Who speaks for each side? One a line"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
    )
    return {
        "fields": {"sides": lines},
        "shape": lambda data, cleaned: {
            "parties": [{"name": s.strip()} for s in cleaned["sides"].splitlines() if s.strip()]
        },
    }


@fill("merge")
def _merge(matter: Matter) -> Plan:
    others = Matter.objects.filter(unit=matter.unit, ended="").exclude(pk=matter.pk).select_related("title")
    if not matter.secret:
        others = others.filter(secret=False)
    from shangliang.cases.queries_desk import first_words

    words = first_words(list(others))
    named = [(m.pk, f"{m.pk} {m.title.text if m.title else words.get(m.pk, '')}") for m in others]
    return {"choices": {"into": named}}


@fill("approve")
def _approve(matter: Matter) -> Plan:
    return {"fold": ("present", "note")}


@fill("finish_work")
def _finish(matter: Matter) -> Plan:
    return {"fold": ("note",)}


@fill("draft_notice")
def _draft(matter: Matter) -> Plan:
    latest = matter.rounds.select_related("agreed", "reserved").order_by("-number").first()
    title = matter.title.text if matter.title else ""
    agreed = latest.agreed.text if latest and latest.agreed else ""
    return {
        "initial": {"text": _("Result of consultation on %(title)s:\n%(agreed)s") % {"title": title, "agreed": agreed}},
        "help": {"text": _("The whole village will see this; it can be corrected, not rubbed out. "
                           "Is there any name, telephone or door number in it?")},
    }  # fmt: skip


@fill("exempt_notice")
def _exempt(matter: Matter) -> Plan:
    return {}


@fill("post_notice")
def _post(matter: Matter) -> Plan:
    def of(*roles: str) -> list[tuple[str, str]]:
        return [(p.id, f"{p.person} {p.title}") for p in holders(matter.unit, roles, today())]

    posters = of("clerk", "grid_worker", "party_secretary")
    witnesses = of("supervision_head", "supervision_member", "grid_worker")
    return {
        "choices": {"poster": posters, "witness": witnesses},
        "initial": {"poster": posters[0][0] if posters else "", "witness": witnesses[0][0] if witnesses else "",
                    "board": True, "online": True},
    }  # fmt: skip


@fill("answer_objection")
def _answer(matter: Matter) -> Plan:
    waiting = matter.objections.filter(state="open").select_related("words").order_by("received_on", "id")
    given = [(o.pk, (o.words.text or o.pk)[:60]) for o in waiting]
    return {"choices": {"objection": given}, "initial": {"objection": given[0][0] if given else ""}}


@fill("set_tasks")
def _tasks(matter: Matter) -> Plan:
    latest = matter.rounds.select_related("agreed").order_by("-number").first()
    owner = matter.department or matter.unit.name
    return {
        "fields": {
            "what": forms.CharField(
                label=_("What is to be done? One task a line"), widget=forms.Textarea(attrs={"rows": 4}),
                max_length=4000, initial=latest.agreed.text if latest and latest.agreed else "",
            ),
            "owner": forms.CharField(label=_("Responsible"), max_length=80, initial=owner),
            "due": forms.DateField(
                label=_("By when?"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), required=False
            ),
        },
        "shape": lambda data, cleaned: {
            "tasks": [
                {"text": t.strip(), "owner": cleaned["owner"]}
                | ({"due": cleaned["due"].isoformat()} if cleaned.get("due") else {})
                for t in cleaned["what"].splitlines() if t.strip()
            ]
        },
    }  # fmt: skip


@fill("report_progress")
def _progress(matter: Matter) -> Plan:
    open_tasks = matter.tasks.exclude(state="done").select_related("text").order_by("number")
    given = [(t.pk, f"{t.number}. {(t.text.text or '')[:60]}") for t in open_tasks]
    return {"choices": {"task": given}, "initial": {"task": given[0][0] if given else ""}, "fold": ("due",)}


@fill("record_resolution")
def _resolution(matter: Matter) -> Plan:
    studied = matter.rulings.filter(kind__in=("party_study", "approval")).order_by("-on")
    approval = studied.values_list("on", flat=True).first()
    touched = frozenset(filter(None, matter.touches.split(",")))
    bodies = deciding_bodies(law_on(today(), matter.unit.kind), touched)
    owners = any(b.asks("area") for b in bodies)
    total = None if owners else matter.unit.representatives
    return {
        "without": () if owners else AREAS,
        "initial": {"party_study_on": approval.isoformat() if approval else "", "total": total or ""},
        "help": {"total": _("All who are entitled, not only those who came."),
                 "special_reason": _("Only when notice was shorter than the law asks.")},
    }  # fmt: skip


@fill("report_up")
def _report_up(matter: Matter) -> Plan:
    above = list(units_above(matter.unit).order_by("-path"))
    nearest = next((u for u in above if u.pk == matter.unit.parent_id), None)
    return {
        "choices": {"to_unit": [(u.pk, u.name) for u in above]},
        "initial": {"to_unit": nearest.pk if nearest else "", "to": nearest.name if nearest else ""},
        "help": {"to": _("As the paper addresses it, for instance the party committee of the town.")},
    }


@fill("confirm")
def _confirm(matter: Matter) -> Plan:
    return {}


@fill("reply")
def _reply(matter: Matter) -> Plan:
    from shangliang.acts import rulebooks
    from shangliang.procedure.say import Say

    procedure = rulebooks.pinned(matter.procedure, matter.version)
    elsewhere = [i.name for i in procedure.lists.get("redirect", ())]
    hint = Say("、".join(n.zh for n in elsewhere), ", ".join(n.en for n in elsewhere))
    from django.utils.translation import get_language

    return {
        "help": {"redirect": _("For instance: %(list)s") % {"list": hint.text(get_language() or "zh")}},
        "initial": {"text": matter.result_note.text if matter.result_note else ""},
        "fold": ("redirect",)
        if matter.rounds.exists()
        else (),  # what was discussed here needs no other address
    }


@fill("told")
def _told(matter: Matter) -> Plan:
    waiting = matter.opinions.filter(told_on=None).select_related("words")
    return {"choices": {"opinion": [(o.pk, (o.words.text or o.pk)[:40]) for o in waiting]}}


@fill("table")
def _table(matter: Matter) -> Plan:
    from shangliang.cases.queries_desk import coming_meetings

    return {
        "choices": {"meeting": [(m.pk, f"{day(m.held_on)} {m.place}") for m in coming_meetings(matter.unit)]}
    }


@fill("study")
def _study(matter: Matter) -> Plan:
    return {"required": (), "fold": ("present",)}
