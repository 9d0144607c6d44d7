"""Papers from the result to the end: publication, tasks, resolution, referral, reply, closing."""

from __future__ import annotations

import re
from datetime import date, timedelta

from shangliang.documents import chinese, queries
from shangliang.documents.chinese import hole
from shangliang.documents.papers import paper
from shangliang.documents.sheet import Cell, Form, Grid, Prose, Sheet, Sign
from shangliang.documents.values_matter import Case, Dispute, Posted, Ruled
from shangliang.procedure.law import law_on, rule_for
from shangliang.procedure.say import Say
from shangliang.procedure.tally import square_metres, tally


def _undrafted(c: Case) -> Say | None:
    if c.publication.drafted:
        return None
    if any(p.ground for p in c.posted):
        return Say("这一件登记为不公示", "It was exempted from publication")
    return Say("还没有公示稿", "There is no draft notice yet")


def _unposted(c: Case) -> Say | None:
    return None if c.publication.start else Say("还没有张榜", "The notice has not been posted yet")


def period(c: Case, p: Posted) -> str:
    """From the posting to the end of the last day; the day of posting is not counted."""
    days = queries.days_posted(c, p.start)
    if p.start is None:
        return f"公示期{days}日，自张贴次日起算：{chinese.day(None)}至{chinese.day(None)}。"
    last = p.start + timedelta(days=days)
    return f"{chinese.day(p.start)}张贴，公示期{days}日（张贴当日不计），{chinese.day(last)}期满。"


@paper("publication", zh="公示", en="Public notice", of="matter", stands=("draft_notice", "post_notice"), lacks=_undrafted,
       public=True)  # fmt: skip
def publication(c: Case) -> Sheet:
    """关于…协商结果的公示: the matter, the basis, how it was discussed, the result, the period, how to object. It names nobody:
    whoever spoke is 居民, whoever came is a number."""
    p = c.publication
    where = hole(c.unit.address or c.unit.room, 10)
    sent = hole(c.unit.telephone, 8)
    result = chinese.points(p.text)
    return Sheet(
        "publication", "notice", f"关于{hole(c.title, 10)}协商结果的公示",
        (
            Prose((_basis(c, p),)),
            Prose((f"{hole(c.title, 16)}。",), heading="一、协商事项", run_in=True),
            Prose(("".join(_sessions(c)),), heading="二、协商经过", run_in=True),
            Prose(result, heading="三、协商结果", lines=4),
            Prose((period(c, p),), heading="四、公示期", run_in=True),
            Prose((
                f"公示期内，任何居民都可以提，实名、匿名都可以，也可以请别人代说。地点：{where}；电话：{sent}。"
                "每条意见都有书面答复；意见成立的，重新协商。",
            ), heading="五、有不同意见怎么提", run_in=True),
        ),
        unit=c.unit.name, signer=c.unit.issuer, on=p.start or p.drafted, signed=True,
    )  # fmt: skip


def _basis(c: Case, p: Posted) -> str:
    on = p.start or p.drafted
    clause = law_on(on, c.unit.kind).publication_clause if on else None
    rule = f"《{c.procedure.name.zh}》协商规程" if c.procedure else "本地协商规程"
    law = ""
    if clause:
        article = re.sub(r"\D", "", clause.cite)
        title = re.sub(r"（.*?）", "", clause.title)
        law = f"《中华人民共和国{title}》第{article}条和"
    return f"根据{law}{rule}，现将协商结果公示如下。"


def _sessions(c: Case) -> tuple[str, ...]:
    held = [m for m in c.meetings if m.state == "held"]
    lines = [
        f"{chinese.day(m.held_on)}，在{m.place}召开协商议事会议（{chinese.FORMS.get(m.form, m.form)}），到会{m.present}人。"
        for m in held
    ]
    if any(s.visited for s in c.sides):
        lines.insert(0, f"会前与{len([s for s in c.sides if s.visited])}方利益方分别上门沟通。")
    decided = c.ruling("resolution")
    if decided.on and decided.passed:
        lines.append(
            f"{chinese.day(decided.on)}经{chinese.body_name(decided.body, c.unit.kind, decided.on)}表决：{_votes(decided)}，决定通过。"
        )
    if not lines:
        gap = chinese.LINE
        return (f"{chinese.day(None)}，在{gap * 8}召开协商议事会议，到会{gap * 2}人。",)
    return tuple(lines)


