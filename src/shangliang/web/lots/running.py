"""Running a draw at the desk: checking the list, putting the lottery up, entering the dice, inviting, replacing."""

from __future__ import annotations

import json
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_GET, require_http_methods

from shangliang.acts.act import new_key
from shangliang.acts.asks import may_come
from shangliang.acts.draw import THROWS
from shangliang.cases import queries_lots as read
from shangliang.cases.models import Matter
from shangliang.cases.models_lots import Lots
from shangliang.errors import ShangliangError
from shangliang.panel import Infeasible, PanelError
from shangliang.panel.replace import after, replacement
from shangliang.web.access import actor as actor_at
from shangliang.web.access import staff
from shangliang.web.actform import ActForm
from shangliang.web.desk import asking
from shangliang.web.desk.convene_form import title_of
from shangliang.web.frame import desk, say_next
from shangliang.web.gathering.access import decided, managed
from shangliang.web.lots import reading
from shangliang.web.lots.shown import facts

BOTH = ["GET", "POST"]
QUOTAS = "类别,选项,至少,至多\n性别,女,6,9\n性别,男,6,9\n"
PEOPLE = "编号,姓名,性别\n1,…,女\n2,…,男\n"


def _area(label: Any, rows: int, help_text: Any, required: bool = True, sample: str = "") -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows, "placeholder": sample})
    return forms.CharField(
        label=label, widget=widget, help_text=help_text, max_length=400_000, required=required
    )


class PutUpForm(ActForm):
    """How many, which quotas, who answered."""

    size = forms.IntegerField(label=lazy("How many people are to take part?"), min_value=1, max_value=500)
    quotas = _area(
        lazy("Quotas"),
        6,
        lazy(
            "One a line: category, value, at least, at most. Can be pasted from a spreadsheet. A fifth column 全村人数 sets the"
            " people of the place beside the list."
        ),
        sample=QUOTAS,
    )
    people = _area(
        lazy("Who answered"), 10,
        lazy("One a line, with a header: a number, the name, and a column for each category. A column 户号 makes that at most one of"
             " a household is drawn. Names are kept apart and never put up."), sample=PEOPLE,
    )  # fmt: skip
    recused = _area(
        lazy("Who is recused, and why"),
        2,
        lazy("One a line: number and reason. The reason is not put up."),
        required=False,
    )


@staff()
@require_GET
def lots(request: HttpRequest, number: str) -> HttpResponse:
    """Where the draw stands and what can be done now."""
    matter = managed(number, actor_at(request))
    found = read.of_matter(number)
    if not found:
        return redirect(reverse("lots_up", args=[number]))
    latest, names = found[0], read.names(number)
    invited = [(one, names.get(one, "")) for one in read.panel_of(latest)]
    return _page(
        request, matter, "lots/desk.html", lots=latest, facts=_facts(latest), invited=invited, earlier=found[1:],
        ready=may_come(matter, "table"),
        form=_seed_form(request) if latest.drawn is None else _gone_form(request, invited),
    )  # fmt: skip


@staff()
@require_http_methods(BOTH)
def put_up(request: HttpRequest, number: str) -> HttpResponse:
    """First checked, as often as one likes; then put up."""
    actor = actor_at(request)
    matter = managed(number, actor)
    if read.of_matter(number):
        return redirect(reverse("lots", args=[number]))
    form = _put_up_form(request)
    told: dict[str, Any] = {}
    refused: asking.Findings = ()
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            asked = reading.asked(given["size"], given["quotas"], given["people"], given["recused"])
            solution = reading.found(asked.problem)
            told = {
                "rows": reading.composition(asked),
                "columns": _columns(bool(asked.living)),
                "solution": solution,
                "least": f"{solution.achieved:.1%}",
            }
        except (PanelError, Infeasible) as error:
            _explain(form, error)
        else:
            if request.POST.get("do") == "up":
                data = {
                    "text": reading.text_of(solution),
                    "people": asked.people,
                    "population": asked.population,
                }
                then = _("Read the digest out, hang it up; then throw the dice.")
                answer, refused = _announced(request, form, matter, data, then)
                if answer is not None:
                    return answer
    return _page(
        request, matter, "lots/up.html", form=form, told=told, refused=refused,
    )  # fmt: skip


def _announced(
    request: HttpRequest, form: ActForm, matter: Matter, data: dict[str, Any], then: str
) -> tuple[HttpResponse | None, asking.Findings]:
    """Puts a lottery up: the way on, or what stands against it. ``then``: what is to be done now."""
    actor = actor_at(request)
    done, refused = asking.tried(
        form, "announce_lots", actor, matter.pk, data=data, decided=decided(matter, actor)
    )
    if done is None:
        return None, refused
    say_next(request, _("The lottery is up."), then)
    return redirect(reverse("lots", args=[matter.pk])), ()


