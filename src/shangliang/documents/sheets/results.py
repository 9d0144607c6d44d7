"""Papers of what becomes of a consultation: written opinion, bulletin, reference, decision, feedback, what was adopted."""

from __future__ import annotations

from datetime import date

from shangliang.documents import chinese
from shangliang.documents.chinese import hole
from shangliang.documents.consulting import Advice
from shangliang.documents.papers import paper
from shangliang.documents.queries import Case, Ruled
from shangliang.documents.sheet import Block, Cell, Form, Grid, Labelled, Prose, Sheet
from shangliang.documents.sheets.consulting import of, titled

VIEWS = {"consensus": "共识意见", "reserved": "保留意见", "distinct": "独特见解"}
STATES = {
    "adopted": "已采纳", "doing": "落实中", "done": "已落实", "not_adopted": "未采纳", "not_done": "未落实", "": "待反馈",
}  # fmt: skip
TO = {
    "party": "同级党委", "government": "同级政府（办事处）", "party_org": "党组织", "departments": "有关部门", "participants": "协商主体",
    "room": "政协委员联络室",
}  # fmt: skip
SCOPE = {
    "members": "委员",
    "offices": "机关",
    "villages": "村（社区）",
    "public": "社会",
    "column": "党务、政务公开栏",
}
DECISIONS = {"yes": "同意", "no": "不同意"}


def _views(advice: tuple[Advice, ...]) -> tuple[Block, ...]:
    """The suggestions by whose view they are, each under its own number."""
    return tuple(
        Prose(tuple(f"{a.number}. {a.text}" for a in advice if a.kind == kind), heading=f"{n}、{VIEWS[kind]}", lines=4)
        for n, kind in zip("一二三", VIEWS, strict=True)
        if not advice or any(a.kind == kind for a in advice)
    )  # fmt: skip


@paper(
    "written_opinion", zh="书面意见", en="Written opinion", of="matter", stands=("compile_opinion",), own=True
)
def written_opinion(c: Case) -> Sheet:
    """The consultation's suggestions, numbered: agreed, reserved and distinct ones apart (W54, X10)."""
    return Sheet(
        "written_opinion", "letter", f"关于{hole(titled(c), 10)}的协商意见",
        (Prose((f"{_held(c)}经协商，形成意见建议如下。",)), *_views(of(c).advice)),
        unit=c.unit.name, number=c.id, signer=_signer(c), on=_on(c, "compile_opinion"), signed=True,
    )  # fmt: skip


def _held(c: Case) -> str:
    held = [m for m in c.meetings if m.state == "held" and m.held_on]
    return "".join(
        f"{chinese.day(m.held_on)}在{m.place}进行{chinese.FORMS.get(m.form, '协商')}。" for m in held
    )


def _signer(c: Case) -> str:
    street = c.unit.level == "town"
    return f"{c.unit.name}政协委员联络室" if street else f"{c.unit.name}协商议事会"


def _on(c: Case, act: str) -> date | None:
    return next((n.happened for n in reversed(c.noted) if n.act == act), None)


@paper("bulletin", zh="《建言献策》简报", en="Bulletin", of="matter", stands=("send_bulletin",), own=True)
def bulletin(c: Case) -> Sheet:
    """The bulletin with its masthead, issue, distribution and the written opinion (W55, W56). It advises and sets nobody a
    deadline."""
    r = of(c)
    sent = r.last("bulletin")
    to = "、".join(TO[t] for t in sent.to if t in TO)
    return Sheet(
        "bulletin", "letter", hole(titled(c, r.topic.ref), 12),
        (
            Prose((f"{_held(c)}参加协商的人员充分发表意见，经整理，提出建议如下，供决策参考。",)),
            *_views(r.advice),
            Labelled((("报", hole(to, 12)), ("送", sent.approver or "有关部门"), ("编　辑", _signer(c)))),
        ),
        unit=c.unit.name, mark="建言献策", organ=True, number=sent.number, signer=_signer(c), on=sent.on, signed=True,
        note="请将决策和执行情况以适当方式反馈；有保密规定的除外。",
    )  # fmt: skip


