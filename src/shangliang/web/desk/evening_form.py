"""The form of the evening's after-entry: who was there, and for every matter what came of it and what follows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from shangliang.acts import rulebooks
from shangliang.acts.act import new_key, today
from shangliang.cases.models import Invitation, Matter, Meeting, Round
from shangliang.cases.queries_gathering import carried
from shangliang.web.desk.convene_form import lines, named, title_of
from shangliang.web.desk.evening_days import told_before
from shangliang.web.desk.together import ask_reasons, reasons_asked
from shangliang.web.labels import CHOICES

MORE_TASKS = (2, 3)
_MARK = re.compile(r"^\s*(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]\s*)")
_CUT = re.compile(r"[\n；;]+")


def points(agreed: str) -> list[str]:
    """The agreed points one by one, without their numbers: what there is to do."""
    found = (_MARK.sub("", part).strip().rstrip("。；; ") for part in _CUT.split(agreed))
    return [p for p in found if p][:20]


NOT_REACHED = "not_reached"
"""The meeting did not get to it: nothing is recorded of the matter, it can go to another meeting."""


def outcomes_of(matter: Matter) -> list[tuple[str, Any]]:
    """The results that the matter's procedure knows, in its own words."""
    procedure = rulebooks.pinned(matter.procedure, matter.version)
    lang = get_language() or "zh"
    own = [(i.id, i.name.text(lang)) for i in procedure.lists.get("outcome", ())]
    return own or list(CHOICES["conclude.outcome"].items())


def goes_to_meeting(matter: Matter) -> bool:
    """Whether the procedure puts whatever is agreed here to a statutory meeting next."""
    procedure = rulebooks.pinned(matter.procedure, matter.version)
    act = (
        procedure.root.stages[matter.stage].act("conclude") if matter.stage in procedure.root.stages else None
    )
    target = act.next.get("agreed", "") if act else ""
    return target in procedure.root.stages and any(
        c.flow == "statutory_meeting" for c in procedure.root.stages[target].calls
    )


