"""What the desk's pages show of matters: titles, stages, facts, cards."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from shangliang.acts import rulebooks
from shangliang.acts.act import today
from shangliang.acts.facts import newest
from shangliang.acts.position import position_of
from shangliang.cases import queries_desk as read
from shangliang.cases.models import Matter
from shangliang.people.roles import CONVENERS
from shangliang.procedure import law
from shangliang.procedure.law import law_on, rule_for
from shangliang.procedure.model import Procedure
from shangliang.procedure.say import Say
from shangliang.procedure.tally import tally
from shangliang.procedure.vocabulary import GATES
from shangliang.web.actor import Actor
from shangliang.web.desk import bodies, consulting
from shangliang.web.desk.clock import running
from shangliang.web.desk.steps import Step, steps
from shangliang.web.gathering.waiting import waiting
from shangliang.web.labels import CHOICES
from shangliang.web.saying import day


def title(matter: Matter, words: str = "") -> str:
    """The topic's name; before it has one, the beginning of what was said."""
    if matter.title is not None and matter.title.text:
        return str(matter.title.text)
    return words or _("Not named yet")


def not_public(n: int) -> str:
    """What a list says of matters that were left out of it because they are not for the reader; nothing where none were."""
    return ngettext("%(n)d more is not public", "%(n)d more are not public", n) % {"n": n} if n else ""


def stage_name(matter: Matter | read.Row) -> Say:
    """Where the matter stands, in the rule's own words."""
    procedure = rulebooks.pinned(matter.procedure, matter.version)
    if matter.stage.startswith("@"):
        return procedure.root.ends[matter.stage[1:]].name
    return procedure.root.stages[matter.stage].name


def rows(matters: Sequence[Matter | read.Row]) -> list[dict[str, Any]]:
    """The rows of a list of matters, of whatever was read of them."""
    return _rows([m if isinstance(m, read.Row) else read.row_of(m) for m in matters])


def _rows(matters: Sequence[read.Row]) -> list[dict[str, Any]]:
    words = read.first_words(matters)
    return [
        {
            "title": m.title_text or words.get(m.pk) or _("Not named yet"),
            "url": reverse("matter", args=[m.pk]),
            "sub": f"{m.pk} · {m.unit_name}",
            "state": _STATE.get(m.ended, "wait"),
            "word": stage_name(m),
        }
        for m in matters
    ]


_STATE = {"completed": "ok", "refused": "stop", "stopped": "stop", "merged": "ok"}


def concerns(actor: Actor) -> list[Matter]:
    """The open matters that today's desk goes through: those of the actor's own places, and those below that wait for
    this level or for the archivist."""
    found = list(read.open_matters([p.unit for p in actor.posts])[:60])
    paths = [p.unit.path for p in actor.posts]
    if actor.unit.level == "town" and actor.holds("clerk", "deputy_party_secretary"):
        found += read.sent_up(paths, rulebooks.stages_with("record_return"))[:20]
    if actor.holds("archivist"):
        found += [
            m for m in read.matters_below(paths, ended=False)[:200] if "archive" in position_of(m).stages
        ][:20]
    return [m for m in found if actor.may_read(m)]


def cards(mine: list[Matter], actor: Actor, most: int) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """(what can be done now, what waits): a card each, the longest waiting first."""
    words = read.first_words(mine)
    now: list[dict[str, Any]] = []
    waiting: list[dict[str, Any]] = []
    for matter in mine:
        found = steps(matter, actor)
        if not found:
            continue
        name = title(matter, words.get(matter.pk, ""))
        first = next((s for s in found if s.usual), None)
        blocked = next((s for s in found if not s.ready), found[0])
        (now if first else waiting).append(_card(matter, name, first or blocked))
        if len(now) == most:
            break
    return now, waiting[:most]


def _card(matter: Matter, name: str, step: Step) -> dict[str, Any]:
    return {
        "title": name,
        "sub": f"{matter.pk} · {matter.unit.name}",
        "url": step.url,
        "label": step.title,
        "matter_url": reverse("matter", args=[matter.pk]),
        "since": matter.staged_on,
        "stage": stage_name(matter),
        "findings": step.findings,
    }


def meetings(actor: Actor) -> list[dict[str, Any]]:
    runs = actor.holds("clerk", *CONVENERS)
    found = read.coming_meetings(actor.unit)[:5] if runs and actor.unit.level in ("village", "town") else []
    return [
        {
            "title": _("Meeting on %(n)d matters") % {"n": m.items}
            if m.items != 1
            else _("Meeting on one matter"),
            "url": reverse("after" if m.held_on <= today() else "meeting", args=[m.pk]),
            "sub": f"{m.place} {m.time}",
            "when": m.held_on,
            "past": m.held_on <= today(),
        }
        for m in found
    ]


def jobs(actor: Actor) -> list[tuple[str, str]]:
    """Other desks that a post opens, and gatherings that wait for somebody."""
    found = waiting(actor)
    if n := read.waiting_reminders([p.unit_id for p in actor.posts]):
        said = ngettext("%(n)d reminder waits for your answer", "%(n)d reminders wait for your answer", n)
        found.append((reverse("reminders", args=[actor.unit.pk]), said % {"n": n}))
    if actor.holds("supervision_head", "supervision_member"):
        found.append((reverse("supervision"), _("Look at postings and finished work")))
    if consulting.brings(actor):
        found.append((reverse("propose"), _("Bring a matter in")))
    if bodies.keeps(actor):
        found.append((reverse("bodies"), _("Standing bodies and rosters")))
    if actor.holds("archivist"):
        found.append((reverse("archive"), _("Files waiting for the archive")))
    if actor.holds("department_head", "department_clerk"):
        found.append((reverse("letters"), _("Letters and tasks")))
    if actor.unit.level == "town" and actor.holds("clerk", "deputy_party_secretary"):
        found.append((reverse("villages"), _("What waits in the villages")))
    if actor.unit.level in ("county", "city", "province"):
        found.append((reverse("progress"), _("See how the work goes, and where nothing happens")))
        found.append((reverse("month", args=[actor.unit.pk]), _("This month on one page")))
    return found


