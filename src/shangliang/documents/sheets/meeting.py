"""Papers of a meeting: everything that is printed before, at and after it comes from one list of who was asked."""

from __future__ import annotations

from shangliang.documents import chinese
from shangliang.documents.chinese import hole
from shangliang.documents.papers import paper
from shangliang.documents.sheet import Block, Cell, Form, Grid, Labelled, Prose, Sheet, Sign
from shangliang.documents.values import Gathering, Guest, Invited
from shangliang.procedure.say import Say


def _in_the_ledger(g: Gathering) -> Say | None:
    """Nothing is made afterwards that was never sent, signed or taken down: such a meeting has its own papers."""
    if not g.ledger:
        return None
    return Say(
        f"这次会是从台账补录的，原始材料见：{g.ledger}",
        f"This meeting was taken from a ledger; its papers are there: {g.ledger}",
    )


def _not_held(g: Gathering) -> Say | None:
    if g.ledger:
        return _in_the_ledger(g)
    return None if g.state == "held" else Say("会还没有开", "The meeting has not been held yet")


def _agenda(g: Gathering) -> tuple[str, ...]:
    titles = [i.title for i in g.items if i.title]
    if not titles:
        return (chinese.LINE * 20,) if g.blank else ("（待列入）",)
    return (titles[0],) if len(titles) == 1 else tuple(f"{n}. {t}" for n, t in enumerate(titles, 1))


@paper(
    "meeting_notice",
    zh="会议通知",
    en="Notice of meeting",
    of="meeting",
    stands=("convene", "give_notice"),
    lacks=_in_the_ledger,
)
def meeting_notice(g: Gathering) -> Sheet:
    """Day, place, matters and who is asked, addressed to everybody invited. Gives the office's telephone, nobody's own."""
    counts = {kind: sum(x.kind == kind for x in g.guests) for kind in chinese.GUESTS}
    who = "、".join(f"{chinese.GUESTS[k]}{n}人" if k != "department" else "、".join(x.department for x in g.guests if x.department)
                   for k, n in counts.items() if n)  # fmt: skip
    ask = g.unit.telephone or chinese.LINE * 8
    return Sheet(
        "meeting_notice", "letter", "关于召开协商议事会议的通知",
        (
            Prose((f"定于{g.when}召开协商议事会议，现将有关事项通知如下。",)),
            Prose((f"一、时间：{g.when}", f"二、地点：{hole(g.place, 10)}",
                   f"三、形式：{chinese.FORMS.get(g.form, '') or '□会议室　□院落　□书面　□线上'}",
                   *_numbered("四、议题：", _agenda(g)),
                   f"五、参加人员：{who or chinese.LINE * 16}",
                   f"六、召集人：{hole(g.convener.full, 8)}")),
            *_said_before(g),
            Prose((f"请准时参加，会前可先听一听邻里的想法。不能到会的，请提前告知经办人（电话：{ask}），也可以把意见写下来交来。",)),
        ),
        unit=g.unit.name, to="各位参会人员：", signer=g.unit.issuer, on=g.notice_on or g.called_on, signed=True,
        organ=g.unit.level != "village", mark=g.unit.issuer if g.unit.level != "village" else "",
    )  # fmt: skip


def _said_before(g: Gathering) -> tuple[Prose, ...]:
    """What people said when they were asked before the meeting, so that everybody comes with it in mind."""
    found = []
    for i in g.items:
        parts = (("多数人同意的：", i.said_agreed), ("看法不一的：", i.said_divided))
        said = "".join(f"{label}{_joined(text)}。" for label, text in parts if text)
        if said:
            found.append(f"会前就“{i.title}”征求了大家的看法。{said}会上怎么定，由大家商量。")
    return (Prose(tuple(found)),) if found else ()


def _joined(text: str) -> str:
    return "；".join(line.strip().rstrip("。；;") for line in text.splitlines() if line.strip())


def _numbered(label: str, items: tuple[str, ...]) -> tuple[str, ...]:
    return (label + items[0],) if len(items) == 1 else (label.rstrip("："), *items)


@paper("letter", zh="商请函", en="Letter to a department", of="invitation", stands=("convene",))
def letter(i: Invited) -> Sheet:
    """Asks one department to come. A letter, never an order: it sets no deadline, and the department's reply sets its own
    date (D31)."""
    g, guest = i.meeting, i.guest
    topics = "、".join(f"“{x.title}”" for x in g.items if x.title) or f"“{chinese.LINE * 12}”"
    own = chinese.own_words(g.unit.kind)
    asked = hole(guest.department, 10)
    return Sheet(
        "letter", "letter", "关于商请派员参加协商议事会议的函",
        (
            Prose((
                f"{own}定于{g.when}在{hole(g.place, 8)}召开协商议事会议，商议{topics}，涉及贵单位职责。"
                "现商请贵单位派熟悉情况的同志到场，一同听取意见、说明政策、商量办法。",
                "确实不便到会的，请以书面形式告知意见。会上商量出的、需要贵单位办理的事项，办理时限以贵单位答复为准。",
                "请于会前将回执送回，专此函达，感谢支持。",
                f"联系：{hole(g.unit.address, 8)}，电话{hole(g.unit.telephone, 8)}。",
            )),
        ),
        unit=g.unit.name, to=f"{asked}：", number=guest.letter or f"商请函〔{_year(g)}〕{chinese.LINE * 2}号",
        signer=g.unit.issuer, on=g.called_on, signed=True,
        organ=g.unit.level != "village", mark=f"{g.unit.issuer}" if g.unit.level != "village" else "",
    )  # fmt: skip


