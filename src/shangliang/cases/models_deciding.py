"""Rows of the systems that decide step by step: asking around before a plan, hearings and their like, what came of the
work, and the rulebooks a place has adopted."""

from __future__ import annotations

from django.db import models

from shangliang.cases.fields import RowId, Sealed
from shangliang.units.models import Unit


class Collecting(models.Model):
    """Opinions asked for before there is a plan (一征): from which day, in which ways, and what came together."""

    id = RowId()
    matter = models.ForeignKey("cases.Matter", models.PROTECT, related_name="collectings")
    opened_on = models.DateField()
    methods = models.CharField(max_length=80, blank=True, default="")
    topic = Sealed()
    closed_on = models.DateField(null=True)
    summary = Sealed()


class Heard(models.Model):
    """What one group of people said when it was asked; ``count`` is how many spoke."""

    id = RowId()
    collecting = models.ForeignKey(Collecting, models.PROTECT, related_name="heard")
    group = models.CharField(max_length=20)
    method = models.CharField(max_length=12)
    count = models.PositiveIntegerField()
    words = Sealed()
    on = models.DateField()


class Forum(models.Model):
    """A hearing, a coordination between sides, or an appraisal (三会): one row, filled step by step.

    ``kind``: "hearing", "coordination" or "appraisal". ``held_on`` is the day it is called for until it was held.
    """

    id = RowId()
    matter = models.ForeignKey("cases.Matter", models.PROTECT, related_name="forums")
    kind = models.CharField(max_length=12)
    topic = Sealed()
    announced_on = models.DateField(null=True)
    called_for = models.DateField(null=True)
    place = models.CharField(max_length=80, blank=True, default="")
    seats = models.PositiveIntegerField(null=True)
    delegates = models.PositiveIntegerField(null=True)
    names = Sealed()
    papers_on = models.DateField(null=True)
    papers = Sealed()
    held_on = models.DateField(null=True)
    present = models.PositiveIntegerField(null=True)
    observers = models.PositiveIntegerField(null=True)
    satisfied = models.PositiveIntegerField(null=True)
    mostly = models.PositiveIntegerField(null=True)
    unsatisfied = models.PositiveIntegerField(null=True)
    words = Sealed()
    signed = models.PositiveIntegerField(null=True)
    outcome = models.CharField(max_length=12, blank=True, default="")
    shown_on = models.DateField(null=True)
    answered_on = models.DateField(null=True)
    answer = Sealed()


class Effect(models.Model):
    """One countable thing that came of the work: so many hundredths of a unit, or an amount of money in yuan."""

    id = RowId()
    matter = models.ForeignKey("cases.Matter", models.PROTECT, related_name="effects")
    what = models.CharField(max_length=80)
    hundredths = models.PositiveBigIntegerField()
    unit = models.CharField(max_length=12)
    on = models.DateField()


class Adoption(models.Model):
    """A rulebook that a place works by from a day on: which version, adopted by whom, under which document number."""

    id = RowId()
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="adoptions")
    procedure = models.CharField(max_length=40)
    version = models.CharField(max_length=64)
    body = models.CharField(max_length=80)
    number = models.CharField(max_length=80, blank=True, default="")
    on = models.DateField()
