"""Whether the numbers of a hearing or an appraisal can be, and whether what is filled was begun."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from shangliang.acts import rulebooks
from shangliang.acts.checks.registry import check
from shangliang.acts.facts_deciding import collecting
from shangliang.acts.refusals import no_such, refusal
from shangliang.procedure.judge import Finding
from shangliang.procedure.law import law_on, subjects_on
from shangliang.procedure.say import Say

if TYPE_CHECKING:
    from shangliang.acts.scene import Scene


@check("hold_appraisal")
def _appraisal(scene: Scene) -> Iterator[Finding]:
    d = scene.given
    if d.satisfied + d.mostly + d.unsatisfied > d.present:
        yield refusal(
            "too_many", "打分的人比到会的还多", "More people gave their opinion than were present",
            field="satisfied",
        )  # fmt: skip


@check("admit")
def _admit(scene: Scene) -> Iterator[Finding]:
    d, m = scene.given, scene.matter
    if m is None or scene.unit is None:
        return
    known = {i.id for i in rulebooks.pinned(m.procedure, m.version).lists.get("scope", ())}
    if d.in_scope and d.category not in known:
        yield no_such("category", "类事项", "kind of matter")
    law = {s.id for s in subjects_on(law_on(scene.act.happened_on, scene.unit.kind))}
    if odd := [t for t in d.touches or () if t not in law]:
        yield refusal(
            "no_such", f"当时的法律没有规定由会议决定：{'、'.join(t[:20] for t in odd[:5])}",
            "The law of the day gives this to no meeting here", field="touches",
        )  # fmt: skip


@check("open_collecting", "enter_heard", "close_collecting")
def _collecting(scene: Scene) -> Iterator[Finding]:
    found = collecting(scene.matter) if scene.matter else None
    running = found is not None and found.closed_on is None
    if scene.spec.name == "open_collecting" and running:
        yield refusal("running", "正在征求意见", "Opinions are being asked for already",
                      Say("登记听到的意见，或者汇总", "Enter what was heard, or sum it up"))  # fmt: skip
    if scene.spec.name != "open_collecting" and not running:
        yield refusal("not_running", "还没有发起征求意见", "Nobody has asked for opinions yet",
                      Say("先由党组织发起征求意见", "Let the party organisation ask for opinions first"))  # fmt: skip


@check("review_proposal")
def _review(scene: Scene) -> Iterator[Finding]:
    d = scene.given
    if d.total is not None and d.present is not None and d.present > d.total:
        yield refusal(
            "too_many", "到会的比应到的还多", "More were present than are entitled", field="present"
        )
    if d.present is not None and d.votes_for is not None and d.votes_for > d.present:
        yield refusal("too_many", "票数比到会的人还多", "There are more votes than people present",
                      field="votes_for")  # fmt: skip


@check("announce_hearing", "set_appraisal")
def _called(scene: Scene) -> Iterator[Finding]:
    if scene.given.called_for < scene.act.happened_on:
        yield refusal(
            "before_called", "开会的日子早于公告的日子", "The day is earlier than its announcement",
            field="called_for",
        )  # fmt: skip
