"""Asking people, counting surveys and drawing lots at the wrong time, twice, or by the wrong person: a sentence for each, and
nothing is left behind."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from tests.acts.asking import (
    GRID,
    QUESTIONS,
    Wrong,
    agreed,
    asked,
    closed,
    counted,
    drawn,
    ended,
    invited,
    later,
    lots,
    never_drawn,
    refused_one,
    screened,
    statement,
    survey,
    surveyed,
    surveyed_in_may,
    totals,
    up,
    view,
    waiting,
)  # fmt: skip
from tests.acts.lots import SEED, put_up
from tests.acts.traces import Traces
from tests.acts.world import SECRETARY, World

from shangliang.acts import answers
from shangliang.errors import Refused

TABLE = {
    "asked before anybody screened it": Wrong(
        lambda w: w.put_forward(), "open_gathering", view(), {"decided": SECRETARY},
        says="这件事还没有甄别，不能公开征求意见",
    ),
    "asked by somebody who does not convene": Wrong(
        screened, "open_gathering", view(), {"decided": GRID},
        says="这一步由召集人（党组织书记、联系村（社区）的政协委员）决定。",
    ),
    "asked by the clerk of another village": Wrong(
        screened, "open_gathering", view(), {"decided": SECRETARY, "by": "p-wu"},
        says="您现在的职务不能在柳树村登记“发起意见征询”",
    ),
    "asked by a resident": Wrong(
        screened, "open_gathering", view(), {"decided": SECRETARY, "by": "public"},
        says="您现在的职务不能在柳树村登记“发起意见征询”",
    ),
    "asked twice": Wrong(
        asked, "open_gathering", view(), {"decided": SECRETARY},
        says="这件事正在征求意见",
    ),
    "asked when it is agreed": Wrong(
        agreed, "open_gathering", view(), {"decided": SECRETARY},
        says="这件事已经商量出结果了",
    ),
    "asked when it is archived": Wrong(
        ended, "open_gathering", view(until="2026-06-20"), {"decided": SECRETARY},
        says="这件事已经商量出结果了",
    ),
    "asked until a day that is over": Wrong(
        screened, "open_gathering", view(until="2026-03-20"), {"decided": SECRETARY},
        says="截止的日子早于发起的日子",
    ),
    "asked with the same statement twice": Wrong(
        screened, "open_gathering", view("先清淤。", "先 清淤。"), {"decided": SECRETARY},
        says="有两条看法一样",
    ),
    "invited nobody": Wrong(
        screened, "open_gathering", view() | {"voice": "invited"}, {"decided": SECRETARY},
        says="请写邀请多少人",
    ),
    "added before anybody was asked": Wrong(
        screened, "propose_statement", {"text": "沟边装栏杆。"}, {"by": "public"},
        says="现在没有征求意见，或者已经截止",
    ),
    "added after closing": Wrong(
        closed, "propose_statement", {"text": "沟边装栏杆。"}, {"by": "public"},
        says="现在没有征求意见，或者已经截止",
    ),
    "added after the last day": Wrong(
        asked, "propose_statement", {"text": "沟边装栏杆。"}, {"by": "public", "on": "05-02"},
        says="现在没有征求意见，或者已经截止",
    ),
    "added by the clerk of another village": Wrong(
        asked, "propose_statement", {"text": "沟边装栏杆。"}, {"by": "p-wu"},
        says="您现在的职务不能在柳树村登记“添一条看法”",
    ),
    "added where nothing is added": Wrong(
        lambda w: w.screened().asked(own=False), "propose_statement", {"text": "沟边装栏杆。"}, {"by": "public"},
        says="这次不收新的看法",
    ),
    "screened twice": Wrong(
        refused_one, "screen_statement", lambda: {"statement": statement(), "shown": False, "reason": "repeats"},
        says="这条已经看过了",
    ),
    "screened without a reason": Wrong(
        waiting, "screen_statement", lambda: {"statement": statement(), "shown": False},
        says="不列入的要写原因，写的人会看到",
    ),
    "screened for another reason without saying which": Wrong(
        waiting, "screen_statement", lambda: {"statement": statement(), "shown": False, "reason": "other"},
        says="请写清楚是什么原因",
    ),
    "asked with a reason why not": Wrong(
        waiting, "screen_statement", lambda: {"statement": statement(), "shown": True, "reason": "repeats"},
        says="列入的不用写原因",
    ),
    "screened after closing": Wrong(
        closed, "screen_statement", lambda: {"statement": statement(), "shown": False, "reason": "repeats"},
        says="没有这条看法",
    ),
    "screened by a resident": Wrong(
        waiting, "screen_statement", lambda: {"statement": statement(), "shown": True}, {"by": "public"},
        says="您现在的职务不能在柳树村登记“审看一条看法”",
    ),
    "screened by a grid worker": Wrong(
        waiting, "screen_statement", lambda: {"statement": statement(), "shown": True}, {"by": "p-zhang"},
        says="您现在的职务不能在柳树村登记“审看一条看法”",
    ),
    "slips where every device answers": Wrong(
        asked, "issue_slips", {"count": 5},
        says="这次不发征询码：一部手机答一次",
    ),
    "slips before anybody was asked": Wrong(
        screened, "issue_slips", {"count": 5},
        says="现在没有征求意见，或者已经截止",
    ),
    "more slips than there may be": Wrong(
        invited, "issue_slips", {"count": 5000},
        says="一次征询最多发5000个码",
    ),
    "slips given out by a resident": Wrong(
        invited, "issue_slips", {"count": 5}, {"by": "public"},
        says="您现在的职务不能在柳树村登记“加发征询码”",
    ),
    "proposed before anybody was asked": Wrong(
        asked, "propose_statement", {"text": "沟边装栏杆。"}, {"on": "04-30"},
        says="发起意见征询是2026年5月1日的事，这一步写成了更早的日子",
    ),
    "screened before anybody was asked": Wrong(
        waiting, "screen_statement", lambda: {"statement": statement(), "shown": True}, {"on": "04-30"},
        says="发起意见征询是2026年5月1日的事，这一步写成了更早的日子",
    ),
    "slips given out before anybody was asked": Wrong(
        invited, "issue_slips", {"count": 5}, {"on": "04-30"},
        says="发起意见征询是2026年5月1日的事，这一步写成了更早的日子",
    ),
    "carried before it was closed": Wrong(
        closed, "carry_points", {"agreed": "先清淤。"}, {"decided": SECRETARY, "on": "04-30"},
        says="意见征询截止是2026年5月1日的事，这一步写成了更早的日子",
    ),
    "a survey closed before it was opened": Wrong(
        surveyed_in_may, "close_survey", lambda: {"survey": survey()}, {"on": "05-04"},
        says="发起调查是2026年5月5日的事，这一步写成了更早的日子",
    ),
    "questionnaires counted before there was a survey": Wrong(
        surveyed_in_may, "enter_paper_totals", totals, {"on": "05-04"},
        says="发起调查是2026年5月5日的事，这一步写成了更早的日子",
    ),
    "closed before the day that was announced": Wrong(
        later, "close_gathering", {}, {"decided": SECRETARY, "on": "05-09"},
        says="告诉大家可以答到2026年5月10日，不能提前截止",
    ),
    "closed while a statement waits": Wrong(
        waiting, "close_gathering", {}, {"decided": SECRETARY},
        says="还有1条看法没有人看",
    ),
    "closed twice": Wrong(
        closed, "close_gathering", {}, {"decided": SECRETARY},
        says="现在没有征求意见，或者已经截止",
    ),
    "closed before anybody was asked": Wrong(
        screened, "close_gathering", {}, {"decided": SECRETARY},
        says="现在没有征求意见，或者已经截止",
    ),
    "closed by somebody who does not convene": Wrong(
        asked, "close_gathering", {}, {"decided": GRID},
        says="这一步由召集人（党组织书记、联系村（社区）的政协委员）决定。",
    ),
    "closed by the clerk of another village": Wrong(
        asked, "close_gathering", {}, {"decided": SECRETARY, "by": "p-wu"},
        says="您现在的职务不能在柳树村登记“截止意见征询”",
    ),
    "carried while people still answer": Wrong(
        asked, "carry_points", {"agreed": "先清淤。"}, {"decided": SECRETARY},
        says="意见征询还没有截止",
    ),
    "carried before anybody was asked": Wrong(
        screened, "carry_points", {"agreed": "先清淤。"}, {"decided": SECRETARY},
        says="意见征询还没有截止",
    ),
    "carried with nothing in it": Wrong(
        closed, "carry_points", {}, {"decided": SECRETARY},
        says="请至少带一条到会上",
    ),
    "carried with a telephone number": Wrong(
        closed, "carry_points", {"agreed": "打13812345678问。"}, {"decided": SECRETARY},
        says="要点里像是有电话号码",
    ),
    "carried by a resident": Wrong(
        closed, "carry_points", {"agreed": "先清淤。"}, {"decided": SECRETARY, "by": "public"},
        says="您现在的职务不能在柳树村登记“把征询结果带到会上”",
    ),
    "surveyed by a resident": Wrong(
        screened, "open_survey", {"title": "调查", "questions": QUESTIONS}, {"by": "public"},
        says="您现在的职务不能在柳树村登记“发起民意调查”",
    ),
    "surveyed by the clerk of another village": Wrong(
        screened, "open_survey", {"title": "调查", "questions": QUESTIONS}, {"by": "p-wu"},
        says="您现在的职务不能在柳树村登记“发起民意调查”",
    ),
    "surveyed when it is archived": Wrong(
        ended, "open_survey", {"title": "调查", "questions": QUESTIONS},
        says="这件事已经办完了，不能再调查",
    ),
    "drawn when it is archived": Wrong(
        never_drawn, "draw_lots", lambda: {"lots": lots(), "seed": SEED},
        says="这件事已经办完了",
    ),
    "counted after closing": Wrong(
        counted, "enter_paper_totals", totals,
        says="调查已经截止",
    ),
    "counted a question that is not there": Wrong(
        surveyed, "enter_paper_totals", lambda: totals() | {"question": "liushu.1.0"},
        says="没有这道题",
    ),
    "counted with too many numbers": Wrong(
        surveyed, "enter_paper_totals", lambda: totals() | {"counts": [1, 2, 3]},
        says="选项个数对不上",
    ),
    "counted by one person": Wrong(
        surveyed, "enter_paper_totals", lambda: totals() | {"second": "马秀英"},
        says="计票人要是两个人",
    ),
    "survey closed twice": Wrong(
        counted, "close_survey", lambda: {"survey": survey()},
        says="调查已经截止",
    ),
    "survey closed that is not there": Wrong(
        screened, "close_survey", {"survey": "liushu.1.0"},
        says="没有这项调查",
    ),
    "survey closed by a resident": Wrong(
        surveyed, "close_survey", lambda: {"survey": survey()}, {"by": "public"},
        says="您现在的职务不能在柳树村登记“截止民意调查”",
    ),
    "lottery before anybody screened it": Wrong(
        lambda w: w.put_forward(), "announce_lots", put_up, {"decided": SECRETARY},
        says="这件事还没有公开，不能公开抽签",
    ),
    "lottery by somebody who does not convene": Wrong(
        screened, "announce_lots", put_up, {"decided": GRID},
        says="这要由召集人定",
    ),
    "lottery by the clerk of another village": Wrong(
        screened, "announce_lots", put_up, {"decided": SECRETARY, "by": "p-wu"},
        says="您现在的职务不能在柳树村登记“公布抽签名单”",
    ),
    "lottery by a resident": Wrong(
        screened, "announce_lots", put_up, {"decided": SECRETARY, "by": "public"},
        says="您现在的职务不能在柳树村登记“公布抽签名单”",
    ),
    "lottery while one is up": Wrong(
        up, "announce_lots", put_up, {"decided": SECRETARY},
        says="已经公布了一份，还没有抽",
    ),
    "lottery after the draw": Wrong(
        drawn, "announce_lots", put_up, {"decided": SECRETARY},
        says="这件事已经抽过签",
    ),
    "lottery when it is archived": Wrong(
        ended, "announce_lots", put_up, {"decided": SECRETARY},
        says="这件事已经办完了",
    ),
    "drawn twice": Wrong(
        drawn, "draw_lots", lambda: {"lots": lots(), "seed": SEED},
        says="这一份已经抽过了",
    ),
    "drawn before it was put up": Wrong(
        screened, "draw_lots", {"lots": "liushu.1.0", "seed": SEED},
        says="没有这份抽签名单",
    ),
    "drawn with too few throws": Wrong(
        up, "draw_lots", lambda: {"lots": lots(), "seed": "3 5 1"},
        says="掷的次数太少，至少10次",
    ),
    "drawn by a resident": Wrong(
        up, "draw_lots", lambda: {"lots": lots(), "seed": SEED}, {"by": "public"},
        says="您现在的职务不能在柳树村登记“当众抽签”",
    ),
    "drawn by the clerk of another village": Wrong(
        up, "draw_lots", lambda: {"lots": lots(), "seed": SEED}, {"by": "p-wu"},
        says="您现在的职务不能在柳树村登记“当众抽签”",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", TABLE)
def test_refused_in_words_and_nothing_is_left_behind(
    world: World, traced: Callable[[], Traces], monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    wrong = TABLE[name]
    monkeypatch.setattr(answers, "today", lambda: date(2026, 5, 1))
    wrong.before(world)
    data = wrong.data() if callable(wrong.data) else wrong.data
    before = traced()
    with pytest.raises(Refused) as caught:
        world.do(wrong.act, data, **wrong.more)
    assert [f.say.zh for f in caught.value.findings if f.verdict != "noted"] == [wrong.says]
    assert traced() == before
