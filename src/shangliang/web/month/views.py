"""The month's page on the screen, its files, freezing it, and filling somebody else's form."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import quote

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shangliang.acts.act import Act, new_key
from shangliang.documents import render
from shangliang.errors import Malformed
from shangliang.procedure.calendar import add_months
from shangliang.units.models import Unit
from shangliang.web.access import staff
from shangliang.web.desk import asking
from shangliang.web.frame import desk, say_next
from shangliang.web.month import exports, word, workbook
from shangliang.web.month import form as filling
from shangliang.web.month.figures import (
    ALL,
    BY_UNIT,
    KNOWN,
    SUBJECT_NAMES,
    SUBJECTS,
    Column,
    Month,
    cells,
    month_of,
    previous,
)
from shangliang.web.oversight import place
from shangliang.web.oversight.place import Asked, link
from shangliang.web.oversight.replying import proof_of

FREEZERS = ("director", "clerk", "deputy_party_secretary")
SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@staff()
@require_GET
def latest(request: HttpRequest, unit: str) -> HttpResponse:
    """The page of the month that ended last."""
    a = place.asked(request, unit)
    return redirect(_address("month_page", a, previous(a.today)))


@staff()
@require_GET
def page(request: HttpRequest, unit: str, year: int, month: int) -> HttpResponse:
    """The month as tables, with its sentence, its files, and the button that freezes it."""
    return _shown(request, *_asked(request, unit, year, month))


def _shown(request: HttpRequest, a: Asked, m: Month, refused: asking.Findings = (), form: forms.Form | None = None,
           problems: Any = ()) -> HttpResponse:  # fmt: skip
    before, after = add_months(m.first, -1), add_months(m.first, 1)
    return desk(
        request, "month/page.html", a.unit, asked=a, m=m, lead=exports.lead(m), cut_off=exports.cut_off(m),
        columns=[KNOWN[c].name for c in BY_UNIT], rows=_rows(a, m), subjects=_subjects(a.unit, m), notes=exports.notes(m),
        files={k: _address(f"month_{k}", a, m.first) for k in ("pdf", "docx", "xlsx", "fill", "freeze")},
        before={"day": before, "url": _address("month_page", a, before)},
        after={"day": after, "url": _address("month_page", a, after)} if after <= a.today else None,
        may_freeze=m.over and m.frozen is None and _own(a), key=new_key(), refused=refused, problems=problems,
        form=form or FillForm(label_suffix=""), marks=filling.marks(), back_url=link("progress_of", a.unit),
        defs=[KNOWN[c] for c in BY_UNIT], measures=place.told(*dict.fromkeys(KNOWN[c].measure for c in BY_UNIT)),
    )  # fmt: skip


def _own(a: Asked) -> bool:
    return any(p.unit_id == a.unit.pk and p.role in FREEZERS for p in a.actor.posts)


def _asked(request: HttpRequest, unit: str, year: int, month: int) -> tuple[Asked, Month]:
    a = place.asked(request, unit)
    if (
        not 1990 <= year <= 2100
        or not 1 <= month <= 12
        or date(year, month, 1) > a.today
        or a.unit.level == "village"
    ):
        raise Http404
    return a, month_of(a.unit, date(year, month, 1), a.today)


def _address(name: str, a: Asked, first: date) -> str:
    return reverse(name, args=[a.unit.pk, first.year, first.month])


def _rows(a: Asked, m: Month) -> list[dict[str, Any]]:
    found = []
    for unit, pairs in cells(m, BY_UNIT):
        whole = unit.pk == m.unit.pk
        found.append({
            "name": _("Together") if whole else unit.name, "url": "" if whole else link("progress_of", unit, m.first.year),
            "whole": whole, "cells": [{"n": n, "late": late, "column": KNOWN[c].name, "url": _counted(unit, KNOWN[c], m)}
                                      for c, (n, late) in zip(BY_UNIT, pairs, strict=True)],
        })  # fmt: skip
    return found


def _counted(unit: Unit, column: Column, m: Month) -> str:
    """Where the rows of one figure are listed; a window's are on the page of clocks."""
    if column.over == "windows":
        return link("clocks", unit, m.first.year)
    first = {"month": m.first, "year": m.first.replace(month=1, day=1), "end": None}[column.over]
    start = f"from={first}&" if first else ""
    return f"{reverse('counted', args=[unit.pk, column.measure])}?{start}to={m.last}"


