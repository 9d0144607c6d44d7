"""Papers from the first words to the party organisation's approval."""

from __future__ import annotations

from shangliang.documents import chinese
from shangliang.documents.papers import Lacks, paper
from shangliang.documents.sheet import Cell, Code, Cut, Form, Grid, Labelled, Prose, Sheet, Sign
from shangliang.documents.values_matter import Case, Said
from shangliang.procedure.law import Law, law_on, subjects
from shangliang.procedure.say import Say


def _untitled(c: Case) -> Say | None:
    return None if c.title else Say("还没有提出议题", "It has not been put forward as a topic yet")


def _without(kind: str, zh: str, en: str) -> Lacks:
    def lacks(c: Case) -> Say | None:
        return None if c.ruling(kind).on else Say(zh, en)

    return lacks


@paper("slip", zh="回执", en="Receipt", of="matter", stands=("intake",))
def slip(c: Case) -> Sheet:
    """What a resident takes home: the number, the day, how the answer comes, and a code that opens the matter's page. The
    lower half stays in the village. No name and no telephone."""
    said = c.opinions[0] if c.opinions else None
    answer = (said.answer_by if said else "") or ""
    pairs = (
        ("编　　号", c.id or "＿＿＿＿＿＿＿＿"),
        ("收到日期", chinese.day(c.opened)),
        ("受理单位", chinese.hole(c.unit.name, 8)),
        ("答复方式", chinese.ANSWERS.get(answer, "□编号查询 □电话 □当面")),
    )
    where = (
        "、".join(t for t in (c.unit.address, c.unit.telephone) if t)
        or "＿＿＿＿＿＿＿＿＿＿，电话＿＿＿＿＿＿＿＿"
    )
    return Sheet(
        "slip", "slip", "意见回执",
        (
            Labelled(pairs),
            *((Code(f"/m/{c.id}/", "扫码查办理进度"),) if c.id else ()),
            Prose((
                "您反映的事情已经收到。召集人先看能不能列为议题，结果会按您选的方式答复您。",
                f"请保存好编号。不上网的，拿本回执到村（社区）里问：{where}。",
                "反映村干部的问题，请找镇纪委或拨打12388。",
            )),
            Cut("存根（由受理单位留存）"),
            Labelled(pairs),
            Sign(("经办人", "念读确认（代录时）")),
        ),
        unit=c.unit.name, on=c.opened,
    )  # fmt: skip


@paper("registration", zh="议题登记表", en="Topic registration", of="matter", stands=("intake", "merge", "put_forward"),
       lacks=_untitled)  # fmt: skip
def registration(c: Case) -> Sheet:
    """What was said, through which channels, how many times, and the topic's name. Names and telephones of those who spoke
    are not printed: they are erased after the matter ends and a paper cannot be."""
    said = c.opinions
    first = said[0] if said else None
    cells = [
        Cell("议题名称", c.title, wide=True),
        Cell("提出单位", c.unit.name),
        Cell("登记日期", chinese.day_or_room(c.opened)),
        Cell("类　　别", choices=chinese.picks(chinese.KINDS, ",".join(sorted({s.kind for s in said}))), wide=True),
        Cell("来　　源", choices=chinese.picks(chinese.CHANNELS, ",".join(sorted({s.channel for s in said}))), wide=True),
        Cell("反映件数", f"{len(said)}件，其中代录{sum(s.behalf for s in said)}件" if said else "　　件，其中代录　　件"),
        Cell("答复方式", chinese.ANSWERS.get(first.answer_by, "") if first and len(said) == 1 else "")
        if first and len(said) == 1
        else Cell("答复方式", choices=chinese.picks(chinese.ANSWERS, ",".join(sorted({s.answer_by for s in said})))),
    ]  # fmt: skip
    if c.blank:
        cells.append(Cell("称呼、电话\n（可不填）", wide=True))
    text = (
        "\n".join(_said_line(n, s) for n, s in enumerate(said, 1))
        if len(said) > 1
        else (first.text if first else "")
    )
    cells += [
        Cell("反映内容", text, lines=9, wide=True),
        Cell("民意联络员\n意　　见", lines=4, wide=True, sign="签字：　　　　　　年　　月　　日"),
        Cell("经办人", "", lines=2), Cell("备　注", f"编号{c.id}" if c.id else "", lines=2),
    ]  # fmt: skip
    return Sheet(
        "registration",
        "form",
        "议题登记表",
        (Form(tuple(cells)),),
        unit=c.unit.name,
        number=c.id,
        on=c.opened,
    )