def _votes(r: Ruled) -> str:
    yes, no, held = (chinese.number(v) for v in r.votes)
    return f"应到{chinese.number(r.total)}人，实到{chinese.number(r.present)}人，赞成{yes}人，反对{no}人，弃权{held}人"


@paper(
    "posting_record",
    zh="张贴登记",
    en="Posting record",
    of="matter",
    stands=("post_notice", "take_down"),
    lacks=_unposted,
)
def posting_record(c: Case) -> Sheet:
    """Which notice hung where, from when to when, posted by whom and witnessed by whom. A photograph is not asked for."""
    p = c.publication
    last = p.start + timedelta(days=queries.days_posted(c, p.start)) if p.start else None
    online = f"{chinese.day(p.online)}起" if p.online else ("" if c.blank else "未上网")
    return Sheet(
        "posting_record", "form", "公示张贴登记",
        (Form((
            Cell("公示题名", f"关于{c.title}协商结果的公示" if c.title else "", wide=True),
            Cell("张贴地点", "" if not p.board else (c.unit.address or c.unit.room), lines=2, wide=True),
            Cell("张贴日期", chinese.day_or_room(p.board)),
            Cell("期满日期", chinese.day_or_room(last)),
            Cell("网上公开", online),
            Cell("撤下日期", chinese.day_or_room(p.taken_down)),
            Cell("张 贴 人", p.poster.full, lines=3, sign="签字："),
            Cell("见 证 人", p.witness.full, lines=3, sign="签字："),
            Cell("期间异议", _objected(c), lines=3, wide=True),
            Cell("备　　注", "", lines=2, wide=True),
        )),),
        unit=c.unit.name, number=c.id, on=p.start, note="张贴当日不计入公示期；见证人为监督委员会成员。不要求拍照。",
    )  # fmt: skip


def _objected(c: Case) -> str:
    if c.blank:
        return ""
    n = sum(line.act == "object" for line in c.noted)
    return f"{n}件" if n else "无"


@paper("task_list", zh="任务清单", en="Task list", of="matter", stands=("set_tasks", "report_progress", "finish_work", "check_work"),
       lacks=lambda c: None if c.tasks else Say("还没有分任务", "No tasks have been set yet"))  # fmt: skip
def task_list(c: Case) -> Sheet:
    """What follows from the agreed points: each task, who is responsible, by when, how far it is."""
    rows = tuple(
        (str(t.number), t.text, t.owner, chinese.day(t.due) if t.due else "以回函为准",
         chinese.TASKS.get(t.state, t.state) + (f"\n{chinese.day(t.done)}" if t.done else ""), t.note)
        for t in c.tasks
    )  # fmt: skip
    return Sheet(
        "task_list", "table", "协商事项落实任务清单",
        (
            Form((Cell("议题名称", c.title, wide=True),)),
            Grid(("序号", "任务", "责任单位", "完成期限", "进展", "说明"), (8, 25, 16, 19, 19, 13), rows,
                 spare=max(0, 6 - len(rows)), left=(1, 5), tall=True),
            Form((Cell("群众检查\n意　　见", _seen(c), lines=3, wide=True, sign="签字：　　　　　　　　年　　月　　日"),)),
        ),
        unit=c.unit.name, number=c.id, on=_day(c, "set_tasks"),
    )  # fmt: skip


def _seen(c: Case) -> str:
    looked = next((k for k in reversed(c.checks) if k.by == "supervision"), None)
    if looked is None:
        return ""
    return (
        f"{chinese.day(looked.on)}检查：{'与约定一致' if looked.satisfied else '与约定不符'}。{looked.note}"
    )


