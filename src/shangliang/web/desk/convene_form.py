"""The form that calls a meeting: few questions, the rest filled in from the roster, the room and the last meeting."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from shangliang.acts import rulebooks
from shangliang.acts.act import new_key, today
from shangliang.cases import queries_meetings as read
from shangliang.cases.models import Matter
from shangliang.cases.models_consulting import Topic
from shangliang.people.models import Post
from shangliang.people.roles import ROLES
from shangliang.units.models import Unit
from shangliang.web.actor import Actor
from shangliang.web.desk import chosen
from shangliang.web.desk.meeting_rights import convener_roles
from shangliang.web.desk.together import ask_reasons, reasons_asked
from shangliang.web.labels import CHOICES

COUNCIL = (
    "council_member", "supervision_head", "supervision_member", "cppcc_member", "invited_member", "representative",
)  # fmt: skip
FILLED = ("place", "convener", "recorder", "guests", "experts", "form", "urgent", "called_on")
"""Fields the page keeps folded: they are right already on most evenings."""


def lines(text: str) -> list[str]:
    """The lines somebody typed, each once, without the empty ones."""
    return list(dict.fromkeys(s.strip() for s in text.splitlines() if s.strip()))


def named(post: Post) -> str:
    title = post.title or ROLES.get(post.role, post.role)
    return f"{post.person} {title}"


def forms_of(matter: Matter) -> list[tuple[str, Any]]:
    """The forms of consultation that the matter's procedure names, in its own words; else the usual ones."""
    procedure = rulebooks.pinned(matter.procedure, matter.version)
    lang = get_language() or "zh"
    named_here = [
        (i.id, i.name.text(lang)) for i in procedure.lists.get("form", ()) if i.id in CHOICES["convene.form"]
    ]
    return named_here or [(k, CHOICES["convene.form"][k]) for k in ("meeting", "yard", "written", "online")]


def form_of(matter: Matter) -> str:
    """The form that was chosen for the matter, where one was; else the first its procedure names."""
    given = [k for k, _name in forms_of(matter)]
    chosen = Topic.objects.filter(matter=matter).values_list("way", flat=True).first()
    return chosen if chosen in given else given[0]


