"""Rows of an opinion gathering (意见征询): what is asked, and the box of answers."""

from __future__ import annotations

from django.db import models

from shangliang.cases.fields import RowId, Sealed


class Gathering(models.Model):
    """An opinion gathering (意见征询) before a matter's meeting: what people are asked, until when, and what the box held
    when it was closed. The answers themselves lie in the box and are not replayed."""

    id = RowId()
    matter = models.ForeignKey("cases.Matter", models.PROTECT, related_name="gatherings")
    number = models.PositiveSmallIntegerField()
    intro = Sealed()
    voice = models.CharField(max_length=8)
    own = models.BooleanField(default=True)
    slips = models.PositiveIntegerField(default=0)
    opened_on = models.DateField()
    until = models.DateField()
    closed_on = models.DateField(null=True)
    voices = models.PositiveIntegerField(null=True)
    on_paper = models.PositiveIntegerField(null=True)
    digest = models.CharField(max_length=64, blank=True, default="")
    agreed = Sealed()
    divided = Sealed()
    carried_on = models.DateField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("matter", "number"), name="one_gathering_a_number"),)


class Statement(models.Model):
    """One view that people are asked about, of the convener or of somebody who took part; shown once a person has
    screened it."""

    id = RowId()
    gathering = models.ForeignKey(Gathering, models.PROTECT, related_name="statements")
    number = models.PositiveSmallIntegerField()
    text = Sealed()
    own = models.BooleanField(default=False)
    state = models.CharField(max_length=8)
    reason = models.CharField(max_length=12, blank=True, default="")
    note = Sealed()
    on = models.DateField()
    screened_on = models.DateField(null=True)


class Answer(models.Model):
    """One answer in the box of a gathering: 1 agree, -1 disagree, 0 cannot say. Not an act and not replayed: nothing may
    link it to a person, so it has no time. The voice is a salted digest while the box is open and a mere number once it
    is closed."""

    gathering = models.CharField(max_length=48)
    voice = models.CharField(max_length=64)
    statement = models.CharField(max_length=48)
    answer = models.SmallIntegerField()
    paper = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("gathering", "voice", "statement"), name="one_answer_a_voice"),
        )
        indexes = (models.Index(fields=("gathering", "statement", "answer")),)
