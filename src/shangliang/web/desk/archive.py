"""The archivist's desk: files that wait, one file paper by paper, and those already taken over."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from shangliang.acts.act import today
from shangliang.cases import queries_places as read
from shangliang.cases.models import Matter
from shangliang.record.queries import entries_of
from shangliang.record.verify import verify_book
from shangliang.web.access import actor as actor_at
from shangliang.web.access import staff
from shangliang.web.actform import ActForm
from shangliang.web.actor import Actor
from shangliang.web.desk import asking, showing
from shangliang.web.desk.filed import filed_papers, lacking, reached
from shangliang.web.desk.villages import may_come_next
from shangliang.web.frame import desk, say_next
from shangliang.web.saying import day


@staff("archivist")
@require_GET
def waiting(request: HttpRequest) -> HttpResponse:
    """Files closed and not yet taken over, the one that has waited longest first; under them the archive."""
    paths = archive_paths(actor_at(request))
    here = [m for m in read.closed_files(paths) if may_come_next(m, "accept_archive")]
    year = _year(request)
    kept = Paginator(read.archived(paths, year), 30).get_page(request.GET.get("page"))
    return desk(
        request, "desk/archive.html", waiting=[_row(m) for m in here], kept=[_kept(m) for m in kept.object_list],
        shown=kept, year=year, years=_years(paths), transfer_year=year or today().year,
    )  # fmt: skip


@staff("archivist")
@require_http_methods(["GET", "POST"])
def file(request: HttpRequest, number: str) -> HttpResponse:
    """One file: every paper the rulebook asks for, the record verified at this moment, take it over or give it back."""
    actor = actor_at(request)
    matter = reached(number, actor)
    if not any(matter.unit.path.startswith(p) for p in archive_paths(actor)):
        raise Http404
    open_ = not matter.ended and may_come_next(matter, "accept_archive")
    if not open_ and matter.ended != "completed":
        raise Http404
    accept = _accepting(request)
    back = asking.made(request, "return_file", when=False)
    refused: asking.Findings = ()
    if request.method == "POST" and open_:
        answer, refused = _decide(request, actor, matter, accept, back)
        if answer is not None:
            return answer
    papers = filed_papers(matter)
    return desk(
        request, "desk/archive_file.html", matter.unit, matter=matter, title=showing.title(matter), papers=papers,
        lacking=[p for p in papers if p.asked and not p.there], open=open_, accept=accept, back=back,
        returning="return" in request.POST, refused=refused, report=verify_book(matter.unit_id),
        entries=entries_of(f"matter:{matter.pk}").count(), back_url=reverse("archive"), shelf=_shelf(matter),
    )  # fmt: skip


def _decide(
    request: HttpRequest, actor: Actor, matter: Matter, accept: ActForm, back: ActForm
) -> tuple[HttpResponse | None, asking.Findings]:
    name, form = ("return_file", back) if "return" in request.POST else ("accept_archive", accept)
    if not form.is_valid():
        return None, ()
    post = asking.as_post(actor, "archivist", unit=matter.unit)
    done, refused = asking.tried(form, name, actor, matter.pk, decided=post)
    if done is None:
        return None, refused
    if name == "return_file":
        then = _("The clerk of %(unit)s sees what is missing and completes the file.") % {
            "unit": matter.unit.name
        }
        say_next(request, _("The file is given back."), then)
    else:
        say_next(request, _("The file is taken over."), _("It is on the transfer list of this year."))
    return redirect("archive"), ()


def _accepting(request: HttpRequest) -> ActForm:
    form = asking.made(request, "accept_archive")
    form.fields["shelf"].help_text = _("For instance: cabinet 2, shelf 3.")
    form.fields["happened_on"].label = _("Taken over on")
    return form


def archive_paths(actor: Actor) -> list[str]:
    """The subtrees whose files this archivist takes over."""
    return sorted({p.unit.path for p in actor.posts if p.role == "archivist"})


def _row(matter: Matter) -> dict[str, Any]:
    gap = len(lacking(matter))
    word = _("papers missing: %(n)d") % {"n": gap} if gap else _("complete")
    return {
        "title": showing.title(matter), "url": reverse("archive_matter", args=[matter.pk]),
        "sub": f"{matter.pk} · {matter.unit.name} · " + _("closed on %(day)s") % {"day": day(matter.result_on)},
        "state": "wait" if gap else "ok", "word": word,
    }  # fmt: skip


def _kept(matter: Matter) -> dict[str, Any]:
    return {
        "title": showing.title(matter),
        "url": reverse("archive_matter", args=[matter.pk]),
        "sub": f"{matter.pk} · {matter.unit.name} · "
        + _("taken over on %(day)s") % {"day": day(matter.ended_on)},
    }


def _shelf(matter: Matter) -> str:
    return read.shelves([matter.pk]).get(matter.pk, "") if matter.ended == "completed" else ""


def _year(request: HttpRequest) -> int | None:
    asked = request.GET.get("year", "")
    return int(asked) if asked.isdigit() and 1980 <= int(asked) <= 9999 else None


def _years(paths: list[str]) -> list[int]:
    return sorted(
        {d.year for d in read.archived(paths).values_list("ended_on", flat=True) if d}, reverse=True
    )
