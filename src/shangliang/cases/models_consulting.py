"""Rows of consultation under a CPPCC room: the topic, what was sent, who takes part and what they said, suggestions and
what became of them, votes by hand, surveys; and the standing bodies with their rosters and pilots."""

from __future__ import annotations

from django.db import models

from shangliang.cases.fields import RowId, Sealed
from shangliang.people.models import Post
from shangliang.units.models import Unit


class Topic(models.Model):
    """What is known of a matter's topic. Choices are ids of its procedure's lists; several stand with commas."""

    matter = models.OneToOneField(
        "cases.Matter", models.PROTECT, primary_key=True, related_name="topic"
    )  # fmt: skip
    category = models.CharField(max_length=24, blank=True, default="")
    item = models.CharField(max_length=24, blank=True, default="")
    origin = models.CharField(max_length=16, blank=True, default="")
    amount = models.PositiveBigIntegerField(null=True)
    off_budget = models.BooleanField(null=True)
    funds = models.CharField(max_length=24, blank=True, default="")
    ref = models.CharField(max_length=60, blank=True, default="")
    scope = models.CharField(max_length=120, blank=True, default="")
    subject = models.CharField(max_length=120, blank=True, default="")
    reach = models.CharField(max_length=16, blank=True, default="")
    complexity = models.CharField(max_length=16, blank=True, default="")
    layer = models.PositiveSmallIntegerField(default=1)
    major = models.BooleanField(default=False)
    affected = models.CharField(max_length=200, blank=True, default="")
    carrier = models.CharField(max_length=24, blank=True, default="")
    way = models.CharField(max_length=24, blank=True, default="")
    where = models.CharField(max_length=16, blank=True, default="")
    method = models.CharField(max_length=120, blank=True, default="")
    inspection = models.CharField(max_length=8, blank=True, default="")
    explanation = Sealed()
    limits = Sealed()
    focus = Sealed()


class Dispatch(models.Model):
    """Something that went out on a day. ``kind``: notice, prior, bulletin, reference, feedback, exemption, within."""

    id = RowId()
    matter = models.ForeignKey("cases.Matter", models.PROTECT, related_name="dispatches")
    kind = models.CharField(max_length=12)
    number = models.CharField(max_length=60, blank=True, default="")
    to = models.CharField(max_length=200, blank=True, default="")
    on = models.DateField()
    text = Sealed()
    more = Sealed()
    ground = models.CharField(max_length=120, blank=True, default="")
    approver = models.CharField(max_length=80, blank=True, default="")
    received_on = models.DateField(null=True)
    received_by = models.CharField(max_length=80, blank=True, default="")


class Material(models.Model):
    """A paper that went out with a notice: by name and pages; a scan is not asked for."""

    id = RowId()
    dispatch = models.ForeignKey(Dispatch, models.PROTECT, related_name="materials")
    name = models.CharField(max_length=80)
    pages = models.PositiveSmallIntegerField(null=True)


class Participant(models.Model):
    """Somebody who is to take part in one matter: as what, for which side or group, told when, with what answer. ``number``: theirs in
    the draw by lot that chose them."""

    id = RowId()
    matter = models.ForeignKey("cases.Matter", models.PROTECT, related_name="participants")
    post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    name = Sealed()
    number = models.CharField(max_length=24, blank=True, default="")
    department = models.CharField(max_length=80, blank=True, default="")
    kind = models.CharField(max_length=16)
    side = models.CharField(max_length=12, blank=True, default="")
    group = models.CharField(max_length=24, blank=True, default="")
    tags = models.CharField(max_length=120, blank=True, default="")
    basis = models.CharField(max_length=120, blank=True, default="")
    fixed_on = models.DateField()
    notified_on = models.DateField(null=True)
    notified_by = models.CharField(max_length=12, blank=True, default="")
    reply = models.CharField(max_length=12, blank=True, default="")
    replied_on = models.DateField(null=True)


class Speech(models.Model):
    """What one participant said or wrote, or that they had no comment."""

    id = RowId()
    participant = models.ForeignKey(Participant, models.PROTECT, related_name="speeches")
    on = models.DateField()
    words = Sealed()
    silent = models.BooleanField(default=False)
    written = models.BooleanField(default=False)


class Suggestion(models.Model):
    """A numbered suggestion, and what became of it. ``kind``: consensus, reserved, distinct."""

    id = RowId()
    matter = models.ForeignKey("cases.Matter", models.PROTECT, related_name="suggestions")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12)
    text = Sealed()
    state = models.CharField(max_length=12, blank=True, default="")
    owner = models.CharField(max_length=80, blank=True, default="")
    state_on = models.DateField(null=True)
    why = Sealed()


class Vote(models.Model):
    """The count of one vote: by show of hands, on paper, or as an appraisal. Of a ballot only totals exist."""

    id = RowId()
    matter = models.ForeignKey("cases.Matter", models.PROTECT, related_name="votes")
    mode = models.CharField(max_length=12)
    question = models.CharField(max_length=120)
    electorate = models.CharField(max_length=120)
    entitled = models.PositiveIntegerField()
    present = models.PositiveIntegerField()
    quorum = models.CharField(max_length=12)
    threshold = models.CharField(max_length=20)
    votes_for = models.PositiveIntegerField()
    against = models.PositiveIntegerField()
    abstained = models.PositiveIntegerField()
    quorate = models.BooleanField()
    passed = models.BooleanField()
    teller = Sealed()
    second = Sealed()
    on = models.DateField()


