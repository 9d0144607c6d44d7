"""A matter's way for residents: the stages behind and ahead of it, what happens next, who does it, by when."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from shangliang.acts.calendar import work_calendar
from shangliang.cases.models import Matter, Publication
from shangliang.procedure.judge import Offer, Position, offers
from shangliang.procedure.law import law_on
from shangliang.procedure.model import Flow, Procedure, Stage, Timer
from shangliang.procedure.say import Say, listed

NEXT = {
    "put_forward": N_("What people said is gathered under one heading and goes to the convener."),
    "screen": N_("The convener first looks whether it can be discussed."),
    "visit": N_("First somebody goes to each side's door; once they agree, there is a meeting."),
    "settle_door": N_("First somebody goes to each side's door; once they agree, there is a meeting."),
    "study": N_("The council looks at the place and asks around."),
    "approve": N_("The party organisation meets and says whether it is put on the table."),
    "table": N_("A day for the meeting is fixed, and whoever is concerned is invited."),
    "take_up": N_("It is discussed at the meeting."),
    "conclude": N_("What the meeting agreed is written down."),
    "record_resolution": N_("The law says who has to decide this: it now goes to that meeting."),
    "report_up": N_("It cannot be settled here and goes up to the level above."),
    "record_return": N_("It has been sent up; the answer is awaited."),
    "draft_notice": N_("The result is written up for the notice board."),
    "post_notice": N_("The result goes up on the notice board."),
    "take_down": N_("The result hangs on the notice board; whoever sees it differently can say so."),
    "answer_objection": N_("Each objection gets an answer."),
    "set_tasks": N_("It is settled who does what and by when."),
    "report_progress": N_("The work is under way."),
    "finish_work": N_("The work is under way."),
    "check_work": N_("The supervision committee looks at the work."),
    "close": N_("The result is registered and those who spoke get their answer."),
    "accept_archive": N_("The papers go into the archive."),
    "admit": N_("The convener looks whether it must be decided in this way."),
    "open_collecting": N_("The party organisation asks people what they think."),
    "enter_heard": N_("People are asked what they think; you can still say something."),
    "close_collecting": N_("What people said is summed up."),
    "propose_plan": N_("A plan is made of what people said, and proposed."),
    "discuss_proposal": N_("The two committees discuss the plan."),
    "review_proposal": N_("The party members' meeting reviews the plan."),
    "record_effects": N_("What the work came to is written down: quantities and money."),
    "set_appraisal": N_("People come together and say what they think of the work."),
    "hold_appraisal": N_("People come together and say what they think of the work."),
    "reply": N_("You get the answer, with the reason and where to go with it."),
}
"""What the acts that may come next mean to somebody who waits."""
_ORDER = tuple(NEXT)


@dataclass(frozen=True)
class Next:
    """One thing that happens next: the sentence, who does it, by when (or None: nobody promised a day)."""

    say: str
    who: Say
    by: date | None = None


def position(matter: Matter) -> Position:
    from shangliang.acts.position import position_of

    return position_of(matter)


def coming(procedure: Procedure, matter: Matter) -> list[Next]:
    """What happens next, at most one thing for each flow that runs."""
    if matter.ended:
        return []
    best: dict[str, Offer] = {}
    found = offers(procedure, position(matter))
    going = _meets(matter, found)
    for offer in found:
        known, held = offer.act.name in NEXT and not offer.act.when, best.get(offer.flow)
        if going and offer.act.name == "table":
            continue
        if known and (held is None or _ORDER.index(offer.act.name) < _ORDER.index(held.act.name)):
            best[offer.flow] = offer
    by = answer_by(procedure, matter)
    return [_next(procedure, offer, by) for offer in best.values()]


def _meets(matter: Matter, found: Iterable[Offer]) -> bool:
    """Whether its meeting is fixed: that it could still be put on another one's agenda is not what happens next."""
    if not any(o.act.name in ("take_up", "conclude") for o in found):
        return False
    last = matter.rounds.select_related("meeting").order_by("number").last()
    return last is not None and not last.outcome and last.meeting.state != "called_off"


def _next(procedure: Procedure, offer: Offer, by: date | None) -> Next:
    waits = offer.act.name == "take_down"  # nobody does anything: the notice hangs
    who = (
        [] if waits else [procedure.roles[w].name for w in offer.act.who if not procedure.roles[w].anyone][:1]
    )
    return Next(_(NEXT[offer.act.name]), listed(who), by)


