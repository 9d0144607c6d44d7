"""Whether people can be asked now, whether a statement can be asked, and whether the box can be closed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from shangliang.acts import rulebooks
from shangliang.acts.act import PUBLIC
from shangliang.acts.checks.registry import check
from shangliang.acts.facts import gather
from shangliang.acts.position import position_of
from shangliang.acts.refusals import before, no_such, refusal
from shangliang.cases.models_gathering import Gathering, Statement
from shangliang.procedure.facts import ActFacts
from shangliang.procedure.findings import wrong_decider
from shangliang.procedure.judge import Finding, offers
from shangliang.procedure.personal import looks_personal
from shangliang.procedure.say import NOTHING, Say, day

if TYPE_CHECKING:
    from shangliang.acts.scene import Scene

MOST_WAITING = 100
"""Statements that may wait to be screened: nobody reads more than that, and nobody can flood the village with them."""
MOST_STATEMENTS = 300
MOST_SLIPS = 5000
_KINDS = {
    "id_number": Say("身份证号", "an identity number"),
    "phone": Say("电话号码", "a telephone number"),
    "bank_card": Say("银行卡号", "a bank card"),
    "door": Say("门牌号", "a door number"),
}


@check("open_gathering")
def _open(scene: Scene) -> Iterator[Finding]:
    d, m = scene.given, scene.matter
    yield from convener_decides(scene)
    if m is not None and not m.shown:
        yield refusal(
            "not_screened", "这件事还没有甄别，不能公开征求意见", "The matter has not been screened and is not public yet",
            Say("先甄别；能议的，再征求意见", "Screen it first; what can be discussed can be asked about"),
        )  # fmt: skip
    if m is not None and m.secret:
        yield refusal(
            "secret",
            "这件事只限有关人员知悉，不能公开征求意见",
            "The matter is only for those named and cannot be asked about",
        )
    yield from _before_agreement(scene)
    if _running(scene) is not None:
        yield refusal(
            "running", "这件事正在征求意见", "A gathering on this matter is open already",
            Say("截止以后可以再征求一次", "When it is closed, another can be opened"),
        )  # fmt: skip
    if d.until < scene.act.happened_on:
        yield refusal("over", "截止的日子早于发起的日子", "It would end before it begins", field="until")
    if d.voice == "invited" and not d.slips:
        yield refusal("no_slips", "请写邀请多少人", "Say how many people are invited", field="slips")
    yield from _texts([item.text for item in d.statements], "statements")
    if d.intro:
        yield from _personal(d.intro, "intro", Say("说明里", "The introduction"))


@check("propose_statement")
def _propose(scene: Scene) -> Iterator[Finding]:
    running = _running(scene)
    if running is None:
        yield _closed()
        return
    yield from _since(scene, running)
    by_phone = scene.act.entered_by == PUBLIC
    if by_phone and running.until < scene.act.happened_on:
        yield _closed()
    if by_phone and not running.own:
        yield refusal("own_closed", "这次不收新的看法", "No statements are added this time",
                      Say("可以另提一条意见", "You can say it as an opinion of your own"))  # fmt: skip
    known = Statement.objects.filter(gathering=running)
    if known.filter(state="waiting").count() >= MOST_WAITING or known.count() >= MOST_STATEMENTS:
        yield refusal("too_many", "等着看的太多了，村里正在一条一条看", "So many wait that the village cannot read more now",
                      Say("请过一天再来", "Please come back in a day"))  # fmt: skip
    yield from _texts([scene.given.text], "text")


@check("screen_statement")
def _screen(scene: Scene) -> Iterator[Finding]:
    d, running = scene.given, _running(scene)
    found = Statement.objects.select_related("text").filter(pk=d.statement, gathering=running).first()
    if running is None or found is None:
        yield no_such("statement", "条看法", "statement in an open gathering")
        return
    yield from _since(scene, running)
    if found.state == ("shown" if d.shown else "refused"):
        yield refusal("done", "这条已经看过了", "This one has been screened already", field="shown")
    if d.shown and (d.reason or d.note):
        yield refusal(
            "no_reason", "列入的不用写原因", "A statement that is asked needs no reason", field="reason"
        )
    if not d.shown and not d.reason:
        yield refusal("reason_needed", "不列入的要写原因，写的人会看到", "Say why not: whoever wrote it will read it",
                      field="reason")  # fmt: skip
    if d.reason == "other" and not d.note:
        yield refusal("note_needed", "请写清楚是什么原因", "Please write the reason down", field="note")
    if d.shown and found.text and found.text.text:
        yield from _personal(found.text.text, "shown", Say("这条看法里", "The statement"))


def asked_until(scene: Scene, gathering: str, until: date) -> Iterator[Finding]:
    """Whether the last day for answers can be put right so: nobody who could answer until now loses the answer, and nobody is
    told afterwards that they had longer than the box stood open."""
    g = Gathering.objects.get(pk=gathering)
    first = g.opened_on if g.closed_on else max(g.opened_on, scene.act.happened_on)
    if until < first:
        say = day(first)
        yield refusal(
            "over", f"截止的日子最早只能是{say.zh}", f"The last day for answers cannot be before {say.en}",
            Say("大家到今天都还能答", "People could answer until now") if not g.closed_on else NOTHING, "value",
        )  # fmt: skip
    if g.closed_on and until > g.closed_on:
        say = day(g.closed_on)
        yield refusal("closed", f"{say.zh}已经截止，不能改得更晚", f"It was closed on {say.en}; the day cannot be later",
                      Say("可以再征求一次", "Another gathering can be opened"), "value")  # fmt: skip


@check("issue_slips")
def _slips(scene: Scene) -> Iterator[Finding]:
    running = _running(scene)
    if running is None:
        yield _closed()
        return
    yield from _since(scene, running)
    if running.voice != "invited":
        yield refusal(
            "no_slips", "这次不发征询码：一部手机答一次", "No slips here: every device answers once"
        )
    elif running.slips + scene.given.count > MOST_SLIPS:
        yield refusal(
            "too_many",
            f"一次征询最多发{MOST_SLIPS}个码",
            f"A gathering has at most {MOST_SLIPS} slips",
            field="count",
        )


@check("close_gathering")
def _close(scene: Scene) -> Iterator[Finding]:
    yield from convener_decides(scene)
    running = _running(scene)
    if running is None:
        yield _closed()
        return
    if scene.act.happened_on < running.until:
        say = day(running.until)
        yield refusal(
            "announced", f"告诉大家可以答到{say.zh}，不能提前截止", f"People were told that they can answer until {say.en}",
            Say(f"{say.zh}起可以截止", f"It can be closed from {say.en}"),
        )  # fmt: skip
    waiting = Statement.objects.filter(gathering=running, state="waiting").count()
    if waiting:
        yield refusal(
            "waiting", f"还有{waiting}条看法没有人看", f"Statements not screened yet: {waiting}",
            Say("一条一条看完，再截止：每个人都等着答复", "Screen them first: whoever wrote them waits for an answer"),
        )  # fmt: skip


@check("carry_points")
def _carry(scene: Scene) -> Iterator[Finding]:
    d, m = scene.given, scene.matter
    last = Gathering.objects.filter(matter=m).order_by("-number").first()
    if last is None or last.closed_on is None:
        yield refusal("not_closed", "意见征询还没有截止", "The gathering is not closed yet",
                      Say("截止以后，才看得到结果", "The result can be seen when it is closed"))  # fmt: skip
    elif scene.act.happened_on < last.closed_on:
        yield before(last.closed_on, "意见征询截止", "The gathering was closed")
    yield from _before_agreement(scene)
    if not (d.agreed or d.divided):
        yield refusal("nothing", "请至少带一条到会上", "Take at least one point along", field="agreed")
    for name, text in (("agreed", d.agreed), ("divided", d.divided)):
        if text:
            yield from _personal(text, name, Say("要点里", "The points"))


def _running(scene: Scene) -> Gathering | None:
    found: Gathering | None = Gathering.objects.filter(matter=scene.matter, closed_on=None).first()
    return found


def _since(scene: Scene, running: Gathering) -> Iterator[Finding]:
    if scene.act.happened_on < running.opened_on:
        yield before(running.opened_on, "发起意见征询", "The gathering was opened")


def _closed() -> Finding:
    return refusal(
        "closed", "现在没有征求意见，或者已经截止", "No gathering is open, or it has been closed",
        Say("可以另提一条意见", "You can say it as an opinion of your own"),
    )  # fmt: skip


def _before_agreement(scene: Scene) -> Iterator[Finding]:
    m = scene.matter
    if m is not None and (m.ended or m.merged_into_id or "consulted" in m.marks.split(",")):
        yield refusal(
            "agreed", "这件事已经商量出结果了", "The matter has been agreed on or has ended",
            Say("意见征询是开会以前的事", "A gathering belongs before the meeting"),
        )  # fmt: skip


def convener_decides(scene: Scene) -> Iterator[Finding]:
    """Asking people and closing the box are the convener's to decide, whoever types it. Where the matter stands at a stage
    that may call a gathering, the procedure judges who decided."""
    m = scene.matter
    if m is None or scene.unit is None:
        return
    procedure = rulebooks.pinned(m.procedure, m.version)
    if any(o.act.name == scene.act.name for o in offers(procedure, position_of(m))):
        return
    role = procedure.roles.get("convener")
    if role is None or not role.posts.get(scene.unit.level):
        return
    act, on = ActFacts(scene.act.name, scene.act.happened_on, scene.decider), scene.act.happened_on
    for found in wrong_decider(procedure, ("convener",), gather(m, scene.unit, on, act, frozenset())):
        if found.code == "yields":
            yield replace(found, field="decided_by")
        else:
            yield refusal(
                "not_convener", f"这要由{role.name.zh}定", f"This is for the {role.name.en} to decide",
                Say("请写明是谁定的；经办人可以代为录入", "Say who decided; a clerk may type it"), "decided_by",
            )  # fmt: skip


def _texts(texts: list[str], field: str) -> Iterator[Finding]:
    for n, text in enumerate(texts, 1):
        which = Say(f"第{n}条里", f"Statement {n}") if len(texts) > 1 else Say("这条看法里", "The statement")
        yield from _personal(text, field, which)
    plain = ["".join(t.split()) for t in texts]
    if len(set(plain)) < len(plain):
        yield refusal("twice", "有两条看法一样", "Two statements are the same", field=field)


def _personal(text: str, field: str, where: Say) -> Iterator[Finding]:
    """What many people read holds no number of anybody (个人信息保护法 art. 25)."""
    for kind in looks_personal(text):
        what = _KINDS.get(kind, Say("个人信息", "personal details"))
        yield refusal(
            "personal", f"{where.zh}像是有{what.zh}", f"{where.en} seems to hold {what.en}",
            Say("大家都会看到，请去掉", "Everybody will read it: please take it out"), field,
        )  # fmt: skip
