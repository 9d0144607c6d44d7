"""What figures are read from. Not replayed: ``freshen`` makes these rows again from the present state at any time, and
making them twice changes nothing."""

from __future__ import annotations

from django.db import models


class DayFact(models.Model):
    """How much of one measure happened in one unit on one day. ``path`` is the unit's place in the tree, so that a subtree is
    a range; ``month`` counts months since the year 0 (year * 12 + month - 1). A *level* (units, venues, clocks) is kept
    as its changes: +1 on the day it begins, -1 on the day it ends."""

    id = models.BigAutoField(primary_key=True)
    unit = models.CharField(max_length=32)
    path = models.CharField(max_length=64)
    day = models.DateField()
    month = models.IntegerField()
    measure = models.CharField(max_length=24)
    n = models.IntegerField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("unit", "measure", "day"), name="one_fact_a_day"),)
        indexes = (models.Index(fields=("path", "measure", "day", "n"), name="fact_of_a_subtree"),)


class MonthTotal(models.Model):
    """The sum of the day facts of a unit above the villages, and of everything below it, in one month."""

    id = models.BigAutoField(primary_key=True)
    unit = models.CharField(max_length=32)
    measure = models.CharField(max_length=24)
    month = models.IntegerField()
    n = models.BigIntegerField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("unit", "measure", "month"), name="one_total_a_month"),
        )


class DayTotal(models.Model):
    """The same day by day, of the few measures that a page reads until today (what is overdue). It has as many rows as days on
    which something open is due, however many things are."""

    id = models.BigAutoField(primary_key=True)
    unit = models.CharField(max_length=32)
    measure = models.CharField(max_length=24)
    day = models.DateField()
    n = models.BigIntegerField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("unit", "measure", "day"), name="one_total_a_day"),)


class Seen(models.Model):
    """How far the facts of a unit go: the length of its book when they were made, and its path then."""

    unit = models.CharField(max_length=32, primary_key=True)
    path = models.CharField(max_length=64)
    length = models.BigIntegerField()


class Mark(models.Model):
    """One row: every entry up to this one has been looked at."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    entry = models.BigIntegerField(default=0)
