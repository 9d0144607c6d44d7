"""What the walks ask people, and whom they choose: as a rule it fits, now and then it does not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache
from random import Random
from types import SimpleNamespace
from typing import Any

from tests.acts.dongning.known import Topic
from tests.acts.lots import NAMES as NUMBERED
from tests.acts.lots import followed, lottery
from tests.acts.voices import NAMES, Lottery, Voices

VIEWS = ("先修主路。", "今年就动工。", "每户出一个工。")
PANELS = cache(lottery)


def made(chance: Random, name: str, v: Voices, on: date, posts: list[str]) -> dict[str, Any]:
    """Data of an act of asking or choosing, from what is there. ``posts``: who may be named."""
    return globals()[f"_{name}"](chance, v, on, posts)  # type: ignore[no-any-return]


def fitting(chance: Random, t: Topic) -> Sequence[str]:
    """Names of acts that can be done now; one time in four of any."""
    v, early = t.voices, t.shown and "consulted" not in t.marks
    if chance.randrange(4) == 0:
        return NAMES
    names = ["name_participants", "announce_lots", "open_survey"]
    if v.running is not None:
        waiting = any(state == "waiting" for state, _ in v.running.statements.values())
        names += ["propose_statement", "issue_slips", "screen_statement"]
        names += ["screen_statement"] * 4 if waiting else ["close_gathering"] * 2
    elif early:
        names += ["open_gathering"] * 4 + ["carry_points"] * (12 if v.boxes else 0)
    if any(v.surveys.values()):
        names += ["enter_paper_totals", "close_survey"]
    return names + (["draw_lots"] * 4 if v.lots and v.lots[-1].drawn is None else [])


def _rarely(chance: Random) -> bool:
    return chance.randrange(8) == 0


def _one(chance: Random, known: Any) -> str:
    known = list(known)
    return chance.choice(known) if known and not _rarely(chance) else "liushu.999.0"


def _open_gathering(chance: Random, v: Voices, on: date, posts: list[str]) -> dict[str, Any]:
    texts = chance.choice((VIEWS, VIEWS[:1], VIEWS[:2], (*VIEWS[:1], VIEWS[0]) if _rarely(chance) else VIEWS))
    until = on + timedelta(days=chance.choice((0, 0, 0, 0, 0, 1, 2, -2)))
    invited = (
        {"voice": "invited", "slips": chance.choice((0, 20, 20, 20, 4999))}
        if chance.randrange(3) == 0
        else {}
    )
    private = chance.randrange(30)
    spoken = [{"text": t + ("打13912345678" if n == private else "")} for n, t in enumerate(texts)]
    return {"statements": spoken, "until": until.isoformat(), "own": chance.randrange(4) > 0, **invited}


def _propose_statement(chance: Random, v: Voices, on: date, posts: list[str]) -> dict[str, Any]:
    return {"text": "留一条走路的道。" + ("打13912345678" if _rarely(chance) else "")}


def _screen_statement(chance: Random, v: Voices, on: date, posts: list[str]) -> dict[str, Any]:
    known = v.boxes[-1].statements if v.boxes else {}
    waiting = [i for i, (state, _) in known.items() if state == "waiting"]
    shown = chance.randrange(2) == 0
    data: dict[str, Any] = {"statement": _one(chance, waiting or known), "shown": shown}
    if shown == _rarely(chance):
        data["reason"] = chance.choice(("repeats", "off_topic", "other"))
    if chance.randrange(4) == 0 and not shown:
        data["note"] = "和第2条说的是一件事。"
    return data


def _issue_slips(chance: Random, v: Voices, on: date, posts: list[str]) -> dict[str, Any]:
    return {"count": chance.choice((1, 2, 20))}


def _close_gathering(chance: Random, v: Voices, on: date, posts: list[str]) -> dict[str, Any]:
    return {}


def _carry_points(chance: Random, v: Voices, on: date, posts: list[str]) -> dict[str, Any]:
    return chance.choice(
        ({"agreed": "留排水沟。"}, {"divided": "先修哪头。"}, {"agreed": "找13912345678。"}, {})
    )


def _open_survey(chance: Random, v: Voices, on: date, posts: list[str]) -> dict[str, Any]:
    questions = [
        {"text": "放哪里？", "options": ["路口", "楼下"]},
        {"text": "几点？", "options": ["早", "中", "晚"]},
    ]
    return {"title": "投放点", "questions": questions[: chance.choice((1, 1, 2))]}


def _enter_paper_totals(chance: Random, v: Voices, on: date, posts: list[str]) -> dict[str, Any]:
    counts = chance.choice(([3, 4], [3, 4], [1, 2, 3]))
    second = "甲" if _rarely(chance) else "乙"
    return {"question": _one(chance, v.questions), "counts": counts, "teller": "甲", "second": second}


def _close_survey(chance: Random, v: Voices, on: date, posts: list[str]) -> dict[str, Any]:
    return {"survey": _one(chance, v.surveys)}


def _announce_lots(chance: Random, v: Voices, on: date, posts: list[str]) -> dict[str, Any]:
    last = v.lots[-1] if v.lots else None
    if last is not None and last.drawn is not None and not _rarely(chance):
        return {
            "text": _replacing(last),
            "after": last.id,
            "reason": "" if _rarely(chance) else "外出",
            "people": NUMBERED,
        }
    kind = chance.randrange(12)
    if kind == 0:
        return {"text": PANELS().replace('"03"', '"04"', 1), "people": NUMBERED}
    if kind == 1:
        return {"text": PANELS(), "people": [{"number": "99", "name": "某人"}]}
    if kind == 2:
        without = PANELS(without=frozenset({"05"}))
        return {
            "text": without,
            "people": [{"number": "05", "recused": "是承包人。"}] if chance.randrange(2) else NUMBERED,
        }
    return {"text": PANELS(), "people": NUMBERED} | ({"after": "liushu.999.0"} if _rarely(chance) else {})


def _replacing(last: Lottery) -> str:
    return _followed(last.text, last.drawn or 0, last.digest)


@cache
def _followed(text: str, drawn: int, digest: str) -> str:
    """The lottery that replaces the first of those who were drawn. Who left before stays out."""
    import json

    gone = next(n for n in json.loads(text)["panels"][drawn - 1])
    return followed(SimpleNamespace(text=text, drawn=drawn, digest=digest), gone)


def _draw_lots(chance: Random, v: Voices, on: date, posts: list[str]) -> dict[str, Any]:
    waiting = [x.id for x in v.lots if x.drawn is None] or [x.id for x in v.lots]
    return {"lots": _one(chance, waiting), "seed": chance.choice(("3516241533", "3516 2415 36", "35162"))}


def _name_participants(chance: Random, v: Voices, on: date, posts: list[str]) -> dict[str, Any]:
    seats: list[dict[str, Any]] = [{"kind": "stakeholder", "name": "老马", "side": "people"}]
    if chance.randrange(2):
        seats.append({"kind": "member", "post": _one(chance, posts)})
    if _rarely(chance):
        seats.append(
            {"kind": "member", "group": "nobody", "name": "老高"}
            if chance.randrange(2)
            else {"kind": "member"}
        )
    data: dict[str, Any] = {"participants": seats, "method": "recommended"}
    if chance.randrange(3) == 0:
        data["pool"] = chance.choice((1, 26))
    if chance.randrange(3) == 0:
        left = chance.choice(({"post": _one(chance, posts)}, {"name": "老宋"}, {"name": "老马"}, {}))
        data["recused"] = [{**left, "reason": "是亲属。"}]
    return data
