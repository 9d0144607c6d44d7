"""Doing a resident's act, and what to say when it cannot be done."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from shangliang.acts.act import PUBLIC, Act, Done, new_key, today
from shangliang.acts.perform import perform
from shangliang.errors import Conflict, Malformed, Refused, ShangliangError
from shangliang.procedure.say import NOTHING, Say
from shangliang.units.models import Unit
from shangliang.web.public.throttle import MOST, too_many

_KEY = re.compile(r"[0-9a-f]{24}")


@dataclass(frozen=True)
class Outcome:
    """What came of it: the act done, or every reason against it."""

    done: Done | None = None
    findings: Sequence[Any] = ()
    status: int = 200
    key: str = ""


@dataclass(frozen=True)
class Reason:
    """A reason of our own, in the shape of a finding."""

    say: Any
    satisfy: Any = NOTHING
    clause: Any = None


def send(
    request: HttpRequest, unit: Unit, name: str, data: dict[str, Any], subject: str | None = None
) -> Outcome:
    """Does a resident's act today. The key that came with the form makes a double tap one act."""
    if too_many(request):
        return Outcome(findings=(patience(unit),), status=429, key=key_of(request))
    key = key_of(request)
    act = Act(name, today(), PUBLIC, data, subject, None if subject else unit.id, key=key)
    try:
        return Outcome(perform(act)[0])
    except Refused as refused:
        return Outcome(findings=refused.findings, key=key)
    except Malformed as wrong:
        return Outcome(findings=[Reason(Say(p.zh, p.en)) for p in wrong.problems], key=key)
    except Conflict:  # sent before, then changed after going back: a matter of its own, if so wished
        return Outcome(findings=(_sent_before(),), key=new_key())
    except ShangliangError as error:
        return Outcome(findings=[Reason(Say(error.zh, error.en), _still_there())], key=key)


def key_of(request: HttpRequest) -> str:
    """The key the form carries, or a fresh one for a form that is shown first."""
    sent = request.POST.get("key", "")
    return sent if _KEY.fullmatch(sent) else new_key()


def patience(unit: Unit, most: int = MOST) -> Reason:
    """Why nothing more is taken from this address for a while, and what helps meanwhile."""
    return Reason(
        _(
            "From this network %(n)d things were sent within one hour. So that nobody floods the village, please wait."
        )
        % {"n": most},
        _("What you wrote is still here: send it again in an hour. Or tell us: %(place)s.")
        % {"place": where(unit)},
    )


def where(unit: Unit) -> str:
    """Where to go or ring when the network is no way."""
    return " ".join(t for t in (unit.address or unit.name, unit.telephone) if t)


def _still_there() -> str:
    return _("What you wrote is still here: please send it again.")


def _sent_before() -> Reason:
    return Reason(
        _("The first version of this has arrived already."),
        _("If you want to send the changed words as well, press the button once more."),
    )