class EveningForm(forms.Form):
    """Fields of the meeting, then of every matter under its number: ``3F7K29-outcome``."""

    key = forms.CharField(max_length=40, widget=forms.HiddenInput)

    def __init__(self, posted: QueryDict | None, meeting: Meeting, rounds: Sequence[Round]) -> None:
        super().__init__(posted, label_suffix="")
        self.meeting, self.rounds = meeting, rounds
        self.invited = list(meeting.invitations.all())
        self.initial = {"key": new_key()}
        self._meeting_fields()
        self.carried = carried(r.matter_id for r in rounds)
        for one in rounds:
            self._matter_fields(one)
        ask_reasons(self, reasons_asked(posted))

    def _meeting_fields(self) -> None:
        self.fields["held_on"] = _day(_("On which day was it held?"), self.meeting.held_on)
        self.fields["present"] = forms.MultipleChoiceField(
            label=_("Who came? Untick who was missing"), required=bool(self.invited), widget=forms.CheckboxSelectMultiple,
            choices=[(i.pk, guest_name(i)) for i in self.invited], initial=[i.pk for i in self.invited],
        )  # fmt: skip
        self.fields["others"] = forms.IntegerField(
            label=_("How many others came?"), min_value=0, max_value=10_000, required=False, initial=0
        )
        if len(self.rounds) > 1:
            self.fields["summary"] = _text(_("How the evening went"), 2)

    def _matter_fields(self, one: Round) -> None:
        m = one.matter
        owner = m.department or m.unit.name
        points_help = _(
            "Needed when all agree. One point a line. The tasks and the public notice are made of it, so please no names, "
            "telephones or door numbers."
        )
        fields: dict[str, forms.Field] = {
            "speech": _text(_("What was said, point by point"), 4),
            "outcome": forms.ChoiceField(
                label=_("What came of it?"), choices=[*outcomes_of(m), (NOT_REACHED, _("Not reached this evening"))],
                widget=forms.RadioSelect,
            ),
            "agreed": _text(_("What all agree on"), 4, points_help),
            "reserved": _text(_("What some see differently"), 2),
            "owner": forms.CharField(label=_("Who does it?"), max_length=80, required=False, initial=owner),
            "due": _day(_("Done by when?"), None, required=False),
            "task": _text(_("Tasks, one a line"), 2, _("Left empty, every agreed point becomes a task.")),
            "notice": _text(_("Text of the public notice"), 3, _("Left empty, it is made of the agreed points.")),
        }  # fmt: skip
        fields["due"].help_text = _(
            "Needed when all agree; where no day can be named yet, say why when asked."
        )
        for n in MORE_TASKS:
            fields[f"task{n}"] = forms.CharField(label=_("Another task"), max_length=2000, required=False)
            fields[f"owner{n}"] = forms.CharField(label=_("Who does it?"), max_length=80, required=False)
            fields[f"due{n}"] = _day(_("Done by when?"), None, required=False)
        if asked := self.carried.get(m.pk):  # what people said before the meeting stands there already
            fields["agreed"].initial = asked.agreed.text if asked.agreed else ""
            fields["reserved"].initial = asked.divided.text if asked.divided else ""
        for name, field in fields.items():
            self.fields[f"{m.pk}-{name}"] = field

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for one in self.rounds:
            number = one.matter_id
            if (
                given.get(f"{number}-outcome") == "consensus"
                and not given.get(f"{number}-agreed", "").strip()
            ):
                self.add_error(f"{number}-agreed", _("Please write what all agree on."))
        return given

    def of(self, one: Round, name: str) -> Any:
        return self.cleaned_data.get(f"{one.matter_id}-{name}") or ""

    def absent(self) -> list[str]:
        there = set(self.cleaned_data["present"])
        return [i.pk for i in self.invited if i.pk not in there]

    def tasks(self, one: Round) -> list[dict[str, str]]:
        """The tasks of a matter: those typed, else one for each agreed point."""
        first = lines(self.of(one, "task")) or points(self.of(one, "agreed"))
        owner, due = self.of(one, "owner") or one.matter.unit.name, self.of(one, "due")
        found = [_task(text, owner, due) for text in first]
        for n in MORE_TASKS:
            if text := self.of(one, f"task{n}").strip():
                found.append(_task(text, self.of(one, f"owner{n}") or owner, self.of(one, f"due{n}") or due))
        return found

    def notice(self, one: Round) -> str:
        """The public notice, made of the agreed points unless somebody wrote it."""
        if written := self.of(one, "notice").strip():
            return written
        return f"关于“{title_of(one.matter)}”的协商结果：\n{self.of(one, 'agreed')}"

    @property
    def reached(self) -> list[Round]:
        """What the meeting came to a result about."""
        return [r for r in self.rounds if self.of(r, "outcome") not in ("", NOT_REACHED)]

    @property
    def day_shown(self) -> date:
        """The day of the meeting as the page shows it: what was typed, else the day it was called for."""
        typed = self["held_on"].value()
        with suppress(forms.ValidationError):
            return self.fields["held_on"].clean(typed) or self.meeting.held_on
        return self.meeting.held_on

    @property
    def head(self) -> list[Any]:
        return [self[n] for n in ("held_on", "present", "others", "summary") if n in self.fields]

    @property
    def blocks(self) -> Iterator[dict[str, Any]]:
        """The fields of each matter as the page shows them."""
        for one in self.rounds:

            def field(name: str, number: str = one.matter_id) -> Any:
                return self[f"{number}-{name}"]

            more = ["task", *(f"{f}{n}" for n in MORE_TASKS for f in ("task", "owner", "due")), "notice"]
            yield {
                "title": title_of(one.matter),
                "number": one.matter_id,
                "later": told_before(one, self.day_shown),
                "statutory": bool(one.matter.needs_meeting) or goes_to_meeting(one.matter),
                "fields": [field(n) for n in ("speech", "outcome", "agreed", "reserved")],
                "tasks": [field(n) for n in ("due", "owner")],
                "more": [field(n) for n in more],
                "open": self.is_bound and any(f"{one.matter_id}-{n}" in self.errors for n in more),
            }

    @property
    def reason_fields(self) -> list[Any]:
        return [self[n] for n in self.fields if n.startswith("reason:")]

    @property
    def late(self) -> bool:
        return self.meeting.held_on < today()


def guest_name(guest: Invitation) -> str:
    """Who was asked, as people call them."""
    if guest.post is not None:
        return named(guest.post)
    if guest.party is not None:
        return (guest.party.name.text if guest.party.name else "") or _("A side")
    if guest.department:
        return guest.department
    return (guest.name.text if guest.name else "") or _("A guest")


def _task(text: str, owner: str, due: date | str) -> dict[str, str]:
    task = {"text": text[:2000], "owner": owner}
    return task | {"due": due.isoformat()} if isinstance(due, date) else task


def _text(label: str, rows: int, help_text: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": rows}),
        help_text=help_text,
    )


def _day(label: str, initial: date | None, required: bool = True) -> forms.DateField:
    return forms.DateField(
        label=label, initial=initial, required=required,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )  # fmt: skip
