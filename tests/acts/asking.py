"""Stages of asking people, of a survey and of a draw, for the table of what is refused."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from tests.acts.lots import SEED, put_up
from tests.acts.world import SECRETARY, World

from shangliang.cases.models_consulting import Survey, SurveyQuestion
from shangliang.cases.models_gathering import Statement
from shangliang.cases.models_lots import Lots

GRID = {"role": "grid_worker"}
QUESTIONS = [{"text": "您赞成先清淤吗？", "options": ["赞成", "不赞成"]}]
Data = Callable[[], Mapping[str, Any]]


class Wrong(NamedTuple):
    """What came before, what is asked, by whom, and the words of the refusal."""

    before: Callable[[World], object]
    act: str
    data: Mapping[str, Any] | Data = {}
    more: Mapping[str, Any] = {}
    says: str = ""


def screened(w: World) -> World:
    return w.screened()


def asked(w: World) -> World:
    return w.screened().asked()


def later(w: World) -> World:
    """People may answer until the 10th."""
    return w.screened().asked(until="05-10")


def waiting(w: World) -> World:
    asked(w).do("propose_statement", {"text": "沟边装栏杆。"}, by="public")
    return w


def refused_one(w: World) -> World:
    waiting(w).do("screen_statement", {"statement": statement(), "shown": False, "reason": "repeats"})
    return w


def closed(w: World) -> World:
    asked(w).do("close_gathering", decided=SECRETARY)
    return w


def invited(w: World) -> World:
    return w.screened().asked(voice="invited", slips=20)


def surveyed(w: World) -> World:
    w.screened().do("open_survey", {"title": "清淤民意调查", "questions": QUESTIONS})
    return w


def surveyed_in_may(w: World) -> World:
    w.screened().do("open_survey", {"title": "清淤民意调查", "questions": QUESTIONS}, on="05-05")
    return w


def counted(w: World) -> World:
    surveyed(w).do("close_survey", {"survey": survey()})
    return w


def up(w: World) -> World:
    w.screened().do("announce_lots", put_up(), decided=SECRETARY)
    return w


def drawn(w: World) -> World:
    up(w).do("draw_lots", {"lots": lots(), "seed": SEED})
    return w


def never_drawn(w: World) -> World:
    """A lottery is up, but the matter went on without it."""
    return up(w).archived()


def agreed(w: World) -> World:
    return w.met()


def ended(w: World) -> World:
    return w.archived()


def statement() -> str:
    return str(Statement.objects.order_by("-number")[0].pk)


def survey() -> str:
    return str(Survey.objects.get().pk)


def lots() -> str:
    return str(Lots.objects.order_by("-number")[0].pk)


def totals() -> dict[str, Any]:
    return {
        "question": SurveyQuestion.objects.get().pk,
        "counts": [3, 4],
        "teller": "马秀英",
        "second": "林树生",
    }


def view(*texts: str, until: str = "2026-05-20") -> dict[str, Any]:
    return {"statements": [{"text": t} for t in texts or ("先清淤。",)], "until": until}
