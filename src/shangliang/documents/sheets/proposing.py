"""Papers from asking to the second publication: 征求意见记录、意见汇总、提议表、商议和审议记录、听证、协调、评议、实施记录和结果公示."""

from __future__ import annotations

from collections.abc import Callable

from shangliang.cases.models import Publication
from shangliang.documents import chinese, deciding
from shangliang.documents.papers import paper
from shangliang.documents.queries import Case, words
from shangliang.documents.sheet import Cell, Form, Grid, Prose, Sheet, Sign
from shangliang.procedure.say import Say

Lacks = Callable[[Case], Say | None]


def _unless(found: Callable[[Case], object], zh: str, en: str) -> Lacks:
    return lambda c: None if found(c) else Say(zh, en)


def _number(n: int | None, unit: str = "人") -> str:
    return f"{n}{unit}" if n is not None else ""


@paper("scope", zh="决策范围判断记录", en="Record of the scope", of="matter", stands=("admit",), own=True,
       lacks=_unless(lambda c: c.answered == "scope", "还没有判断", "Nobody has looked at it yet"))  # fmt: skip
def scope(c: Case) -> Sheet:
    """Whether the matter is one that must be decided in this way, of which kind, over which amount (Z33, Z40)."""
    kind, amount = deciding.scope(c.id, c.procedure)
    line = next((n for n in reversed(c.noted) if n.act == "admit"), None)
    outcome = (line.flow.get("outcome") or "") if line else ""
    verdict = (("属于，按本办法决定", outcome == "in_scope"), ("不属于，转办并答复", outcome == "out"))
    return Sheet(
        "scope", "form", "决策范围判断记录",
        (Form((
            Cell("事项名称", c.title, wide=True),
            Cell("类　　别", kind), Cell("涉及金额", _number(amount, "元")),
            Cell("反映内容", c.opinions[0].text if c.opinions else "", lines=5, wide=True),
            Cell("判　　断", choices=verdict, wide=True),
            Cell("召集人", lines=3, wide=True, sign=f"签字：　　　　　　{chinese.day_or_room(line.happened if line else None)}"),
        )),),
        unit=c.unit.name, number=c.id, on=line.happened if line else None,
    )  # fmt: skip


_HEARD = _unless(lambda c: deciding.asked(c.id).opened, "还没有征求意见", "Nobody has been asked yet")


@paper("collect_record", zh="征求意见记录", en="Record of the opinions", of="matter", own=True, lacks=_HEARD,
       stands=("open_collecting", "enter_heard", "close_collecting"))  # fmt: skip
def collect_record(c: Case) -> Sheet:
    """What people were asked, in which ways, and what each group said; nobody is named (Z33, Z45)."""
    a = deciding.asked(c.id)
    rows = tuple((str(n), *line) for n, line in enumerate(a.heard, 1))
    period = (
        f"{chinese.day(a.opened)}起" + (f"，{chinese.day(a.closed)}止" if a.closed else "")
        if a.opened
        else ""
    )
    return Sheet(
        "collect_record", "form", "征求意见记录",
        (
            Form((
                Cell("事项名称", c.title, wide=True), Cell("征求内容", a.topic, lines=3, wide=True),
                Cell("方　　式", a.methods, wide=True), Cell("时　　间", period, wide=True),
            )),
            Grid(("序号", "群体", "方式", "人数", "意见建议"), (8, 17, 12, 13, 50), rows, spare=max(0, 6 - len(rows)), left=(4,),
                 tall=True),
        ),
        unit=c.unit.name, number=c.id, on=a.opened,
    )  # fmt: skip


@paper("opinion_summary", zh="意见汇总", en="Opinions summed up", of="matter", stands=("close_collecting",), own=True,
       lacks=_unless(lambda c: deciding.asked(c.id).closed, "还没有汇总", "Not summed up yet"))  # fmt: skip
def opinion_summary(c: Case) -> Sheet:
    """What people want, summed up, and the party organisation's study of it."""
    a, studied = deciding.asked(c.id), c.ruling("party_study")
    total = sum(int(count) for _, _, count, _ in a.heard)
    return Sheet(
        "opinion_summary", "form", "征求意见汇总表",
        (Form((
            Cell("事项名称", c.title, wide=True),
            Cell("征求到", f"{total}人次" if a.heard else ""), Cell("涉及群体", f"{len({h[0] for h in a.heard})}类" if a.heard else ""),
            Cell("主要意见", a.summary, lines=12, wide=True),
            Cell("党组织\n研究日期", chinese.day_or_room(studied.on)), Cell("依据材料", studied.paper),
            Cell("社区（村）\n党组织", lines=4, wide=True, sign=f"负责人签字：　　　　　　{chinese.day_or_room(a.closed)}"),
        )),),
        unit=c.unit.name, number=c.id, on=a.closed,
    )  # fmt: skip


