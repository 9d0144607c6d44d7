"""Finding a matter by its number, checking a printed digest, and the ends of a place's record book."""

from __future__ import annotations

import json
import re
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from shangliang.cases import queries_public as read
from shangliang.record.digests import digest
from shangliang.record.models import Entry
from shangliang.record.queries import book_head, entry_by_digest
from shangliang.units.models import Unit
from shangliang.web.access import anyone
from shangliang.web.frame import page
from shangliang.web.public.board import access_place, title_of
from shangliang.web.public.number import candidates
from shangliang.web.public.told import act_name

WHOLE = 64
SHORTEST = 8
"""The digits a record line shows for reading aloud."""
DAYS = 10


@anyone
@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """Where is my matter? By its number, however it was typed."""
    typed = request.GET.get("n", "")[:40]
    found = read.among(candidates(typed)) if typed else []
    if len(found) == 1:
        return redirect(reverse("public_matter", args=found))
    return page(request, "public/find.html", typed=typed, nothing=bool(typed), back_url="/")


@anyone
@require_safe
def check(request: HttpRequest) -> HttpResponse:
    """Is what stands on this paper in the record?"""
    typed = request.GET.get("d", "")[:200]
    digits = re.sub(r"[^0-9a-f]", "", typed.lower().rpartition(":")[2])[:WHOLE]
    found = _entries(digits)
    entry = found[0] if len(found) == 1 else None
    return page(
        request, "public/check.html", typed=typed, digits=digits, short=bool(typed) and len(digits) < SHORTEST,
        several=len(found) > 1, entry=_said(entry) if entry else None, partial=len(digits) < WHOLE, back_url="/",
    )  # fmt: skip


def _entries(digits: str) -> list[Entry]:
    if len(digits) == WHOLE:
        whole = entry_by_digest(digits)
        return [whole] if whole else []
    return read.entries_from(digits) if len(digits) >= SHORTEST else []


def _said(entry: Entry) -> dict[str, Any]:
    """Which book, which number, which act, which day, and whether it stands where it should."""
    kind, _, ident = entry.subject.partition(":")
    m = read.matter(ident) if kind == "matter" else None
    return {
        "book": Unit.objects.filter(pk=entry.book_id).first(), "seq": entry.seq, "act": act_name(entry.act),
        "happened": entry.happened_on, "entered": entry.entered_at, "digest": entry.digest, "sound": stands(entry),
        "title": title_of(m) if m and m.shown else "", "url": reverse("public_matter", args=[m.pk]) if m and m.shown else "",
    }  # fmt: skip


def stands(entry: Entry) -> bool:
    """Whether the entry's text gives its digest, and its neighbours hold on to it from both sides."""
    before, after = read.beside(entry)
    body = json.loads(entry.text)
    if (
        digest(body["alg"], entry.text) != entry.digest
        or body["seq"] != entry.seq
        or body["book"] != entry.book_id
    ):
        return False
    if before is not None and body["prev"] != before.digest:
        return False
    if after is not None:
        return bool(json.loads(after.text)["prev"] == entry.digest)
    head = book_head(entry.book_id)
    return head is not None and head.head == entry.digest


@anyone
@require_safe
def heads(request: HttpRequest, ident: str) -> HttpResponse:
    """Where the place's book ended on each of the last days, who vouches for it, and how anybody can verify it."""
    unit = access_place(ident)
    ends: dict[Any, Entry] = {}
    for entry in read.latest(unit.pk):
        ends.setdefault(timezone.localdate(entry.entered_at), entry)
        if len(ends) > DAYS:
            break
    return page(
        request, "public/heads.html", unit, head=book_head(unit.pk), ends=list(ends.items())[:DAYS],
        above=unit.parent, anchors=_anchored(unit), back_url=reverse("board", args=[unit.pk]),
    )  # fmt: skip


def _anchored(unit: Unit) -> list[dict[str, Any]]:
    """The latest days on which the book above wrote down where this one ended."""
    found = []
    for entry in read.anchors(unit.parent_id) if unit.parent_id else ():
        for each in json.loads(entry.text)["data"]["heads"]:
            if each["book"] == unit.pk:
                found.append({"on": entry.happened_on, "length": each["length"], "head": each["head"]})
    return found[:DAYS]