@paper(
    "letter_reply",
    zh="商请函回执",
    en="Reply slip of the letter",
    of="invitation",
    stands=("convene", "register_reply"),
)
def letter_reply(i: Invited) -> Sheet:
    """What the department sends back: whether it comes, or what it says in writing, and its own date."""
    g, guest = i.meeting, i.guest
    topics = "；".join(x.title for x in g.items if x.title)
    return Sheet(
        "letter_reply", "form", "商请函回执",
        (Form((
            Cell("回函单位", guest.department),
            Cell("函　　号", guest.letter),
            Cell("协商议题", topics, lines=2, wide=True),
            Cell("会议时间", g.when if g.held_on else ""),
            Cell("会议地点", g.place),
            Cell("是否参加", choices=chinese.picks(chinese.REPLIES, guest.reply), wide=True),
            Cell("参加人员\n及 职 务", lines=2, wide=True),
            Cell("书面意见", lines=9, wide=True),
            Cell("办理时限\n（由贵单位定）", "", lines=2, wide=True),
            Cell("回函单位", lines=4, wide=True, sign="（盖章）　　　　　　　年　　月　　日"),
        )),),
        unit=g.unit.name, number=guest.letter, on=g.called_on,
        note=f"请送{hole(g.unit.issuer, 10)}，电话{hole(g.unit.telephone, 8)}。",
    )  # fmt: skip


def _year(g: Gathering) -> str:
    return str(g.called_on.year) if g.called_on else chinese.LINE * 3


@paper("sign_in", zh="签到表", en="Sign-in sheet", of="meeting", stands=("convene", "hold_meeting"),
       lacks=_in_the_ledger)  # fmt: skip
def sign_in(g: Gathering) -> Sheet:
    """Everybody asked, with room for others. There is no column for telephones."""
    rows = tuple(
        (str(n), x.name or "", x.department if x.kind == "department" else (x.title or ""), chinese.GUESTS.get(x.kind, ""),
         "", "")
        for n, x in enumerate(g.guests, 1)
    )  # fmt: skip
    spare = max(4, 16 - len(rows))
    return Sheet(
        "sign_in", "table", "协商议事会议签到表",
        (
            Labelled((("会议", g.name if g.unit.name else hole("", 14)), ("时间", g.when), ("地点", hole(g.place, 8)),
                      ("议题", "；".join(_agenda(g)) if not g.blank else hole("", 22)))),
            Grid(("序号", "姓名", "单位及职务", "身份", "签名", "备注"), (8, 15, 28, 18, 18, 13), rows, spare=spare,
                 left=(2,), tall=True),
        ),
        unit=g.unit.name, on=g.held_on,
        note="委托他人、线上参加的，请在备注中写明。",
    )  # fmt: skip


@paper("minutes", zh="会议记录", en="Minutes", of="meeting", stands=("hold_meeting",), lacks=_not_held)
def minutes(g: Gathering) -> Sheet:
    """The record of the meeting: persons, what each said, agreed points and reserved differences apart, the vote where there
    was one, signatures."""
    there = [x for x in g.guests if x.present]
    missing = [x for x in g.guests if x.present is False]
    others = (g.present or 0) - len(there)
    tail = [f"；其他群众{others}人"] if there and others > 0 else []
    head = (
        Cell("会议名称", g.name if g.unit.name else "", wide=True),
        Cell("时　　间", g.when if not g.blank else ""),
        Cell("地　　点", g.place),
        Cell("召 集 人", g.convener.full),
        Cell("记 录 人", g.recorder.full),
        Cell("应　　到", f"{len(g.guests)}人" if g.guests else "　　人"),
        Cell("实　　到", f"{g.present}人" if g.present is not None else "　　人"),
        Cell("出席人员", "、".join(_named(x) for x in there) + "".join(tail), lines=3, wide=True),
        Cell("缺席人员\n及 原 因", "、".join(_named(x) for x in missing) or ("无" if g.guests and not g.blank else ""), lines=2, wide=True),
    )  # fmt: skip
    items = g.items or ((None,) if g.blank else ())
    blocks: list[Block] = [Form(head)]
    if g.summary:
        blocks.append(Form((Cell("会议概况", g.summary, wide=True),)))
    for n, x in enumerate(items, 1):
        topic = "议　　题" if len(items) == 1 else f"议 题 {chinese.numeral(n)}"
        blocks.append(Form((
            Cell(topic, x.title if x else "", wide=True),
            Cell("发言要点", x.speech if x else "", lines=17 if x is None else 3, wide=True),
            Cell("共识要点", "\n".join(chinese.points(x.agreed)) if x else "", lines=9 if x is None else 3, wide=True),
            Cell("保留意见", (x.reserved or "无") if x else "", lines=7 if x is None else 2, wide=True),
            Cell("表　　决\n（如有）", "", wide=True, choices=(("举手", False), ("票决", False), ("协商一致，未表决", False)),
                 sign="同意　　　人　　反对　　　人　　弃权　　　人"),
            Cell("协商结果", choices=chinese.picks(chinese.OUTCOMES, x.outcome if x else ""), wide=True),
        )))  # fmt: skip
    blocks.append(Sign(("召集人", "记录人", "监督委员会")))
    return Sheet("minutes", "form", "协商议事会议记录", tuple(blocks), unit=g.unit.name, on=g.held_on,
                 note="参会人员签名见签到表。协商结果不是决议。")  # fmt: skip


def _named(x: Guest) -> str:
    if not x.name:
        return x.department
    return f"{x.name}（{x.title}）" if x.title and x.title != x.name else x.name
