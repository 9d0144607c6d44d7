"""How words, dates and digests are written for whoever reads the page. A text may be a string or anything with ``zh`` and
``en`` (a rule's own words), and shows in the reader's language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, ngettext

from shangliang.procedure.say import Say

DOT = SafeString('<i class="dot"> </i>')
"""Parts what stands on one line; drawn by the style sheet, and not where the line breaks at it."""

_MONTHS: tuple[str, ...] = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
)
_MONTHS += ("November", "December")


def attribute(thing: Any, name: str, default: Any = None) -> Any:
    """What a mapping or an object has under a name."""
    return thing.get(name, default) if isinstance(thing, Mapping) else getattr(thing, name, default)


def _is_chinese() -> bool:
    return (get_language() or "zh").startswith("zh")


def say(text: Any) -> Any:
    """The ``zh`` or ``en`` of a text in both languages, by the reader's language; any other value as is."""
    if text is None:
        return ""
    if isinstance(text, Mapping) and "zh" in text:
        return text["zh"] if _is_chinese() else text.get("en") or text["zh"]
    if hasattr(text, "zh"):
        return text.zh if _is_chinese() else getattr(text, "en", "") or text.zh
    return text


def date_of(value: Any) -> date | None:
    """The day that a date, a datetime (in local time) or an ISO text names."""
    if isinstance(value, datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    if isinstance(value, str) and value:
        return date.fromisoformat(value[:10])
    return value if isinstance(value, date) else None


def day(value: Any) -> str:
    """2026年11月22日, or 22 November 2026. Takes a date, a datetime (shown in local time) or an ISO text."""
    d = date_of(value)
    return "" if d is None else str(say(day_said(d)))


def day_said(d: date) -> Say:
    """A date as people write it, in both languages, for sentences that are kept in both."""
    return Say(f"{d.year}年{d.month}月{d.day}日", f"{d.day} {_MONTHS[d.month - 1]} {d.year}")


def month(value: Any) -> str:
    """2026年11月, or November 2026."""
    d = date_of(value)
    return "" if d is None else str(say(Say(f"{d.year}年{d.month}月", f"{_MONTHS[d.month - 1]} {d.year}")))


def day_left(due: Any, today: Any) -> str:
    """The deadline and what is left of it: “11月29日前，还剩 5 天”. The year only when it is not today's."""
    due_on, now = date_of(due), date_of(today)
    if due_on is None or now is None:
        return day(due)
    text = day(due_on)
    if due_on.year == now.year:
        text = text.split("年", 1)[1] if _is_chinese() else text.rsplit(" ", 1)[0]
    left = (due_on - now).days
    if left == 0:
        return gettext("by %(day)s, today is the last day") % {"day": text}
    if left > 0:
        return ngettext("by %(day)s, %(n)d day left", "by %(day)s, %(n)d days left", left) % {
            "day": text,
            "n": left,
        }
    return ngettext("was due on %(day)s, %(n)d day ago", "was due on %(day)s, %(n)d days ago", -left) % {
        "day": text,
        "n": -left,
    }


_ARTICLE = re.compile(r"[A-Z]+(\d+)\Z")


def source(clause: Any) -> Any:
    """Where a clause stands, as people name it: the document, and the article of a law. Ids stay inside."""
    title, cite = attribute(clause, "title", ""), attribute(clause, "cite", "")
    article = _ARTICLE.match(cite) if isinstance(cite, str) else None
    if not title or attribute(clause, "origin") != "law" or article is None:
        return title or ("" if article else cite)
    return Say(f"{title}第{article[1]}条", f"{title} art. {article[1]}")


def hexshort(digest: Any) -> str:
    """The first eight digits of a digest, for reading aloud: ``sha256:3f7a91c2…`` → ``3f7a 91c2``."""
    digits = str(digest or "").rpartition(":")[2]
    return f"{digits[:4]} {digits[4:8]}".strip()


def show(value: Any) -> Any:
    """A value as people read it: dates written out, texts in the reader's language, yes and no."""
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    return day(value) if isinstance(value, date) else say(value)


def dotted(text: Any) -> SafeString:
    """A line of parts with " · " between them, each of those a ``DOT``; parts that say nothing are left out."""
    parts = (part.strip() for part in str(text).split(" · "))
    return format_html_join(DOT, "{}", ((part,) for part in parts if part))


def first_line(text: Any) -> str:
    """The part of a choice's label before the line break."""
    return str(text).partition("\n")[0]


def other_lines(text: Any) -> str:
    """The part of a choice's label after the line break: its explanation."""
    return str(text).partition("\n")[2]
