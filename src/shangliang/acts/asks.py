"""What can be done with a matter now, and why not the rest: ``explain`` asked with the matter's facts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from shangliang.acts import rulebooks
from shangliang.acts.act import today
from shangliang.acts.facts import gather
from shangliang.acts.position import position_of
from shangliang.cases.models import Matter
from shangliang.procedure import judge
from shangliang.procedure.clocks import Due
from shangliang.procedure.conditions import all_hold
from shangliang.procedure.judge import Finding
from shangliang.procedure.model import Role, StageAct
from shangliang.procedure.say import Say, listed
from shangliang.procedure.vocabulary import CONDITIONS


@dataclass(frozen=True, slots=True)
class Ask:
    """One act that belongs to where the matter stands. ``blocked`` holds what stands in its way whatever is filled in;
    what is merely not filled yet does not block."""

    act: StageAct
    roles: tuple[Role, ...]
    blocked: tuple[Finding, ...]
    clocks: tuple[Due, ...]

    @property
    def name(self) -> str:
        return self.act.name

    @property
    def title(self) -> Say:
        return self.act.title

    @property
    def who(self) -> Say:
        return listed([r.name for r in self.roles])


def may_come(matter: Matter, name: str) -> bool:
    """Whether the procedure offers this act where the matter stands, whatever its gates say."""
    procedure, position = rulebooks.pinned(matter.procedure, matter.version), position_of(matter)
    found = [o.act.when for o in judge.offers(procedure, position) if o.act.name == name]
    if not all(found):
        return bool(found)
    asked = frozenset(n for when in found for c in when for n in CONDITIONS[c].needs)
    facts = gather(matter, matter.unit, today(), None, asked) if asked else None
    return facts is not None and any(all_hold(when, facts) is not False for when in found)


def asks(matter: Matter, on: date | None = None) -> list[Ask]:
    """Every act offered now, in the order of the rulebook. The record is taken to verify: only the archive looks."""
    on = max(on or today(), matter.last_on)
    procedure = rulebooks.pinned(matter.procedure, matter.version)
    position = position_of(matter)
    sound = {"chain_ok": True, "digests_ok": True}
    facts = gather(matter, matter.unit, on, None, judge.needs(procedure, position) - sound.keys(), sound)
    return [
        Ask(
            found.offer.act,
            tuple(procedure.roles[r] for r in found.offer.act.who),
            tuple(f for f in found.findings if f.level == "hard" and f.verdict == "refused"),
            found.clocks,
        )
        for found in judge.explain(procedure, position, facts)
    ]
