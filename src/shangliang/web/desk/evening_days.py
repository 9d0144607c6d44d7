"""The day that a result carries: the meeting's own, or a later one where something of the matter was entered since."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from shangliang.cases.models import Round
from shangliang.web.desk.convene_form import title_of
from shangliang.web.saying import day


def result_day(one: Round, held_on: date) -> date:
    """The first day on which the result of a meeting of ``held_on`` can stand: within a matter no day goes back."""
    return max(held_on, one.matter.last_on)


def told_before(one: Round, held_on: date) -> str:
    """Why the result will carry another day than the meeting; empty where it carries the meeting's."""
    on = result_day(one, held_on)
    if on == held_on:
        return ""
    return _(
        "Since the meeting something else was entered for this matter, of %(day)s. Days never go back, so the result is entered"
        " with %(day)s; the meeting keeps its day, %(held)s."
    ) % {"day": day(on), "held": day(held_on)}


def told_after(days: Iterable[tuple[Round, date]], held_on: date) -> str:
    """Which results stand with another day than the meeting's, after they were entered; ``days`` as ``result_day`` found
    them before. Empty where all carry the meeting's."""
    return " ".join(
        _(
            "The result of “%(matter)s” carries %(day)s, because something was entered for it since the meeting."
        )
        % {"matter": title_of(one.matter), "day": day(on)}
        for one, on in days
        if on != held_on
    )


def shown(one: Round) -> str:
    """The day of a result as the page of its meeting shows it; empty where it is the meeting's."""
    if one.concluded_on is None or one.concluded_on == one.meeting.held_on:
        return ""
    return _("%(day)s: something was entered for this matter since the meeting, and days never go back") % {
        "day": day(one.concluded_on)
    }