def _subjects(unit: Unit, m: Month) -> list[dict[str, Any]]:
    """A line a subject: solved this month and this year, each leading to its rows."""
    found = []
    for s in SUBJECTS:
        month, year = KNOWN[f"solved_{s}"], KNOWN[f"solved_{s}.year"]
        found.append({
            "label": SUBJECT_NAMES[s], "value": m.value(unit.pk, month.id), "url": _counted(unit, month, m),
            "year": m.value(unit.pk, year.id), "year_url": _counted(unit, year, m),
        })  # fmt: skip
    return found


@staff()
@require_GET
def pdf(request: HttpRequest, unit: str, year: int, month: int) -> HttpResponse:
    """The page as PDF, on the entry that froze it."""
    _a, m = _asked(request, unit, year, month)
    return _file(
        render.pdf(exports.sheet(m, proof_of(m.page) if m.page else None)),
        "application/pdf",
        m,
        "pdf",
        inline=True,
    )


@staff()
@require_GET
def docx(request: HttpRequest, unit: str, year: int, month: int) -> HttpResponse:
    """The page as a Word document."""
    _a, m = _asked(request, unit, year, month)
    return _file(word.docx(m), WORD, m, "docx")


@staff()
@require_GET
def xlsx(request: HttpRequest, unit: str, year: int, month: int) -> HttpResponse:
    """The page, every figure and every definition as a workbook."""
    _a, m = _asked(request, unit, year, month)
    return _file(workbook.xlsx(m), SPREADSHEET, m, "xlsx")


def _file(
    data: bytes, kind: str, m: Month, ending: str, *, inline: bool = False, name: str = ""
) -> HttpResponse:
    answer = HttpResponse(data, content_type=kind)
    words = quote(name or f"{exports.title(m)}.{ending}")
    how = "inline" if inline else "attachment"
    answer["Content-Disposition"] = f"{how}; filename=\"month.{ending}\"; filename*=UTF-8''{words}"
    answer["Cache-Control"] = "private, no-cache"
    return answer


@staff(*FREEZERS)
@require_POST
def freeze(request: HttpRequest, unit: str, year: int, month: int) -> HttpResponse:
    """Freezes the month as it stands now."""
    a, m = _asked(request, unit, year, month)
    figures = [
        {"unit": u.pk, "measure": c.id, "n": m.now[u.pk][c.id]} for u in (m.unit, *m.units) for c in ALL
    ]
    decided = asking.as_post(a.actor, *FREEZERS, unit=a.unit)
    act = Act("freeze_month", a.today, a.actor.person, {"month": m.first.isoformat(), "figures": figures}, subject=a.unit.pk,
              decided_by=decided, key=request.POST.get("key", "")[:60])  # fmt: skip
    done, refused = asking.attempted(FillForm(label_suffix=""), act)
    if not done:
        return _shown(request, a, m, refused)
    say_next(
        request,
        _("The month is frozen."),
        _("What is entered later shows beside the figures and changes none of them."),
    )
    return redirect(_address("month_page", a, m.first))


class FillForm(forms.Form):
    form = forms.FileField(
        label=gettext_lazy("Their form (.xlsx)"),
        help_text=gettext_lazy(
            "Write a mark such as 【协商活动】 or 【登记为已解决：老黑山镇】 into each cell that we shall fill."
        ),
    )
    mapping = forms.FileField(
        label=gettext_lazy("Or a table of what goes where (.csv)"),
        required=False,
        help_text=gettext_lazy(
            "For a form that must not be touched. Columns: sheet, cell, measure, unit (工作表,单元格,指标,单位)."
        ),
    )


@staff()
@require_http_methods(["POST"])
def fill(request: HttpRequest, unit: str, year: int, month: int) -> HttpResponse:
    """The uploaded form with our figures in it. Neither file is kept."""
    a, m = _asked(request, unit, year, month)
    form = FillForm(request.POST, request.FILES, label_suffix="")
    if not form.is_valid():
        return _shown(request, a, m, form=form)
    given, mapping = form.cleaned_data["form"], form.cleaned_data["mapping"]
    if given.size > filling.MOST:
        form.add_error("form", _("This file is too large: at most 8 MB."))
        return _shown(request, a, m, form=form)
    try:
        made = filling.fill(given.read(), mapping.read(1_000_000) if mapping else None, m)
    except Malformed as error:
        english = (get_language() or "zh").startswith("en")
        problems = [{"where": p.field, "say": p.en if english else p.zh} for p in error.problems[:40]]
        return _shown(request, a, m, form=form, problems=problems)
    return _file(made, SPREADSHEET, m, "xlsx", name=given.name)
