"""Rows of choosing who takes part: a draw by lot (抽签定人) with its lottery and throw, a naming (点名定人), recusals."""

from __future__ import annotations

from django.db import models

from shangliang.cases.fields import RowId, Sealed
from shangliang.people.models import Post


class Lots(models.Model):
    """A published lottery for one matter. `text` is the published file as it was hashed; it carries numbers and
    categories, no names. `least`: in how many of the panels the person with the smallest chance sits. `after`: the
    draw whose people who cannot come are replaced. `population`: how many people of a group live in the place, where
    somebody wrote it: category, value and number with tabs, one a line."""

    id = RowId()
    matter = models.ForeignKey("cases.Matter", models.PROTECT, related_name="lots")
    number = models.PositiveSmallIntegerField()
    size = models.PositiveSmallIntegerField()
    panels = models.PositiveSmallIntegerField()
    least = models.PositiveSmallIntegerField()
    population = models.TextField(blank=True, default="")
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


class Naming(models.Model):
    """People were named to take part: in which way, from how many, on which paper. Who they are stands in
    `Participant`."""

    id = RowId()
    matter = models.ForeignKey("cases.Matter", models.PROTECT, related_name="namings")
    method = models.CharField(max_length=16)
    pool = models.PositiveIntegerField(null=True)
    chosen = models.PositiveSmallIntegerField()
    paper = models.CharField(max_length=120, blank=True, default="")
    on = models.DateField()


class Recusal(models.Model):
    """Somebody who does not take part because they are too near to the matter, and why: name and reason are sealed."""

    id = RowId()
    matter = models.ForeignKey("cases.Matter", models.PROTECT, related_name="recusals")
    post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    name = Sealed()
    reason = Sealed()
    on = models.DateField()
