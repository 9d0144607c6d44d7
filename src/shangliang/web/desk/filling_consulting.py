"""What the forms of a consultation's acts already know, and how lists are typed: one a line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from shangliang.acts import rulebooks
from shangliang.acts.act import today
from shangliang.cases.models import Matter
from shangliang.cases.models_consulting import SurveyQuestion, Topic
from shangliang.people.queries import holders
from shangliang.procedure.model import Procedure
from shangliang.web.desk.plans import Plan, fill
from shangliang.web.saying import day

LISTS = {
    "category": "category", "item": "item", "scope": "scope", "subject": "subject", "reach": "reach",
    "complexity": "complexity", "affected": "group", "way": "form", "carrier": "carrier", "funds": "funds",
}  # fmt: skip
"""Fields whose choices stand in the procedure's own lists."""
_PAGES = re.compile(r"^(.*?)[\s，,（(]*(\d{1,5})\s*[页p]?[)）]?\s*$")
KINDS = {
    "invited_member": ("invited", ""), "representative": ("representative", "people"), "party_secretary": ("leader", "party"),
    "deputy_party_secretary": ("leader", "party"),
}  # fmt: skip


def listed(procedure: Procedure, name: str) -> list[tuple[str, str]]:
    """The entries of one of the procedure's lists, in the reader's language."""
    lang = get_language() or "zh"
    return [(i.id, i.name.text(lang)) for i in procedure.lists.get(name, ())]


def from_lists(procedure: Procedure, fields: Iterable[str]) -> dict[str, list[tuple[str, str]]]:
    return {f: listed(procedure, LISTS[f]) for f in fields if f in LISTS}


def of(matter: Matter) -> Procedure:
    return rulebooks.pinned(matter.procedure, matter.version)


def asked(matter: Matter, name: str) -> tuple[str, ...]:
    """The fields that this procedure's act asks for, without lists that it does not have."""
    procedure = of(matter)
    found = next(
        (
            a.fields
            for f in procedure.flows.values()
            for s in f.stages.values()
            if (a := s.act(name)) and a.fields
        ),
        (),
    )
    return tuple(f for f in found if f not in LISTS or procedure.lists.get(LISTS[f]))


def lines(text: str) -> list[str]:
    return [s.strip() for s in text.splitlines() if s.strip()]


def area(label: str, rows: int = 3, required: bool = False, **more: Any) -> forms.CharField:
    """A field for a list, one a line."""
    return forms.CharField(
        label=label, required=required, max_length=8000, widget=forms.Textarea(attrs={"rows": rows}), **more
    )


def _plain(name: str, fold: tuple[str, ...] = (), **help_text: Callable[[], str]) -> Callable[[Matter], Plan]:
    def plan(matter: Matter) -> Plan:
        only = asked(matter, name)
        topic = Topic.objects.filter(matter=matter).first()
        known = {
            f: getattr(topic, f)
            for f in ("category", "way", "carrier")
            if topic and f in only and getattr(topic, f)
        }
        return {
            "only": only, "choices": from_lists(of(matter), only), "fold": tuple(f for f in fold if f in only),
            "help": {f: said() for f, said in help_text.items() if f in only}, "initial": known,
        }  # fmt: skip

    return plan


fill("set_topic")(_plain(
    "set_topic", ("affected", "layer", "major", "amount", "limits", "complexity", "item"),
    title=lambda: _("Left empty, the topic keeps the name it has."), department=lambda: _("Empty when none is concerned."),
))  # fmt: skip
fill("set_form")(_plain("set_form", ("where", "method", "focus")))


