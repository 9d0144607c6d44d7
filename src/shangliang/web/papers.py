"""Papers to look at, to print and to carry home. Public ones are open to all, the rest to those who reach the place."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from shangliang import documents
from shangliang.acts.act import today
from shangliang.cases.models import Invitation, Matter, Meeting, Objection
from shangliang.documents import papers as making
from shangliang.documents import render
from shangliang.documents.papers import PaperSpec
from shangliang.documents.sheet import Sheet
from shangliang.errors import Broken, NotFound
from shangliang.procedure.say import Say
from shangliang.units.models import Unit
from shangliang.web.access import anyone
from shangliang.web.actor import actor_of
from shangliang.web.frame import page

WALL = ("plate", "rules", "workflow", "participants", "slogans", "rule_collection", "plain_card")
"""What hangs in the room where a place deliberates (D17)."""

BY_NUMBER = ("slip",)
"""Papers for whoever knows the matter's number: the number itself is the key."""

_ROWS: dict[str, Any] = {
    "matter": Matter.objects.select_related("unit"), "meeting": Meeting.objects.select_related("unit"),
    "invitation": Invitation.objects.select_related("meeting__unit"),
    "objection": Objection.objects.select_related("matter__unit"), "unit": Unit.objects,
}  # fmt: skip


@anyone
@require_GET
def paper(request: HttpRequest, kind: str, subject: str) -> HttpResponse:
    """The paper on the screen, with its PDF one tap away; ``?blank`` gives the empty form."""
    found = _found(request, kind, subject)
    if isinstance(found, HttpResponse):
        return found
    spec, sheet, unit, back = found
    query = "?blank" if sheet.blank else ""
    answer = page(
        request, "papers/paper.html", unit, name=Say(spec.zh, spec.en), sheet=sheet, shown=render.fragment(sheet),
        pdf_url=reverse("paper_pdf", args=[kind, subject]) + query, back_url=back,
        blank_url="" if sheet.blank else f"{request.path}?blank",
    )  # fmt: skip
    answer["Cache-Control"] = "private, no-cache"
    return answer


@anyone
@require_GET
def pdf(request: HttpRequest, kind: str, subject: str) -> HttpResponse:
    """The paper as PDF: shown by a browser, saved by WeChat. ``?save`` always saves it."""
    found = _found(request, kind, subject)
    if isinstance(found, HttpResponse):
        return found
    spec, sheet, unit, _back_url = found
    try:
        data = render.pdf(sheet)
    except Broken as error:
        return _not_yet(
            request, spec, Say(error.zh, error.en), unit, reverse("paper", args=[kind, subject]), 503
        )
    answer = HttpResponse(data, content_type="application/pdf")
    how = "attachment" if "save" in request.GET else "inline"
    answer["Content-Disposition"] = (
        f"{how}; filename=\"{kind}.pdf\"; filename*=UTF-8''{quote(render.filename(sheet))}"
    )
    answer["Cache-Control"] = "private, no-cache"
    answer["ETag"] = f'"{render.digest_of(data)[:32]}"'
    return answer


@anyone
@require_GET
def of_unit(request: HttpRequest, unit: str) -> HttpResponse:
    """What hangs on the wall of a place, and every form to be filled in by hand; what names people only for those there."""
    found = get_object_or_404(Unit, pk=unit, valid_to=None)
    specs = {s.id: s for s in making.offered(found)}
    own = _reaches(request, found, found)
    on_wall = [_link(specs[k], found) for k in WALL if k in specs and (own or specs[k].public)]
    forms = [_link(s, found, "?blank") for s in specs.values() if s.of != "unit"]
    return page(
        request,
        "papers/unit.html",
        found,
        on_wall=on_wall,
        forms=forms,
        back_url=reverse("board", args=[found.pk]),
    )


def _link(spec: PaperSpec, unit: Unit, query: str = "") -> dict[str, Any]:
    return {
        "name": Say(spec.zh, spec.en), "url": reverse("paper", args=[spec.id, unit.pk]) + query,
        "pdf": reverse("paper_pdf", args=[spec.id, unit.pk]) + query,
    }  # fmt: skip


Found = tuple[PaperSpec, Sheet, Unit, str]