@paper(
    "reference",
    zh="决策参考",
    en="Submission for reference",
    of="matter",
    stands=("submit_reference",),
    own=True,
)
def reference(c: Case) -> Sheet:
    """What could not be agreed on, submitted to party committee, government or party organisation of the same level (X61)."""
    r = of(c)
    sent = r.last("reference")
    differences = tuple(f"{n}. {t}" for n, t in enumerate(r.noted("difference"), 1))
    to = "、".join(TO[t] for t in sent.to if t in TO)
    rounds = sum(m.state == "held" for m in c.meetings)
    return Sheet(
        "reference", "letter", f"关于{hole(c.title, 10)}的决策参考",
        (
            Prose((f"“{hole(c.title, 12)}”经{rounds or chinese.LINE * 2}轮协商，难以达成共识，现提交作为决策参考。",)),
            Prose((sent.text or chinese.LINE * 20,), heading="一、协商情况和建议"),
            Prose(differences, heading="二、主要分歧", lines=4),
        ),
        unit=c.unit.name, to=f"{hole(to, 8)}：", number=sent.number, signer=_signer(c), on=sent.on, signed=True,
    )  # fmt: skip


@paper("delivery", zh="报送登记", en="Dispatch log", of="matter",
       stands=("send_bulletin", "submit_reference", "register_delivery"), own=True)  # fmt: skip
def delivery(c: Case) -> Sheet:
    """What was sent to whom on which day, and who signed for it."""
    names = {"bulletin": "《建言献策》简报", "reference": "决策参考", "feedback": "反馈函"}
    sent = [s for s in of(c).sent if s.kind in names]
    rows = tuple(
        (str(n), f"{names[s.kind]} {s.number}".strip(), "、".join(TO.get(t, t) for t in s.to), chinese.day(s.on),
         f"{s.received_by} {chinese.day(s.received_on)}" if s.received_on else "")
        for n, s in enumerate(sent, 1)
    )  # fmt: skip
    return Sheet("delivery", "table", "报送登记", (
        Grid(("序号", "文件", "报送对象", "报送日期", "签收"), (8, 26, 28, 18, 20), rows, spare=max(2, 8 - len(rows)), left=(1, 2)),
    ), unit=c.unit.name, number=c.id, on=sent[-1].on if sent else None)  # fmt: skip


def _ruled(c: Case, kind: str) -> Ruled:
    return c.ruling(kind)


@paper(
    "policy_check",
    zh="合法性政策检查",
    en="Check against policy and law",
    of="matter",
    stands=("check_policy",),
    own=True,
)
def policy_check(c: Case) -> Sheet:
    """That the result was checked against policy and law before it was published (X18)."""
    r = _ruled(c, "policy")
    return Sheet("policy_check", "form", "协商结果合法性政策检查", (Form((
        Cell("议题名称", titled(c), wide=True),
        Cell("检查日期", chinese.day_or_room(r.on)),
        Cell("结　　论", choices=(("一致", r.passed is True), ("不一致", r.passed is False))),
        Cell("检查意见", r.note, lines=8, wide=True),
        Cell("检 查 人", lines=3, wide=True, sign=f"签字：　　　　　　{chinese.day_or_room(r.on)}"),
    )),), unit=c.unit.name, number=c.id, on=r.on)  # fmt: skip


@paper("decision_record", zh="决策记录", en="Decision", of="matter", stands=("record_decision",), own=True)
def decision_record(c: Case) -> Sheet:
    """The decision that was received: by which body, on which day, on which paper (W57). A CPPCC room only registers it."""
    r = _ruled(c, "decision")
    return Sheet("decision_record", "form", "决策记录", (Form((
        Cell("事项名称", titled(c, of(c).topic.ref), wide=True),
        Cell("决策组织", chinese.body_name(r.body) if r.body else ""), Cell("决策日期", chinese.day_or_room(r.on)),
        Cell("结　　论", choices=(("同意", r.passed is True), ("不同意或退回", r.passed is False)), wide=True),
        Cell("决策要点", r.note, lines=8, wide=True),
        Cell("依据材料", r.paper, wide=True),
    )),), unit=c.unit.name, number=c.id, on=r.on, note="本表由联络室（议事会）登记收到的决策，不代替决策文件。")  # fmt: skip


@paper("feedback_letter", zh="反馈函", en="Feedback letter", of="matter", stands=("feed_back",), own=True)
def feedback_letter(c: Case) -> Sheet:
    """What was decided and how it is carried out, told to those who gave their opinion (W57, W59, X62)."""
    sent = of(c).last("feedback")
    to = "、".join(TO[t] for t in sent.to if t in TO)
    return Sheet("feedback_letter", "letter", f"关于{hole(titled(c), 10)}决策和执行情况的反馈", (
        Prose((sent.text or chinese.LINE * 20,), heading="一、决策和采纳情况"),
        Prose((sent.more or chinese.LINE * 20,), heading="二、执行情况"),
        *_adopted(of(c).advice),
    ), unit=c.unit.name, to=f"{hole(to, 8)}：", number=sent.number, signer=c.unit.issuer, on=sent.on, signed=True)  # fmt: skip