def _day(c: Case, act: str) -> date | None:
    return next((n.happened for n in reversed(c.noted) if n.act == act), None)


@paper("resolution", zh="决议登记", en="Resolution", of="matter", stands=("record_resolution",),
       lacks=lambda c: None if c.ruling("resolution").on else Say("没有法定会议的决议", "No statutory meeting has decided"))  # fmt: skip
def resolution(c: Case) -> Sheet:
    """What the meeting that the law names decided: which body, the day, entitled, present, for, against, abstained.
    Consultation is not resolution."""
    r = c.ruling("resolution")
    line = next((n for n in reversed(c.noted) if n.act == "record_resolution"), None)
    data = line.data if line else {}
    one = "户" if r.basis == "households" else "人"
    votes = ["" if v is None else f"{v}{one}" for v in r.votes]
    bodies = [b for b in chinese.BODIES if b not in ("council", "party", "town_party", "supervision")]
    which = tuple((chinese.body_name(b), False) for b in bodies) if c.blank else ()
    agreed = next(
        (i.agreed for m in reversed(c.meetings) for i in m.items if i.matter == c.id and i.agreed), ""
    )
    return Sheet(
        "resolution", "form", "法定会议决议登记",
        (Form((
            Cell("决议事项", c.title, wide=True),
            Cell("会议名称", chinese.body_name(r.body, c.unit.kind, r.on) if r.body else "", wide=True, choices=which),
            Cell("会议通知", chinese.day_or_room(_iso(data.get("notice_on")))),
            Cell("开会日期", chinese.day_or_room(r.on)),
            Cell("党组织研究", chinese.day_or_room(_iso(data.get("party_study_on")))),
            Cell("授权依据", str(data.get("authorised_by") or "")),
            Cell("应　　到", f"{r.total}{one}" if r.total else ""),
            Cell("实　　到", f"{r.present}{one}" if r.present is not None else ""),
            Cell("赞　　成", votes[0]),
            Cell("反　　对", votes[1]),
            Cell("弃　　权", votes[2]),
            Cell("决议文号\n或存放处", r.paper),
            *_areas(c, r),
            Cell("协商共识", "\n".join(chinese.points(agreed)), lines=6, wide=True),
            Cell("会议决定", choices=(("通过", r.passed is True), ("未通过", r.passed is False)), wide=True),
        )), Sign(("会议主持人", "计票人", "监督委员会"))),
        unit=c.unit.name, number=c.id, on=r.on, note="协商结果不是决议。法律规定须由上述会议决定的事项，以本决议为准。",
    )  # fmt: skip


def _areas(c: Case, r: Ruled) -> tuple[Cell, ...]:
    """Owners' floor areas, and how the votes were counted under the law of the day."""
    names = ("总面积", "参与表决", "同意")
    touches = frozenset(filter(None, c.touches.split(",")))
    rule = rule_for(law_on(r.on, c.unit.kind), r.body, touches) if r.on else None
    if rule is None or r.total is None or r.present is None or r.votes[0] is None:
        return (
            Cell(
                "专有部分面积",
                "　　".join(f"{n}{chinese.LINE * 5}平方米" for n in names) + "（业主表决）",
                wide=True,
            ),
        )
    whole, present, yes = r.areas
    more = {} if whole is None or present is None or yes is None else {"area": (whole, present, yes)}
    count = tally(rule, r.total, r.present, r.votes[0], basis=r.basis or None, more=more)
    shown = "　　".join(
        f"{n}{square_metres(v)}平方米" for n, v in zip(names, r.areas, strict=True) if v is not None
    )
    cells = (Cell("专有部分面积", shown, wide=True),) if more else ()
    return (*cells, Cell("表决核算", count.sentence.zh, wide=True))


def _iso(text: object) -> date | None:
    return date.fromisoformat(text) if isinstance(text, str) and text else None


@paper("referral", zh="转办单", en="Referral", of="matter", stands=("reply",),
       lacks=lambda c: None if c.referral.redirect else Say("没有转办", "It was not referred"))  # fmt: skip
