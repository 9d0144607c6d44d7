"""What the pages of meetings show: titles, states, people, papers."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from shangliang.acts.act import today
from shangliang.cases.models import Meeting, Round
from shangliang.cases.queries_gathering import carried as carried_to
from shangliang.documents import loudspeaker_text, wechat_text
from shangliang.web.actor import Actor
from shangliang.web.desk import evening_days
from shangliang.web.desk.convene_form import named, title_of
from shangliang.web.desk.evening_form import guest_name
from shangliang.web.labels import CHOICES
from shangliang.web.saying import day

KINDS = {
    "member": lambda: _("On the roster"),
    "party": lambda: _("A side"),
    "department": lambda: _("Department"),
    "expert": lambda: _("Expert"),
    "unit": lambda: _("Local unit"),
    "stakeholder": lambda: _("Somebody concerned"),
    "resident": lambda: _("Resident drawn or asked"),
}
REPLIES = {"coming": "ok", "written": "wait", "not_coming": "stop"}
OUTCOMES = {"consensus": "ok", "again": "wait", "divided": "stop", "escalate": "wait"}


def known(m: Meeting, reader: Actor) -> list[Round]:
    """What is on the agenda, without matters that are not for the reader."""
    return [r for r in m.rounds.all() if reader.may_read(r.matter)]


def title(m: Meeting, reader: Actor) -> str:
    """What the meeting is about."""
    rounds = known(m, reader)
    names = [title_of(r.matter) for r in rounds] or [name for name, _result in from_ledger(m)]
    if len(rounds) < len(m.rounds.all()):
        names.append(_("A matter that is not public"))
    if not names:
        return _("A meeting without a topic")
    if len(names) > 2:
        return _("%(first)s and %(n)d more") % {"first": names[0], "n": len(names) - 1}
    return comma().join(names)


def from_ledger(m: Meeting) -> list[tuple[str, Any]]:
    """(topic, what came of it) of a meeting that was taken from an old ledger."""
    if not hasattr(m, "ledger"):
        return []
    results = CHOICES["import_meeting.result"]
    return [(t.title.text if t.title else "—", results[t.result]) for t in m.ledger_topics.all()]


def state(m: Meeting, on: date) -> tuple[str, str]:
    """(ok, wait or stop; the word)."""
    if m.state == "called_off":
        return "stop", _("Called off")
    if m.state == "held":
        return ("wait", _("from a ledger")) if hasattr(m, "ledger") else ("ok", _("Held"))
    if m.held_on <= on:
        return "wait", _("To be entered")
    return ("ok", _("All are told")) if m.notice_on else ("wait", _("Not everybody is told yet"))


def ahead(held_on: date, time: str, on: date) -> str:
    """A coming day with its hour, and how far it is."""
    left, when = (held_on - on).days, f"{day(held_on)} {time}".strip()
    return ngettext("%(day)s, in %(n)d day", "%(day)s, in %(n)d days", left) % {"day": when, "n": left}


def row(m: Meeting, on: date, several: bool, reader: Actor) -> dict[str, Any]:
    """A meeting as a row to tap; what has to be entered leads to the entry."""
    due = m.held_on <= on
    which, word = state(m, on)
    when = f"{day(m.held_on)} {m.time}".strip() if due else ahead(m.held_on, m.time, on)
    where = f"{m.unit.name} {m.place}" if several else m.place
    return {
        "title": title(m, reader),
        "url": reverse("after" if due else "meeting", args=[m.pk]),
        "sub": f"{when} · {where}",
        "state": which,
        "word": word,
    }


def columns(several: bool) -> list[Any]:
    return [
        _("Topic"),
        _("Day"),
        *([_("Unit")] if several else []),
        {"label": _("Present"), "num": True},
        _("What came of it"),
    ]


def cells(m: Meeting, several: bool, reader: Actor) -> list[Any]:
    results = [str(CHOICES["conclude.outcome"].get(r.outcome, "")) for r in known(m, reader) if r.outcome]
    told = [str(result) for _name, result in from_ledger(m)]
    word = comma().join(dict.fromkeys(results or told)) or state(m, today())[1]
    if told:
        word = f"{word} · {state(m, today())[1]}"
    return [
        {"text": title(m, reader), "url": reverse("meeting", args=[m.pk])}, m.held_on, *([m.unit.name] if several else []),
        "" if m.present is None else m.present, word,
    ]  # fmt: skip


def facts(m: Meeting) -> list[tuple[str, Any]]:
    ways = CHOICES["give_notice.by"]
    told = f"{day(m.notice_on)} {ways.get(m.notice_by, m.notice_by)}" if m.notice_on else ""
    entered = m.recorded_on if m.recorded_on and m.recorded_on != m.held_on else None
    return [
        (_("Day"), f"{day(m.held_on)} {m.time}"),
        (_("Place"), m.place),
        (_("Form"), CHOICES["convene.form"].get(m.form)),
        (_("Convener"), named(m.convener) if m.convener else ""),
        (_("Recorder"), named(m.recorder) if m.recorder else ""),
        (_("Day of calling"), None if hasattr(m, "ledger") else m.called_on),
        (_("Told on"), told),
        (_("Entered on"), entered),
        (_("Taken from"), m.ledger.source if hasattr(m, "ledger") else ""),
        *from_ledger(m),
        (_("Present"), _("%(n)d people") % {"n": m.present} if m.present is not None else ""),
    ]


def agenda(m: Meeting, reader: Actor) -> list[dict[str, Any]]:
    found = []
    for r in known(m, reader):
        one: dict[str, Any] = {
            "title": title_of(r.matter),
            "url": reverse("matter", args=[r.matter_id]),
            "sub": r.matter_id,
        }
        if r.outcome:
            one |= {
                "state": OUTCOMES.get(r.outcome, "wait"),
                "word": CHOICES["conclude.outcome"].get(r.outcome),
            }
        found.append(one)
    return found


def carried(m: Meeting, reader: Actor) -> list[dict[str, Any]]:
    """What people said before the meeting, for the matters on its agenda that have no result yet."""
    open_ = [r.matter for r in known(m, reader) if not r.outcome]
    found = carried_to([x.pk for x in open_])
    return [
        {"title": title_of(x), "agreed": g.agreed.text if g.agreed else "", "divided": g.divided.text if g.divided else ""}
        for x in open_ if (g := found.get(x.pk))
    ]  # fmt: skip


def results(m: Meeting, reader: Actor) -> list[dict[str, Any]]:
    """What came of every matter that was discussed."""
    return [
        {
            "title": title_of(r.matter),
            "url": reverse("matter", args=[r.matter_id]),
            "facts": [
                (_("What came of it"), CHOICES["conclude.outcome"].get(r.outcome)),
                (_("Day of the result"), evening_days.shown(r)),
                *_texts(r),
            ],
        }
        for r in known(m, reader)
        if r.outcome
    ]


def _texts(r: Round) -> list[tuple[str, str]]:
    pairs = ((_("What was said, point by point"), r.speech), (_("What all agree on"), r.agreed),
             (_("What some see differently"), r.reserved))  # fmt: skip
    return [(label, sealed.text) for label, sealed in pairs if sealed and sealed.text]


def people(m: Meeting) -> dict[str, Any]:
    """Who was asked; afterwards who came and who was missing. Departments stand with their letters until then."""
    held = m.state == "held"
    asked = [i for i in m.invitations.all() if held or i.kind != "department"]
    names: dict[str, list[str]] = {}
    for i in asked:
        label = KINDS.get(i.kind, KINDS["unit"])()
        if held:
            label = _("Was missing") if i.present is False else _("Came")
        names.setdefault(label, []).append(guest_name(i))
    rows = [(label, comma().join(found)) for label, found in names.items()]
    others = (m.present or 0) - sum(bool(i.present) for i in asked)
    if held and others > 0:
        rows.append((_("Others who came"), _("%(n)d people") % {"n": others}))
    return {"rows": rows, "n": len(asked)}


def comma() -> str:
    return pgettext("between names", ", ")


def letters(m: Meeting, reader: Actor) -> list[dict[str, Any]]:
    """Departments asked by letter, each with its answer."""
    found = []
    for i in m.invitations.all():
        if i.kind != "department":
            continue
        note = i.reply_note.text if i.reply_note else ""
        found.append({
            "name": i.department, "letter": i.letter, "state": REPLIES.get(i.reply, "wait"),
            "word": CHOICES["register_reply.reply"].get(i.reply, _("No answer yet")), "on": i.replied_on, "note": note,
            "url": reverse("invite_reply", args=[m.pk, i.pk]), "paper": reverse("paper_pdf", args=["letter", i.pk]) if reader.reads_files else "",
        })  # fmt: skip
    return found


def papers(m: Meeting, reader: Actor) -> list[tuple[str, str]]:
    """(address, label) of what the reader can print; the minutes are blank until the meeting has been held."""
    if not reader.reads_files or len(known(m, reader)) < len(m.rounds.all()):
        return []
    if hasattr(m, "ledger"):  # its papers lie where the ledger lies
        return []

    def at(kind: str) -> str:
        return reverse("paper_pdf", args=[kind, m.pk])

    found = [(at("meeting_notice"), _("Notice of the meeting")), (at("sign_in"), _("Sign-in sheet"))]
    if m.state == "held":
        return [(at("minutes"), _("Minutes")), *found]
    return [*found, (at("minutes") + "?blank", _("Blank minutes"))]


def texts(m: Meeting) -> list[tuple[str, str]]:
    """(what for, the words) to copy."""
    return [
        (_("Text for the WeChat group"), wechat_text(m)),
        (_("Words for the loudspeaker"), loudspeaker_text(m)),
    ]
