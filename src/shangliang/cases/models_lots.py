"""Rows of a draw by lot (抽签定人): the lottery that was put up, what was thrown, which panel it chose."""

from __future__ import annotations

from django.db import models

from shangliang.cases.fields import RowId, Sealed


class Lots(models.Model):
    """A published lottery for one matter. `text` is the published file as it was hashed; it carries numbers and
    categories, no names. `least`: in how many of the panels the person with the smallest chance sits. `after`: the
    draw whose people who cannot come are replaced."""

    id = RowId()
    matter = models.ForeignKey("cases.Matter", models.PROTECT, related_name="lots")
    number = models.PositiveSmallIntegerField()
    size = models.PositiveSmallIntegerField()
    panels = models.PositiveSmallIntegerField()
    least = models.PositiveSmallIntegerField()
    text = models.TextField()
    digest = models.CharField(max_length=64)
    announced_on = models.DateField()
    after = models.ForeignKey("self", models.PROTECT, null=True, related_name="followed_by")
    reason = models.CharField(max_length=120, blank=True, default="")
    seed = models.CharField(max_length=120, blank=True, default="")
    drawn = models.PositiveSmallIntegerField(null=True)
    drawn_on = models.DateField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("matter", "number"), name="one_lots_a_number"),)


class LotPerson(models.Model):
    """Whose number is whose: sealed, like why somebody was recused."""

    id = RowId()
    lots = models.ForeignKey(Lots, models.PROTECT, related_name="people")
    number = models.CharField(max_length=24)
    name = Sealed()
    recused = Sealed()
