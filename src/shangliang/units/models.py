"""The tree of places. Rows are written by ``acts`` alone."""

from __future__ import annotations

import secrets

from django.db import models


def new_unit_id() -> str:
    """A random id of a unit and of its book; so long that among a nation's million none comes twice (a chance of 10⁻⁷)."""
    return "u" + secrets.token_hex(8)


class Unit(models.Model):
    """A node of the tree. ``path`` is four digits a level: everything below ``x`` lies in ``[x, next sibling of x)``,
    a plain range that every database answers from its index."""

    KINDS = (
        "nation", "province", "city", "county", "town", "street", "bureau", "village", "community", "enterprise",
    )  # fmt: skip

    id = models.CharField(max_length=32, primary_key=True)
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=12)
    code = models.CharField(max_length=12, blank=True, default="", db_index=True)
    path = models.CharField(max_length=64, unique=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    statistical_parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    successor = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    procedure = models.CharField(max_length=40, blank=True, default="")
    edition = models.CharField(max_length=64, blank=True, default="")  # the version adopted; "": as shipped
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    adults = models.PositiveIntegerField(null=True)
    households = models.PositiveIntegerField(null=True)
    representatives = models.PositiveIntegerField(null=True)
    address = models.CharField(max_length=120, blank=True, default="")
    telephone = models.CharField(max_length=40, blank=True, default="")

    class Meta:
        ordering = ("path",)

    def __str__(self) -> str:
        return self.name

    @property
    def level(self) -> str:
        return level_of(self.kind)


class Venue(models.Model):
    """Where a unit deliberates. ``haves`` lists the fulfilled items of the local checklist (五有/六有), by id; ``plan`` says in a
    line how this place gets its room, ``theme`` what it is known for (夹信子村: the sweet potato)."""

    unit = models.OneToOneField(Unit, models.CASCADE, primary_key=True)
    name = models.CharField(max_length=80)
    host = models.CharField(max_length=80, blank=True, default="")
    haves = models.CharField(max_length=200, blank=True, default="")
    shared = models.BooleanField(default=False)
    build = models.CharField(max_length=12, blank=True, default="")
    pilot_year = models.PositiveSmallIntegerField(null=True)
    demonstration = models.BooleanField(default=False)
    theme = models.CharField(max_length=80, blank=True, default="")
    plan = models.CharField(max_length=120, blank=True, default="")
    subsidy = models.PositiveIntegerField(null=True)  # yuan
    ready_on = models.DateField(null=True)


ABOVE_TOWNS = ("nation", "province", "city", "county")


def level_of(kind: str) -> str:
    """The level a unit of this kind works on: "town" or "village" where there is a platform (D11), above them the kind
    itself."""
    if kind in ("village", "community", "enterprise"):
        return "village"
    return kind if kind in ABOVE_TOWNS else "town"
