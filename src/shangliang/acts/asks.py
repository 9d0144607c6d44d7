"""What can be done with a matter now, and why not the rest: ``judge`` asked for each act that its stage offers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from shangliang.acts import rulebooks
from shangliang.acts.act import today
from shangliang.acts.facts import gather
from shangliang.acts.scene import position_of
from shangliang.cases.models import Matter
from shangliang.procedure.facts import ActFacts, Decider, Facts
from shangliang.procedure.judge import Finding, Offer, judge, needs, offers
from shangliang.procedure.model import Procedure, Role
from shangliang.procedure.say import Say, listed


@dataclass(frozen=True, slots=True)
class Ask:
    """One act that belongs to where the matter stands. ``blocked`` holds what stands in its way whatever is filled in;
    what is merely not filled yet does not block."""

    offer: Offer
    roles: tuple[Role, ...]
    blocked: tuple[Finding, ...]

    @property
    def name(self) -> str:
        return self.offer.act.name

    @property
    def title(self) -> Say:
        return self.offer.act.title

    @property
    def who(self) -> Say:
        return listed([r.name for r in self.roles])

    @property
    def moves(self) -> bool:
        return self.offer.act.moves


def asks(matter: Matter, on: date | None = None) -> list[Ask]:
    """Every act offered now, in the order of the rulebook."""
    on = on or today()
    procedure = rulebooks.pinned(matter.procedure, matter.version)
    position = position_of(matter)
    offered = offers(procedure, position)
    wanted = frozenset().union(*(needs(procedure, position, o.act.name) for o in offered)) - {
        "chain_ok",
        "digests_ok",
    }
    facts = gather(matter, matter.unit, on, None, frozenset(wanted), {"chain_ok": True, "digests_ok": True})
    return [_ask(procedure, matter, facts, offer) for offer in offered]


def _ask(procedure: Procedure, matter: Matter, facts: Facts, offer: Offer) -> Ask:
    roles = tuple(procedure.roles[r] for r in offer.act.who)
    unit = facts.unit
    decider = Decider(
        unit.id, unit.level, body=next(iter(roles[0].bodies), None), post=_post(roles[0], unit.level)
    )
    given = {"meeting": facts.meeting.id} if facts.meeting else {}
    asked = ActFacts(offer.act.name, max(facts.today, matter.last_on), decider, given)
    found = judge(procedure, position_of(matter), replace_act(facts, asked))
    blocked = tuple(
        f for f in found.findings if f.verdict == "refused" and f.code == "gate" and f.level == "hard"
    )
    return Ask(offer, roles, blocked)


def _post(role: Role, level: str) -> str | None:
    held = role.posts.get(level, ())
    return held[0] if held else None


def replace_act(facts: Facts, act: ActFacts) -> Facts:
    from dataclasses import replace

    return replace(facts, act=act)
