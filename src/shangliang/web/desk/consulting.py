"""Consultation under a CPPCC room at the desk: what a matter's page shows of it, bringing a matter in, a survey's calls."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from shangliang.acts import rulebooks, surveys
from shangliang.acts.act import Act, new_key, today
from shangliang.acts.vocabulary import Catalogue
from shangliang.cases.models import Matter
from shangliang.cases.models_consulting import Survey
from shangliang.errors import Conflict, Malformed, Refused
from shangliang.people.queries import holders
from shangliang.procedure.model import Procedure
from shangliang.units.models import Unit
from shangliang.web.access import actor as actor_at
from shangliang.web.access import staff
from shangliang.web.actform import form_class
from shangliang.web.actor import Actor
from shangliang.web.desk.filling_consulting import from_lists, listed, people_of
from shangliang.web.desk.reach import access_matter
from shangliang.web.desk.together import carry_out, refused
from shangliang.web.frame import desk, say_next
from shangliang.web.labels import CHOICES

_STATES = {"adopted": "wait", "doing": "wait", "done": "ok", "not_adopted": "stop", "not_done": "stop"}
_VIEWS = {
    "consensus": lambda: _("agreed by all"),
    "reserved": lambda: _("reserved"),
    "distinct": lambda: _("of one member"),
}


def beside(matter: Matter, procedure: Procedure) -> dict[str, Any]:
    """What the page of a matter shows of its consultation; empty where its procedure knows nothing of the kind."""
    if "participant_list" not in procedure.papers:
        return {}
    return {
        "topic": _topic(matter, procedure),
        "people": [name for _i, name in people_of(matter)],
        "suggestions": [_suggestion(s) for s in matter.suggestions.select_related("text", "why").order_by("number")],
        "votes": [_vote(v) for v in matter.votes.order_by("on", "id")],
        "surveys": [
            {"survey": s, "tallies": [_tally(t) for t in surveys.counted(s)], "url": reverse("survey_call", args=[matter.pk, s.pk])}
            for s in matter.surveys.order_by("opened_on", "id")
        ],
        "links": [(reverse("act", args=[matter.pk, name]), label) for name, label in _beside_acts(matter)],
    }  # fmt: skip


def _tally(t: surveys.Tally) -> dict[str, Any]:
    rows = zip(t.options, t.calls, t.papers, t.together, strict=True)
    return {
        "question": t.question, "rows": [list(r) for r in rows],
        "columns": [_("Choice"), *({"label": label, "num": True} for label in (_("By telephone"), _("On paper"), _("Together")))],
    }  # fmt: skip


def _topic(matter: Matter, procedure: Procedure) -> list[tuple[str, Any]]:
    t = getattr(matter, "topic", None)
    if t is None:
        return []
    lang = get_language() or "zh"

    def say(name: str, ids: str) -> str:
        names = dict(listed(procedure, name))
        return ("、" if lang.startswith("zh") else ", ").join(names.get(i, i) for i in ids.split(",") if i)

    return [
        (_("Kind of topic"), say("category", t.category)), (_("Item"), say("item", t.item)),
        (_("Scope"), say("scope", t.scope)), (_("Subject of the consultation"), say("subject", t.subject)), (_("Reach"), say("reach", t.reach)),
        (_("Groups it touches"), say("group", t.affected)), (_("Form"), say("form", t.way)),
        (_("Carrier"), say("carrier", t.carrier)), (_("Number of the paper"), t.ref),
    ]  # fmt: skip


def _suggestion(s: Any) -> dict[str, Any]:
    return {
        "number": s.number, "text": s.text.text if s.text else "", "view": _VIEWS[s.kind](),
        "why": s.why.text if s.why else "", "state": _STATES.get(s.state, "wait"),
        "word": CHOICES["follow_up.state"].get(s.state, _("not followed up yet")),
    }  # fmt: skip


def _vote(v: Any) -> dict[str, Any]:
    return {
        "question": v.question, "state": "ok" if v.passed else "stop",
        "word": _("passed") if v.passed else _("not passed") if v.quorate else _("too few were there"),
        "line": _("%(present)d of %(entitled)d present: %(yes)d for, %(no)d against, %(held)d abstained") % {
            "present": v.present, "entitled": v.entitled, "yes": v.votes_for, "no": v.against, "held": v.abstained,
        },
    }  # fmt: skip


def _beside_acts(matter: Matter) -> list[tuple[str, str]]:
    """Acts that may be done at any stage, as far as there is something to do them with."""
    found = [("log_contact", _("Enter a contact")), ("link_petition", _("Link a petition")), ("link_matter", _("Link another matter")),
             ("open_survey", _("Open a survey"))]  # fmt: skip
    if matter.participants.exists():
        found.append(("register_receipt", _("Register a receipt")))
    if matter.suggestions.exists():
        found.append(("follow_up", _("Follow a suggestion up")))
    if matter.dispatches.filter(kind__in=("bulletin", "reference", "feedback"), received_on=None).exists():
        found.append(("register_delivery", _("Register a delivery")))
    if matter.surveys.filter(closed_on=None).exists():
        found += [
            ("enter_paper_totals", _("Enter questionnaires counted on paper")),
            ("close_survey", _("Close a survey")),
        ]
    return found


def brings(actor: Actor) -> bool:
    """Whether matters are brought in at the actor's unit, and by the actor."""
    try:
        procedure = rulebooks.of_unit(actor.unit)
    except Refused:
        return False
    start = procedure.root.stages[procedure.root.start]
    return (
        actor.unit.level in procedure.levels and start.act("propose") is not None
        and (actor.may_enter_for(actor.unit) or actor.holds(*Catalogue.acts["propose"].enters))
    )  # fmt: skip


