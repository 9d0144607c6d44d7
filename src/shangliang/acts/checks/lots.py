"""Whether a lottery is right, belongs here, and can be drawn now."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from shangliang.acts.checks.gathering import convener_decides
from shangliang.acts.checks.registry import check
from shangliang.acts.draw import THROWS
from shangliang.acts.refusals import ended, no_such, refusal
from shangliang.cases.models_lots import Lots
from shangliang.panel.shangliang_panel_verify import clean, examine
from shangliang.procedure.findings import Finding
from shangliang.procedure.personal import looks_personal
from shangliang.procedure.say import Say

if TYPE_CHECKING:
    from shangliang.acts.scene import Scene

SHOWN = 3


@check("announce_lots")
def _announce(scene: Scene) -> Iterator[Finding]:
    d, m = scene.given, scene.matter
    yield from convener_decides(scene)
    if m is not None and (not m.shown or m.secret):
        yield refusal("not_screened", "这件事还没有公开，不能公开抽签", "The matter is not public yet",
                      Say("先甄别；能议的，再抽签定人", "Screen it first; for what is discussed people can be drawn"))  # fmt: skip
    if m is not None and (m.ended or m.merged_into_id):
        yield ended()
    told = examine(d.text.encode())
    if not unicodedata.is_normalized("NFC", d.text):
        yield refusal(
            "not_plain", "文件里的文字要用规范写法（NFC）", "The file's text must be in NFC", field="text"
        )
    for zh, en in told["problems"][:SHOWN]:
        yield refusal("wrong_file", zh, en, field="text")
    if told["problems"]:
        return
    lottery = json.loads(d.text)
    yield from _people(d, lottery)
    known = {(row[0], row[1]) for row in lottery["quotas"]}
    if any((g.category, g.value) not in known for g in d.population):
        yield no_such("population", "个类别", "group among the quotas")
    yield from _follows(scene, lottery)


def _people(d: Any, lottery: dict[str, Any]) -> Iterator[Finding]:
    known = {row[0] for row in lottery["people"]}
    strange = [p.number for p in d.people if p.number not in known]
    if strange:
        yield refusal(
            "stranger",
            f"名单里没有编号{strange[0]}",
            f"There is no number {strange[0]} on the list",
            field="people",
        )
    reasons = {p.number for p in d.people if p.recused}
    gone = set(lottery.get("after", {}).get("gone", ())) if d.after else set()
    bare = sorted(set(lottery["without"]) - reasons - gone)
    if bare and not d.after:
        yield refusal(
            "no_reason", f"{bare[0]}回避，请写明理由", f"{bare[0]} is recused: say why", field="people"
        )
    named = [p.name for p in d.people if p.name]
    if any(name in d.text for name in named if len(name) > 1):
        yield refusal("named", "公布的文件里不能有姓名", "The published file must not hold names",
                      Say("请用编号", "Use numbers"), "text")  # fmt: skip
    for row in lottery["people"]:
        if any(looks_personal(str(cell)) for cell in row):
            yield refusal("personal", "公布的文件里像是有电话或证件号", "The published file seems to hold a telephone or an identity number",
                          Say("编号请用序号", "Use serial numbers"), "text")  # fmt: skip
            return


def _follows(scene: Scene, lottery: dict[str, Any]) -> Iterator[Finding]:
    """A first lottery, or one that follows the last draw and says why."""
    d = scene.given
    last = Lots.objects.filter(matter=scene.matter).order_by("-number").first()
    if last is not None and last.drawn is None:
        yield refusal("running", "已经公布了一份，还没有抽", "A lottery is up already and has not been drawn",
                      Say("先把它抽完", "Draw it first"))  # fmt: skip
        return
    if last is None:
        if d.after:
            yield no_such("after", "次抽签", "draw")
        return
    after = lottery.get("after", {})
    if d.after != last.pk or (after.get("sha256"), after.get("number")) != (last.digest, last.drawn):
        yield refusal("drawn_before", "这件事已经抽过签", "Lots were drawn for this matter already",
                      Say("有人来不了，按原来的名额补抽", "If somebody cannot come, draw for their seat by the same quotas"), "after")  # fmt: skip
    elif not d.reason.strip():
        yield refusal("why", "请写明为什么补抽", "Say why somebody is replaced", field="reason")


@check("draw_lots")
def _draw(scene: Scene) -> Iterator[Finding]:
    d = scene.given
    lots = Lots.objects.filter(pk=d.lots, matter=scene.matter).first()
    if lots is None:
        yield no_such("lots", "份抽签名单", "lottery")
        return
    if scene.matter is not None and (scene.matter.ended or scene.matter.merged_into_id):
        yield ended()
    if lots.drawn is not None:
        yield refusal("drawn", "这一份已经抽过了", "This lottery has been drawn already")
    if scene.act.happened_on < lots.announced_on:
        yield refusal(
            "too_early",
            "先公布名单，再抽签",
            "The lottery is put up before lots are drawn",
            field="happened_on",
        )
    if len(clean(d.seed)) < THROWS:
        yield refusal(
            "short", f"掷的次数太少，至少{THROWS}次", f"Too few throws: at least {THROWS}",
            Say("次数太少，各组的机会就不一样大", "With fewer, some panels are likelier than others"), "seed",
        )  # fmt: skip