def _said_line(n: int, s: Said) -> str:
    by = "，代录" if s.behalf else ""
    return f"{n}. （{chinese.day(s.received)}，{chinese.CHANNELS.get(s.channel, s.channel)}{by}）{s.text}"


@paper("screening", zh="甄别记录", en="Screening record", of="matter", stands=("screen",),
       lacks=lambda c: None if c.answered else Say("还没有甄别", "It has not been screened yet"))  # fmt: skip
def screening(c: Case) -> Sheet:
    """三议四不议: which of the three the topic is, the four questions one by one, the size of the dispute, and whether the law
    names who must decide it (D34, D35)."""
    asked, yes = set(c.answered.split(",")), set(c.not_discuss.split(","))
    four = tuple(
        (name, "√" if ident in yes else "", "√" if ident in asked and ident not in yes else "", "")
        for ident, name in chinese.QUESTIONS.items()
    )
    line = next((n for n in reversed(c.noted) if n.act == "screen"), None)
    if c.blank:
        touched = ""
    else:
        law = law_on(line.happened if line else c.opened, c.unit.kind) if c.opened else None
        ids = [t for t in c.touches.split(",") if t]
        names = {s.id: s.name.zh for s in subjects()}
        touched = "；".join(names.get(t, t) + _by(law, t) for t in ids) or "不涉及"
    outcome = (line.flow.get("outcome") or "") if line else ""
    verdict = {"clear": "列为议题", "door": "先上门沟通", "refused": "不议，转办并答复"}
    return Sheet(
        "screening", "form", "议题甄别记录（三议四不议）",
        (
            Form((
                Cell("议题名称", c.title, wide=True),
                Cell("三　　议", choices=chinese.picks(chinese.DISCUSS, c.discuss), wide=True),
                Cell("不属于三议\n的理由", c.other_reason, lines=2, wide=True),
            )),
            Grid(("四不议（逐项判断）", "是", "否", "说明"), (34, 11, 11, 44), four, left=(0, 3)),
            Form((
                Cell("纠纷大小", choices=(("较小或没有", c.dispute == "small"), ("较大，先上门沟通", c.dispute == "large"))),
                Cell("涉事部门", c.department or ("" if c.blank else "无")),
                Cell("法定事项", touched, lines=2, wide=True),
                Cell("甄别结论", choices=tuple((zh, k == outcome) for k, zh in verdict.items()), wide=True),
                Cell("召集人", f"{c.screener.full}" if c.screener.name else "", lines=3, wide=True,
                     sign=f"签字：　　　　　　{chinese.day_or_room(line.happened if line else None)}"),
            )),
        ),
        unit=c.unit.name, number=c.id, on=line.happened if line else None,
        note="对党政工作要事、民生改善实事、社会治理难事重点议；对违反政策原则、个体矛盾、有失公平和严重分歧的不议。",
    )  # fmt: skip


def _by(law: Law | None, subject: str) -> str:
    found = law.deciding(subject) if law else None
    bodies = [b.name.zh for b in (law.body(i) for i in found.by) if b] if law and found else []
    return f"（须由{'或'.join(bodies)}决定）" if bodies else ""


@paper("door_talk", zh="上门沟通记录", en="Record of talks at the door", of="matter", stands=("visit", "settle_door"),
       lacks=lambda c: None if any(s.visited for s in c.sides) else Say("还没有上门", "Nobody has been visited yet"))  # fmt: skip