def referral(c: Case) -> Sheet:
    """Where a matter goes that is not discussed here: to whom, why, and that the resident was told (D35, D36)."""
    r = c.referral
    said = "\n".join(o.text for o in c.opinions)
    return Sheet(
        "referral", "form", "转办单",
        (Form((
            Cell("转往单位", r.redirect),
            Cell("转办日期", chinese.day_or_room(r.on)),
            Cell("事　　项", c.title, wide=True),
            Cell("反映内容", said, lines=7, wide=True),
            Cell("不议理由", choices=chinese.picks(chinese.QUESTIONS, c.not_discuss), wide=True),
            Cell("说　　明", r.text, lines=5, wide=True),
            Cell("转办单位", lines=4, wide=True, sign=f"经办人（盖章）：　　　　　　{chinese.day_or_room(r.on)}"),
            Cell("接收单位", lines=4, wide=True, sign="接收人：　　　　　　　　　年　　月　　日"),
        )),),
        unit=c.unit.name, number=c.id, on=r.on, note="已告知反映人转往单位，凭编号可查。",
    )  # fmt: skip


@paper("reply", zh="答复", en="Reply", of="matter", stands=("reply",),
       lacks=lambda c: None if c.replies else Say("还没有答复", "There is no answer yet"))  # fmt: skip
def reply(c: Case) -> Sheet:
    """The written answer to those who raised the matter, by its number. It names nobody."""
    r = c.reply
    where = "，".join(t for t in (c.unit.address, f"电话{c.unit.telephone}" if c.unit.telephone else "") if t)
    return Sheet(
        "reply", "letter", "关于所反映事项的答复",
        (
            Prose((f"您于{chinese.day(c.opened)}反映的事项（编号{hole(c.id, 6)}"
                   + (f"，{c.title}" if c.title else "") + "）收悉。经研究，现答复如下。",)),
            Prose(chinese.points(r.text), lines=8),
            *((Prose((f"这件事可以找：{r.redirect}。",)),) if r.redirect else ()),
            Prose((f"如有不清楚的地方，可到{hole(where, 16)}询问；觉得没有解决的，也请告诉我们。",)),
        ),
        unit=c.unit.name, to="反映意见的居民：", signer=c.unit.issuer, on=r.on, signed=True,
    )  # fmt: skip


@paper(
    "objection_reply",
    zh="异议答复",
    en="Answer to an objection",
    of="objection",
    stands=("answer_objection",),
)
def objection_reply(o: Dispute) -> Sheet:
    """The written answer that every objection gets."""
    verdict = {"sustained": "您的意见成立，这件事将重新协商。", "answered": ""}.get(o.state, "")
    return Sheet(
        "objection_reply", "letter", "关于公示异议的答复",
        (
            Prose((f"您于{chinese.day(o.received)}对“{hole(o.title, 10)}”协商结果公示提出的意见收悉，现答复如下。",)),
            Prose((*chinese.points(o.answer), *((verdict,) if verdict else ())), lines=8),
            Prose((f"对答复仍有不同看法的，可向{'乡镇（街道）' if o.unit.level == 'village' else '上级'}反映。",)),
        ),
        unit=o.unit.name, to="提出意见的居民：", signer=o.unit.issuer, on=o.answered, signed=True,
    )  # fmt: skip


@paper("closing_note", zh="办结说明", en="Closing note", of="matter", stands=("close",),
       lacks=lambda c: None if c.result_on else Say("还没有办结", "It is not closed yet"))  # fmt: skip