@fill("fix_participants")
def _participants(matter: Matter) -> Plan:
    """Posts are ticked; departments and people are written one a line, those of a group that is touched beside its name."""
    roster = list(holders(matter.unit, (
        "cppcc_member", "invited_member", "council_member", "representative", "party_secretary", "deputy_party_secretary",
    ), today()))  # fmt: skip
    topic = Topic.objects.filter(matter=matter).first()
    names = dict(listed(of(matter), "group"))
    groups = [g for g in (topic.affected.split(",") if topic and topic.affected else []) if g in names]
    fields: dict[str, forms.Field] = {
        "posts": forms.MultipleChoiceField(
            label=_("Who of the roster takes part?"), required=False, widget=forms.CheckboxSelectMultiple,
            choices=[(p.pk, f"{p.person} {p.title}") for p in roster],
        ),
        "departments": area(_("Which departments? One a line"), 2, initial=matter.department),
        "people": area(_("Who of those concerned? One a line"), 2),
        **{f"group_{g}": area(_("Who speaks for them: %(group)s?") % {"group": names[g]}, 1) for g in groups},
        "society": area(_("Social organisations and third parties, one a line"), 2),
        "experts": area(_("Experts, one a line"), 1),
    }  # fmt: skip
    roles = {p.pk: p.role for p in roster}

    def shape(data: Any, cleaned: Any) -> dict[str, Any]:
        found = [_seated(p, roles[p]) for p in cleaned["posts"]]
        found += [
            {"kind": "department", "department": d[:80], "side": "government"}
            for d in lines(cleaned["departments"])
        ]
        found += [{"kind": "stakeholder", "name": n[:40], "side": "people"} for n in lines(cleaned["people"])]
        for g in groups:
            found += [
                {"kind": "stakeholder", "name": n[:40], "side": "people", "group": g}
                for n in lines(cleaned[f"group_{g}"])
            ]
        found += [{"kind": "third", "name": n[:40], "side": "society"} for n in lines(cleaned["society"])]
        return {
            "participants": found + [{"kind": "expert", "name": n[:40]} for n in lines(cleaned["experts"])]
        }

    return {"fields": fields, "shape": shape, "fold": ("society", "experts")}


def _seated(post: str, role: str) -> dict[str, Any]:
    kind, side = KINDS.get(role, ("member", "people"))
    return {"kind": kind, "post": post, "side": side}


def people_of(matter: Matter, **only: Any) -> list[tuple[str, str]]:
    found = matter.participants.filter(**only).select_related("post__person__name", "name").order_by("id")
    return [(p.pk, _named(p)) for p in found]


def _named(p: Any) -> str:
    if p.post is not None:
        return f"{p.post.person} {p.post.title}"
    return (p.name.text if p.name else "") or p.department


@fill("notify_participants")
def _notify(matter: Matter) -> Plan:
    waiting = people_of(matter, notified_on=None)
    return {"choices": {"participants": waiting}, "initial": {"participants": [i for i, _n in waiting]}}


@fill("register_receipt")
def _receipt(matter: Matter) -> Plan:
    return {"choices": {"participant": people_of(matter)}}


@fill("enter_statement")
def _statement(matter: Matter) -> Plan:
    left = people_of(matter, speeches=None) or people_of(matter)
    return {"choices": {"participant": left}, "initial": {"participant": left[0][0] if left else ""}}


@fill("issue_notice", "release_information")
def _materials(matter: Matter) -> Plan:
    papers = area(_("Papers that come with it, one a line; the number of pages behind it"), 3,
                  help_text=_("For instance: Plan of the renewal 12"))  # fmt: skip

    def shape(data: dict[str, Any], cleaned: Any) -> dict[str, Any]:
        return data | {"materials": [material(line) for line in lines(cleaned["papers"])]}

    return {"fields": {"papers": papers}, "shape": shape}


def material(line: str) -> dict[str, Any]:
    """“改造方案 12” is a paper of twelve pages."""
    if (match := _PAGES.match(line)) and match[1].strip() and int(match[2]) > 0:
        return {"name": match[1].strip()[:80], "pages": min(int(match[2]), 10_000)}
    return {"name": line[:80]}


@fill("report_study")
def _study(matter: Matter) -> Plan:
    return {"only": asked(matter, "report_study"), "fold": ("plan",)}


@fill("record_vote")
def _vote(matter: Matter) -> Plan:
    return {
        "without": ("voters",), "fold": ("quorum", "threshold", "teller", "second"),
        "help": {"teller": _("A count on paper needs two tellers.")},
        "initial": {"electorate": _("All who take part"), "entitled": matter.participants.count() or ""},
    }  # fmt: skip