def answer_by(procedure: Procedure, matter: Matter) -> date | None:
    """The day by which whoever spoke gets an answer, only where the rule itself or the county has set the period: what
    the system assumed is no promise."""
    timers = [
        t for s in _here(procedure, matter) for t in s.timers if t.kind == "within" and t.start == "opened"
    ]
    return min((_last_day(t, matter.opened_on) for t in timers if t.origin != "default"), default=None)


def _here(procedure: Procedure, matter: Matter) -> list[Stage]:
    found = position(matter).stages.items()
    return [procedure.flows[f].stages[s] for f, s in found if not s.startswith("@")]


def _last_day(timer: Timer, start: date) -> date:
    return timer.length.due(start, work_calendar())


def hanging(found: Iterable[Publication]) -> Publication | None:
    """The notice that hangs now: posted, not taken down, its flow not ended."""
    latest = list(found)[-1:]
    return next((p for p in latest if posted_on(p) and not p.taken_down_on and not p.outcome), None)


def posted_on(publication: Publication) -> date | None:
    days = [d for d in (publication.board_on, publication.online_on) if d]
    return min(days) if days else None


def hangs_until(procedure: Procedure, kind: str, publication: Publication) -> date | None:
    """The last day of the period a notice has to hang, or None where neither law nor rule sets one."""
    start = posted_on(publication)
    stages = [s for f in procedure.flows.values() for s in f.stages.values()]
    timer = next(
        (t for s in stages for t in s.timers if t.kind == "at_least" and t.start == "posting_start"), None
    )
    if start is None or timer is None:
        return None
    least = law_on(start, kind).publication_min_days
    if timer.origin == "law":
        return start + timedelta(days=least) if least else None
    return timer.length.after(start, work_calendar())


def stages(procedure: Procedure, matter: Matter, been: Iterable[str]) -> list[dict[str, Any]]:
    """The step bar: stages the matter went through, the one it is in, and the shortest way from there to a good end."""
    now = matter.stage
    ahead = [] if now.startswith("@") else _ahead(procedure, now)
    behind = [s for s in dict.fromkeys(been) if s in procedure.root.stages and s != now and s not in ahead]
    bar = [_step(procedure.root.stages[s].name, "done") for s in behind]
    if now.startswith("@"):
        return [*bar, _step(procedure.root.ends[now[1:]].name, "done")]
    return [
        *bar,
        _step(procedure.root.stages[now].name, "now"),
        *(_step(procedure.root.stages[s].name, "ahead") for s in ahead),
    ]


def main_line(procedure: Procedure) -> list[Stage]:
    """The plain path from the first stage to completion."""
    start = procedure.root.start
    return [procedure.root.stages[s] for s in (start, *_ahead(procedure, start))]


def _step(name: Say, state: str) -> dict[str, Any]:
    return {"name": name, "state": state, "href": "" if state == "ahead" else "#record"}


def _ahead(procedure: Procedure, now: str) -> list[str]:
    """The stages on the shortest way from here to the completed end; none where no way leads there."""
    root, ways = procedure.root, deque([[now]])
    seen = {now}
    while ways:
        way = ways.popleft()
        for target in _targets(root.stages[way[-1]]):
            if target.startswith("@"):
                if root.ends[target[1:]].kind == "completed":
                    return _with_skipped(root, way)[1:]
            elif target in root.stages and target not in seen:
                seen.add(target)
                ways.append([*way, target])
    return []


def _with_skipped(root: Flow, way: list[str]) -> list[str]:
    """Stages of the main line that a short cut passes by; side stages have an id that ends in a letter."""
    found = way[:1]
    for at in way[1:]:
        ahead = _targets(root.stages[found[-1]])
        between = [s for s in ahead if s[-1:].isdigit() and s in root.stages and s not in way
                   and at in _targets(root.stages[s])]  # fmt: skip
        found += [*between[:1], at]
    return found


def _targets(stage: Stage) -> list[str]:
    found = [t for a in stage.acts for t in a.next.values()]
    found += [t for c in stage.calls for t in c.next.values()]
    return [*found, *([stage.next] if stage.next else [])]
