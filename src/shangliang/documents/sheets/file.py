"""Papers about the file itself: what was done in which order, and what is handed to the archive."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from shangliang.acts import rulebooks
from shangliang.acts.amend import CORRECTIONS
from shangliang.documents import chinese, queries
from shangliang.documents.papers import PAPERS, paper
from shangliang.documents.sheet import Block, Cell, Form, Grid, Prose, Sheet, Sign
from shangliang.documents.values import Noted, Place
from shangliang.documents.values_matter import Case
from shangliang.procedure.model import Clause, Procedure, Stage, StageAct


@dataclass(frozen=True, slots=True)
class Step:
    """An entry and where in the procedure the matter stood when it was made."""

    stage: str
    name: str
    line: Noted
    cites: tuple[Clause, ...]


def steps(c: Case) -> list[Step]:
    """The matter's entries and those of its meetings, each with its stage, oldest first."""
    rule = c.procedure
    lines = list(c.noted) + [n for m in c.meetings for n in m.noted if n.act != "register_reply"]
    lines.sort(key=lambda n: (n.entered, n.seq) if n.book == c.unit.id else (n.entered, 0))
    stages: dict[str, str] = {}
    found = []
    for line in lines:
        flow = line.flow or {}
        if "position" in flow and not stages:  # the act that opened the matter stands in the first stage
            stages = dict(flow["position"]["stages"])
        found.append(_step(line, stages, rule, c.unit))
        if "position" in flow:
            stages = dict(flow["position"]["stages"])
    return found


def _step(line: Noted, stages: dict[str, str], rule: Procedure | None, unit: Place) -> Step:
    root = stages.get("", "")
    if not line.subject.startswith("matter:"):  # of a meeting, or what corrects it in the register
        return Step("", "会议", line, ())
    if rule is None:  # ids of stages are never shown
        return Step(root, "", line, ())
    home = rule.root.stages.get(root)
    name = home.name.zh if home else ""
    if home and (line.act == "intake" or home.act(line.act)):
        return Step(root, name, line, _fitting(home, home.act(line.act), unit))
    for flow, at in stages.items():
        stage = rule.flows[flow].stages.get(at) if flow and flow in rule.flows else None
        if stage and (act := stage.act(line.act)):
            return Step(root, f"{name}·{stage.name.zh}", line, _fitting(stage, act, unit))
    return Step(root, name, line, ())


def _fitting(stage: Stage, act: StageAct | None, unit: Place) -> tuple[Clause, ...]:
    """The clauses of an act and its stage, each once; not those that speak about other kinds or levels of unit."""
    gates = (*(act.gates if act else ()), *stage.gates)
    others = {c.cite for g in gates for c in g.cites if g.params.get("level", unit.level) != unit.level}
    cites = (*(c for g in (act.gates if act else ()) for c in g.cites), *stage.cites)
    return tuple({c.cite: c for c in cites if _speaks_of(c, unit) and c.cite not in others}.values())


def _speaks_of(clause: Clause, unit: Place) -> bool:
    return not clause.kinds or unit.kind in clause.kinds


def _cited(clause: Clause) -> str:
    return f"{clause.short.zh}（{clause.title}）" if clause.origin == "law" else clause.short.zh


@paper("due_process", zh="程序单", en="Due-process sheet", of="matter")
def due_process(c: Case) -> Sheet:
    """Every step the matter has taken, with its day, the entry that proves it and the rule it follows; exceptions with their
    reason and paper; corrections; late entries with both dates; stages not passed."""
    found = steps(c)
    rows = tuple(_row(n, s) for n, s in enumerate(found, 1))
    blocks: list[Block] = [
        Form((
            Cell("议题名称", c.title or ("（未定名）" if c.id else ""), wide=True),
            Cell("适用规程", _rule(c), wide=True),
            Cell("登记日期", chinese.day_or_room(c.opened)),
            Cell("现　　状", "" if c.blank else _state(c)),
        )),
        Grid(("序号", "环节", "办理", "决定", "发生日期", "录入日期", "记录号·摘要", "依据"), (5, 15, 11, 13, 11, 11, 13, 21), rows,
             spare=11 if c.blank else 0, left=(1, 7), heading="一、办理经过"),
    ]  # fmt: skip
    if skipped := _skipped(c, found):
        blocks.append(Prose((skipped,)))
    blocks += [
        Grid(("规则", "批准机关", "依据文件", "理由", "日期", "用于"), (25, 13, 18, 22, 12, 10), tuple(_exceptions(c, found)),
             spare=2 if c.blank else 0, left=(0, 3), heading="二、例外"),
        Grid(("被更正", "项目", "更正为", "理由", "更正日期", "更正记录号"), (15, 15, 22, 24, 12, 12), tuple(_corrections(c)),
             spare=2 if c.blank else 0, left=(2, 3), heading="三、更正"),
        Grid(("办理", "发生日期", "录入日期", "记录号·摘要"), (34, 22, 22, 22),
             tuple((s.line.name, chinese.day(s.line.happened), chinese.day(s.line.entered), _evidence(s.line))
                   for s in found if s.line.late), spare=2 if c.blank else 0, left=(0,), heading="四、补录"),
        Grid(("纸质原件", "存放处", "页数", "登记日期"), (34, 30, 14, 22),
             tuple((_paper_name(o.kind), o.place, str(o.pages), chinese.day(o.on)) for o in c.originals),
             spare=2 if c.blank else 0, left=(0, 1), heading="五、纸质原件"),
    ]  # fmt: skip
    blocks = [
        b
        if not isinstance(b, Grid) or b.rows or b.spare
        else Prose(("无。",), heading=b.heading, run_in=True)
        for b in blocks
    ]
    if c.blank:
        blocks.append(Sign(("经办人", "召集人", "监督委员会")))
    last = c.noted[-1].happened if c.noted else None
    return Sheet("due_process", "table", "协商事项程序单", tuple(blocks), unit=c.unit.name, number=c.id, on=last, landscape=True,
                 note="摘要为记录簿该号记录的前八位；在核对页面输入本页所附摘要，可核对全部经过是否被改动。")  # fmt: skip


