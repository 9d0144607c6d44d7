"""What stands against resolutions, reports upward and publication."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from tests.acts.dongning.counting import quorum
from tests.acts.dongning.entitled import Entitled
from tests.acts.dongning.known import Ask, Decided, Topic
from tests.acts.dongning.tables import ABOVE, BODIES, DEPARTMENTS, LEVEL, VILLAGE_SUBJECTS


class Results(Entitled):
    """From the meeting of the law to the board."""

    def _record_resolution(self, ask: Ask, topic: Topic, decided: Decided | None) -> Iterator[str]:
        yield from self._at(topic, "statutory")
        yield from self.lawful(ask, topic, decided)

    def lawful(self, ask: Ask, topic: Topic, decided: Decided | None) -> Iterator[str]:
        """By the organic laws of village and collective, as they stand in 2026: the body, its notice, its quorum."""
        d, body = ask.data, ask.data["body"]
        if decided is None or decided.body != body:
            yield "another body decided"
        if (
            d["present"] > d["total"]
            or d["votes_for"] + d.get("against", 0) + d.get("abstained", 0) > d["present"]
        ):
            yield "the numbers cannot be"
        if body not in BODIES:
            yield "the law knows no such meeting in a village"
            return
        days, excusable, delegated = BODIES[body]
        sent = date.fromisoformat(d["notice_on"]) if d.get("notice_on") else None
        ahead = (ask.on - sent).days if sent else -1
        if days is not None and ahead < days and not (excusable and d.get("special_reason")):
            yield "the notice was too short"
        if days is None and ahead < 3 and not self._reason(ask, "MT1b"):
            yield "the notice was short, and nobody says why"
        studied = body in ("assembly", "representatives", "collective_assembly")
        if studied and (not d.get("party_study_on") or date.fromisoformat(d["party_study_on"]) > ask.on):
            yield "the party organisation studies it first"
        if delegated and not d.get("authorised_by"):
            yield "the representatives need their authorisation"
        given = [VILLAGE_SUBJECTS[t] for t in topic.touches if t in VILLAGE_SUBJECTS]
        fit = set.intersection(*given) if given else set()
        if given and body not in (fit or set().union(*given)):
            yield "the law gives it to another body"
        if d["present"] < quorum(body, d.get("basis"), d["total"]):
            yield "too few came"

    def _report_up(self, ask: Ask, topic: Topic, decided: Decided | None) -> Iterator[str]:
        yield from self._at(topic, "above")
        if decided is None or decided.body != "party":
            yield "the party organisation reports"
        yield from self.upward(ask, topic)

    def upward(self, ask: Ask, topic: Topic) -> Iterator[str]:
        """It goes to a unit above, or to a department beside or above."""
        to = ask.data.get("to_unit") or ABOVE[topic.unit][0]
        beside = to in DEPARTMENTS and ABOVE[to][0] in ABOVE[topic.unit]
        if to not in ABOVE[topic.unit] and not beside:
            yield "that is not above"

    def _record_return(self, ask: Ask, topic: Topic, decided: Decided | None) -> Iterator[str]:
        yield from self._at(topic, "above")
        if decided is None or decided.body not in ("party", "town_party", "department"):
            yield "a body of the unit above answers"
        elif decided.unit != topic.asked:
            yield "nothing was asked of that unit"

    def _draft_notice(self, ask: Ask, topic: Topic, decided: Decided | None) -> Iterator[str]:
        if topic.notice != "draft":
            yield "there is nothing to draft"
        yield from self._by(topic, decided, "clerk")
        if re.search(r"1[3-9]\d{9}", ask.data["text"]) and not (
            ask.data.get("consent") or ask.data.get("legal_basis")
        ):
            yield "it names somebody's telephone"

    def _exempt_notice(self, ask: Ask, topic: Topic, decided: Decided | None) -> Iterator[str]:
        if topic.notice != "draft":
            yield "there is nothing to exempt"
        yield from self._by(topic, decided, "clerk", body="party")

    def _post_notice(self, ask: Ask, topic: Topic, decided: Decided | None) -> Iterator[str]:
        if topic.notice != "posting":
            yield "there is nothing to post"
        yield from self._by(topic, decided, "clerk")
        d = ask.data
        board, poster, witness = d.get("board", True), d.get("poster"), d.get("witness")
        if not board and not d.get("online", True):
            yield "posted nowhere"
        if any(p and p not in self.posts for p in (poster, witness)):
            yield "there is no such post"
        if poster and poster == witness:
            yield "nobody witnesses himself"
        if not (board and poster) and not self._reason(ask, "PB2"):
            yield "not on the board by somebody named, and nobody says why"

    def _object(self, ask: Ask, topic: Topic, decided: Decided | None) -> Iterator[str]:
        if topic.notice != "board":
            yield "nothing hangs on the board"

    def _answer_objection(self, ask: Ask, topic: Topic, decided: Decided | None) -> Iterator[str]:
        if topic.notice not in ("board", "answers"):
            yield "nothing is published"
        yield from self._by(topic, decided, "clerk")
        if topic.objections.get(ask.data["objection"]) != "open":
            yield "there is no such open objection"

    def _take_down(self, ask: Ask, topic: Topic, decided: Decided | None) -> Iterator[str]:
        if topic.notice != "board":
            yield "nothing hangs on the board"
            return
        yield from self._by(topic, decided, "clerk")
        start = topic.notices[-1].start
        if LEVEL[topic.unit] == "village" and (start is None or (ask.on - start).days < 15):
            yield "fifteen days are not over"