@fill("compile_opinion")
def _compile(matter: Matter) -> Plan:
    from shangliang.web.desk.evening_form import points

    last = matter.rounds.exclude(outcome="").select_related("agreed", "reserved").order_by("-number").first()
    agreed = "\n".join(points(last.agreed.text)) if last and last.agreed and last.agreed.text else ""
    reserved = last.reserved.text if last and last.reserved else ""
    fields = {
        "consensus": area(_("What all agree on: suggestions, one a line"), 4, initial=agreed),
        "reserved": area(_("Reserved differences, one a line"), 2, initial=reserved),
        "distinct": area(_("Views of single members, one a line"), 2),
    }

    def shape(data: Any, cleaned: Any) -> dict[str, Any]:
        return {"suggestions": [{"text": t[:2000], "kind": k} for k in fields for t in lines(cleaned[k])]}

    return {"fields": fields, "shape": shape}


@fill("plan_next")
def _next(matter: Matter) -> Plan:
    last = matter.rounds.exclude(outcome="").select_related("reserved").order_by("-number").first()
    divides = area(_("What divides the sides? One a line"), 3,
                   initial=last.reserved.text if last and last.reserved else "")  # fmt: skip
    return {
        "fields": {"divides": divides},
        "shape": lambda data, cleaned: (
            data | {"differences": [{"text": t[:2000]} for t in lines(cleaned["divides"])]}
        ),
        "fold": ("plan",),
    }


@fill("send_bulletin")
def _bulletin(matter: Matter) -> Plan:
    return {"initial": {"to": ["party", "government"]}}


@fill("record_decision")
def _decision(matter: Matter) -> Plan:
    only = asked(matter, "record_decision")
    return {"only": only, "fold": tuple(f for f in ("on", "upward") if f in only)}


@fill("follow_up")
def _follow(matter: Matter) -> Plan:
    made = matter.suggestions.select_related("text").order_by("number")
    given = [(s.pk, f"{s.number}. {(s.text.text or '')[:60]}") for s in made]
    first = next((s.pk for s in made if not s.state), "")
    return {"choices": {"suggestion": given}, "initial": {"suggestion": first}}


@fill("register_delivery")
def _delivery(matter: Matter) -> Plan:
    sent = matter.dispatches.filter(
        kind__in=("bulletin", "reference", "feedback"), received_on=None
    ).order_by("on")
    names = {"bulletin": _("Bulletin"), "reference": _("Submission for reference"), "feedback": _("Feedback")}
    return {"choices": {"dispatch": [(d.pk, f"{names[d.kind]} {d.number} {day(d.on)}") for d in sent]}}


@fill("open_survey")
def _survey(matter: Matter) -> Plan:
    typed = area(_("Questions, one a line: the question, then its answers, with / between"), 5, required=True,
                 help_text=_("For instance: How far away? / 50 m / 100 m / all the same"))  # fmt: skip

    def shape(data: dict[str, Any], cleaned: Any) -> dict[str, Any]:
        parts = [
            [p.strip() for p in re.split(r"[/／|｜]", line) if p.strip()] for line in lines(cleaned["asked"])
        ]
        return data | {"questions": [{"text": p[0], "options": p[1:]} for p in parts if p]}

    return {"fields": {"asked": typed}, "shape": shape}


@fill("enter_paper_totals")
def _totals(matter: Matter) -> Plan:
    found = SurveyQuestion.objects.filter(survey__matter=matter, survey__closed_on=None).order_by(
        "survey_id", "number"
    )
    given = [
        (q.pk, f"{q.number}. {q.text}（{pgettext('between names', ', ').join(q.options.split(chr(10)))}）")
        for q in found
    ]
    typed = forms.CharField(
        label=_("How many chose each answer? Numbers with commas, in the order above"), max_length=100
    )

    def shape(data: dict[str, Any], cleaned: Any) -> dict[str, Any]:
        numbers = [int(n) for n in re.findall(r"\d{1,7}", cleaned["numbers"])]
        return data | {"counts": numbers}

    return {
        "only": ("question", "teller", "second"),
        "choices": {"question": given},
        "fields": {"numbers": typed},
        "shape": shape,
    }


@fill("close_survey")
def _close(matter: Matter) -> Plan:
    return {"choices": {"survey": [(s.pk, s.title) for s in matter.surveys.filter(closed_on=None)]}}