@paper("proposal", zh="提议表", en="Proposal form", of="matter", stands=("propose_plan",), own=True,
       lacks=_unless(lambda c: c.ruling("proposal").on, "还没有提议", "Nothing has been proposed yet"))  # fmt: skip
def proposal(c: Case) -> Sheet:
    """The plan, how many opinions it took up, present and in favour: one form everywhere (Z34, Z43)."""
    r = c.ruling("proposal")
    line = next((n for n in reversed(c.noted) if n.act == "propose_plan"), None)
    cited = line.data.get("cited") if line else None
    body = {"party": "党组织", "two_committees": "“两委”"}.get(r.body, "")
    return Sheet(
        "proposal", "form", f"{body}提议表",
        (Form((
            Cell("事项名称", c.title, wide=True),
            Cell("提议日期", chinese.day_or_room(r.on)), Cell("编　　号", line.data.get("form", "") if line else ""),
            Cell("到会人数", _number(r.present)), Cell("同意人数", _number(r.votes[0])),
            Cell("方　　案", r.note, lines=11, wide=True),
            Cell("意见采纳", f"采纳{cited}条" if cited is not None else "采纳　　条，未采纳的理由：", lines=3, wide=True),
            Cell("结　　论", choices=(("同意提议", r.passed is True), ("退回", r.passed is False)), wide=True),
            Cell("提议会议", lines=4, wide=True, sign=f"负责人签字：　　　　　　{chinese.day_or_room(r.on)}"),
        )),),
        unit=c.unit.name, number=c.id, on=r.on,
    )  # fmt: skip


def _concluded(c: Case, id: str, kind: str, title: str, body: str) -> Sheet:
    """The conclusion of a body that discussed or reviewed a plan."""
    r, plan = c.ruling(kind), c.ruling("proposal")
    cells = [
        Cell("事项名称", c.title, wide=True), Cell("方　　案", plan.note, lines=6, wide=True),
        Cell("会议日期", chinese.day_or_room(r.on)), Cell("应到人数", _number(r.total)),
        Cell("到会人数", _number(r.present)), Cell("同意人数", _number(r.votes[0])),
        Cell("会议意见", r.note, lines=9, wide=True),
        Cell("结　　论", choices=(("同意", r.passed is True), ("退回", r.passed is False)), wide=True),
        Cell(body, lines=4, wide=True, sign=f"主持人签字：　　　　　　{chinese.day_or_room(r.on)}"),
        Cell("依据材料", r.paper, wide=True),
    ]  # fmt: skip
    return Sheet(id, "form", title, (Form(tuple(cells)),), unit=c.unit.name, number=c.id, on=r.on)


@paper("committees_minutes", zh="“两委”会议记录", en="Minutes of the two committees", of="matter", stands=("propose_plan",),
       own=True, lacks=_unless(lambda c: c.ruling("proposal").on, "还没有提议", "Nothing has been proposed yet"))  # fmt: skip
def committees_minutes(c: Case) -> Sheet:
    """The two committees' meeting that proposed the plan."""
    return _concluded(c, "committees_minutes", "proposal", "“两委”会议记录", "“两委”\n会　　议")


@paper("discussion", zh="商议记录", en="Record of the discussion", of="matter", stands=("discuss_proposal", "propose_plan"),
       own=True, lacks=_unless(lambda c: c.ruling("discussion").on, "还没有商议", "It has not been discussed yet"))  # fmt: skip
def discussion(c: Case) -> Sheet:
    """The two committees' discussion of a proposal."""
    return _concluded(c, "discussion", "discussion", "村“两委”商议记录", "村“两委”\n会　　议")


@paper("review", zh="审议记录", en="Record of the review", of="matter", stands=("review_proposal",), own=True,
       lacks=_unless(lambda c: c.ruling("review").on, "还没有审议", "It has not been reviewed yet"))  # fmt: skip