def closing_note(c: Case) -> Sheet:
    """How the matter ended: the unit's registration, and beside it what residents say (D42)."""
    agreed = next(
        (i.agreed for m in reversed(c.meetings) for i in m.items if i.matter == c.id and i.agreed), ""
    )
    done = "\n".join(
        f"{t.number}. {t.text}（{t.owner}）：{chinese.TASKS.get(t.state, t.state)}"
        + (f"，{chinese.day(t.done)}" if t.done else "") for t in c.tasks
    )  # fmt: skip
    heard = (("群众已确认解决", c.heard == "solved"), ("群众认为未解决", c.heard == "unsolved"),
             ("未收到群众意见", not c.heard and not c.blank))  # fmt: skip
    return Sheet(
        "closing_note", "form", "协商事项办结说明",
        (Form((
            Cell("议题名称", c.title, wide=True),
            Cell("登记日期", chinese.day_or_room(c.opened)),
            Cell("办结日期", chinese.day_or_room(c.result_on)),
            Cell("协商共识", "\n".join(chinese.points(agreed)), lines=4, wide=True),
            Cell("落实情况", done, lines=4, wide=True),
            Cell("群众检查", _seen(c), lines=2, wide=True),
            Cell("单位登记", choices=chinese.picks(chinese.RESULTS, c.result), wide=True),
            Cell("群众评价", choices=heard, wide=True),
            Cell("办结说明", c.result_note, lines=6, wide=True),
            Cell("召 集 人", lines=3, wide=True, sign=f"签字：　　　　　　{chinese.day_or_room(c.result_on)}"),
        )),),
        unit=c.unit.name, number=c.id, on=c.result_on,
    )  # fmt: skip


@paper("exemption", zh="不公示登记", en="Exemption from publication", of="matter", stands=("exempt_notice",),
       lacks=lambda c: None if any(p.ground for p in c.posted) else Say("没有登记不公示", "It was not exempted"))  # fmt: skip
def exemption(c: Case) -> Sheet:
    """Why a result is not published: the ground, who approved, the day. Without these three it must be."""
    p = next((p for p in reversed(c.posted) if p.ground), Posted())
    return Sheet(
        "exemption", "form", "协商结果不公示登记",
        (Form((
            Cell("议题名称", c.title, wide=True),
            Cell("不公示依据", p.ground, lines=2, wide=True),
            Cell("批准单位", p.approver),
            Cell("批准日期", chinese.day_or_room(p.drafted)),
            Cell("理　　由", p.text, lines=9, wide=True),
            Cell("批准单位\n意　　见", lines=5, wide=True, sign="（盖章）　　　　　　　　年　　月　　日"),
        )),),
        unit=c.unit.name, number=c.id, on=p.drafted, note="没有依据、批准单位和日期的，应当公示。",
    )  # fmt: skip


@paper("report", zh="上报报告", en="Report upward", of="matter", stands=("report_up", "record_return"),
       lacks=lambda c: None if c.ruling("report").on else Say("没有上报", "It was not sent up"))  # fmt: skip
def report(c: Case) -> Sheet:
    """What cannot be settled here goes up, with what was agreed and what was not; below it, what came back."""
    r, back = c.ruling("report"), c.ruling("return")
    item = next((i for m in reversed(c.meetings) for i in m.items if i.matter == c.id and i.outcome), None)
    came = (("已解决", back.passed is True), ("退回再议", back.passed is False))
    return Sheet(
        "report", "form", "协商事项上报单",
        (Form((
            Cell("议题名称", c.title, wide=True),
            Cell("报　　送", r.paper),
            Cell("上报日期", chinese.day_or_room(r.on)),
            Cell("共识要点", "\n".join(chinese.points(item.agreed)) if item else "", lines=4, wide=True),
            Cell("保留意见", item.reserved if item else "", lines=3, wide=True),
            Cell("请求事项", r.note, lines=5, wide=True),
            Cell("上报单位", lines=4, wide=True, sign=f"负责人（盖章）：　　　　　　{chinese.day_or_room(r.on)}"),
            Cell("答复日期", chinese.day_or_room(back.on)),
            Cell("答复文件", back.paper),
            Cell("答复结论", choices=came, wide=True),
            Cell("答复内容", back.note, lines=5, wide=True),
        )),),
        unit=c.unit.name, number=c.id, on=r.on,
    )  # fmt: skip
