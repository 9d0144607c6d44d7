"""Present state of what counts for a county: standing venues, old ledgers, reminders, call-backs, frozen month's pages.
Made of the entries like all of ``cases``; an app of its own, so that its tables come and go together."""

from __future__ import annotations

from django.db import models

from shangliang.cases.fields import RowId, Sealed
from shangliang.units.models import Unit


class Standing(models.Model):
    """From when to when a unit's venue stood ready: the first day, and the day on which it no longer did. A unit that
    lost its venue and got one again has two. Coverage by year is counted from these (D8)."""

    id = RowId()
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="standings")
    since = models.DateField()
    until = models.DateField(null=True)


class Ledger(models.Model):
    """Marks a meeting as 补录: taken from an old ledger, with the place where that lies."""

    meeting = models.OneToOneField("cases.Meeting", models.PROTECT, primary_key=True, related_name="ledger")
    source = models.CharField(max_length=120)


class LedgerTopic(models.Model):
    """What a past meeting handled, as its old ledger says it. It never ran through a procedure here."""

    id = RowId()
    meeting = models.ForeignKey("cases.Meeting", models.PROTECT, related_name="ledger_topics")
    title = Sealed()
    discuss = models.CharField(max_length=20, blank=True, default="")
    result = models.CharField(max_length=12, blank=True, default="")


class Reminder(models.Model):
    """A unit above reminds a unit of something; the answer stands beside it. With a number it is a 催办函."""

    id = RowId()
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="reminders")
    by = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    about = models.CharField(max_length=12)
    matter = models.ForeignKey("cases.Matter", models.PROTECT, null=True, related_name="reminders")
    text = Sealed()
    letter = models.CharField(max_length=40, blank=True, default="")
    on = models.DateField()
    answer_by = models.DateField(null=True)
    answer = models.CharField(max_length=12, blank=True, default="")
    answer_note = Sealed()
    planned_on = models.DateField(null=True)
    answered_on = models.DateField(null=True)

    class Meta:
        indexes = (models.Index(fields=("unit", "on")),)


class Sample(models.Model):
    """Matters drawn for a call-back: how many were there, which came out, and the digest the draw began with."""

    id = RowId()
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="samples")
    first = models.DateField()
    last = models.DateField()
    seed = models.CharField(max_length=64)
    among = models.PositiveIntegerField()
    numbers = models.TextField()
    on = models.DateField()


class CallBack(models.Model):
    """Somebody above rang or visited a resident and asked whether the matter was really solved."""

    id = RowId()
    matter = models.ForeignKey("cases.Matter", models.PROTECT, related_name="call_backs")
    by = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    reached = models.BooleanField()
    solved = models.BooleanField(null=True)
    satisfied = models.BooleanField(null=True)
    note = Sealed()
    on = models.DateField()


class MonthPage(models.Model):
    """The figures of one month as they stood on the day they were frozen. ``figures`` is JSON text: {unit: {measure: n}}."""

    id = RowId()
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="month_pages")
    month = models.DateField()
    on = models.DateField()
    figures = models.TextField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("unit", "month"), name="one_page_a_month"),)


PROJECTED = (CallBack, Sample, Reminder, MonthPage, LedgerTopic, Ledger, Standing)
"""What replay makes again, in an order in which it can be deleted; all of it before the rows of ``cases``."""