def _rule(c: Case) -> str:
    if c.procedure is None:
        return ""
    p = c.procedure
    return f"{p.name.zh}（来源：{p.source.title}，{p.source.publisher}），版本 {p.version[:12]}"


def _state(c: Case) -> str:
    stands = {
        "completed": "已办结归档",
        "refused": "不议，已答复",
        "stopped": "终止，已答复",
        "merged": "并入另一事项",
    }
    return f"{stands.get(c.ended, c.ended)}，{chinese.day(c.ended_on)}" if c.ended else "办理中"


def _row(n: int, s: Step) -> tuple[str, ...]:
    line = s.line
    cites = "；".join(_cited(x) for x in s.cites[:2])
    late = f"{chinese.day(line.entered)}" if line.late else "当日"
    return (str(n), s.name, line.name, line.who, chinese.day(line.happened), late, _evidence(line), cites)


def _evidence(line: Noted) -> str:
    return f"第{line.seq}号 {line.digest[:4]} {line.digest[4:8]}"


def _skipped(c: Case, found: list[Step]) -> str:
    if c.procedure is None or c.blank:
        return ""
    passed = {s.stage for s in found}
    rest = [s.name.zh for i, s in c.procedure.root.stages.items() if i not in passed]
    if not rest:
        return ""
    names = "、".join(rest)
    return f"未经过的环节：{names}。" if c.ended else f"尚未经过的环节：{names}（其中有的环节本事项不需要）。"


def _exceptions(c: Case, found: list[Step]) -> Iterator[tuple[str, ...]]:
    used = {f"{n.book}.{n.seq}": n for n in c.noted}
    for o in c.overrides:
        by = used.get(o.used_by)
        yield (_gate_words(c, o.gate), chinese.body_name(o.body) if o.body else "", o.paper, o.reason, chinese.day(o.on),
               f"第{by.seq}号（{by.name}）" if by else "未使用")  # fmt: skip
    reasons = [
        (s.line, path, ident)
        for s in found
        for path, ident in s.line.seals.items()
        if path.startswith("reason.")
    ]
    texts = queries.sealed(ident for _, _, ident in reasons)
    for line, path, ident in reasons:
        yield (_gate_words(c, path.removeprefix("reason.")), line.who, "书面理由", texts.get(ident, ""),
               chinese.day(line.happened), f"第{line.seq}号（{line.name}）")  # fmt: skip


def _gate_words(c: Case, gate: str) -> str:
    if c.procedure and gate in c.procedure.flows:
        return f"{c.procedure.flows[gate].name.zh}没有办完"
    found = rulebooks.gate(c.procedure, gate) if c.procedure else None
    cites = [x for x in found.cites if _speaks_of(x, c.unit)] if found else []
    return "；".join(_cited(x) for x in cites) or (found.say.zh if found else "") or gate


def _corrections(c: Case) -> Iterator[tuple[str, ...]]:
    lines = [*c.noted, *(n for m in c.meetings for n in m.noted)]
    by_seq = {n.seq: n for n in lines}
    mended = [n for n in lines if n.act in CORRECTIONS]
    texts = queries.sealed(i for n in mended for i in n.seals.values())
    for n in mended:
        old = by_seq.get(n.data["entry"])
        value = n.data.get("value") or texts.get(n.seals.get("text", ""), "")
        yield (f"第{n.data['entry']}号" + (f"（{old.name}）" if old else ""), _FIELDS.get(n.data["field"], n.data["field"]),
               _value(value), texts.get(n.seals.get("reason", ""), ""), chinese.day(n.happened), _evidence(n))  # fmt: skip