def _columns(living: bool) -> list[Any]:
    heads = [*([_("Live here")] if living else []), _("On the list"), _("At least"), _("At most")]
    return [_("Group"), *({"label": head, "num": True} for head in heads)]


@staff()
@require_http_methods(BOTH)
def draw(request: HttpRequest, number: str) -> HttpResponse:
    """What was thrown in front of everybody."""
    actor = actor_at(request)
    matter = managed(number, actor)
    latest = next(iter(read.of_matter(number)), None)
    if latest is None or latest.drawn is not None or request.method != "POST":
        return redirect(reverse("lots", args=[number]))
    form = _seed_form(request)
    refused: asking.Findings = ()
    if form.is_valid():
        data = {"lots": latest.pk, "seed": form.cleaned_data["seed"]}
        done, refused = asking.tried(form, "draw_lots", actor, number, data=data)
        if done:
            say_next(
                request,
                _("Drawn."),
                _("Here is who is to be invited. Everybody can work the draw out again."),
            )
            return redirect(reverse("lots", args=[number]))
    return _page(
        request,
        matter,
        "lots/desk.html",
        lots=latest,
        facts=_facts(latest),
        form=form,
        refused=refused,
    )


@staff()
@require_http_methods(BOTH)
def replace(request: HttpRequest, number: str) -> HttpResponse:
    """Somebody cannot come: another lottery by the same quotas; the others keep their seats."""
    actor = actor_at(request)
    matter = managed(number, actor)
    latest = next(iter(read.of_matter(number)), None)
    if latest is None or latest.drawn is None or request.method != "POST":
        return redirect(reverse("lots", args=[number]))
    names = read.names(number)
    invited = [(one, names.get(one, "")) for one in read.panel_of(latest)]
    form = _gone_form(request, invited)
    refused: asking.Findings = ()
    if form.is_valid():
        gone, reason = form.cleaned_data["gone"], form.cleaned_data["reason"]
        try:
            problem = replacement(json.loads(latest.text), latest.drawn, gone)
            text = reading.text_of(reading.found(problem), after(latest.digest, latest.drawn, gone, reason))
        except (PanelError, Infeasible) as error:
            _explain(form, error)
        else:
            data = {"text": text, "after": latest.pk, "reason": reason}
            then = _("The others keep their seats. Throw the dice once more.")
            answer, refused = _announced(request, form, matter, data, then)
            if answer is not None:
                return answer
    return _page(
        request, matter, "lots/desk.html", lots=latest, facts=_facts(latest), invited=invited, form=form, refused=refused,
    )  # fmt: skip


def _facts(lots: Lots) -> list[tuple[str, Any]]:
    return facts(lots, _("Digest, to be read out and hung up"))


def _put_up_form(request: HttpRequest) -> PutUpForm:
    cls = asking.form_class("announce_lots", only=(), when=False)
    made: PutUpForm = type("PutUp", (PutUpForm, cls), {})(
        request.POST if request.method == "POST" else None, initial={"key": new_key()}
    )
    return made


def _seed_form(request: HttpRequest) -> ActForm:
    form = asking.made(request, "draw_lots", only=("seed",), when=False)
    form.fields["seed"].label = _("What was thrown, in order")
    form.fields["seed"].help_text = _(
        "At least %(n)d throws of a die, as 3 5 1 6 2 4 1 5 3 3. Different people throw, one reads out, one writes."
    ) % {"n": THROWS}
    return form


def _gone_form(request: HttpRequest, invited: list[tuple[str, str]]) -> ActForm:
    form = asking.made(request, "announce_lots", only=("reason",), when=False)
    form.fields["gone"] = forms.MultipleChoiceField(
        label=_("Who cannot come?"), choices=[(one, f"{one} {name}".strip()) for one, name in invited],
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    form.fields["reason"].required = True
    form.fields["reason"].help_text = _("It is put up, so name nobody.")
    form.order_fields(["gone", "reason"])
    return form


def _explain(form: ActForm, error: ShangliangError) -> None:
    """Every fault at its field, in the reader's language."""
    english = (get_language() or "zh").startswith("en")
    fields = {
        "名额表": "quotas",
        "categories": "quotas",
        "名单": "people",
        "respondents": "people",
        "size": "size",
        "must": "people",
    }
    for field, zh, en in getattr(error, "problems", [("categories", error.zh, error.en)]):
        at = fields.get(field)
        form.add_error(at if at in form.fields else None, en if english else zh)


def _page(request: HttpRequest, matter: Matter, template: str, **context: Any) -> HttpResponse:
    return desk(
        request, template, matter.unit, matter=matter, title=title_of(matter),
        back_url=reverse("matter", args=[matter.pk]), **context,
    )  # fmt: skip
