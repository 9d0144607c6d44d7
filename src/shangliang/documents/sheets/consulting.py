"""Papers of preparing and holding a consultation: the topic, the notice, who takes part, the study, what was said."""

from __future__ import annotations

from shangliang.documents import chinese
from shangliang.documents.chinese import hole
from shangliang.documents.consulting import Consulting, Counted, read
from shangliang.documents.papers import paper
from shangliang.documents.queries import Case
from shangliang.documents.sheet import Block, Cell, Form, Grid, Labelled, Prose, Sheet, Sign

KINDS = {
    "member": "委员（议事会成员）", "invited": "特邀委员", "leader": "领导", "stakeholder": "利益相关方", "department": "职能部门",
    "staff": "相关人员", "expert": "专家", "representative": "协商代表", "resident": "居民", "third": "第三方",
}  # fmt: skip
SIDES = {"party": "党", "government": "政", "groups": "群", "people": "民", "society": "社"}
REPLIES = {"coming": "参加", "not_coming": "不参加", "written": "书面意见"}
WAYS = {"paper": "书面", "phone": "电话", "wechat": "微信", "face": "当面"}
MODES = {"hands": "举手表决", "ballot": "无记名投票", "appraisal": "民主测评"}
QUORA = {"none": "未规定", "half": "有权表决人数的半数以上", "two_thirds": "有权表决人数的三分之二以上"}
THRESHOLDS = {
    "half_present": "到会人数的半数以上", "two_thirds_present": "到会人数的三分之二以上", "half_entitled": "有权表决人数的半数以上",
    "two_thirds_entitled": "有权表决人数的三分之二以上",
}  # fmt: skip


def of(c: Case) -> Consulting:
    return read(c.id, c.procedure)


def yuan(amount: int | None) -> str:
    """Yuan in words of ten thousand: 360万元, 3.56万元; whole numbers all the way."""
    if amount is None:
        return ""
    whole, rest = divmod(amount, 10_000)
    if rest % 100:
        return f"{amount}元"
    return f"{whole}万元" if not rest else f"{whole}.{rest // 100:02d}".rstrip("0") + "万元"


def titled(c: Case, number: str = "") -> str:
    return c.title or (f"（材料另存：{number}）" if number else "")


@paper("topic_form", zh="事项登记", en="Matter form", of="matter", stands=("propose", "set_topic"), own=True)
def topic_form(c: Case) -> Sheet:
    """A matter brought in, with its class, amount and what is meant by it (W20 to W36). Of personnel matters only number and
    date."""
    t = of(c).topic
    return Sheet(
        "topic_form", "form", "重大事项登记表",
        (Form((
            Cell("事项名称", titled(c, t.ref), wide=True),
            Cell("提出单位", c.department), Cell("提出日期", chinese.day_or_room(c.opened)),
            Cell("类　　别", t.category), Cell("子　　项", t.item),
            Cell("金　　额", yuan(t.amount)), Cell("预算内外", {True: "预算外", False: "预算内", None: ""}[t.off_budget]),
            Cell("资金来源", t.funds), Cell("材料编号", t.ref),
            Cell("意图说明", t.explanation, lines=8, wide=True),
            Cell("提出单位\n负 责 人", lines=3, wide=True, sign="签字：　　　　　　年　　月　　日"),
        )),),
        unit=c.unit.name, number=c.id, on=c.opened, note="重要人事只登记编号和日期，材料另存。",
    )  # fmt: skip


@paper(
    "topic_record", zh="议题筛选记录", en="Record of the topic", of="matter", stands=("set_topic",), own=True
)
def topic_record(c: Case) -> Sheet:
    """The topic as it was set: kind, reach, complexity, scope, subject, what can be decided here (X34, X19, L41, L42)."""
    t = of(c).topic
    said = "\n".join(f"{n}. {s.text}" for n, s in enumerate(c.opinions, 1))
    return Sheet(
        "topic_record", "form", "协商议题筛选登记",
        (Form((
            Cell("议题名称", c.title, wide=True),
            Cell("类　　型", t.category), Cell("涉及范围", t.reach),
            Cell("复杂程度", t.complexity), Cell("协商层次", f"第{t.layer}层次" if t.layer else ""),
            Cell("协商范围", t.scope), Cell("协商主题", t.subject),
            Cell("来　　源", said, lines=5, wide=True),
            Cell("能定和\n不能定", t.limits, lines=3, wide=True),
            Cell("涉事部门", c.department or ("" if c.blank else "无"), wide=True),
        )),),
        unit=c.unit.name, number=c.id, on=c.opened,
    )  # fmt: skip


@paper("consultation_notice", zh="重大事项民主协商通知书", en="Notice of consultation", of="matter", stands=("issue_notice",),
       own=True)  # fmt: skip
