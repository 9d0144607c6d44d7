"""Several acts of one form: all of them or none, and every refusal of every matter at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django import forms
from django.db import transaction
from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from shangliang.acts.act import Act, Done
from shangliang.acts.perform import perform
from shangliang.errors import Conflict, Full, Malformed, NotFound, Refused
from shangliang.procedure.findings import Finding
from shangliang.procedure.model import Procedure
from shangliang.procedure.say import NOTHING, Say

REASON = "reason:"


class Part(NamedTuple):
    """The acts that belong to one matter; ``about`` is its name."""

    about: str
    acts: Sequence[Act]


class Said(NamedTuple):
    """One reason of a refusal, and the matter it is about."""

    about: str
    finding: Finding


@dataclass(frozen=True)
class Answer:
    done: Sequence[Done] = ()
    said: Sequence[Said] = ()
    problems: Sequence[tuple[str, str, str]] = ()

    @property
    def ok(self) -> bool:
        return not self.said and not self.problems


def carry_out(first: Sequence[Act], parts: Sequence[Part] = ()) -> Answer:
    """Performs the first acts and then those of every part, or nothing."""
    try:
        return Answer(done=perform(*first, *(act for part in parts for act in part.acts)))
    except Refused:
        return Answer(said=_every_reason(first, parts))
    except Malformed as error:
        return Answer(problems=error.problems)
    except (NotFound, Conflict, Full) as error:
        return Answer(said=[Said("", plain(error))])


def plain(error: NotFound | Conflict | Full) -> Finding:
    """An error that no rule brought, in the shape of a finding."""
    return Finding(type(error).__name__.lower(), None, "hard", "refused", Say(error.zh, error.en), NOTHING)


def _every_reason(first: Sequence[Act], parts: Sequence[Part]) -> list[Said]:
    """Tries the first acts alone, then each part after them, and takes everything back: ``perform`` stops at the first
    act that is refused, people want to hear about all their matters."""
    with transaction.atomic():
        said = _tried("", first)
        if not said:
            said = [s for part in parts for s in _tried(part.about, [*first, *part.acts])]
        transaction.set_rollback(True)
    return _once(said)


def _tried(about: str, acts: Iterable[Act]) -> list[Said]:
    acts = list(acts)
    if not acts:
        return []
    try:
        with transaction.atomic():
            perform(*acts)
            transaction.set_rollback(True)
    except Refused as error:
        return [Said(about, f) for f in error.findings if isinstance(f, Finding) and f.verdict != "noted"]
    except (NotFound, Conflict, Full) as error:
        return [Said(about, plain(error))]
    return []


def _once(said: Iterable[Said]) -> list[Said]:
    """The same sentence about two matters is said once, about neither."""
    found: dict[Any, Said] = {}
    for one in said:
        same = (one.finding.say, one.finding.gate)
        found[same] = one if same not in found or found[same].about == one.about else Said("", one.finding)
    return list(found.values())


def refused(form: forms.Form, answer: Answer, names: Mapping[str, str | None]) -> Sequence[Said]:
    """Puts what was malformed at its fields (``names``: path in the act → field of the form) and opens a field for the
    reason of each soft gate. Returns what the page shows above the form."""
    for path, zh, en in answer.problems:
        words = en if (get_language() or "zh").startswith("en") else zh
        form.add_error(names.get(path.split(".")[0]), words)
    ask_reasons(
        form, [s.finding.gate for s in answer.said if s.finding.code == "reason_needed" and s.finding.gate]
    )
    return answer.said


def ask_reasons(form: forms.Form, gates: Iterable[str]) -> None:
    for gate in gates:
        form.fields.setdefault(
            REASON + gate,
            forms.CharField(label=_("Why is it done all the same?"), max_length=2000, required=False,
                            widget=forms.Textarea(attrs={"rows": 2})),
        )  # fmt: skip


def reasons_asked(posted: QueryDict | None) -> list[str]:
    """The gates whose reasons the form already asked for."""
    return [name.removeprefix(REASON) for name in posted or () if name.startswith(REASON)][:20]


def reasons(form: forms.Form) -> dict[str, str]:
    return {n.removeprefix(REASON): v for n, v in form.cleaned_data.items() if n.startswith(REASON) and v}


def reasons_for(procedure: Procedure, act: str, given: Mapping[str, str]) -> dict[str, str]:
    """The reasons that belong to gates this act can meet, so that no entry keeps a reason for something else."""
    met = (
        {
            gate.id
            for flow in procedure.flows.values()
            for stage in flow.stages.values()
            if (offered := stage.act(act)) is not None
            for gate in (*stage.gates, *offered.gates)
        }
        | {gate.id for gate in procedure.gates}
        | {f.id for f in procedure.flows.values() if f.unfinished}
    )
    return {gate: why for gate, why in given.items() if gate in met}
