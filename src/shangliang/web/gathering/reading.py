"""What a closed box says: counts, and the opinion map made of it. The same for the desk and for the public page, which
shows less of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from shangliang.acts import answers
from shangliang.acts.answers import Ballot
from shangliang.acts.few import FEW, Count
from shangliang.cases import queries_gathering as read
from shangliang.cases.models_gathering import Gathering, Statement
from shangliang.web.gathering.words import RESULTS

if TYPE_CHECKING:
    from shangliang.consensus import OpinionMap, Point

MOST_POINTS = 8
"""Points of each kind that are carried to a meeting: an evening has no time for more."""
COMMON = 2 / 3
"""A point on which surely two of three agree, in every group, is written down as common beforehand. Fewer agree more or
less by chance, and whoever sees it differently should find it among what is open."""


@dataclass(frozen=True)
class Reading:
    """Statements as they are asked, what was said to each, and the map; no map of fewer than five people."""

    statements: dict[int, Statement]
    counts: dict[int, Count]
    opinions: OpinionMap | None
    alone: int  # voices whose answers nobody else gave in the same way

    def text(self, number: int) -> str:
        found = self.statements[number]
        return (found.text.text if found.text else "") or "—"

    def count(self, number: int) -> Count:
        return self.counts.get(number, Count())

    @property
    def agreed(self) -> list[Point]:
        return self._points("agreed")

    @property
    def common(self) -> list[Point]:
        """Points of agreement that are sure enough to be carried to the meeting without a further look."""
        return [p for p in self.agreed if p.low >= COMMON]

    @property
    def divided(self) -> list[Point]:
        """What divides people; what all agree on more or less warmly is no such point."""
        agreed = {p.statement for p in self.agreed}
        return [p for p in self._points("divided") if p.statement not in agreed]

    def _points(self, kind: str) -> list[Point]:
        """The points of one kind that enough people have answered."""
        found: list[Point] = list(getattr(self.opinions, kind)) if self.opinions else []
        return [p for p in found if self.count(p.statement).answered >= FEW][:MOST_POINTS]

    @property
    def grouped(self) -> bool:
        """Whether groups may be spoken of: there are some, and none of them is of few people."""
        groups = self.opinions.groups if self.opinions else ()
        return len(groups) > 1 and all(g.size >= FEW for g in groups)

    def of_group(self, group: int, number: int) -> Count:
        """What one group said to a statement."""
        assert self.opinions is not None
        at = int(self.opinions.statements.ids.searchsorted(number))
        f = self.opinions.figures
        agree, disagree = int(f.agree[group, at]), int(f.disagree[group, at])
        return Count(agree, disagree, int(f.answered[group, at]) - agree - disagree)


def read_box(gathering: Gathering) -> Reading:
    """Reads a closed box."""
    counts, opinions, alone = _mapped(gathering.pk, gathering.digest)
    return Reading({s.number: s for s in read.statements(gathering)}, counts, opinions, alone)


@lru_cache(maxsize=16)
def _mapped(gathering: str, digest: str) -> tuple[dict[int, Count], OpinionMap | None, int]:
    """Counts, map, rows that stand alone. A closed box does not change: its digest says which it is."""
    box = answers.ballots(gathering)
    alone = sum(n == 1 for n in Counter(box).values())
    return answers.count(box), _map(gathering, box), alone


def _map(gathering: str, box: list[Ballot]) -> OpinionMap | None:
    if len(box) < FEW:
        return None
    from shangliang.consensus import map_opinions  # loads for a second: only where a map is drawn

    asked = [s.number for s in read.statements(Gathering(pk=gathering))]
    rows = [(p, s, a) for p, ballot in enumerate(box, 1) for s, a in ballot]
    return map_opinions(*zip(*rows, strict=True), all_statements=asked)


def result(count: Count) -> dict[str, Any]:
    """What may be said of a statement: a state, a word, how many answered, and the numbers only where none of them is of
    few people."""
    state, word = RESULTS[count.word]
    return {"state": state, "word": _(word), "answered": count.answered if count.answered >= FEW else 0, "count": count if count.open else None,
            "bar": _bar(count) if count.open else None}  # fmt: skip


def _bar(count: Count) -> dict[str, str]:
    """The three parts of a bar, in percent of its width, written without a comma whatever the language."""
    n = count.answered
    agree, passed = 100 * count.agree / n, 100 * count.passed / n
    disagree = 100 * count.disagree / n
    return {
        "agree": f"{agree:.2f}%", "passed": f"{passed:.2f}%", "disagree": f"{disagree:.2f}%",
        "passed_at": f"{agree:.2f}%", "disagree_at": f"{agree + passed:.2f}%",
    }  # fmt: skip


def in_order(found: Reading) -> list[int]:
    """What most agree on first, then what divides, then the rest in the order of asking."""
    first = [p.statement for p in (*found.agreed, *found.divided)]
    return list(dict.fromkeys([*first, *found.statements]))


def said(found: Reading, number: int) -> dict[str, Any]:
    """What may be shown of one statement: of everybody, and of each group in a word only. No group has a size here: from
    the sizes a small rest could be counted."""
    groups = range(len(found.opinions.groups)) if found.grouped and found.opinions else ()
    return {
        "number": number, "text": found.text(number), **result(found.count(number)),
        "groups": [{"name": group_name(g), **result(found.of_group(g, number))} for g in groups],
    }  # fmt: skip


def group_name(n: int) -> str:
    return _("Group %(letter)s") % {"letter": "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[n % 26]}