def consultation_notice(c: Case) -> Sheet:
    """The office's notice to the liaison room: focus, papers, and from which day the seven days count (W41 to W43)."""
    r = of(c)
    sent = r.last("notice")
    papers = tuple(
        f"{n}. {name}" + (f"（{pages}页）" if pages else "")
        for n, (name, pages) in enumerate(sent.materials, 1)
    )
    return Sheet(
        "consultation_notice", "letter", "重大事项民主协商通知书",
        (
            Prose((f"经街道党委审定，现将“{hole(titled(c, r.topic.ref), 14)}”列为重大事项民主协商内容，请你室组织协商。",)),
            Prose((hole(sent.text, 30),), heading="一、协商重点", run_in=True),
            Prose(papers or (chinese.LINE * 20,), heading="二、随附资料"),
            Prose((
                "请按照本通知书确定的重点，及时确定并逐一通知参加协商的人员，留出充足的时间调研和思考；"
                f"协商应在本通知书发出（{chinese.day(sent.on)}）七天以后进行。",
            ), heading="三、要求", run_in=True),
        ),
        unit=c.unit.name, to="政协委员联络室：", number=sent.number, signer="协商民主工作领导小组办公室", on=sent.on, signed=True,
    )  # fmt: skip


@paper(
    "materials", zh="资料目录", en="Papers that came with it", of="matter", stands=("issue_notice",), own=True
)
def materials(c: Case) -> Sheet:
    """The papers that went out with the notice, by name and pages (W42)."""
    rows = tuple(
        (str(n), name, str(pages or ""), "")
        for n, (name, pages) in enumerate(of(c).last("notice").materials, 1)
    )
    return Sheet("materials", "table", "随附资料目录",
                 (Grid(("序号", "资料名称", "页数", "备注"), (12, 50, 16, 22), rows, spare=max(0, 8 - len(rows)), left=(1,)),),
                 unit=c.unit.name, number=c.id, on=of(c).last("notice").on)  # fmt: skip


@paper("participant_list", zh="参加人员名单", en="List of those who take part", of="matter",
       stands=("fix_participants", "set_form"), own=True)  # fmt: skip
def participant_list(c: Case) -> Sheet:
    """Everybody who takes part, as what and for which side (W44, X32, L25); the form and the body that carries it."""
    r = of(c)
    rows = tuple(
        (str(n), p.name, KINDS.get(p.kind, p.kind), SIDES.get(p.side, ""), "")
        for n, p in enumerate(r.people, 1)
    )
    return Sheet(
        "participant_list", "table", "协商参加人员名单",
        (
            Labelled((("议题", hole(titled(c, r.topic.ref), 20)), ("协商形式", hole(r.topic.way, 8)),
                      ("协商载体", r.topic.carrier or "—"), ("代表产生办法", r.topic.method or "—"))),
            Grid(("序号", "姓名或单位", "身份", "方面", "备注"), (10, 36, 24, 12, 18), rows, spare=max(2, 14 - len(rows)), left=(1,)),
        ),
        unit=c.unit.name, number=c.id, on=c.opened,
    )  # fmt: skip


@paper("receipts", zh="回执登记", en="Receipts", of="matter", stands=("notify_participants", "register_receipt", "set_form"), own=True)  # fmt: skip
def receipts(c: Case) -> Sheet:
    """When and how each participant was told, and what they answered: the days each had for study follow from it (W45)."""
    r = of(c)
    sent = r.last("notice").on
    rows = tuple(
        (
            str(n),
            p.name,
            chinese.day(p.notified) if p.notified else "未通知",
            WAYS.get(p.by, ""),
            REPLIES.get(p.reply, ""),
        )
        for n, p in enumerate(r.people, 1)
    )
    head: tuple[Block, ...] = (Labelled((("通知书发出", chinese.day(sent)),)),) if sent or c.blank else ()
    return Sheet("receipts", "table", "参加人员通知和回执登记", (
        *head, Grid(("序号", "姓名或单位", "通知日期", "通知方式", "回执"), (10, 32, 24, 16, 18), rows,
                    spare=max(2, 14 - len(rows)), left=(1,))), unit=c.unit.name, number=c.id, on=sent)  # fmt: skip


@paper(
    "prior_notice",
    zh="议题和资料公告",
    en="Information beforehand",
    of="matter",
    stands=("release_information",),
    own=True,
)
def prior_notice(c: Case) -> Sheet:
    """What people can read before the consultation: topic and papers (L33). It names nobody."""
    sent = of(c).last("prior")
    papers = tuple(
        f"{n}. {name}" + (f"（{pages}页）" if pages else "")
        for n, (name, pages) in enumerate(sent.materials, 1)
    )
    return Sheet(
        "prior_notice", "notice", f"关于{hole(c.title, 10)}协商议题和资料的公告",
        (
            Prose((f"{hole(c.title, 12)}将进行协商，现将议题和资料公布如下，欢迎提前了解、提出意见。",)),
            Prose((sent.text or chinese.LINE * 20,), heading="一、说明", run_in=True),
            Prose(papers or (chinese.LINE * 20,), heading="二、资料（可到党群服务中心翻看）"),
        ),
        unit=c.unit.name, signer=c.unit.issuer, on=sent.on, signed=True,
    )  # fmt: skip


