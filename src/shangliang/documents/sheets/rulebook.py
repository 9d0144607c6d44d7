"""Papers made of the rulebook itself: the collection of rules in full (制度汇编) and the card for every household (明白卡)."""

from __future__ import annotations

from shangliang.documents import chinese
from shangliang.documents.papers import paper
from shangliang.documents.sheet import Block, Code, Grid, Proof, Prose, Sheet
from shangliang.documents.values import Room
from shangliang.procedure.chart_layout import lay_out
from shangliang.procedure.model import Procedure
from shangliang.procedure.say import Say
from shangliang.procedure.show import show


def _unruled(r: Room) -> Say | None:
    return None if r.procedure else Say("这里还没有定规程", "No procedure has been set here yet")


def _proof(r: Room) -> Proof | None:
    p = r.procedure
    return Proof(p.version, f"规程“{p.name.zh}”的现行版本") if p and not r.blank else None


@paper("rule_collection", zh="制度汇编", en="Collection of rules", of="unit", lacks=_unruled, public=True)
def rule_collection(r: Room) -> Sheet:
    """The whole rulebook in plain words, made of the same file the software works by: stages, who decides, what must hold and
    on which words, the lists, the clauses quoted (Z16, Z21, Z26)."""
    p = r.procedure
    blocks: tuple[Block, ...] = _collected(p) if p else (Prose((), lines=12),)
    return Sheet("rule_collection", "form", "制度汇编", blocks, unit=r.unit.name, proof=_proof(r))


def _collected(p: Procedure) -> tuple[Block, ...]:
    parts: list[Block] = []
    for section in show(p).split("\n━━ "):
        head, *lines = section.strip().splitlines()
        parts.append(
            Prose(tuple(line.strip() for line in lines if line.strip()), heading=head.removeprefix("━━ "))
        )
    for name, items in p.lists.items():
        parts.append(Prose(("、".join(i.name.zh for i in items),), heading=LISTS.get(name, "清单")))
    quoted = tuple((c.short.zh, c.text.zh, c.title) for c in p.clauses.values() if c.origin == "local")
    parts.append(Grid(("要点", "原文", "出处"), (28, 50, 22), quoted, left=(0, 1, 2), heading="规程原话"))
    return tuple(parts)


LISTS = {
    "scope": "决策范围", "outcome": "协商结果", "redirect": "不列入的去向", "result": "办理结果", "five_same": "五个统一", "five_ones": "五个一",
    "supporting_rules": "配套制度", "discuss": "议什么", "not_discuss": "不议什么",
}  # fmt: skip


@paper("plain_card", zh="明白卡", en="Card for every household", of="unit", lacks=_unruled, public=True)
def plain_card(r: Room) -> Sheet:
    """One page for every household: the steps in order, where to speak, a code that opens the page to say something (Z27)."""
    p = r.procedure
    steps = plain_steps(p) if p else (chinese.LINE * 20,) * 6
    where = "；".join(t for t in (r.unit.address, r.unit.telephone) if t) or chinese.LINE * 16
    return Sheet(
        "plain_card", "notice", f"{p.name.zh if p else chinese.LINE * 8}明白卡",
        (
            Prose(steps, heading="一件事怎样办"),
            Prose((
                "有话到哪里说：扫下面的码；或者到" + where + "；也可以请网格员代记。",
                "不用写姓名电话；凭编号能查办到哪一步；每一条都有答复。",
            ), heading="怎样参加"),
            *((Code(f"/u/{r.unit.id}/", "扫码看公开栏、提意见"),) if r.unit.id else ()),
        ),
        unit=r.unit.name, proof=_proof(r),
    )  # fmt: skip


def plain_steps(p: Procedure) -> tuple[str, ...]:
    """The main line of a procedure, a sentence a step: what, by whom, and the rule's own words."""
    boxes = sorted((b for b in lay_out(p).boxes.values() if b.column == 0 and not b.end), key=lambda b: b.row)
    found = []
    for number, stage in enumerate((p.root.stages[b.id] for b in boxes), 1):
        who = "、".join(dict.fromkeys(p.roles[a.who[0]].name.zh for a in stage.acts))
        said = "；".join(c.short.zh for c in stage.cites if c.origin != "law")
        found.append(
            f"{chinese.numeral(number)}、{stage.name.zh}。{f'由{who}办。' if who else ''}{f'{said}。' if said else ''}"
        )
    return tuple(found)