def review(c: Case) -> Sheet:
    """The party members' review of a proposal: entitled, present, in favour."""
    return _concluded(c, "review", "review", "党员大会审议记录", "党员大会")


_ANNOUNCED = _unless(lambda c: deciding.met(c.id, "hearing").announced, "没有听证会", "There is no hearing")


@paper("hearing_notice", zh="听证会公告", en="Announcement of a hearing", of="matter", stands=("announce_hearing",), own=True,
       lacks=_ANNOUNCED)  # fmt: skip
def hearing_notice(c: Case) -> Sheet:
    """Day, place, matter, seats for observers: posted before a hearing."""
    m = deciding.met(c.id, "hearing")
    seats = chinese.number(m.counts[3] if m.counts else None)
    return Sheet(
        "hearing_notice", "notice", f"关于{chinese.hole(c.title, 10)}的听证会公告",
        (Prose((
            f"定于{chinese.day(m.called_for)}在{chinese.hole(m.place, 8)}召开听证会，听取各方意见。",
            f"听证内容：{chinese.hole(m.topic, 20)}。",
            f"欢迎居民旁听，旁听名额{seats}人，请提前到{chinese.hole(c.unit.address, 10)}登记。",
        )),),
        unit=c.unit.name, number=c.id, on=m.announced,
    )  # fmt: skip


@paper("hearing_record", zh="听证笔录", en="Record of a hearing", of="matter", stands=("hold_hearing", "sign_record"), own=True,
       lacks=_unless(lambda c: deciding.met(c.id, "hearing").on, "听证会还没有开", "The hearing was not held yet"))  # fmt: skip
def hearing_record(c: Case) -> Sheet:
    """Who was heard, what was said point by point, how many signed."""
    m = deciding.met(c.id, "hearing")
    present, observers, signed, _ = m.counts or (None, None, None, None)
    return Sheet(
        "hearing_record", "form", "听证笔录",
        (
            Form((
                Cell("事项名称", c.title, wide=True), Cell("日　　期", chinese.day_or_room(m.on)), Cell("地　　点", m.place),
                Cell("到会陈述", _number(present)), Cell("旁　　听", _number(observers)),
                Cell("听证代表", m.names, lines=3, wide=True), Cell("发言内容", m.words, lines=12, wide=True),
                Cell("签　　字", _number(signed)), Cell("备　　注", ""),
            )),
            Sign(("主持人", "记录人", "听证代表")),
        ),
        unit=c.unit.name, number=c.id, on=m.on,
    )  # fmt: skip


@paper("hearing_answer", zh="听证意见采纳说明", en="What was taken up of a hearing", of="matter", stands=("answer_hearing",), own=True,
       lacks=_unless(lambda c: deciding.met(c.id, "hearing").answered, "还没有说明", "Not answered yet"))  # fmt: skip
def hearing_answer(c: Case) -> Sheet:
    """Which points were taken up, and why the others were not."""
    m = deciding.met(c.id, "hearing")
    return Sheet(
        "hearing_answer", "form", "听证意见采纳说明",
        (Form((
            Cell("事项名称", c.title, wide=True), Cell("听证意见", m.words, lines=9, wide=True),
            Cell("采纳情况", m.answer, lines=12, wide=True),
            Cell("召集人", lines=4, wide=True, sign=f"签字：　　　　　　{chinese.day_or_room(m.answered)}"),
        )),),
        unit=c.unit.name, number=c.id, on=m.answered,
    )  # fmt: skip


@paper("coordination_record", zh="协调会记录", en="Record of a coordination", of="matter", stands=("hold_coordination", "look_back"),
       own=True, lacks=_unless(lambda c: deciding.met(c.id, "coordination").on, "没有协调会", "There was no coordination"))  # fmt: skip
def coordination_record(c: Case) -> Sheet:
    """The sides, what was found, what they agreed on or where they differ, and the visit afterwards."""
    m = deciding.met(c.id, "coordination")
    results = (
        ("达成协议", m.outcome == "agreed"),
        ("记下分歧", m.outcome == "differed"),
        ("再协调", m.outcome == "again"),
    )
    return Sheet(
        "coordination_record", "form", "协调会记录",
        (Form((
            Cell("事项名称", c.title, wide=True), Cell("日　　期", chinese.day_or_room(m.on)), Cell("地　　点", m.place),
            Cell("协调事由", m.topic, lines=3, wide=True), Cell("调查情况", m.papers, lines=4, wide=True),
            Cell("结　　果", choices=results, wide=True), Cell("协议或分歧", m.words, lines=7, wide=True),
            Cell("回　　访", m.answer, lines=4, wide=True),
            Cell("双方签字", lines=4, wide=True, sign="签字：　　　　　　　　　年　　月　　日"),
        )),),
        unit=c.unit.name, number=c.id, on=m.on,
    )  # fmt: skip


