"""Present state: what ``apply`` makes of the entries. Nothing else writes these rows, ``replay`` makes them again.

Ids are the place of the entry that made the row (book, number, position), so they come out the same each time. Free
text is not here: a row points at its sealed text.
"""

from __future__ import annotations

from django.db import models

from shangliang.cases.fields import RowId, Sealed
from shangliang.cases.models_consulting import CONSULTING
from shangliang.cases.models_deciding import Adoption, Collecting, Effect, Forum, Heard
from shangliang.cases.models_gathering import Gathering, Statement
from shangliang.cases.models_lots import LotPerson, Lots, Naming, Recusal
from shangliang.people.models import Post
from shangliang.units.models import Unit


class Matter(models.Model):
    """One topic on its way through one pinned version of one procedure, from first words to archive."""

    id = models.CharField(max_length=8, primary_key=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="matters", db_index=False)  # see Meta.indexes
    procedure = models.CharField(max_length=40)
    version = models.CharField(max_length=64)
    stage = models.CharField(max_length=24)
    position = models.TextField()
    marks = models.CharField(max_length=120, blank=True, default="")
    ended = models.CharField(max_length=12, blank=True, default="")
    ended_on = models.DateField(null=True)
    opened_on = models.DateField()
    last_on = models.DateField()
    staged_on = models.DateField()
    changed_at = models.DateTimeField()
    title = Sealed()
    shown = models.BooleanField(default=False)
    discuss = models.CharField(max_length=20, blank=True, default="")
    answered = models.CharField(max_length=120, blank=True, default="")
    not_discuss = models.CharField(max_length=120, blank=True, default="")
    other_reason = Sealed()
    dispute = models.CharField(max_length=8, blank=True, default="")
    touches = models.CharField(max_length=200, blank=True, default="")
    needs_meeting = models.BooleanField(null=True)
    department = models.CharField(max_length=80, blank=True, default="")
    urgent = models.BooleanField(default=False)
    convener_is_party = models.BooleanField(default=False)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="origins")
    result = models.CharField(max_length=12, blank=True, default="")
    result_note = Sealed()
    result_on = models.DateField(null=True)
    heard = models.CharField(max_length=12, blank=True, default="")
    secret = models.BooleanField(default=False)

    class Meta:
        indexes = (
            models.Index(fields=("unit", "ended", "stage")),
            models.Index(fields=("unit", "shown", "-changed_at")),
        )

    def __str__(self) -> str:
        return self.id


class Opinion(models.Model):
    """What somebody said, through a channel, possibly on behalf of somebody."""

    id = RowId()
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="opinions")
    first_matter = models.CharField(max_length=8, db_index=True)
    kind = models.CharField(max_length=12)
    channel = models.CharField(max_length=16)
    words = Sealed()
    name = Sealed()
    phone = Sealed()
    behalf = models.BooleanField(default=False)
    answer_by = models.CharField(max_length=12, default="number")
    received_on = models.DateField()
    told_on = models.DateField(null=True)
    withdrawn_on = models.DateField(null=True)


class Party(models.Model):
    """A side of a matter and who speaks for it; with the door talk held there (D44)."""

    id = RowId()
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="parties")
    name = Sealed()
    visited_on = models.DateField(null=True)
    agreed = models.BooleanField(null=True)
    lapsed = models.BooleanField(default=False)  # a divided result came after this talk: it counts no more
    note = Sealed()


class Meeting(models.Model):
    """One session in any form; it may handle several matters."""

    id = RowId()
    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="meetings", db_index=False
    )  # see Meta.indexes
    form = models.CharField(max_length=20)
    place = models.CharField(max_length=80)
    held_on = models.DateField()
    time = models.CharField(max_length=5, blank=True, default="")
    convener = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    recorder = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    called_on = models.DateField()
    notice_on = models.DateField(null=True)
    notice_by = models.CharField(max_length=80, blank=True, default="")
    state = models.CharField(max_length=12, default="called")
    summary = Sealed()
    present = models.PositiveIntegerField(null=True)
    urgent = models.BooleanField(default=False)
    recorded_on = models.DateField(null=True)

    class Meta:
        indexes = (models.Index(fields=("unit", "state", "held_on")),)


class Invitation(models.Model):
    """Somebody asked to a meeting: a member of the roster, a side, a department (by letter), an expert."""

    id = RowId()
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="invitations")
    kind = models.CharField(max_length=12)
    post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    party = models.ForeignKey(Party, models.PROTECT, null=True, related_name="+")
    name = Sealed()
    department = models.CharField(max_length=80, blank=True, default="")
    letter = models.CharField(max_length=40, blank=True, default="")
    reply = models.CharField(max_length=12, blank=True, default="")
    replied_on = models.DateField(null=True)
    reply_note = Sealed()
    present = models.BooleanField(null=True)


class Round(models.Model):
    """One deliberation of one matter at one meeting."""

    id = RowId()
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="rounds")
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="rounds")
    number = models.PositiveSmallIntegerField()
    tabled_on = models.DateField()
    taken_up_on = models.DateField(null=True)
    outcome = models.CharField(max_length=12, blank=True, default="")
    concluded_on = models.DateField(null=True)
    during = models.BooleanField(default=False)
    speech = Sealed()
    agreed = Sealed()
    reserved = Sealed()