class ConveneForm(forms.Form):
    """What calling a meeting asks. ``matters`` are of one unit."""

    key = forms.CharField(max_length=40, widget=forms.HiddenInput)
    letter = forms.IntegerField(min_value=1, max_value=100_000, widget=forms.HiddenInput)

    def __init__(self, posted: QueryDict | None, unit: Unit, matters: Sequence[Matter], actor: Actor) -> None:
        super().__init__(posted, label_suffix="")
        self.unit, self.matters, self.actor = unit, matters, actor
        self.initial = {"key": new_key(), "letter": read.letters_of(unit, today().year) + 1}
        self.convener_order = convener_roles(unit)
        self._when()
        self.seated = chosen.seated(matters)
        for matter in matters:
            self._sides(matter)
        if people := chosen.by_name(self.seated):
            self.fields["chosen"] = people
        self._departments()
        self._filled()
        ask_reasons(self, reasons_asked(posted))

    def _when(self) -> None:
        last = read.last_meeting(self.unit)
        self.fields["held_on"] = _day(_("On which day is the meeting?"))
        self.fields["time"] = forms.TimeField(
            label=_("At what time?"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            initial=last.time if last else "",
        )  # fmt: skip
        self.last_place = last.place if last else ""

    def _sides(self, matter: Matter) -> None:
        """A side of a large dispute is named before the door talks; one that nobody visited cannot come in here."""
        if matter.dispute == "large":
            return
        known = pgettext("between names", ", ").join(
            p.name.text for p in matter.parties.all() if p.name and p.name.text
        )
        about = f"{title_of(matter)}\n" if len(self.matters) > 1 else ""
        help_text = _(
            "For instance: the east side of the lane, spoken for by the oldest. Not every household, one for a side."
        )
        if known:
            help_text = _("On the list already: %(names)s. Only add who is missing.") % {"names": known}
        self.fields[f"sides-{matter.pk}"] = forms.CharField(
            label=about + _("Who speaks for each side? One a line"), required=False, max_length=2000,
            widget=forms.Textarea(attrs={"rows": 3}), help_text=help_text,
        )  # fmt: skip

    def _departments(self) -> None:
        wanted = chosen.departments(self.matters, self.seated)
        near = [n for n in read.bureaus_near(self.unit) if n not in wanted]
        help_text = _("They are asked by letter; the letters write and number themselves.")
        if near:
            help_text += " " + _("For instance: %(list)s") % {
                "list": pgettext("between names", ", ").join(near[:6])
            }
        self.fields["departments"] = forms.CharField(
            label=_("Which departments are asked to come? One a line"), required=False, max_length=2000,
            initial="\n".join(wanted), widget=forms.Textarea(attrs={"rows": 2}), help_text=help_text,
        )  # fmt: skip

    def _filled(self) -> None:
        on = today()
        people = read.roster(self.unit, (*self.convener_order, *COUNCIL, "clerk"), on)
        conveners = [p for p in people if p.role in self.convener_order]
        clerks = [p for p in people if p.role == "clerk"]
        guests, ticked = chosen.roster(self.matters, self.seated, [p for p in people if p.role != "clerk"])
        fields: dict[str, forms.Field] = {
            "place": forms.CharField(
                label=_("Where?"), max_length=80, initial=self.last_place or read.venue_name(self.unit)
            ),
            "convener": forms.ChoiceField(
                label=_("Who convenes?"), choices=[(p.id, named(p)) for p in conveners], widget=forms.RadioSelect,
                initial=self._first(conveners), help_text=self._yields(),
            ),
            "recorder": forms.ChoiceField(
                label=_("Who writes the minutes?"), choices=[("", "—"), *((p.id, named(p)) for p in clerks)], required=False,
                initial=next((p.id for p in clerks if p.person_id == self.actor.person), clerks[0].id if clerks else ""),
            ),
            "guests": forms.MultipleChoiceField(
                label=_("Who is invited? Untick who is not"), choices=[(p.id, named(p)) for p in guests], required=bool(guests),
                initial=ticked, widget=forms.CheckboxSelectMultiple,
            ),
            "experts": forms.CharField(
                label=_("Experts and others by name, one a line"), required=False, max_length=1000,
                widget=forms.Textarea(attrs={"rows": 2}),
            ),
            "form": forms.ChoiceField(
                label=_("In which form?"), choices=forms_of(self.matters[0]), initial=form_of(self.matters[0]),
                help_text=_("In writing: the day of the meeting is the last day for written opinions."),
            ),
            "called_on": _day(
                _("On which day is it called?"), initial=on,
                help_text=_("Only change this for a meeting that was called earlier and is entered now."),
            ),
            "urgent": forms.BooleanField(label=_("It is urgent"), required=False),
        }  # fmt: skip
        self.fields |= fields

    def _first(self, conveners: Sequence[Post]) -> str:
        """The first convener; where he is a side in one of the matters, the second."""
        fit = [p for p in conveners if p.role != self.convener_order[0]] if self.steps_back else []
        return next((p.id for p in (fit or conveners)), "")

    @property
    def steps_back(self) -> bool:
        return any(m.convener_is_party for m in self.matters)

    def _yields(self) -> str:
        return _("The first convener is a side in this and steps back.") if self.steps_back else ""

    def clean_time(self) -> str:
        return f"{self.cleaned_data['time']:%H:%M}"

    @property
    def asked(self) -> list[Any]:
        """The fields in sight."""
        first = ("held_on", "time", *(n for n in self.fields if n.startswith("sides-")), "departments")
        return [self[n] for n in (*first, "chosen") if n in self.fields]

    @property
    def folded(self) -> list[Any]:
        return [self[n] for n in FILLED]

    @property
    def reason_fields(self) -> list[Any]:
        return [self[n] for n in self.fields if n.startswith("reason:")]

    @property
    def open_fold(self) -> bool:
        return any(n in self.errors for n in FILLED) if self.is_bound else False

    @property
    def in_short(self) -> list[tuple[str, Any]]:
        """What is filled in already, in a few words."""

        def picked(name: str) -> Any:
            value = self[name].value()
            return next((label for ident, label in self.fields[name].choices if ident and ident == value), "")

        ticked = set(self["guests"].value() or [])
        invited = [str(label) for ident, label in self.fields["guests"].choices if ident in ticked]
        return [
            (_("Place"), self["place"].value()),
            (_("Convener"), picked("convener")),
            (_("Recorder"), picked("recorder")),
            (_("Invited from the roster"), pgettext("between names", ", ").join(invited)),
        ]  # fmt: skip


def title_of(matter: Matter) -> str:
    """The topic's name; without one that it has none, since its number stands beside it."""
    return str(matter.title.text) if matter.title and matter.title.text else _("Not named yet")


def _day(
    label: str, initial: date | None = None, help_text: str = "", required: bool = True
) -> forms.DateField:
    return forms.DateField(
        label=label, initial=initial, help_text=help_text, required=required,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )  # fmt: skip