@paper("appraisal_record", zh="检查评议记录", en="Record of an appraisal", of="matter",
       stands=("hold_appraisal", "answer_appraisal", "skip_appraisal"), own=True,
       lacks=_unless(lambda c: (m := deciding.met(c.id, "appraisal")).on or m.outcome, "还没有评议", "Not appraised yet"))  # fmt: skip
def appraisal_record(c: Case) -> Sheet:
    """What people think of the effect: satisfied, mostly, not; what they say and what is put right (Z48)."""
    m = deciding.met(c.id, "appraisal")
    good, fair, bad = m.opinion
    skipped = m.outcome == "skipped"
    return Sheet(
        "appraisal_record", "form", "群众检查评议记录",
        (Form((
            Cell("事项名称", c.title, wide=True), Cell("日　　期", chinese.day_or_room(m.on)),
            Cell("到会人数", _number(m.counts[0] if m.counts else None)),
            Cell("评议内容\n和 标 准", m.topic, lines=3, wide=True),
            Cell("满　　意", _number(good)), Cell("基本满意", _number(fair)), Cell("不 满 意", _number(bad)), Cell("备　　注", ""),
            Cell("意见建议", m.words, lines=7, wide=True),
            Cell("没有评议\n的 原 因" if skipped else "整改反馈", m.answer, lines=6, wide=True),
            Cell("监　　督\n委 员 会", lines=4, wide=True, sign=f"负责人签字：　　　　　　{chinese.day_or_room(m.on)}"),
        )),),
        unit=c.unit.name, number=c.id, on=m.on,
    )  # fmt: skip


@paper("effects", zh="实施记录", en="Record of the work", of="matter", stands=("record_effects",), own=True,
       lacks=_unless(lambda c: deciding.effects(c.id), "还没有登记实施结果", "What came of it is not entered yet"))  # fmt: skip
def effects(c: Case) -> Sheet:
    """Quantities and amount of what was carried out (Z53, Z56)."""
    rows = tuple((str(n), *e) for n, e in enumerate(deciding.effects(c.id), 1))
    return Sheet(
        "effects", "form", "实施记录（工程量与金额）",
        (
            Form((Cell("事项名称", c.title, wide=True),)),
            Grid(("序号", "做了什么", "数量", "单位"), (10, 50, 25, 15), rows, spare=max(0, 6 - len(rows)), left=(1,)),
            Sign(("经办人", "召集人", "监督委员会")),
        ),
        unit=c.unit.name, number=c.id, on=None,
    )  # fmt: skip


def _told(c: Case) -> Publication | None:
    if c.blank:
        return None
    found = Publication.objects.filter(matter=c.id, about="result", exempt_ground="").select_related("text")
    return found.order_by("-drafted_on", "-id").first()


@paper("result_publication", zh="实施结果公示", en="Notice of the results", of="matter", stands=("draft_notice", "post_notice"),
       own=True, public=True, lacks=_unless(_told, "还没有结果公示稿", "There is no draft of the results yet"))  # fmt: skip
def result_publication(c: Case) -> Sheet:
    """What was carried out, in which quantities, over which amount: the second publication; it names nobody."""
    p = _told(c)
    start = min((d for d in (p.board_on, p.online_on) if d), default=None) if p else None
    done = "；".join(f"{what}{number}{unit}" for what, number, unit in deciding.effects(c.id))
    where = chinese.hole(c.unit.address, 10)
    return Sheet(
        "result_publication", "notice", f"关于{chinese.hole(c.title, 10)}实施结果的公示",
        (
            Prose(chinese.points(words(p.text)) if p else (chinese.LINE * 30,) * 3, heading="实施结果"),
            Prose((f"{done or chinese.LINE * 20}。",), heading="工程量和金额"),
            Prose((f"公示期不少于十五日。对结果有异议的，公示期内可向{where}提出。",), heading="公示期"),
        ),
        unit=c.unit.name, number=c.id, on=start,
    )  # fmt: skip