def door_talk(c: Case) -> Sheet:
    """Each side, the day of the visit, whether it agrees to bring the matter to the table, what was said (D43, D44)."""
    sides = tuple(
        (
            str(n), s.name, chinese.day(s.visited) if s.visited else "尚未上门",
            {True: "同意", False: "不同意", None: ""}[s.agreed], s.note, "",
        )
        for n, s in enumerate(c.sides, 1)
    )  # fmt: skip
    end = next((n.data.get("result") for n in reversed(c.noted) if n.act == "settle_door"), "")
    results = (
        ("达成共识，提交协商", end == "agreed"),
        ("未能达成，答复当事各方", end == "failed"),
        ("继续沟通", end == "go_on"),
    )
    return Sheet(
        "door_talk", "form", "上门沟通记录",
        (
            Form((Cell("议题名称", c.title, wide=True),)),
            Grid(("序号", "利益方及代表", "上门日期", "是否同意\n提交协商", "沟通情况", "签字"), (8, 19, 19, 15, 25, 14), sides,
                 spare=max(0, 5 - len(sides)), left=(1, 4), tall=True),
            Form((
                Cell("沟通结果", choices=results, wide=True),
                Cell("召集人", lines=3, wide=True, sign="签字：　　　　　　　　　年　　月　　日"),
            )),
        ),
        unit=c.unit.name, number=c.id, on=max((s.visited for s in c.sides if s.visited), default=None),
        note="对纠纷较大、难点较多的协商议题，提前上门与利益方进行沟通，达成共识后再提交协商。",
    )  # fmt: skip


@paper("study", zh="研究意见", en="The council's study", of="matter", stands=("study",),
       lacks=_without("study", "还没有研究意见", "There is no study yet"))  # fmt: skip
def study(c: Case) -> Sheet:
    """The registered conclusion of the consultative council's study (D30)."""
    r = c.ruling("study")
    return Sheet(
        "study", "form", "协商议事会议研究意见",
        (Form((
            Cell("议题名称", c.title, wide=True),
            Cell("研究日期", chinese.day_or_room(r.on)),
            Cell("到会人数", f"{r.present}人" if r.present else ""),
            Cell("研究调研\n意　　见", r.note, lines=14, wide=True),
            Cell("协商议事\n会　　议", lines=4, wide=True, sign=f"召集人签字：　　　　　　{chinese.day_or_room(r.on)}"),
            Cell("依据材料", r.paper, wide=True),
        )),),
        unit=c.unit.name, number=c.id, on=r.on, note="经协商议事会议研究调研后报同级党组织审定。",
    )  # fmt: skip


@paper("approval", zh="审定意见", en="The party organisation's approval", of="matter", stands=("approve",),
       lacks=_without("approval", "还没有审定", "It has not been approved yet"))  # fmt: skip
def approval(c: Case) -> Sheet:
    """The registered conclusion of the party organisation's meeting: day, present, yes or no, and the paper it stands on
    (D30)."""
    r = c.ruling("approval")
    studied = c.ruling("study")
    return Sheet(
        "approval", "form", "议题审定意见",
        (Form((
            Cell("议题名称", c.title, wide=True),
            Cell("研究意见", studied.note, lines=6, wide=True),
            Cell("审定日期", chinese.day_or_room(r.on)),
            Cell("到会人数", f"{r.present}人" if r.present else ""),
            Cell("审定结论", choices=(("同意列入协商", r.passed is True), ("不同意", r.passed is False)), wide=True),
            Cell("审定意见", r.note, lines=6, wide=True),
            Cell("同级党组织", lines=5, wide=True, sign=f"负责人签字（盖章）：　　　　　　{chinese.day_or_room(r.on)}"),
            Cell("依据材料", r.paper, wide=True),
        )),),
        unit=c.unit.name, number=c.id, on=r.on, note="经协商议事会议研究调研后报同级党组织审定。",
    )  # fmt: skip
