"""What the walks over the five ways ask for: data filled at random from what is there, by people right and wrong."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from tests.acts import voices, voices_made
from tests.acts.dongning.known import Ask
from tests.acts.systems.choosing import BODIES
from tests.acts.systems.hand_after import After
from tests.acts.systems.hand_before import Before
from tests.acts.systems.rows import Matter, Role, Row


class Hand(Before, After):
    """Asks for acts."""

    def data(self, name: str, m: Matter, today: date) -> dict[str, Any]:
        make: Callable[[Matter, date], dict[str, Any]] | None = getattr(self, f"_{name}", None)
        given = make(m, today) if make else {}
        if name in voices.NAMES:
            given = voices_made.made(self.chance, name, m.voices, today, sorted(self.o.posts))
        if given and self.rarely(14):
            given.pop(self.chance.choice(sorted(given)))
        return {k: v for k, v in given.items() if v is not None}

    def decider(self, m: Matter, row: Row) -> dict[str, Any] | None:
        """One of those the table names; now and then somebody else."""
        if self.rarely(10):
            return self.of(
                {"role": "grid_worker"}, {"body": self.of(*BODIES), "paper": "记录"}, None, {"role": "clerk"}
            )
        roles = [self.o.system.roles[r] for r in row.who]
        bodies = [b for r in roles for b in r.bodies]
        posts = [p for r in roles for p in self._posts(r, m.unit)]
        if not bodies and not posts:
            return self.of(None, {"role": "clerk"})
        if bodies and (not posts or self.chance.randrange(2)):
            where = (
                {"unit": m.asked_above}
                if row.who == ("town_party",) and m.asked_above and not self.rarely()
                else {}
            )
            return {
                "body": self.chance.choice(bodies),
                "paper": self.of("会议记录", "会议记录", "会议记录", None),
                "present": 5,
            } | where
        return {"post": self.chance.choice(posts)}

    def _posts(self, role: Role, unit: str) -> list[str]:
        here = role.town if unit == "hekou" else role.village
        return [p.id for p in self.o.posts.values() if p.unit == unit and p.role in here]

    def ask(self, m: Matter, name: str, row: Row | None, today: date, by: str) -> Ask:
        on = max(today, m.last) + timedelta(days=self.of(*[0] * 24, -3, 40))
        decided = self.decider(m, row) if row is not None else self.of(None, {"role": "grid_worker"})
        data = self.data(name, m, on)
        if name == "record_resolution" and not self.rarely():
            decided = None
        if name in ("take_up", "conclude") and m.rounds:
            g = self.o.meetings[m.rounds[-1].meeting]
            on = g.day if g.state == "held" else g.begun or max(m.last, g.day, today)
            on = max(on, m.last) if name == "conclude" and not self.rarely() else on
        asked = Ask(name, on, by, data, decided, subject=m.id)
        if not self.rarely(5):
            asked.reasons = dict.fromkeys(self._soft(), "如实说明。")
        return asked

    def _soft(self) -> list[str]:
        found = {
            r.gate
            for st in self.o.system.stages.values()
            for row in st.rows.values()
            for r in row.rules
            if r.soft
        }
        found |= {r.gate for st in self.o.system.stages.values() for r in (*st.leave, *st.enter) if r.soft}
        found |= {"TK1", "PB2", "RB2", "MT1b", "HR1", "HR2", "HR3", "OU1", "Z-G14", "S-E5"}
        return sorted(found | ({"hearing", "coordinate", "round"} if self.chance.randrange(3) else set()))