class Ruling(models.Model):
    """The registered conclusion of a body: a study, an approval, a resolution, a report upward and what came back."""

    id = RowId()
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="rulings")
    kind = models.CharField(max_length=12)
    body = models.CharField(max_length=40)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    on = models.DateField()
    passed = models.BooleanField(null=True)
    present = models.PositiveIntegerField(null=True)
    total = models.PositiveIntegerField(null=True)
    votes_for = models.PositiveIntegerField(null=True)
    against = models.PositiveIntegerField(null=True)
    abstained = models.PositiveIntegerField(null=True)
    basis = models.CharField(max_length=12, blank=True, default="")
    area = models.PositiveBigIntegerField(null=True)  # hundredths of a square metre, as the two below
    area_present = models.PositiveBigIntegerField(null=True)
    area_for = models.PositiveBigIntegerField(null=True)
    sent_to = models.ForeignKey(
        Unit, models.PROTECT, null=True, related_name="+"
    )  # of a report: who is to answer
    paper = models.CharField(max_length=120, blank=True, default="")
    note = Sealed()


class Publication(models.Model):
    """A state with a clock, not an upload. ``about`` is "result" where it tells what was carried out."""

    id = RowId()
    about = models.CharField(max_length=12, blank=True, default="")
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="publications")
    text = Sealed()
    drafted_on = models.DateField()
    consent = models.BooleanField(default=False)
    legal_basis = models.CharField(max_length=120, blank=True, default="")
    board_on = models.DateField(null=True)
    online_on = models.DateField(null=True)
    poster = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    witness = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    taken_down_on = models.DateField(null=True)
    outcome = models.CharField(max_length=12, blank=True, default="")
    exempt_ground = models.CharField(max_length=120, blank=True, default="")
    exempt_approver = models.CharField(max_length=80, blank=True, default="")


class Objection(models.Model):
    id = RowId()
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="objections")
    publication = models.ForeignKey(Publication, models.PROTECT, related_name="objections")
    words = Sealed()
    name = Sealed()
    phone = Sealed()
    received_on = models.DateField()
    state = models.CharField(max_length=12, default="open")
    answer = Sealed()
    answered_on = models.DateField(null=True)


class Task(models.Model):
    id = RowId()
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="tasks")
    number = models.PositiveSmallIntegerField()
    text = Sealed()
    owner = models.CharField(max_length=80)
    due = models.DateField(null=True)
    state = models.CharField(max_length=12, default="open")
    done_on = models.DateField(null=True)

    class Meta:
        indexes = (models.Index(fields=("owner", "state", "due")),)


class Progress(models.Model):
    id = RowId()
    task = models.ForeignKey(Task, models.PROTECT, related_name="progress")
    on = models.DateField()
    note = Sealed()


class Check(models.Model):
    """The supervision committee's look at the work, and what residents said of it."""

    id = RowId()
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="checks")
    by = models.CharField(max_length=12)
    on = models.DateField()
    satisfied = models.BooleanField()
    note = Sealed()


class Reply(models.Model):
    id = RowId()
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="replies")
    text = Sealed()
    redirect = models.CharField(max_length=40, blank=True, default="")
    on = models.DateField()


class Override(models.Model):
    """Leave to pass one gate once, on paper, by the body the gate names."""

    id = RowId()
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="overrides")
    gate = models.CharField(max_length=24)
    body = models.CharField(max_length=40)
    paper = models.CharField(max_length=120)
    reason = Sealed()
    on = models.DateField()
    used_by = models.CharField(max_length=48, blank=True, default="")


class Flag(models.Model):
    """A gate that no longer holds after a correction, until a named post has taken note."""

    id = RowId()
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="flags")
    gate = models.CharField(max_length=24)
    on = models.DateField()
    acknowledged_on = models.DateField(null=True)


class Paper(models.Model):
    """A paper original: where it lies and how many pages it has. No scan is demanded."""

    id = RowId()
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="papers")
    kind = models.CharField(max_length=40)
    place = models.CharField(max_length=120)
    pages = models.PositiveSmallIntegerField()
    on = models.DateField()
    content = models.CharField(max_length=64, blank=True, default="")
    name = Sealed()


class Quiet(models.Model):
    """“No topic in this period”, with its reason: stands beside the gap, so that nobody invents meetings."""

    id = RowId()
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="quiets")
    window = models.DateField()
    on = models.DateField()
    reason = Sealed()


class MeToo(models.Model):
    """One “this happened to me too”. Not an act and not replayed: nothing may link it to a person. The token is a
    salted digest that only keeps one browser from counting twice."""

    matter = models.ForeignKey(Matter, models.DO_NOTHING, db_constraint=False, related_name="metoos")
    token = models.CharField(max_length=64)
    on = models.DateField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("matter", "token"), name="one_metoo_a_token"),)


class Copy(models.Model):
    """A rendered public page, thrown away by the act that changes it. Not replayed."""

    key = models.CharField(max_length=120, primary_key=True)
    scope = models.CharField(max_length=48, db_index=True)
    etag = models.CharField(max_length=64)
    body = models.BinaryField()
    packed = models.BinaryField()
    made_at = models.DateTimeField()


PROJECTED = (
    *CONSULTING,
    Adoption, Effect, Forum, Heard, Collecting,
    Statement, Gathering, LotPerson, Lots, Recusal, Naming,
    Flag, Override, Paper, Reply, Check, Progress, Task, Objection, Publication, Ruling, Round, Invitation, Meeting,
    Party, Opinion, Quiet, Matter,
)  # fmt: skip
"""The models that replay makes again, in an order in which they can be deleted."""


class Rulebook(models.Model):
    """The text of a procedure as it was when the first matter opened under it, shared flows included. Kept under its own
    digest, so it needs no replay."""

    version = models.CharField(max_length=64, primary_key=True)
    procedure = models.CharField(max_length=40)
    text = models.TextField()
