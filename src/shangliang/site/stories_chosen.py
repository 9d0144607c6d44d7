"""Stories of people who were asked many at once and of people drawn by lot: one that went the whole way, one whose lottery
is up and waits for the dice. Whoever answered is invented, and their answers lie in the box as everybody's would."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import timedelta
from random import Random

from shangliang.acts import answers
from shangliang.cases.models import Gathering, Statement
from shangliang.cases.models_consulting import Participant
from shangliang.cases.models_lots import Lots
from shangliang.panel import Person, Problem, Quota, publish, solve
from shangliang.panel.replace import after, replacement
from shangliang.site.telling import CONVENER, LIUHE, XINGHUA, Days, Story, Teller

STORE = (
    "老供销社先修屋顶，再说干什么用。", "一楼给老人做日间照料。", "二楼留给年轻人办电商。", "先租给外面的人开超市，收租金。",
    "院墙拆掉，前院做小广场。", "冬天要能取暖，不然老人不会来。", "修房的钱村集体出，不向各家收。", "管理的人从村里找，工钱公开。",
    "账目每季度贴一次。", "照料一天收五元饭钱。",
)  # fmt: skip
STORE_CAMPS = ("+++-++++++", "+++-+-+++-", "+--+-0+++-", "+0++-++-+0")
"""What four sorts of households think of the old store, a sign a statement."""
ADDED = (
    ("能不能给行动不便的老人接送。", ""),
    ("墙上要装扶手，地面要防滑。", ""),
    ("老人一天收五元钱的饭钱。", "repeats"),
)
"""What people added themselves, and why it is not asked."""
SCHOOL = (
    "老校舍先做安全鉴定。", "办图书室和写作业的地方。", "办老年活动室。", "租给合作社晒粮，收租金。", "操场留着，早晚给大家用。",
    "晚上十点锁门。", "水电费村集体出。", "请退休老师来管。",
)  # fmt: skip
SCHOOL_CAMPS = ("++-0++++", "+-++++0+", "+--++-+-")
SIGNS = {"+": answers.AGREE, "-": answers.DISAGREE, "0": answers.PASS}
POOL, SEATS = 120, 15
SEX, AGE, GRID = ("女", "男"), ("18—40岁", "41—59岁", "60岁以上"), ("一网格", "二网格", "三网格")
QUOTAS = (
    *(Quota("性别", v, 7, 8) for v in SEX),
    *(Quota("年龄", v, 4, 6) for v in AGE),
    *(Quota("网格", v, 4, 6) for v in GRID),
)
FAMILY = "王李张刘陈杨赵黄周吴徐孙马朱胡郭何高林罗"
GIVEN = ("秀兰", "建国", "桂英", "德福", "玉梅", "长林", "淑华", "永强", "凤琴", "志刚", "春花", "海涛")


def store(days: Days) -> Story:
    """120 people answered, fifteen of them were drawn by lot, one could not come and another was drawn; they met, and what
    they agreed on was carried out and closed."""
    t = Teller(days, LIUHE)
    yield days.ago(120)
    t.say("老供销社空了七八年，窗户都破了，能不能修一修派上用场。", kind="wish", channel="meeting")
    yield days.ago(118)
    t.screen("老供销社改造和用途", "affairs")
    yield days.ago(116)
    _ask(t, STORE, 7, "屋子是集体的，修成什么样、给谁用，开会以前先听听大家的。")
    yield days.ago(113)
    _add(t)
    yield days.ago(109)
    _answer(t, _households(POOL, STORE_CAMPS, len(STORE) + 2, seed=7))
    t.do("close_gathering", decided=CONVENER)
    yield days.ago(107)
    t.do("carry_points", {"agreed": "先修屋顶，再说干什么用。\n修房的钱村集体出，不向各家收。\n账目每季度贴一次。",
                          "divided": "二楼留给年轻人办电商。\n院墙拆掉，前院做小广场。"}, decided=CONVENER)  # fmt: skip
    yield days.ago(105)
    t.approve("看了房子，墙体没有裂，屋顶漏三处；修缮要花八万左右。", 6)
    yield days.ago(102)
    _put_up(t, seed=3)
    yield days.ago(100)
    _throw(t, "3 5 1 6 2 4 1 5 3 3")
    yield days.ago(99)
    _replace(t, "外出务工，开会那天回不来")
    yield days.ago(98)
    _throw(t, "2 6 6 1 4 3 5 2 1 4")
    yield days.ago(97)
    _invite(t, 8)
    yield days.ago(89)
    t.hold("consensus", "一、先修屋顶，上冻以前完工；二、一楼做老人日间照料，冬天供暖；三、修房的钱村集体出，不向各家收；四、账目每季度贴一次。",
           "二楼给年轻人办电商、拆不拆院墙，明年再议。")  # fmt: skip
    yield days.ago(87)
    t.publish("老供销社改造协商结果：先修屋顶，一楼做老人日间照料，钱由村集体出，账目每季度公布。",
              [("修屋顶、装取暖和扶手", "柳河村（示例）", 45)])  # fmt: skip
    yield days.ago(66)
    t.do("take_down")
    yield days.ago(47)
    t.work()
    t.do(
        "check_work",
        {"satisfied": True, "note": "屋顶不漏了，暖气热，老人说好。"},
        decided={"role": "supervision_head"},
    )
    yield days.ago(45)
    t.do("confirm", {"solved": True}, by="public")
    t.do("keep_paper", {"kind": "minutes", "place": "村档案柜2号", "pages": 4})
    t.do(
        "reply", {"text": "老供销社屋顶修好了，一楼十月起做老人日间照料。谢谢您提的意见。"}, decided=CONVENER
    )
    t.do(
        "close",
        {"result": "solved", "note": "屋顶全部翻修，一楼日间照料开门，头一个月来了十九位老人。"},
        decided=CONVENER,
    )
    yield days.ago(43)
    t.do("accept_archive", {"shelf": "2号柜第4格"}, by="p-cheng")


def school(days: Days) -> Story:
    """Approved, people were asked, the lottery has been put up: next is the draw in the hall."""
    t = Teller(days, XINGHUA)
    yield days.ago(26)
    t.say("老校舍闲着，孩子放学没地方去，老人也没地方坐。", kind="wish", channel="visit", behalf=True)
    yield days.ago(24)
    t.screen("老校舍用来做什么", "affairs")
    yield days.ago(22)
    _ask(t, SCHOOL, 8, "校舍是集体的，用来做什么，先听听大家的。")
    yield days.ago(14)
    _answer(t, _households(86, SCHOOL_CAMPS, len(SCHOOL), seed=11))
    t.do("close_gathering", decided=CONVENER)
    yield days.ago(9)
    t.approve("校舍三间能用，鉴定要请镇里帮忙。", 6)
    yield days.ago(1)
    _put_up(t, seed=5)


# ── asking many ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _ask(t: Teller, views: Sequence[str], days: int, intro: str) -> None:
    until = t.days.now.date() + timedelta(days=days)
    data = {"intro": intro, "statements": [{"text": v} for v in views], "until": until.isoformat()}
    t.do("open_gathering", data, decided=CONVENER)


def _add(t: Teller) -> None:
    """What people added, each screened by a person."""
    for text, why in ADDED:
        t.do("propose_statement", {"text": text}, by="public")
        waiting = Statement.objects.get(gathering__matter=t.matter, state="waiting")
        t.do("screen_statement", {"statement": waiting.pk, "shown": not why, "reason": why})


def _households(count: int, camps: Sequence[str], width: int, seed: int) -> list[list[str]]:
    """Mostly what their sort thinks, now and then something else or nothing; what was added later most agree with."""
    found = []
    for n in range(count):
        chance = Random(f"{seed}-{n}")
        own = chance.choices(camps, [5, 4, 2, 1][: len(camps)])[0].ljust(width, "+")
        found.append([c if chance.random() < 0.87 else chance.choice("+-0 ") for c in own])
    return found


def _answer(t: Teller, people: Sequence[Sequence[str]]) -> None:
    """Every fifth of them on paper."""
    gathering = Gathering.objects.get(matter=t.matter, closed_on=None)
    asked = Statement.objects.filter(gathering=gathering, state="shown").order_by("number")
    ids = list(asked.values_list("pk", flat=True))
    for n, signs in enumerate(people):
        given = [(s, SIGNS[c]) for s, c in zip(ids, signs, strict=True) if c in SIGNS]
        answers.put(gathering.pk, f"demonstration-{n}", given, paper=n % 5 == 0, on=t.days.now.date())


# ── drawing by lot ───────────────────────────────────────────────────────────────────────────────────────────────────


def _put_up(t: Teller, seed: int) -> None:
    """Who answered put themselves on a list; fifteen seats, by sex, age and grid."""
    chance = Random(seed)
    people = tuple(
        Person(f"{n:03}", (chance.choice(SEX), chance.choices(AGE, (3, 4, 5))[0], chance.choices(GRID, (5, 4, 3))[0]))
        for n in range(1, POOL + 1)
    )  # fmt: skip
    problem = Problem(SEATS, ("性别", "年龄", "网格"), QUOTAS, people)
    named = [{"number": p.id, "name": chance.choice(FAMILY) + chance.choice(GIVEN)} for p in people]
    data = {"text": publish(solve(problem)).text, "people": named}
    t.do("announce_lots", data, decided=CONVENER)


def _throw(t: Teller, dice: str) -> None:
    t.do("draw_lots", {"lots": _latest(t).pk, "seed": dice})


def _replace(t: Teller, reason: str) -> None:
    """The first of those drawn cannot come: another is drawn by the same quotas, the others keep their seats."""
    lots = _latest(t)
    gone = Participant.objects.filter(matter=t.matter).exclude(number="").order_by("number")[0].number
    assert lots.drawn is not None
    problem = replacement(json.loads(lots.text), lots.drawn, [gone])
    text = publish(solve(problem), after=after(lots.digest, lots.drawn, [gone], reason)).text
    t.do("announce_lots", {"text": text, "after": lots.pk, "reason": reason}, decided=CONVENER)


def _latest(t: Teller) -> Lots:
    return Lots.objects.filter(matter=t.matter).order_by("-number")[0]


def _invite(t: Teller, in_days: int) -> None:
    """A meeting is called to which the council and everybody drawn are asked."""
    drawn = Participant.objects.filter(matter=t.matter).exclude(number="").exclude(reply="not_coming")
    guests = [{"kind": "resident", "participant": p.pk} for p in drawn.order_by("number")]
    t.call(in_days, others=guests)


STORIES: tuple[Callable[[Days], Story], ...] = (store, school)
