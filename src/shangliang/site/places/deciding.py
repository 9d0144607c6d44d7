"""Few words for many acts under 一征三议两公开 and 四议两公开: adopting the rulebook, asking, proposing, resolving, publishing
twice."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from shangliang.acts.act import SYSTEM, Act
from shangliang.acts.perform import perform
from shangliang.procedure.loader import procedure
from shangliang.site.places.telling import Scribe
from shangliang.site.telling import Days

SUPERVISOR = {"role": "supervision_head"}


def adopt(days: Days, unit: str, ident: str, body: str, number: str) -> None:
    """The unit adopts a shipped rulebook, its whole text in the record."""
    found = procedure(ident)
    data = {"procedure": ident, "version": found.version, "text": found.text, "body": body, "number": number}
    perform(Act("adopt_rulebook", days.now.date(), SYSTEM, data, subject=unit, unit=unit), clock=days)


class Clerk(Scribe):
    """The clerk of a community or village that decides step by step."""

    party = {"body": "party", "paper": "党组织会议记录", "present": 5}
    committees = {"body": "two_committees", "paper": "“两委”会议记录", "present": 7}
    members = {"body": "party_members", "paper": "党员大会记录"}

    def __init__(self, days: Days, unit: str, clerk: str) -> None:
        super().__init__(days, unit, clerk, "party_secretary")

    def ago(self, days: int) -> str:
        return self.days.ago(days).isoformat()

    def raise_(self, words: str, title: str, category: str, touches: Sequence[str] = (), **more: Any) -> None:
        """Said by a resident, named, and found to be one that must be decided in this way."""
        self.say(words, kind="demand", channel="visit")
        self.do("put_forward", {"title": title})
        data = {"in_scope": True, "category": category, "touches": list(touches), **more}
        self.do("admit", data, decided=self.convener)

    def ask(self, topic: str, *heard: tuple[str, str, int, str]) -> None:
        """一征: what people are asked, and what each group said."""
        methods = sorted({method for _, method, *_ in heard} or {"visit", "talk"})
        self.do("open_collecting", {"topic": topic, "methods": methods}, decided=self.party)
        for group, method, count, words in heard:
            self.do("enter_heard", {"group": group, "method": method, "count": count, "words": words})

    def sum_up(self, summary: str) -> None:
        studied = self.days.now.date().isoformat()
        self.do("close_collecting", {"summary": summary, "party_study_on": studied}, decided=self.party)

    def propose(self, plan: str, cited: int, form: str, **more: Any) -> None:
        data = {"plan": plan, "cited": cited, "form": form, "present": 7, "votes_for": 7, **more}
        self.do("propose_plan", data, decided=self.committees)

    def deliberate(self, in_days: int) -> None:
        self.call(in_days, place="社区会议室", departments=["辖区学校党支部"])

    def agreed(self, outcome: str, agreed: str | None, reserved: str | None = None) -> None:
        self.open_session(8)
        self.conclude(outcome, agreed, reserved)

    def resolve(self, total: int, present: int, votes_for: int, paper: str, **more: Any) -> None:
        """The representatives' meeting, called five days before and studied by the party organisation."""
        today = self.days.now.date()
        data = {
            "body": "representatives", "notice_on": (today - timedelta(days=5)).isoformat(),
            "party_study_on": (today - timedelta(days=6)).isoformat(), "authorised_by": "年度授权决定", "total": total,
            "present": present, "votes_for": votes_for, "against": present - votes_for, "paper": paper, **more,
        }  # fmt: skip
        self.do("record_resolution", data, decided={"body": data["body"], "paper": paper})

    def effects(self, amount: int, *items: tuple[str, int, str]) -> None:
        found = [{"what": what, "hundredths": number * 100, "unit": unit} for what, number, unit in items]
        self.do("record_effects", {"amount": amount, "effects": found}, decided=self.convener)

    def appraise(self, topic: str) -> None:
        today = self.days.now.date().isoformat()
        self.do(
            "set_appraisal", {"topic": topic, "called_for": today, "place": "社区会议室"}, decided=SUPERVISOR
        )
        self.do("call_appraisal", {"count": 40}, decided=SUPERVISOR)
        said = {
            "present": 36,
            "satisfied": 29,
            "mostly": 5,
            "unsatisfied": 2,
            "words": "管子不漏了；路面有两处没有补平。",
        }
        self.do("hold_appraisal", said, decided=SUPERVISOR)
        self.do("show_appraisal", {"place": "公开栏"}, decided=SUPERVISOR)
        self.do("answer_appraisal", {"answer": "两处路面本周补平。"}, decided=self.convener)

    def archive(self, note: str, by: str, shelf: str) -> None:
        self.do("keep_paper", {"kind": "assembly_papers", "place": shelf, "pages": 12})
        self.do("reply", {"text": f"{note}谢谢您提的意见。"}, decided=self.convener)
        self.do("close", {"result": "solved", "note": note}, decided=self.convener)
        self.do("accept_archive", {"shelf": shelf}, by=by, decided={"role": "archivist"})
