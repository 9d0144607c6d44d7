"""Who acts. ``Person`` and ``Post`` are written by ``acts`` alone; accounts are ordinary log-ins."""

from __future__ import annotations

import secrets

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from shangliang.record.models import SealedText
from shangliang.units.models import Unit


def new_person_id() -> str:
    """A random id: the record names people by it and by nothing else."""
    return "p" + secrets.token_hex(8)


class Person(models.Model):
    id = models.CharField(max_length=32, primary_key=True)
    name = models.ForeignKey(SealedText, models.PROTECT, related_name="+", db_index=False)

    def __str__(self) -> str:
        return self.name.text or "—"


class Post(models.Model):
    """A person holding a role in a unit from a date to a date: the only source of authority."""

    id = models.CharField(max_length=48, primary_key=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="posts", db_index=False)  # see Meta.indexes
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="posts", db_index=False
    )  # see Meta.indexes
    role = models.CharField(max_length=32)
    title = models.CharField(max_length=40, blank=True, default="")
    since = models.DateField()
    until = models.DateField(null=True)
    acting = models.BooleanField(default=False)
    paper = models.CharField(max_length=120, blank=True, default="")

    class Meta:
        indexes = (models.Index(fields=("person", "role")), models.Index(fields=("unit", "role")))

    def __str__(self) -> str:
        return f"{self.role}@{self.unit_id}"


class AccountManager(BaseUserManager["Account"]):
    def create_user(self, login: str, password: str | None, person: str) -> Account:
        account = self.model(login=login, person_id=person)
        account.set_password(password)
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser):
    """A personal log-in: the number of a county-issued card and a PIN or password. What the account may do follows from
    the posts of its person, never from the account."""

    login = models.CharField(max_length=40, unique=True)
    person = models.ForeignKey(Person, models.DO_NOTHING, db_constraint=False, related_name="accounts")
    is_active = models.BooleanField(default=True)
    failures = models.PositiveSmallIntegerField(default=0)
    locked_until = models.DateTimeField(null=True)

    USERNAME_FIELD = "login"
    objects = AccountManager()

    def __str__(self) -> str:
        return self.login
