"""What happened before a journey begins: acts, one JSON line each, through ``shangliang perform`` on the same data. One
process stays open for all of them."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date, timedelta
from typing import Any

CLERK = {"liuhe": "p-wang", "xinghua": "p-wu", "shuangqiao": "p-luo", "laoheishan": "p-su"}
LIAISON = {"liuhe": "p-zhang", "xinghua": "p-zhou", "shuangqiao": "p-deng"}
CLEAR = {"against_policy": False, "private_dispute": False, "unfair": False, "deep_division": False}


class Books:
    """``shangliang perform -`` at the other end of a pipe."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.environment = environment
        self.exported: dict[str, list[dict[str, Any]]] = {}

    def __enter__(self) -> Books:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "shangliang", "perform", "-"], env=self.environment,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        )  # fmt: skip
        return self

    def __exit__(self, *error: object) -> None:
        assert self.process.stdin and self.process.stdout
        self.process.stdin.close()
        self.process.wait(20)
        self.process.stdout.close()

    def do(self, **line: Any) -> dict[str, Any]:
        """Does one act; its entry. Fails with the reasons when it was refused."""
        assert self.process.stdin and self.process.stdout
        self.process.stdin.write(json.dumps(line, ensure_ascii=False) + "\n")
        self.process.stdin.flush()
        result = json.loads(self.process.stdout.readline())
        assert "entry" in result, (line, result)
        found: dict[str, Any] = result["entry"]
        return found

    def export(self, unit: str) -> list[dict[str, Any]]:
        """The entries of a book as its exported file has them, each with its digest."""
        made = subprocess.run(
            [sys.executable, "-m", "shangliang", "book", "export", unit], env=self.environment, capture_output=True,
            text=True, check=True,
        )  # fmt: skip
        _head, *lines = (json.loads(line) for line in made.stdout.splitlines())
        return [json.loads(e["text"]) | {"digest": e["digest"]} for e in lines if "text" in e]

    def posts(self, unit: str, *roles: str) -> list[str]:
        """The posts of a unit with these roles."""
        if unit not in self.exported:
            self.exported[unit] = self.export(unit)
        return [
            f"{unit}.{e['seq']}.0" for e in self.exported[unit]
            if e["act"] == "appoint" and e["data"]["role"] in roles
        ]  # fmt: skip


class Story:
    """One matter of a village, told in few words. Every step is a day later than the one before."""

    def __init__(self, books: Books, unit: str, ago: int) -> None:
        self.books, self.unit = books, unit
        self.day = date.today() - timedelta(days=ago)
        self.number = self.meeting = ""
        self.tasks: list[str] = []

    def later(self, days: int = 1) -> Story:
        self.day = min(self.day + timedelta(days=days), date.today())
        return self

    def now(self) -> Story:
        """The rest happens today, as what is done in the browser does."""
        self.day = date.today()
        return self

    def do(self, act: str, data: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
        line = {
            "act": act,
            "happened_on": self.day.isoformat(),
            "entered_by": CLERK[self.unit],
            "data": data or {},
        }
        about = {} if {"unit", "meeting"} & set(more) else {"matter": self.number}
        return self.books.do(**line | about | more)

    def said(self, words: str, **data: Any) -> Story:
        by = LIAISON[self.unit] if data.get("behalf") else "public"
        entry = self.do("intake", {"words": words, **data}, unit=self.unit, entered_by=by)
        self.number = entry["subject"].partition(":")[2]
        return self

    def screened(self, title: str, **data: Any) -> Story:
        self.later().do("put_forward", {"title": title})
        answers = {"discuss": "livelihood", **CLEAR, **data}
        self.later().do("screen", answers, decided_by="party_secretary")
        return self

    def approved(self) -> Story:
        self.later().do("study", {"note": "看了现场，问了附近的住户。", "present": 5})
        paper = {"body": "party", "paper": "支部会议记录"}
        self.later().do("approve", {"approved": True, "present": 4}, decided_by=paper)
        return self

    def called(self, in_days: int, *departments: str, convener: str = "party_secretary") -> Story:
        """A meeting is called, everybody is told."""
        posts = self.books.posts
        guests: list[dict[str, Any]] = [
            {"kind": "member", "post": p}
            for p in posts(self.unit, "party_secretary", "cppcc_member", "supervision_head", "council_member")
        ]
        guests += [{"kind": "department", "department": d, "letter": f"商请函〔{self.day.year}〕{n}号"}
                   for n, d in enumerate(departments, 90)]  # fmt: skip
        self.later()
        data = {
            "held_on": (self.day + timedelta(days=in_days)).isoformat(), "time": "19:00", "place": "村议事室",
            "convener": posts(self.unit, convener)[0], "recorder": posts(self.unit, "clerk")[0], "guests": guests,
        }  # fmt: skip
        self.meeting = self.do("convene", data, unit=self.unit)["subject"].partition(":")[2]
        self.do("table", {"meeting": self.meeting}, decided_by="party_secretary")
        self.do("give_notice", {"by": "all"}, meeting=self.meeting)
        return self

    def met(self, agreed: str, outcome: str = "consensus") -> Story:
        """The evening was held and entered."""
        secretary = {"decided_by": "party_secretary"}
        self.do("hold_meeting", {"others": 2}, meeting=self.meeting)
        self.do("take_up", {"meeting": self.meeting}, **secretary)
        data = {
            "meeting": self.meeting,
            "outcome": outcome,
            "agreed": agreed,
            "speech": "大家轮流说了各自的想法。",
        }
        self.do("conclude", data, **secretary)
        return self

    def given_out(self, *tasks: str, owner: str = "柳河村（示例）") -> Story:
        """The notice is drafted, the tasks are set."""
        self.later().do("draft_notice", {"text": f"协商结果：{'；'.join(tasks)}。"})
        due = (self.day + timedelta(days=30)).isoformat()
        data = {"tasks": [{"text": t, "owner": owner, "due": due} for t in tasks]}
        entry = self.do("set_tasks", data, decided_by="party_secretary")
        self.tasks = [f"{entry['book']}.{entry['seq']}.{n}" for n in range(len(tasks))]
        return self

    def posted(self) -> Story:
        witness = self.books.posts(self.unit, "supervision_head")[0]
        poster = self.books.posts(self.unit, "clerk")[0]
        self.do("post_notice", {"poster": poster, "witness": witness})
        return self

    def worked(self) -> Story:
        """All tasks are done and the work is reported as finished."""
        for task in self.tasks:
            self.do("report_progress", {"task": task, "state": "done", "note": "按约定做完。"})
        self.do("finish_work")
        return self

    def checked(self) -> Story:
        self.do("check_work", {"satisfied": True}, decided_by="supervision_head")
        return self

    def agreed(self, title: str, *points: str, **data: Any) -> Story:
        """From the four questions to the evening on which all agreed."""
        return self.screened(title, **data).approved().called(3).later(3).met("；".join(points))
