"""Running a gathering at the desk: opening it, screening what people add, handing out slips, closing the box."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shangliang.acts.act import Act, new_key, today
from shangliang.acts.catalogue.gathering import LONGEST
from shangliang.cases import queries_gathering as read
from shangliang.cases.models import Matter
from shangliang.cases.models_gathering import Gathering
from shangliang.procedure.say import Say
from shangliang.web.access import actor as actor_at
from shangliang.web.access import staff
from shangliang.web.actform import ActForm
from shangliang.web.actor import Actor
from shangliang.web.desk import asking
from shangliang.web.desk.convene_form import lines, title_of
from shangliang.web.desk.together import carry_out
from shangliang.web.frame import desk, say_next
from shangliang.web.gathering.access import conveners, decided, managed
from shangliang.web.gathering.beside import warm
from shangliang.web.gathering.words import REASONS
from shangliang.web.public.code import qr

BOTH = ["GET", "POST"]
VOICES = (
    ("device", gettext_lazy("Whoever has the link or the code: one telephone, one voice")),
    ("invited", gettext_lazy("Only those invited: each gets a slip with a code of its own")),
)


@staff()
@require_GET
def gathering(request: HttpRequest, number: str) -> HttpResponse:
    """Where the gathering of a matter stands and what can be done now."""
    actor = actor_at(request)
    return _shown(request, managed(number, actor))


def _shown(request: HttpRequest, matter: Matter, findings: Any = ()) -> HttpResponse:
    found = read.of_matter(matter.pk)
    running = next((g for g in found if g.closed_on is None), None)
    return desk(
        request, "gathering/desk.html", matter.unit, matter=matter, title=title_of(matter), running=running,
        closed=[g for g in found if g.closed_on is not None], findings=findings, key=new_key(),
        back_url=reverse("matter", args=[matter.pk]), **(_state(running) if running else {}),
    )  # fmt: skip


def _state(g: Gathering) -> dict[str, Any]:
    """How far it is: voices and answers only. What they say stays in the box until it is closed."""
    shown, waiting, refused = (read.statements(g, s) for s in ("shown", "waiting", "refused"))
    counts = read.answers_to(g)
    paper = read.voices(g, paper=True)
    phone = read.voices(g) - paper  # a slip answered both ways is one voice, on paper
    address = settings.PUBLIC_URL + reverse("gather", args=[g.matter_id])
    return {
        "facts": [
            (_("Voices so far"), _("%(n)d by telephone, %(m)d on paper") % {"n": phone, "m": paper}),
            (_("Last day for answers"), g.until), (_("Slips given out"), g.slips or None),
        ],
        "shown": [(s, counts.get(s.pk, 0)) for s in shown], "waiting": waiting,
        "refused": [(s, _(REASONS[s.reason]) if s.reason in REASONS else "") for s in refused],
        "due": g.until <= today(), "code": qr("gather", g.matter_id, width=160), "address": address,
    }  # fmt: skip


# Opening


class OpenForm(ActForm):
    """What the convener says to open a gathering; the statements one a line."""

    def clean_statements(self) -> list[dict[str, str]]:
        found = lines(self.cleaned_data["statements"])
        long = next((n for n, text in enumerate(found, 1) if len(text) > LONGEST), None)
        if long is not None:
            raise ValidationError(
                _("Statement %(n)d is too long: at most %(most)d characters.") % {"n": long, "most": LONGEST}
            )
        return [{"text": text} for text in found]

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if given.get("voice") == "invited" and not given.get("slips"):
            self.add_error("slips", _("Say how many people are invited: so many slips are made."))
        return given


def _open_form(request: HttpRequest, matter: Matter, actor: Actor) -> ActForm:
    cls = asking.form_class("open_gathering", only=("intro", "until", "voice", "slips", "own"),
                            choices={"voice": VOICES}, when=False)  # fmt: skip
    posted = request.POST if request.method == "POST" else None
    form: ActForm = type("OpenGatheringForm", (OpenForm, cls), {})(
        posted, initial={"key": new_key(), "voice": "device"}
    )
    form.fields["statements"] = forms.CharField(
        label=_("Statements, one a line"), max_length=20_000, widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_("Eight to fifteen are plenty. Each says one thing that people can agree or disagree with, from every side."
            " No names, no numbers."),
    )  # fmt: skip
    form.fields["slips"].required, form.fields["slips"].initial = False, None
    form.fields["slips"].help_text = _("Only where slips are given out.")
    form.fields["own"] = forms.TypedChoiceField(
        label=_("May those who answer add statements of their own?"), coerce=lambda v: v == "True", initial="True",
        choices=(("True", _("Yes")), ("False", _("No"))), widget=forms.RadioSelect,
    )  # fmt: skip
    posts = conveners(matter)
    if posts:
        first = decided(matter, actor)
        form.fields["decided"] = forms.ChoiceField(
            label=_("Who decided?"), choices=posts, widget=forms.HiddenInput if len(posts) == 1 else forms.RadioSelect,
            initial=first["post"] if first else "",
        )  # fmt: skip
    form.order_fields(["intro", "statements", "until", "voice", "slips", "own", "decided"])
    return form


@staff()
@require_http_methods(BOTH)
def opening(request: HttpRequest, number: str) -> HttpResponse:
    """The questions on one page: what about, which statements, until when, whose voice."""
    actor = actor_at(request)
    matter = managed(number, actor)
    form = _open_form(request, matter, actor)
    refused: asking.Findings = ()
    if request.method == "POST" and form.is_valid():
        data = form.act_data() | {
            "statements": form.cleaned_data["statements"],
            "slips": form.cleaned_data.get("slips") or 0,
        }
        if data["voice"] == "device":
            data["slips"] = 0
        done, refused = asking.tried(
            form, "open_gathering", actor, number, data=data, decided=decided(matter, actor, form.cleaned_data.get("decided", "")),
        )  # fmt: skip
        if done:
            warm()
            say_next(
                request,
                _("People can answer now."),
                _("Hang up the code, send the link, print sheets for those without a telephone."),
            )
            return redirect(reverse("gathering", args=[number]))
    return desk(
        request, "gathering/open.html", matter.unit, matter=matter, title=title_of(matter), form=form, refused=refused,
        back_url=reverse("matter", args=[number]),
    )  # fmt: skip


# Screening


@staff()
@require_http_methods(BOTH)
def screening(request: HttpRequest, number: str, n: int) -> HttpResponse:
    """One statement that somebody has added: ask it, or say why not."""
    actor = actor_at(request)
    matter = managed(number, actor)
    running = next((g for g in read.of_matter(number) if g.closed_on is None), None)
    found = (
        next((s for s in read.statements(running, "waiting", "shown") if s.number == n), None)
        if running
        else None
    )
    if found is None:
        return redirect(reverse("gathering", args=[number]))
    form = asking.made(request, "screen_statement", only=("reason", "note"), when=False,
                       choices={"reason": [(k, _(v)) for k, v in REASONS.items()]})  # fmt: skip
    form.fields["reason"].required = True
    form.fields["reason"].widget = forms.RadioSelect(choices=form.fields["reason"].choices)
    form.fields["reason"].label = _("Why is it not asked? Whoever wrote it will read this")
    refused: asking.Findings = ()
    ask = request.POST.get("do") == "ask"
    if request.method == "POST" and (ask or form.is_valid()):
        if ask:
            form.is_valid()
        data = {"statement": found.pk, "shown": ask} | ({} if ask else form.act_data())
        done, refused = asking.tried(form, "screen_statement", actor, number, data=data)
        if done:
            say_next(
                request,
                _("Recorded."),
                _("It is asked from now on.") if ask else _("Whoever wrote it sees the reason."),
            )
            return redirect(reverse("gathering", args=[number]))
        if ask:
            form = asking.made(request, "screen_statement", only=(), when=False)
    return desk(
        request, "gathering/screen.html", matter.unit, matter=matter, title=title_of(matter), statement=found, form=form,
        refused=refused, ask=ask, key=new_key(), back_url=reverse("gathering", args=[number]),
    )  # fmt: skip


# Slips and sheets


@staff()
@require_POST
def more_slips(request: HttpRequest, number: str) -> HttpResponse:
    """More slips for those who were forgotten."""
    actor = actor_at(request)
    matter = managed(number, actor)
    typed = request.POST.get("count", "")[:6]
    data = {"count": int(typed)} if typed.isascii() and typed.isdigit() else {"count": 0}
    return _simple(
        request, matter, actor, "issue_slips", data, _("The slips can be printed now."), "gather_slips"
    )


@staff()
@require_POST
def close(request: HttpRequest, number: str) -> HttpResponse:
    """The box is closed for good."""
    actor = actor_at(request)
    matter = managed(number, actor)
    return _simple(
        request, matter, actor, "close_gathering", {}, _("The box is closed and counted."), "gathering"
    )


def _simple(
    request: HttpRequest, matter: Matter, actor: Actor, name: str, data: dict[str, Any], said: str, to: str
) -> HttpResponse:  # fmt: skip
    """An act of one button: done, or every reason on the page it was pressed on."""
    act = Act(
        name,
        today(),
        actor.person,
        data,
        matter.pk,
        key=request.POST.get("key", "")[:40],
        decided_by=decided(matter, actor),
    )
    answer = carry_out([act])
    if answer.ok:
        say_next(request, said)
        return redirect(reverse(to, args=[matter.pk]))
    findings: list[Any] = [s.finding for s in answer.said] or [_wrong(p) for p in answer.problems]
    return _shown(request, matter, findings)


def _wrong(problem: tuple[str, str, str]) -> dict[str, Any]:
    return {"say": Say(problem[1], problem[2]), "satisfy": "", "clause": None}
