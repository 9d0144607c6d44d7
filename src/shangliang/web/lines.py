"""Entries of the record as lines that people read: when, who in which post, what."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from shangliang.acts.act import PUBLIC, SYSTEM
from shangliang.acts.vocabulary import Catalogue
from shangliang.people.roles import BODIES, ROLES
from shangliang.procedure.say import Say
from shangliang.record.models import Entry


def record_lines(entries: Iterable[Entry]) -> list[dict[str, Any]]:
    """One line an entry, the first first. Nothing personal: posts and bodies, no names."""
    return [_line(e, json.loads(e.text)) for e in entries]


def _line(entry: Entry, body: dict[str, Any]) -> dict[str, Any]:
    spec = Catalogue.acts.get(entry.act)
    return {
        "seq": entry.seq,
        "act": entry.act,
        "happened": entry.happened_on,
        "entered": entry.entered_at,
        "who": who(body),
        "say": Say(spec.zh, spec.en) if spec else Say(entry.act, entry.act),
        "digest": entry.digest,
        "corrects": bool(spec and spec.corrects),
        "flow": body.get("flow", {}),
    }


def who(body: dict[str, Any]) -> Any:
    """The post or body that decided; the public where a resident spoke."""
    decided = body["who"].get("decided") or {}
    if name := decided.get("body"):
        return BODIES.get(name, name)
    if role := decided.get("role"):
        return ROLES.get(role, role)
    return {PUBLIC: _("A resident"), SYSTEM: _("The system")}.get(body["by"], _("Clerk"))
