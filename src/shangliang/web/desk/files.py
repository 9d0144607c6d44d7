"""The papers of one matter: have, can be made, missing and why; register an original, with a scan if somebody has one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_GET, require_http_methods

from shangliang.acts import attach
from shangliang.acts.act import Act
from shangliang.cases.models import Matter, Paper
from shangliang.errors import Conflict, Full, Malformed, NotFound, Refused
from shangliang.record import content
from shangliang.record.models import Content
from shangliang.web.access import actor as actor_at
from shangliang.web.access import staff
from shangliang.web.actform import ActForm
from shangliang.web.actor import Actor
from shangliang.web.desk import asking, showing
from shangliang.web.desk.filed import filed_papers, given_back, kinds_to_register, reached
from shangliang.web.frame import desk, say_next
from shangliang.web.saying import say
from shangliang.web.uploads import Limit, too_large


@staff()
@require_GET
def papers(request: HttpRequest, number: str) -> HttpResponse:
    """Every paper of the matter, in the rulebook's order."""
    actor = actor_at(request)
    matter = reached(number, actor)
    found = filed_papers(matter)
    return desk(
        request, "desk/archive_papers.html", matter.unit, matter=matter, title=showing.title(matter),
        there=[p for p in found if p.there], lacking=[p for p in found if p.asked and not p.there],
        later=[p for p in found if not p.asked and not p.there], may=_may_register(actor, matter),
        returned=given_back(matter), back_url=reverse("matter", args=[number]),
    )  # fmt: skip


@csrf_exempt  # only until the size is known: _keep checks the token
@staff()
@require_http_methods(["GET", "POST"])
def keep(request: HttpRequest, number: str) -> HttpResponse:
    """A paper original: which, where, how many pages. A scan that is too large is refused before it is stored."""
    request.upload_handlers.insert(0, Limit(request))
    answer: HttpResponse = csrf_protect(_keep)(request, number)
    return answer


def _keep(request: HttpRequest, number: str) -> HttpResponse:
    actor = actor_at(request)
    matter = reached(number, actor)
    if not _may_register(actor, matter):
        raise Http404
    form = _form(request, matter)
    refused: asking.Findings = ()
    if request.method == "POST" and form.is_valid() and not too_large(request):
        refused = _kept(form, actor, matter, request)
        if not refused and not form.errors:
            then = _("It counts for the archive as the paper itself.")
            say_next(request, _("The paper is registered."), then)
            return redirect(reverse("papers", args=[number]))
    if too_large(request):
        form.errors.pop("scan", None)  # what was swallowed looks like an empty file
        form.add_error(
            "scan", _("This file is larger than 20 MB. Please scan it smaller, or only register the paper.")
        )
    return desk(
        request, "desk/archive_keep.html", matter.unit, matter=matter, title=showing.title(matter), form=form,
        refused=refused, back_url=reverse("papers", args=[number]), status=413 if too_large(request) else 200,
    )  # fmt: skip


def _kept(form: ActForm, actor: Actor, matter: Matter, request: HttpRequest) -> asking.Findings:
    """Registers the paper, with its scan; what went wrong is at the form's fields or in the findings."""
    cleaned = form.cleaned_data
    act = Act(
        name="keep_paper", happened_on=cleaned["happened_on"], entered_by=actor.person, subject=matter.pk,
        data={k: cleaned[k] for k in ("kind", "place", "pages")}, key=cleaned.get("key") or "",
        decided_by=asking.as_post(actor, "archivist", "clerk", "grid_worker", unit=matter.unit),
    )  # fmt: skip
    try:
        attach.keep(act, request.FILES.get("scan"))
    except attach.Unfit as error:
        english = (get_language() or "zh").startswith("en")
        form.add_error("scan", error.en if english else error.zh)
    except (Refused, Malformed, NotFound, Conflict, Full) as error:
        return asking.explained(form, error)
    return ()


def _form(request: HttpRequest, matter: Matter) -> ActForm:
    kinds = [(kind, say(name)) for kind, name in kinds_to_register(matter)]
    form = asking.made(
        request, "keep_paper", only=("kind", "place", "pages"), choices={"kind": kinds},
        initial={"kind": request.GET.get("kind", ""), "pages": 1},
    )  # fmt: skip
    form.fields["place"].help_text = _("For instance: village office, cabinet 2.")
    form.fields["pages"] = forms.IntegerField(
        label=_("How many pages?"), min_value=1, max_value=10_000, initial=1
    )
    form.fields["happened_on"].label = _("The paper's own date")
    form.fields["scan"] = forms.FileField(
        label=_("Scan or photo"), required=False,
        help_text=_("Nobody needs it: the paper itself is enough. PDF, JPG or PNG, at most 20 MB."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
    )  # fmt: skip
    form.files = request.FILES if request.method == "POST" else form.files
    form.order_fields(["key", "kind", "place", "pages", "happened_on", "scan"])
    return form


@staff()
@require_GET
def scan(request: HttpRequest, number: str, ident: str) -> HttpResponse:
    """The scan of a registered paper, for those who reach the matter."""
    matter = reached(number, actor_at(request))
    paper = Paper.objects.filter(pk=ident, matter=matter).exclude(content="").first()
    kept = Content.objects.filter(digest=paper.content).first() if paper else None
    if kept is None:
        raise Http404
    try:
        data = content.load(kept.digest)
    except NotFound as error:
        raise Http404 from error
    answer = HttpResponse(data, content_type=kept.media_type)
    answer["Content-Disposition"] = (
        f'inline; filename="{number}-{ident.rpartition(".")[0][-8:]}.{_ENDINGS[kept.media_type]}"'
    )
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


_ENDINGS = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}


def _may_register(actor: Actor, matter: Matter) -> bool:
    archivist: Any = any(
        p.role == "archivist" and matter.unit.path.startswith(p.unit.path) for p in actor.posts
    )
    grid = any(p.role == "grid_worker" and p.unit_id == matter.unit_id for p in actor.posts)
    return not matter.ended and (actor.may_enter_for(matter.unit) or bool(archivist) or grid)