_FIELDS = {
    "happened_on": "日期", "title": "议题名称", "place": "地点", "time": "时间", "others": "到会人数", "pages": "页数",
    "until": "征求截止日期", "amount": "金额", "present": "到会人数",
    "department": "涉事部门", "dispute": "纠纷大小", "result": "解决情况",
}  # fmt: skip


def _value(text: str) -> str:
    try:
        return chinese.day(date.fromisoformat(text))
    except ValueError:
        return {**chinese.RESULTS, "small": "较小", "large": "较大"}.get(text, text)


def _paper_name(kind: str) -> str:
    return PAPERS[kind].zh if kind in PAPERS else kind


@paper("transfer_list", zh="移交清单", en="Transfer list", of="matter")
def transfer_list(c: Case) -> Sheet:
    """What goes to the archive: one line a paper. Reference numbers and pages are the archivist's; a paper original has its
    pages."""
    rows = tuple(
        (str(n), "", title, by, chinese.eight(on), pages, note)
        for n, (title, by, on, pages, note) in enumerate(_papers(c), 1)
    )
    return Sheet(
        "transfer_list", "table", "档案移交清单",
        (
            Form((
                Cell("移交单位", c.unit.name), Cell("件　　名", f"{c.title}（编号{c.id}）" if c.id else ""),
            )),
            Grid(("序号", "档号", "题名", "责任者", "日期", "页数", "备注"), (7, 12, 30, 20, 13, 8, 10), rows,
                 spare=max(2, 14 - len(rows)), left=(2, 3)),
            Sign(("移交人", "接收人", "监交人")),
        ),
        unit=c.unit.name, number=c.id, on=c.ended_on or c.result_on,
        note="档号由档案部门编定；系统生成件的页数在装订时填写。保管期限以当地档案部门意见为准。",
    )  # fmt: skip


def _papers(c: Case) -> Iterator[tuple[str, str, date | None, str, str]]:
    """Title, responsible, day, pages, remark of everything the matter's file holds."""
    if c.blank:
        return
    originals = {o.kind: o for o in c.originals}
    about = c.title or c.id
    for id, title, by, on in _written(c, about):
        kept = originals.pop(id, None)
        yield (title, by, on, str(kept.pages) if kept else "", f"原件存{kept.place}" if kept else "")
    for kind, kept in originals.items():
        yield (f"{about}：{_paper_name(kind)}", c.unit.name, kept.on, str(kept.pages), f"原件存{kept.place}")


def _written(c: Case, about: str) -> Iterator[tuple[str, str, str, date | None]]:
    day = {n.act: n.happened for n in c.noted}
    unit = c.unit.issuer
    council, party = f"{c.unit.name}协商议事会议", f"{c.unit.name}党组织"
    if c.title:
        yield "registration", f"{about}议题登记表", c.unit.name, c.opened
    if c.answered:
        yield "screening", f"{about}甄别记录", council, day.get("screen")
    if any(s.visited for s in c.sides):
        yield "door_talk", f"{about}上门沟通记录", council, max(s.visited for s in c.sides if s.visited)
    for kind, paper_id, name, by in (
        ("study", "study", "研究意见", council), ("approval", "approval", "审定意见", party),
    ):  # fmt: skip
        if (r := c.ruling(kind)).on:
            yield paper_id, f"{about}{name}", by, r.on
    for m in c.meetings:
        yield (
            "meeting_notice",
            f"关于召开协商议事会议的通知（{chinese.day(m.held_on)}）",
            unit,
            m.notice_on or m.called_on,
        )
        for guest in m.guests:
            if guest.department:
                yield "letter", f"致{guest.department}的商请函", unit, m.called_on
        if m.state == "held":
            yield "sign_in", f"协商议事会议签到表（{chinese.day(m.held_on)}）", council, m.held_on
            yield "minutes", f"协商议事会议记录（{chinese.day(m.held_on)}）", council, m.held_on
    if (r := c.ruling("resolution")).on:
        yield "resolution", f"{about}决议", chinese.body_name(r.body, c.unit.kind, r.on), r.on
    if c.publication.start:
        yield "publication", f"关于{about}协商结果的公示", unit, c.publication.start
        yield "posting_record", f"{about}公示张贴登记", c.unit.name, c.publication.start
    if c.tasks:
        yield "task_list", f"{about}落实任务清单", unit, day.get("set_tasks")
    if c.referral.redirect:
        yield "referral", f"{about}转办单", unit, c.referral.on
    for said in c.replies:
        yield "reply", f"关于{about}的答复", unit, said.on
    if c.result_on:
        yield "closing_note", f"{about}办结说明", unit, c.result_on
    yield "due_process", f"{about}程序单", c.unit.name, c.noted[-1].happened if c.noted else None