@paper("study_report", zh="调研报告", en="Study report", of="matter", stands=("report_study",), own=True)
def study_report(c: Case) -> Sheet:
    """What members found (X49, W45), and the plan for the consultation."""
    found = [r for r in c.rulings if r.kind == "field_study"]
    plan = next((r.note for r in reversed(c.rulings) if r.kind == "plan"), "")
    last = found[-1] if found else None
    text = "\n".join(r.note for r in found)
    return Sheet("study_report", "form", "专题调研报告", (Form((
        Cell("议题名称", titled(c), wide=True),
        Cell("调研日期", chinese.day_or_room(last.on if last else None)), Cell("调研组织", "政协委员"),
        Cell("调研情况\n和 意 见", text, lines=14, wide=True),
        Cell("协商方案", plan, lines=6, wide=True),
        Cell("调研人员", lines=3, wide=True, sign="签字：　　　　　　年　　月　　日"),
    )),), unit=c.unit.name, number=c.id, on=last.on if last else None)  # fmt: skip


@paper(
    "written_replies",
    zh="书面意见",
    en="Written opinions",
    of="matter",
    stands=("enter_statement",),
    own=True,
)
def written_replies(c: Case) -> Sheet:
    """What each wrote in a written consultation. The signed originals lie with the file."""
    rows = tuple(
        (str(n), p.name, p.written, "") for n, p in enumerate((p for p in of(c).people if p.written), 1)
    )
    held = [m.held_on for m in c.meetings if m.form == "written" and m.held_on]
    return Sheet("written_replies", "table", "书面协商意见", (
        Labelled((("议题", hole(titled(c), 20)), ("截止日期", chinese.day(held[-1] if held else None)))),
        Grid(("序号", "姓名或单位", "意见", "原件"), (10, 26, 48, 16), rows, spare=max(2, 8 - len(rows)), left=(1, 2), tall=True),
    ), unit=c.unit.name, number=c.id, on=held[-1] if held else None)  # fmt: skip


@paper("vote_record", zh="表决结果", en="Result of the vote", of="matter", stands=("record_vote",), own=True)
def vote_record(c: Case) -> Sheet:
    """Each vote with electorate, quorum and threshold as declared, and the count. Of a ballot only totals and the tellers
    (W39). It advises and is no resolution."""
    votes = of(c).votes or (Counted(),)
    return Sheet("vote_record", "form", "协商表决结果", (
        *(_count(v, c.blank) for v in votes), Sign(("召集人", "计票人", "监票人")),
    ), unit=c.unit.name, number=c.id, on=votes[-1].on, note="表决结果供决策参考，不是决议。")  # fmt: skip


def _count(v: Counted, blank: bool) -> Form:
    entitled, present, yes, no, held = ("" if blank else f"{n}人" for n in v.numbers)
    came = (
        ""
        if blank
        else ("达到规定人数，" if v.quorate else "未达到规定人数，") + ("通过" if v.passed else "未通过")
    )
    return Form((
        Cell("表决内容", v.question, wide=True),
        Cell("表决方式", choices=chinese.picks(MODES, v.mode), wide=True),
        Cell("有权表决", v.electorate), Cell("应到人数", entitled),
        Cell("到会要求", QUORA.get(v.quorum, "")), Cell("通过要求", THRESHOLDS.get(v.threshold, "")),
        Cell("实　　到", present), Cell("赞　　成", yes), Cell("反　　对", no), Cell("弃　　权", held),
        Cell("结　　果", came), Cell("计 票 人", v.tellers),
    ))  # fmt: skip


@paper(
    "survey_result",
    zh="民意调查结果",
    en="Result of the survey",
    of="matter",
    stands=("close_survey",),
    own=True,
)
def survey_result(c: Case) -> Sheet:
    """Each question with its answers by telephone, on paper and together (L45); the digest of the closed box."""
    found = of(c).surveys
    blocks: list[Block] = []
    for s in found:
        closed = f"，{chinese.day(s.closed)}截止" if s.closed else ""
        blocks.append(
            Labelled(
                (
                    ("调查", s.title),
                    ("日期", f"{chinese.day(s.opened)}发起{closed}"),
                    ("电话", f"{s.calls or 0}个"),
                )
            )
        )
        rows = tuple((q, o, str(a), str(b), str(t)) for q, o, a, b, t in s.rows)
        blocks.append(Grid(("题目", "选项", "电话", "纸质", "合计"), (38, 26, 12, 12, 12), rows, left=(0, 1)))
        if s.digest:
            blocks.append(Prose((f"电话答卷箱摘要：{s.digest}",)))
    if not found:
        blocks.append(
            Grid(("题目", "选项", "电话", "纸质", "合计"), (38, 26, 12, 12, 12), spare=10, left=(0, 1))
        )
    return Sheet("survey_result", "table", "民意调查结果", tuple(blocks), unit=c.unit.name, number=c.id,
                 on=found[-1].closed if found else None, note="电话逐个登记，不记姓名；纸质问卷由两人清点。")  # fmt: skip
