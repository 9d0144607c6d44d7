"""The selection record (遴选记录): how those who take part were chosen, so that anybody can follow it and check the draw."""

from __future__ import annotations

from collections.abc import Iterator

from shangliang.documents import chinese
from shangliang.documents.chinese import hole
from shangliang.documents.choosing import Drawn, Named, Selection, read
from shangliang.documents.papers import paper
from shangliang.documents.queries import Case
from shangliang.documents.sheet import Block, Cell, Form, Grid, Prose, Sheet, Sign
from shangliang.procedure.say import Say

METHODS = {"named": "召集人邀请", "recommended": "推荐", "elected": "推选", "volunteered": "自愿报名"}
KINDS = {
    "member": "议事会成员（委员）", "invited": "特邀委员", "leader": "领导", "stakeholder": "利益相关方", "department": "职能部门",
    "staff": "相关人员", "expert": "专家", "representative": "协商代表", "resident": "居民", "third": "第三方",
}  # fmt: skip
_HOW = "任何人都可以用公布的文件、点数和核对程序算出同一组；文件改动一个字，指纹就对不上。"


def _lacks(c: Case) -> Say | None:
    return None if c.selected else Say("还没有点名定人，也没有抽签", "Nobody was named or drawn yet")


@paper("selection_record", zh="遴选记录", en="Selection record", of="matter", lacks=_lacks, public=True,
       stands=("draw_lots", "name_participants"))  # fmt: skip
def selection_record(c: Case) -> Sheet:
    """How those who take part were chosen (L32, L37): in which way, from how many, quotas, how many are recused, who decided; of
    a draw the digest of the published file, what was thrown, and which panel it chose. It holds numbers and no names, so that it
    can hang on the board."""
    s = read(c.id, c.noted)
    blocks: list[Block] = [Form(tuple(_head(c, s)))]
    for n, draw in enumerate(s.drawn or ((Drawn(),) if c.blank else ()), 1):
        blocks += _draw(draw, n, len(s.drawn), c.blank)
    blocks.append(Sign(("召集人", "监督人", "记录人")))
    on = max((d for d in (*(n.on for n in s.named), *(d.on for d in s.drawn)) if d), default=None)
    return Sheet("selection_record", "form", "参加协商人员遴选记录", tuple(blocks), unit=c.unit.name, number=c.id, on=on,
                 note="本记录不写姓名；谁的编号是谁、回避的理由，封存在记录簿里。")  # fmt: skip


def _head(c: Case, s: Selection) -> Iterator[Cell]:
    yield Cell("议　　题", c.title, wide=True)
    ways = ["点名"] * bool(s.named) + ["抽签"] * bool(s.drawn)
    yield Cell("产生办法", "、".join(ways), wide=True)
    seats = "　".join(f"{KINDS.get(kind, kind)}{n}人" for kind, n in sorted(s.seats.items()))
    yield Cell("参加人员", seats, wide=True)
    for one in s.named or ((Named(),) if c.blank else ()):
        yield Cell("点　　名", _named(one) if one.on else "", lines=3, wide=True)
    away = s.recused + max((d.without for d in s.drawn), default=0)
    yield Cell("回　　避", "" if c.blank else f"{away}人，理由已登记" if away else "无", wide=True)


def _named(one: Named) -> str:
    pool = f"从{one.pool}人中" if one.pool else ""
    paper = f"，依据{one.paper}" if one.paper else ""
    return f"{chinese.day(one.on)}，{METHODS.get(one.method, one.method)}，{pool}定{one.chosen}人{paper}。{one.who}决定。"


def _draw(d: Drawn, n: int, of: int, blank: bool) -> list[Block]:
    title = f"第{chinese.numeral(n)}次抽签" if of > 1 else "抽签"
    number = "" if blank else str(d.number)
    rows = tuple(
        (group, "—" if living < 0 else str(living), str(pool), str(low), str(high), str(there))
        for group, living, pool, low, high, there in d.quotas
    )
    told = [
        f"{chinese.day(d.put_up)}公布，{chinese.day(d.on)}当众抽签；{hole(d.who)}决定。"
        f"名单{hole(str(d.pool or ''), 3)}人，定{hole(str(d.size or ''), 3)}人，公布{hole(str(d.panels or ''), 3)}组，"
        f"每组机会相等；机会最小的人在其中{hole(str(d.least or ''), 3)}组里。",
        *([f"补抽原因：{d.reason}。"] if d.reason else []),
        f"公布文件的指纹（SHA-256）：{hole(d.digest, 20)}",
        f"掷出的点数：{hole(' '.join(d.seed), 12)}　抽中第{hole(number, 3)}组",
        f"抽中的编号：{hole('、'.join(d.numbers), 20)}",
        _HOW,
    ]
    return [
        Prose(tuple(told), heading=title),
        Grid(("类别", "全村人数", "名单上", "至少", "至多", "抽中"), (35, 15, 14, 12, 12, 12), rows, spare=6 if blank else 0, left=(0,)),
    ]  # fmt: skip
