"""What stands against the tasks, the file, what residents are told, and against mending."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from tests.acts import voices
from tests.acts.dongning.entitled import Entitled
from tests.acts.dongning.known import Ask, Decided, Topic
from tests.acts.dongning.tables import ABOVE, CORRECTABLE, EXCEPTIONS


class Work(Entitled):
    """From the tasks to the archive, and mending."""

    def _set_tasks(self, ask: Ask, topic: Topic, decided: Decided | None) -> Iterator[str]:
        if topic.work != "tasks":
            yield "tasks are not due"
        yield from self._by(topic, decided)
        if any(not t.get("due") for t in ask.data["tasks"]) and not self._reason(ask, "TK1"):
            yield "a task has no day, and nobody says why"

    def _report_progress(self, ask: Ask, topic: Topic, decided: Decided | None) -> Iterator[str]:
        again = topic.stage in ("carrying", "closing", "archiving") and topic.unfinished
        if topic.work != "work" and not again:
            yield "no work is under way"
        yield from self._by(topic, decided, "department_head", "clerk")
        if ask.data["task"] not in topic.tasks:
            yield "there is no such task"

    def _finish_work(self, ask: Ask, topic: Topic, decided: Decided | None) -> Iterator[str]:
        if topic.work != "work":
            yield "no work is under way"
        yield from self._by(topic, decided, "department_head", "clerk")
        if topic.unfinished:
            yield "a task is neither done nor explained"

    def _check_work(self, ask: Ask, topic: Topic, decided: Decided | None) -> Iterator[str]:
        if topic.work != "check" and not (topic.stage == "closing" and topic.unfinished):
            yield "there is nothing to check"
        if not self._by_post(decided, "supervision_head", "supervision_member"):
            yield "the supervision committee checks"

    def _close(self, ask: Ask, topic: Topic, decided: Decided | None) -> Iterator[str]:
        yield from self._at(topic, "closing")
        yield from self._by(topic, decided)
        if not (ask.data.get("result") and ask.data.get("note")) and not self._reason(ask, "D-G12"):
            yield "nobody says how it ended, nor why not"
        if ask.data.get("result") == "solved" and topic.unfinished:
            yield "what is not finished is not solved"

    def _accept_archive(self, ask: Ask, topic: Topic, decided: Decided | None) -> Iterator[str]:
        yield from self._at(topic, "archiving")
        if not self._by_post(decided, "archivist"):
            yield "the archivist takes it over"
        if topic.stage == "archiving" and not self._file_complete(topic) and not self._let_pass(topic, "AR1"):
            yield "papers are missing"
        if topic.result == "solved" and topic.unfinished:
            yield "what is not finished is not solved"

    def _return_file(self, ask: Ask, topic: Topic, decided: Decided | None) -> Iterator[str]:
        yield from self._at(topic, "archiving")
        if not self._by_post(decided, "archivist"):
            yield "the archivist gives it back"

    def _voices(self, ask: Ask, topic: Topic, decided: Decided | None) -> Iterator[str]:
        if ask.name in voices.CONVENER and (problem := self._by_convener(topic, decided)):
            yield problem
        yield from voices.against(self, ask, topic)

    def _reply(self, ask: Ask, topic: Topic, decided: Decided | None) -> Iterator[str]:
        if topic.stage == "refusal":
            yield from self._by(topic, decided)
            if not ask.data.get("redirect") and not self._reason(ask, "D-G13"):
                yield "nobody says where to go with it, nor why not"

    def _told(self, ask: Ask, topic: Topic, decided: Decided | None) -> Iterator[str]:
        if ask.data["opinion"] not in topic.opinions:
            yield "nobody said this here"

    def _confirm(self, ask: Ask, topic: Topic, decided: Decided | None) -> Iterator[str]:
        if topic.ended or not (topic.tasks or topic.result):
            yield "too early, or too late"

    def _withdraw(self, ask: Ask, topic: Topic, decided: Decided | None) -> Iterator[str]:
        yield from ()

    def _keep_paper(self, ask: Ask, topic: Topic, decided: Decided | None) -> Iterator[str]:
        yield from ()

    def _erase(self, ask: Ask, topic: Topic, decided: Decided | None) -> Iterator[str]:
        if any(t.startswith("no-") for t in ask.data["texts"]):
            yield "there is no such text"

    def _override(self, ask: Ask, topic: Topic, decided: Decided | None) -> Iterator[str]:
        if ask.data["gate"] not in EXCEPTIONS:
            yield "there is no exception from this"
        if (
            decided is None
            or decided.body not in ("party", "town_party")
            or decided.unit != ABOVE[topic.unit][0]
        ):
            yield "only the party committee of the unit above allows exceptions"

    def _correct(self, ask: Ask, topic: Topic, decided: Decided | None) -> Iterator[str]:
        d = ask.data
        act, subject, _ = self.entries.get(f"{topic.unit}.{d['entry']}", ("", "", {}))
        if subject != topic.id and subject not in {r.meeting for r in topic.rounds}:
            yield "that entry is not about this matter"
        elif d["field"] not in CORRECTABLE.get(act, ()):
            yield "this cannot be corrected"
        elif not self._fits(d["field"], d.get("value", ""), d.get("text")):
            yield "the value does not fit"
        elif d["field"] == "until":
            entry = f"{topic.unit}.{d['entry']}"
            yield from voices.another_day(ask, topic, entry, date.fromisoformat(d["value"]))

    def _fits(self, name: str, value: str, text: str | None) -> bool:
        if name == "title":
            return bool(text) and len(text or "") <= 60
        if name == "dispute":
            return value in ("small", "large")
        if name == "result":
            return value in ("solved", "partly", "unsolved")
        if name in ("others", "pages"):
            least, most = (0, 10_000) if name == "others" else (1, 10_000)
            return value.isdigit() and least <= int(value) <= most
        if name in ("happened_on", "until"):
            return bool(re.fullmatch(r"2026-\d\d-\d\d", value))
        if name == "time":
            return bool(re.fullmatch(r"(([01]\d|2[0-3]):[0-5]\d)?", value))
        return len(value) <= 80 and (name == "department" or bool(value.strip()))

    def _acknowledge(self, ask: Ask, topic: Topic, decided: Decided | None) -> Iterator[str]:
        if ask.data["flag"] not in topic.flags:
            yield "there is no such flag"
        if decided is None or decided.role not in ("party_secretary", "deputy_party_secretary"):
            yield "the secretary or the deputy takes note"
