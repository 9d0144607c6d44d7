"""What goes on beside the server: carrying messages, anchoring heads once a day, erasing contact data when its term is
over. Any number of workers may run; each message is claimed by one, and the daily acts carry the day in their key."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.mail import EmailMessage, get_connection
from django.db.models import Q
from django.utils import timezone
from pydantic import ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from shangliang.acts.act import SYSTEM, Act, today
from shangliang.acts.perform import perform
from shangliang.acts.vocabulary import Catalogue
from shangliang.cases.models import Matter, Objection, Opinion
from shangliang.errors import ShangliangError
from shangliang.notify.models import Message
from shangliang.record import content
from shangliang.record.heads import changed_heads
from shangliang.record.models import Entry
from shangliang.statistics.freshen import freshen, freshen_all
from shangliang.units.models import Unit

LEASE = timedelta(minutes=10)
"""A message that its worker has not settled by then is free again: the worker died."""
BACK_OFF = (1, 5, 15, 60, 240, 720, 1440)
"""Minutes until the next attempt; after the last one the message has failed and stays on the desk."""
LOT = 50
TEXTS = 200  # sealed texts an `erase` act may name


class Settings(BaseSettings):
    """``SHANGLIANG_EMAIL`` (smtp://user:password@host:587 or smtps://…), ``SHANGLIANG_EMAIL_FROM``,
    ``SHANGLIANG_EMAIL_ADDRESSES`` (a CSV of unit, role, address) and ``SHANGLIANG_ERASE_AFTER_DAYS``."""

    model_config = SettingsConfigDict(env_prefix="SHANGLIANG_", env_ignore_empty=True, extra="ignore")

    email: str = ""
    email_from: str = ""
    email_addresses: Path | None = None
    erase_after_days: int = 30

    @field_validator("email")
    @classmethod
    def check_email(cls, value: str) -> str:
        parts = urlsplit(value)
        if value and (parts.scheme not in ("smtp", "smtps") or not parts.hostname):
            raise ValueError("give an address such as smtp://user:password@mail.example.cn:587")
        return value

    @field_validator("erase_after_days")
    @classmethod
    def check_days(cls, value: int) -> int:
        if not 0 <= value <= 3650:
            raise ValueError("give a number of days from 0 to 3650")
        return value


def load() -> Settings:
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = "_".join(map(str, first["loc"])).upper()
        message = first["msg"].removeprefix("Value error, ")
        raise ImproperlyConfigured(f"SHANGLIANG_{name}: {message}") from None


@dataclass(slots=True)
class Outcome:
    delivered: int = 0
    retried: int = 0
    anchored: list[str] = field(default_factory=list)
    erased: int = 0
    waiting: int = 0  # persons whose contact data is kept because they still have to be told
    swept: int = 0
    problems: list[tuple[str, str, str]] = field(default_factory=list)  # where, zh, en


# ── messages ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def deliver(outcome: Outcome, chosen: Settings) -> None:
    """Carry every message that is due. Without e-mail they are desk messages and done at once."""
    post = Post(chosen)
    for message, attempt in claims():
        try:
            post.carry(message)
        except OSError as error:  # what smtplib raises, too
            outcome.retried += 1
            settle(message, attempt, error=True)
            name = type(error).__name__
            outcome.problems.append((f"message {message.pk}", f"邮件没有发出：{name}", f"not sent: {name}"))
        else:
            settle(message, attempt)
            outcome.delivered += 1


def claims() -> Iterator[tuple[Message, int]]:
    """Messages that are due, each claimed by a conditional update: whoever changes the row has it."""
    while True:
        now = timezone.now()
        free = Message.objects.filter(state__in=("waiting", "sending"), due_at__lte=now)
        lot = list(free.order_by("due_at", "pk")[:LOT])
        for message in lot:
            mine = free.filter(pk=message.pk, attempts=message.attempts)
            if mine.update(state="sending", attempts=message.attempts + 1, due_at=now + LEASE):
                yield message, message.attempts + 1
        if len(lot) < LOT:
            return


def settle(message: Message, attempt: int, *, error: bool = False) -> None:
    """Only whoever holds the claim may settle it."""
    claim = Message.objects.filter(pk=message.pk, state="sending", attempts=attempt)
    if not error:
        claim.update(state="done")
    elif attempt > len(BACK_OFF):
        claim.update(state="failed")
    else:
        claim.update(state="waiting", due_at=timezone.now() + timedelta(minutes=BACK_OFF[attempt - 1]))


class Post:
    """E-mail to the addresses of a role in a unit. It says what happened to which number, and nothing personal."""

    def __init__(self, chosen: Settings) -> None:
        self._connection = _connection(chosen.email) if chosen.email else None
        self._sender = chosen.email_from or f"shangliang@{urlsplit(settings.PUBLIC_URL).hostname}"
        self._addresses = _addresses(chosen.email_addresses) if chosen.email_addresses else {}

    def carry(self, message: Message) -> None:
        """Raises OSError when the mail server does not take it."""
        found = self._addresses.get((message.unit, message.role)) or self._addresses.get((message.unit, "*"))
        if self._connection is None or not found:
            return
        name = Unit.objects.filter(pk=message.unit).values_list("name", flat=True).first() or message.unit
        spec = Catalogue.acts.get(message.kind)
        what = f"{spec.zh} / {spec.en}" if spec else message.kind
        number = message.subject.partition(":")[2]
        EmailMessage(
            subject=f"{name}：{what}",
            body=f"{name}\n{what}\n{number}\n\n{settings.PUBLIC_URL}/\n",
            from_email=self._sender,
            to=found,
            # The same for every attempt, so that mail programs show a repeated one once.
            headers={"Message-ID": f"<message-{message.pk}@{urlsplit(settings.PUBLIC_URL).hostname}>"},
            connection=self._connection,
        ).send()


def _connection(address: str) -> Any:
    parts = urlsplit(address)
    safe = parts.scheme == "smtps"
    return get_connection(
        host=parts.hostname, port=parts.port or (465 if safe else 587), username=unquote(parts.username or ""),
        password=unquote(parts.password or ""), use_ssl=safe, use_tls=not safe and bool(parts.username), timeout=20,
    )  # fmt: skip


def _addresses(path: Path) -> dict[tuple[str, str], list[str]]:
    found: dict[tuple[str, str], list[str]] = {}
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            for row in csv.reader(stream):
                if len(row) >= 3 and "@" in row[2]:
                    found.setdefault((row[0].strip(), row[1].strip() or "*"), []).append(row[2].strip())
    except (OSError, UnicodeDecodeError) as error:
        raise ImproperlyConfigured(f"SHANGLIANG_EMAIL_ADDRESSES: {error}") from None
    return found


# ── once a day ───────────────────────────────────────────────────────────────────────────────────────────────────────


def anchor(outcome: Outcome, on: date | None = None) -> None:
    """Each unit writes the heads of the books of its children, as far as they changed, into its own book: the lowest
    parents first, so that the county's entry of today covers the town's."""
    on = on or today()
    parents = Unit.objects.filter(children__isnull=False).distinct().values_list("id", "path")
    for unit, _ in sorted(parents, key=lambda p: (-len(p[1]), p[1])):
        key = f"anchor.{unit}.{on}"
        if Entry.objects.filter(key=key).exists():
            continue
        children = list(Unit.objects.filter(parent=unit).values_list("id", flat=True))
        heads = [head._asdict() for head in changed_heads(children, unit)]
        if heads and _perform(outcome, unit, Act("anchor", on, SYSTEM, {"heads": heads}, unit=unit, key=key)):
            outcome.anchored.append(unit)


def erase(outcome: Outcome, after_days: int, on: date | None = None) -> None:
    """Names and telephones of opinions and objections are erased when the matter ended ``after_days`` ago. Whoever still
    has to be told the answer in person or by telephone keeps theirs until then: nobody could find them otherwise."""
    on = on or today()
    over = Matter.objects.exclude(ended="").filter(ended_on__lte=on - timedelta(days=after_days))
    known = Q(name__isnull=False, name__erased_on=None) | Q(phone__isnull=False, phone__erased_on=None)
    found: dict[str, list[str]] = {}
    said = Opinion.objects.filter(known, matter__in=over)
    owed = Q(answer_by__in=("face", "phone"), told_on=None, matter__replies__isnull=False)
    outcome.waiting += said.filter(owed).distinct().count()
    objected = Objection.objects.filter(known, matter__in=over)
    told = said.exclude(pk__in=list(said.filter(owed).values_list("pk", flat=True)))
    for rows in (told, objected):
        pairs = rows.order_by("matter", "pk").values_list(
            "matter", "name", "name__erased_on", "phone", "phone__erased_on"
        )
        for matter, name, name_gone, phone, phone_gone in pairs:
            texts = found.setdefault(matter, [])
            texts += [t for t, gone in ((name, name_gone), (phone, phone_gone)) if t and gone is None]
    for matter, texts in found.items():
        for start in range(0, len(texts), TEXTS):
            lot = texts[start : start + TEXTS]
            act = Act("erase", on, SYSTEM, {"texts": lot, "ground": "term"}, subject=matter)
            if _perform(outcome, matter, act):
                outcome.erased += len(lot)


def _perform(outcome: Outcome, where: str, act: Act) -> bool:
    """One refused act must not keep the others from being done."""
    try:
        perform(act)
    except ShangliangError as error:
        outcome.problems.append((where, error.zh, error.en))
        return False
    return True


def count(with_daily: bool) -> int:
    """Brings the day facts up to date, so that no page has to: what has grown since, and once a day every book, whatever the
    mark says. Returns how many units were counted anew in the daily round."""
    if with_daily:
        return freshen_all()
    freshen(most=20_000)
    return 0


def daily(outcome: Outcome, chosen: Settings) -> None:
    anchor(outcome)
    erase(outcome, chosen.erase_after_days)
    outcome.swept += content.sweep()


def once(chosen: Settings, *, with_daily: bool = True) -> Outcome:
    outcome = Outcome()
    if with_daily:
        daily(outcome, chosen)
    deliver(outcome, chosen)
    count(with_daily)
    return outcome
