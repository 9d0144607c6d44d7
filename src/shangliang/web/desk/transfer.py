"""The transfer list (移交清单) of a year: on the screen, as a paper, as a table for the archive's own software."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from shangliang.acts.act import today
from shangliang.cases import queries_places as read
from shangliang.documents import render
from shangliang.documents.sheet import Grid, Sheet, Sign
from shangliang.record.models import Entry
from shangliang.web.access import actor as actor_at
from shangliang.web.access import staff
from shangliang.web.desk import showing
from shangliang.web.desk.archive import archive_paths
from shangliang.web.frame import desk
from shangliang.web.saying import day, hexshort

WIDTHS = (5, 9, 27, 16, 11, 11, 8, 13)


@staff("archivist")
@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    year, rows = _asked(request)
    return desk(
        request, "desk/archive_transfer.html", year=year, head=_title_first(_head()),
        rows=[_title_first(_cells(r, day)) for r in rows],
        back_url=reverse("archive"),
    )  # fmt: skip


@staff("archivist")
@require_GET
def as_csv(request: HttpRequest) -> HttpResponse:
    """With a byte-order mark, so that office programs read the Chinese; the digest in full."""
    year, rows = _asked(request)
    answer = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="transfer-{year}.csv"'
    out = csv.writer(answer)
    out.writerow([*_head(), _("Digest of the record")])
    for row in rows:
        out.writerow([_harmless(c) for c in (*_cells(row), row["digest"])])
    return answer


@staff("archivist")
@require_GET
def as_pdf(request: HttpRequest) -> HttpResponse:
    year, rows = _asked(request)
    unit = actor_at(request).unit
    with translation.override("zh-hans"):  # papers are Chinese whatever the reader's screen is
        cells = tuple(tuple(_cells(r)) for r in rows)
        sheet = Sheet(
            "transfer_list", "table", _("Transfer list of %(year)d") % {"year": year},
            (
                Grid(tuple(_head()), WIDTHS, cells, spare=max(2, 10 - len(rows)), left=(2, 3)),
                Sign((_("Handed over by"), _("Received by"), _("Witnessed by"))),
            ),
            unit=unit.name, on=rows[-1]["closed"] if rows else None, landscape=True,
        )  # fmt: skip
    answer = HttpResponse(render.pdf(sheet), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="transfer-{year}.pdf"'
    return answer


def _asked(request: HttpRequest) -> tuple[int, list[dict[str, Any]]]:
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdigit() and len(asked) == 4 else today().year
    matters = list(read.archived(archive_paths(actor_at(request)), year).order_by("ended_on", "id"))
    originals, shelves = read.originals_of(matters), read.shelves(m.pk for m in matters)
    digests = dict(
        Entry.objects.filter(
            subject__in=[f"matter:{m.pk}" for m in matters], act="accept_archive"
        ).values_list("subject", "digest")
    )
    return year, [
        {
            "n": n, "number": m.pk, "title": showing.title(m), "unit": m.unit.name, "opened": m.opened_on,
            "closed": m.ended_on, "pages": sum(p.pages for p in originals[m.pk]), "shelf": shelves.get(m.pk, ""),
            "digest": digests.get(f"matter:{m.pk}", ""),
        }
        for n, m in enumerate(matters, 1)
    ]  # fmt: skip


def _head() -> list[str]:
    return [
        _("No."), _("Number"), _("Title"), _("Unit"), _("Opened on"), _("Taken over on"), _("Pages of originals"),
        _("Shelf; digest"),
    ]  # fmt: skip


def _title_first(row: list[str]) -> list[str]:
    """On a screen every row becomes a card, headed by what it is about."""
    return [row[2], row[1], *row[3:]]


def _cells(row: dict[str, Any], written: Callable[[date], str] = date.isoformat) -> list[str]:
    place = "\n".join(p for p in (row["shelf"], hexshort(row["digest"])) if p)
    return [
        str(row["n"]), row["number"], row["title"], row["unit"], written(row["opened"]), written(row["closed"]),
        str(row["pages"] or ""), place,
    ]  # fmt: skip


def _harmless(value: str) -> str:
    """A cell that a table program would take for a formula begins with an apostrophe."""
    return f"'{value}" if value[:1] in "=+-@\t" else value