@staff()
@require_http_methods(["GET", "POST"])
def propose(request: HttpRequest) -> HttpResponse:
    """A matter is brought in: its class first, then what it is about."""
    actor = actor_at(request)
    if not brings(actor):
        raise Http404
    unit = actor.unit
    procedure = rulebooks.of_unit(unit)
    form = _propose_form(request, unit, procedure)
    refusals: Any = ()
    if request.method == "POST" and form.is_valid():
        answer = carry_out([_proposed(form, unit, actor)])
        if answer.ok:
            say_next(request, _("The matter is entered."), _("The party committee approves it next."))
            return redirect(reverse("matter", args=[answer.done[0].ident]))
        refusals = refused(form, answer, {n: n for n in form.fields})
    return desk(request, "desk/propose.html", unit, form=form, refusals=refusals, back_url=reverse("today"))


def _propose_form(request: HttpRequest, unit: Unit, procedure: Procedure) -> Any:
    fields = (
        "category",
        "item",
        "title",
        "proposer",
        "origin",
        "amount",
        "off_budget",
        "funds",
        "explanation",
        "ref",
        "secret",
    )
    cls = form_class("propose", only=fields, choices=from_lists(procedure, fields))
    posted = request.POST if request.method == "POST" else None
    form = cls(posted, initial={"key": new_key(), "happened_on": today(), "origin": "development"})
    form.folded = frozenset({"off_budget", "funds", "ref", "secret"})
    form.fields["category"].required = True
    form.fields["proposer"].label = _("Which office or department?")
    roles = procedure.roles["proposer"].posts.get(unit.level, ())
    posts = list(holders(unit, roles, today()))
    form.fields["decided"] = forms.ChoiceField(
        label=_("Who brings it in?"), choices=[(p.pk, f"{p.title} {p.person}") for p in posts], widget=forms.RadioSelect,
        initial=posts[0].pk if posts else "",
    )  # fmt: skip
    for gate in (k for k in posted or () if k.startswith("reason:")):
        form.fields[gate] = forms.CharField(label=_("Why is it done all the same?"), max_length=2000, required=False,
                                            widget=forms.Textarea(attrs={"rows": 2}))  # fmt: skip
    return form


def _proposed(form: Any, unit: Unit, actor: Actor) -> Act:
    given: Mapping[str, Any] = form.cleaned_data
    return Act(
        name="propose", happened_on=given["happened_on"], entered_by=actor.person, data=form.act_data(), unit=unit.pk,
        decided_by={"post": given["decided"]}, key=given.get("key") or "",
        reasons={k.removeprefix("reason:"): v for k, v in given.items() if k.startswith("reason:") and v},
    )  # fmt: skip


@staff()
@require_http_methods(["GET", "POST"])
def survey_call(request: HttpRequest, number: str, ident: str) -> HttpResponse:
    """One telephone call: the questions are read out, the answers tapped. Nothing says who answered."""
    actor = actor_at(request)
    matter = access_matter(number, actor)
    survey = Survey.objects.filter(pk=ident, matter=matter).first()
    if survey is None or not (actor.may_enter_for(matter.unit) or actor.is_liaison):
        raise Http404
    form = forms.Form(request.POST if request.method == "POST" else None, label_suffix="")
    questions = list(survey.questions.order_by("number"))
    for q in questions:
        options = [*enumerate(q.options.split("\n")), ("", _("No answer"))]
        form.fields[f"q{q.number}"] = forms.ChoiceField(
            label=q.text,
            choices=[(str(n), o) for n, o in options],
            widget=forms.RadioSelect,
            required=False,
            initial="",
        )
    problem = ""
    if request.method == "POST" and form.is_valid():
        given = [form.cleaned_data[f"q{q.number}"] for q in questions]
        try:
            surveys.put(survey, [int(a) if a else None for a in given])
            say_next(request, _("The call is in the box."), _("Ring the next one, or go back to the matter."))
            return redirect(reverse("survey_call", args=[number, ident]))
        except (Conflict, Malformed) as error:
            problem = error.en if (get_language() or "zh").startswith("en") else error.zh
    return desk(
        request, "desk/survey_call.html", matter.unit, matter=matter, survey=survey, form=form, problem=problem,
        calls=survey.box.count(), back_url=reverse("matter", args=[number]),
    )  # fmt: skip


urlpatterns = [
    path("propose/", propose, name="propose"),
    path("m/<str:number>/survey/<str:ident>/", survey_call, name="survey_call"),
]