def stages(matter: Matter, procedure: Procedure, lines: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The main line of the procedure as a step bar: what the matter went through, where it is, what is to come."""
    been = {line["flow"].get("stage") for line in lines} | {procedure.root.start}
    main = main_line(procedure, matter.stage, been)
    here = main.index(matter.stage) if matter.stage in main else 0
    at = len(main) if matter.ended else here
    found = []
    for n, ident in enumerate(main):
        state = "done" if n < at else "now" if n == at else "ahead"
        found.append(
            {
                "name": procedure.root.stages[ident].name,
                "state": state,
                "href": "#record" if state != "ahead" else "",
            }
        )
    if matter.ended:
        found.append({"name": procedure.root.ends[matter.stage[1:]].name, "state": "done", "href": "#record"})
    return found


def main_line(procedure: Procedure, now: str, been: set[Any]) -> list[str]:
    """Stages of the plain path, with those off the path only where the matter is or was there."""
    aside = {s for s in procedure.root.stages if _is_aside(s)}
    ended = now.startswith("@")
    keep = [s for s in procedure.root.stages if s not in aside or s == now or s in been]
    out = {s for s in procedure.root.stages if _leads_out(procedure, s)}
    if (ended and now != "@completed") or now in out:
        return [s for s in keep if s in been or s == now]
    return [s for s in keep if s not in out]


def _leads_out(procedure: Procedure, stage: str) -> bool:
    """Whether the stage only answers those who spoke: a matter that stands there is not taken on, or is stopped."""
    ends = procedure.root.ends
    targets = {t for a in procedure.root.stages[stage].acts for t in a.next.values()}
    return bool(targets) and all(
        t.startswith("@") and ends[t[1:]].kind in ("refused", "stopped") for t in targets
    )


def _is_aside(ident: str) -> bool:
    return not ident.rpartition("-")[2].isdigit()


def stage_clock(matter: Matter) -> Any:
    """The sentence under the step bar: the nearest period that runs, or since when the matter has been here."""
    if matter.ended:
        return ""
    due = running(matter)
    if due:
        return due[0].say
    waited = (today() - matter.staged_on).days
    if waited <= 0:
        return _("In this stage since today.")
    return ngettext(
        "In this stage since %(day)s, %(n)d day.", "In this stage since %(day)s, %(n)d days.", waited
    ) % {"day": day(matter.staged_on), "n": waited}


def flags(matter: Matter, procedure: Procedure) -> list[Say]:
    """What a correction upset and nobody has taken note of yet: what each gate asks, in its own words."""
    uses = [rulebooks.gate(procedure, f.gate) for f in matter.flags.all() if not f.acknowledged_on]
    return [GATES[use.gate].title for use in uses if use is not None]


def resolved(matter: Matter) -> Say | None:
    """The count of the latest statutory meeting, with the numbers that it needed."""
    found = newest(r for r in matter.rulings.all() if r.kind == "resolution")
    touches = frozenset(filter(None, matter.touches.split(",")))
    rule = rule_for(law_on(found.on, matter.unit.kind), found.body, touches) if found else None
    if rule is None or None in (found.total, found.present, found.votes_for):
        return None
    areas = (found.area, found.area_present, found.area_for)
    more = {} if None in areas else {"area": areas}
    return tally(
        rule, found.total, found.present, found.votes_for, basis=found.basis or None, more=more
    ).sentence


def facts(matter: Matter, procedure: Procedure) -> list[tuple[Any, Any]]:
    """The particulars of a matter, as far as they are known."""
    lists = {s.id: s.name for s in law.subjects()}
    lists |= {item.id: item.name for items in procedure.lists.values() for item in items}
    return [
        (_("Received"), matter.opened_on),
        (_("Which of the three"), CHOICES["screen.discuss"].get(matter.discuss)),
        (_("Not to be discussed because"), _joined(lists, matter.not_discuss)),
        (_("Dispute"), CHOICES["screen.dispute"].get(matter.dispute)),
        (_("The law names who decides"), _joined(lists, matter.touches)),
        (_("Department concerned"), matter.department),
        (_("Urgent"), _("Yes") if matter.urgent else None),
        (_("The meeting's count"), resolved(matter)),
        (_("Result registered by the unit"), CHOICES["close.result"].get(matter.result)),
        (_("Residents say"), _HEARD.get(matter.heard, lambda: None)()),
    ]


_HEARD = {"solved": lambda: _("Solved"), "unsolved": lambda: _("Not solved yet: to be checked")}


def _joined(lists: dict[str, Say], ids: str) -> Say | None:
    from shangliang.procedure.say import listed

    return listed([lists.get(i, Say(i, i)) for i in ids.split(",")]) if ids else None


def end_of(matter: Matter, procedure: Procedure) -> Say | None:
    return procedure.root.ends[matter.stage[1:]].name if matter.ended else None