def _found(request: HttpRequest, kind: str, subject: str) -> Found | HttpResponse:
    """The paper if this reader may have it: else the way to log in, the reason why it cannot be made yet, or 404."""
    try:
        spec = making.spec(kind)
    except NotFound as error:
        raise Http404 from error
    if "blank" in request.GET:
        return _blank(spec, subject)
    row = _ROWS[spec.of].filter(pk=subject).first()
    if row is None:
        raise Http404
    unit = _unit_of(row)
    if not is_public(spec, row) and not _reaches(request, row, unit):
        if not request.user.is_authenticated:
            return HttpResponseRedirect(f"{reverse('login')}?next={quote(request.get_full_path())}")
        raise Http404
    back = _back(request, spec, row, unit)
    try:
        return spec, documents.papers.make(kind, row), unit, back
    except NotFound as error:
        return _not_yet(request, spec, Say(error.zh, error.en), unit, back, 404)


def _blank(spec: PaperSpec, subject: str) -> Found:
    """An empty form says nothing about anybody, so anyone may have it."""
    unit = Unit.objects.filter(pk=subject).first()
    if unit is None:
        row = _ROWS[spec.of].filter(pk=subject).first()
        if row is None:
            raise Http404
        unit = _unit_of(row)
    return spec, making.blank(spec.id, unit), unit, reverse("unit_papers", args=[unit.pk])


def is_public(spec: PaperSpec, row: Any) -> bool:
    """What hangs on a board or a wall, and what a number opens. A notice is public once it was posted."""
    if isinstance(row, Matter) and row.secret:
        return False
    if spec.id in BY_NUMBER or (spec.id in WALL and spec.public):
        return True
    if not spec.public:
        return False
    matter = row if isinstance(row, Matter) else getattr(row, "matter", None)
    return matter is None or matter.publications.exclude(board_on=None, online_on=None).exists()


def _reaches(request: HttpRequest, row: Any, unit: Unit) -> bool:
    """Whether a post of the reader reaches the place; a department has its own letters and replies."""
    actor = actor_of(request)
    if actor is None:
        return False
    if actor.reaches(unit):
        return actor.reads_files and all(actor.may_read(m) for m in _about(row))
    names = {p.unit.name for p in actor.posts if p.role.startswith("department")}
    return isinstance(row, Invitation) and row.department in names


def _about(row: Any) -> list[Matter]:
    """The matters a paper tells of: a meeting's papers tell of all on its agenda."""
    if isinstance(row, Matter):
        return [row]
    meeting = row.meeting if isinstance(row, Invitation) else row
    if isinstance(meeting, Meeting):
        return list(Matter.objects.filter(rounds__meeting=meeting).select_related("unit"))
    return [row.matter] if hasattr(row, "matter") else []


def _unit_of(row: Any) -> Unit:
    if isinstance(row, Unit):
        return row
    if isinstance(row, Matter | Meeting):
        return row.unit
    return row.meeting.unit if isinstance(row, Invitation) else row.matter.unit


def _back(request: HttpRequest, spec: PaperSpec, row: Any, unit: Unit) -> str:
    actor = actor_of(request)
    if isinstance(row, Unit):
        return reverse("unit_papers", args=[unit.pk])
    if (
        actor is not None
        and isinstance(row, Invitation)
        and actor.holds("department_head", "department_clerk")
    ):
        return reverse("letter", args=[row.pk])
    if actor is None or not actor.reaches(unit):
        return reverse("board", args=[unit.pk])
    if isinstance(row, Meeting | Invitation):
        return reverse("meeting", args=[row.pk if isinstance(row, Meeting) else row.meeting_id])
    return reverse("papers", args=[row.pk if isinstance(row, Matter) else row.matter_id])


def _not_yet(
    request: HttpRequest, spec: PaperSpec, why: Say, unit: Unit, back: str, status: int
) -> HttpResponse:
    return page(
        request, "papers/not_yet.html", unit, name=Say(spec.zh, spec.en), why=why, back_url=back, status=status,
        blank_url=reverse("paper", args=[spec.id, unit.pk]) + "?blank", then=_("Or print the empty form and write by hand."),
        on=today(),
    )  # fmt: skip


urlpatterns = [
    path("paper/of/<str:unit>/", of_unit, name="unit_papers"),
    path("paper/<slug:kind>/<str:subject>.pdf", pdf, name="paper_pdf"),
    path("paper/<slug:kind>/<str:subject>/", paper, name="paper"),
]