class Remark(models.Model):
    """A note beside the way of a matter. ``kind``: supervision, contact, difference, organisation, policy, effect."""

    id = RowId()
    matter = models.ForeignKey("cases.Matter", models.PROTECT, related_name="remarks")
    kind = models.CharField(max_length=16)
    to = models.CharField(max_length=80, blank=True, default="")
    on = models.DateField()
    note = Sealed()


class Petition(models.Model):
    """A petition that has to do with the matter, by its number at the petition office; nothing of what it says."""

    id = RowId()
    matter = models.ForeignKey("cases.Matter", models.PROTECT, related_name="petitions")
    number = models.CharField(max_length=60)
    cause = models.CharField(max_length=16)
    on = models.DateField()


class Link(models.Model):
    """Another matter this one belongs to, at another level or from an earlier time."""

    id = RowId()
    matter = models.ForeignKey("cases.Matter", models.PROTECT, related_name="links")
    other = models.ForeignKey("cases.Matter", models.PROTECT, related_name="linked_from")
    on = models.DateField()


class Survey(models.Model):
    """An opinion survey (民意调查). Answers given by telephone lie in a box; questionnaires come as totals."""

    id = RowId()
    matter = models.ForeignKey("cases.Matter", models.PROTECT, related_name="surveys")
    title = models.CharField(max_length=80)
    opened_on = models.DateField()
    closed_on = models.DateField(null=True)
    calls = models.PositiveIntegerField(null=True)
    digest = models.CharField(max_length=64, blank=True, default="")


class SurveyQuestion(models.Model):
    """``options`` one a line; ``calls`` the counts of the closed box, with commas."""

    id = RowId()
    survey = models.ForeignKey(Survey, models.PROTECT, related_name="questions")
    number = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=200)
    options = models.TextField()
    calls = models.CharField(max_length=200, blank=True, default="")


class PaperTotal(models.Model):
    """Questionnaires on paper, counted by two people: for one question, how many chose each option."""

    id = RowId()
    question = models.ForeignKey(SurveyQuestion, models.PROTECT, related_name="papers")
    counts = models.CharField(max_length=200)
    teller = Sealed()
    second = Sealed()
    on = models.DateField()


class SurveyAnswer(models.Model):
    """One telephone answer. Not an act and not replayed: nothing may link it to a person."""

    survey = models.ForeignKey(Survey, models.DO_NOTHING, db_constraint=False, related_name="box")
    token = models.CharField(max_length=64, unique=True)
    choices = models.CharField(max_length=200)


class Body(models.Model):
    """A standing body of a unit: leading group, its office, liaison room, council, members' activity group, committee."""

    id = RowId()
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="bodies")
    kind = models.CharField(max_length=16)
    name = models.CharField(max_length=80)
    paper = models.CharField(max_length=120, blank=True, default="")
    since = models.DateField()
    until = models.DateField(null=True)


class Selection(models.Model):
    """How members or representatives of a body were chosen: method, from how many, how many, on which paper."""

    id = RowId()
    body = models.ForeignKey(Body, models.PROTECT, related_name="selections")
    method = models.CharField(max_length=16)
    pool = models.PositiveIntegerField()
    chosen = models.PositiveIntegerField()
    paper = models.CharField(max_length=120, blank=True, default="")
    note = Sealed()
    on = models.DateField()


class Seat(models.Model):
    """Somebody's seat in a body for a term, with what members are asked by: sector, expertise, places, grid."""

    id = RowId()
    body = models.ForeignKey(Body, models.PROTECT, related_name="seats")
    post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="seats")
    name = Sealed()
    position = models.CharField(max_length=16)
    sector = models.CharField(max_length=40, blank=True, default="")
    expertise = models.CharField(max_length=80, blank=True, default="")
    tags = models.CharField(max_length=120, blank=True, default="")
    places = models.CharField(max_length=300, blank=True, default="")
    grid = models.CharField(max_length=80, blank=True, default="")
    selection = models.ForeignKey(Selection, models.PROTECT, null=True, related_name="seats")
    since = models.DateField()
    until = models.DateField(null=True)
    left_on = models.DateField(null=True)


class Pilot(models.Model):
    """A unit named by its county as a pilot; ``seat``: the street in which the county's government sits."""

    id = RowId()
    county = models.ForeignKey(Unit, models.PROTECT, related_name="pilots")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="piloted")
    seat = models.BooleanField(default=False)
    since = models.DateField()
    until = models.DateField(null=True)


class FieldVisit(models.Model):
    """A member or liaison called on people or a place and listened. No photograph, no position, no count of visits."""

    id = RowId()
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="field_visits")
    seat = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="visits")
    grid = models.CharField(max_length=80, blank=True, default="")
    tag = models.CharField(max_length=16, blank=True, default="")
    on = models.DateField()
    words = Sealed()


CONSULTING = (
    FieldVisit, Pilot, Seat, Selection, Body, PaperTotal, SurveyQuestion, Survey, Link, Petition, Remark, Vote, Suggestion,
    Speech, Participant, Material, Dispatch, Topic,
)  # fmt: skip
"""In an order in which replay can delete them, before the matters."""