def _adopted(advice: tuple[Advice, ...]) -> tuple[Block, ...]:
    rows = tuple((str(a.number), a.text, STATES[a.state], a.why) for a in advice)
    return (
        (Grid(("序号", "建议", "情况", "理由"), (10, 48, 16, 26), rows, left=(1, 3), heading="三、逐条情况"),)
        if rows
        else ()
    )


@paper(
    "exemption_record",
    zh="免于反馈登记",
    en="Exemption from feedback",
    of="matter",
    stands=("exempt_feedback",),
    own=True,
)
def exemption_record(c: Case) -> Sheet:
    """Why feedback was left out: ground, approver, day (W58)."""
    sent = of(c).last("exemption")
    return Sheet("exemption_record", "form", "免于反馈登记", (Form((
        Cell("事项名称", titled(c, of(c).topic.ref), wide=True),
        Cell("保密依据", sent.ground, lines=3, wide=True),
        Cell("批 准 人", sent.approver), Cell("批准日期", chinese.day_or_room(sent.received_on)),
    )),), unit=c.unit.name, number=c.id, on=sent.on)  # fmt: skip


@paper("scope_notice", zh="公开稿", en="Text made public", of="matter", stands=("publish_within",), own=True)
def scope_notice(c: Case) -> Sheet:
    """What was made public, and within which scope (W60)."""
    sent = of(c).last("within")
    scope = "、".join(SCOPE[t] for t in sent.to if t in SCOPE)
    return Sheet("scope_notice", "notice", f"关于{hole(titled(c), 10)}决策和执行情况的公开", (
        Prose((sent.text or chinese.LINE * 20,)),
        Prose((f"公开范围：{hole(scope, 10)}。有意见、建议和投诉，请向街道政协委员联络室提出。",)),
    ), unit=c.unit.name, signer=c.unit.issuer, on=sent.on, signed=True)  # fmt: skip


@paper("differences", zh="分歧清单", en="List of differences", of="matter", stands=("plan_next",), own=True)
def differences(c: Case) -> Sheet:
    """What divides the sides, point by point, and what is arranged for the next round (X60)."""
    r = of(c)
    rows = tuple((str(n), t, "") for n, t in enumerate(r.noted("difference"), 1))
    plans = "\n".join(r.noted("plan"))
    return Sheet("differences", "table", "分歧清单和下一轮安排", (
        Labelled((("议题", hole(c.title, 20)),)),
        Grid(("序号", "分歧点", "各方意见"), (10, 45, 45), rows, spare=max(2, 6 - len(rows)), left=(1, 2), tall=True),
        Prose((plans,) if plans else (), heading="下一轮安排", lines=3),
    ), unit=c.unit.name, number=c.id, on=_on(c, "plan_next"))  # fmt: skip


@paper(
    "adoption_table",
    zh="采纳情况表",
    en="Table of what was adopted",
    of="matter",
    stands=("follow_up", "close"),
    own=True,
)
def adoption_table(c: Case) -> Sheet:
    """Every numbered suggestion with what became of it: adopted, under way, done, or not and why; and what supervision saw
    (X62, X63)."""
    r = of(c)
    rows = tuple(
        (str(a.number), a.text, STATES[a.state], a.owner, chinese.day(a.on) if a.on else "", a.why)
        for a in r.advice
    )
    return Sheet("adoption_table", "table", "意见建议采纳、落实、监督、反馈情况表", (
        Labelled((("议题", hole(titled(c), 20)),)),
        Grid(("序号", "意见建议", "情况", "责任单位", "日期", "理由"), (7, 33, 12, 16, 16, 16), rows,
             spare=max(1, 6 - len(rows)), left=(1, 5)),
        Prose(tuple(r.noted("supervision")), heading="监督意见", lines=3),
    ), unit=c.unit.name, number=c.id, on=c.result_on, landscape=True)  # fmt: skip


@paper("inspection_sheet", zh="督查表", en="Inspection sheet", of="matter", stands=("inspect",), own=True)
def inspection_sheet(c: Case) -> Sheet:
    """The three heads of inspection: 组织推进、政策落实、实际成效 (L60)."""
    r = of(c)

    def told(kind: str) -> str:
        return "\n".join(r.noted(kind))

    return Sheet("inspection_sheet", "form", "社区协商督查表", (Form((
        Cell("议题名称", c.title, wide=True),
        Cell("组织推进", told("organisation"), lines=6, wide=True),
        Cell("政策落实", told("policy"), lines=6, wide=True),
        Cell("实际成效", told("effect"), lines=6, wide=True),
        Cell("督 查 员", lines=3, wide=True, sign="签字：　　　　　　年　　月　　日"),
    )),), unit=c.unit.name, number=c.id, on=_on(c, "inspect"))  # fmt: skip
