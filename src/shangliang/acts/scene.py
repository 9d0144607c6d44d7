"""Everything one act is judged by: the locked book, the rows, who decides and who enters. Reads only."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from shangliang.acts import refusals, rows, rulebooks
from shangliang.acts.act import PUBLIC, SYSTEM, Act, Clock, server_clock
from shangliang.acts.aftermath import no_longer_hold
from shangliang.acts.answers import counted
from shangliang.acts.checks import CHECKS
from shangliang.acts.facts import gather, tasks_of
from shangliang.acts.position import position_of
from shangliang.acts.subjects import About, subject_of
from shangliang.acts.surveys import closed_box
from shangliang.acts.vocabulary import Catalogue, Data, Line, Spec, read
from shangliang.cases.models import Matter, Meeting
from shangliang.cases.models_gathering import Gathering
from shangliang.errors import NotFound, Refused
from shangliang.people.models import Post
from shangliang.procedure.facts import ActFacts, Decider, TaskFacts
from shangliang.procedure.judge import Finding, Judgement, Position, begin, judge, needs
from shangliang.procedure.model import Procedure
from shangliang.record.digests import digest
from shangliang.units.models import Unit
from shangliang.units.queries import ancestor_paths

if TYPE_CHECKING:
    from shangliang.record.append import Locked


@dataclass(slots=True)
class Scene:
    act: Act
    spec: Spec
    data: Data
    locked: Locked
    now: datetime
    subject: str = ""
    unit: Unit | None = None
    matter: Matter | None = None
    meeting: Meeting | None = None
    posts: list[Post] = field(default_factory=list)
    decider: Decider | None = None
    who: dict[str, Any] = field(default_factory=dict)
    mute: bool = False
    copied: bool = True
    rooted: bool = False
    code_held: bool = False
    _tasks: tuple[TaskFacts, ...] | None = field(default=None, init=False)
    _today: date | None = field(default=None, init=False)

    @property
    def tasks(self) -> tuple[TaskFacts, ...]:
        """The matter's tasks, read once; its gates are then judged by the same."""
        if self._tasks is None:
            self._tasks = tasks_of(self.matter) if self.matter is not None else ()
        return self._tasks

    @property
    def scopes(self) -> list[str]:
        """Whose rendered copies this act makes stale."""
        found = [self.locked.unit]
        if self.matter is not None:
            found.append(self.matter.id)
        if self.spec.above and self.unit is not None:
            # Of a new unit the scene knows only the one above.
            own = self.unit.id == self.locked.unit
            others = (self.unit.parent_id if own else self.unit.id, getattr(self.data, "successor", None))
            found += [ident for ident in others if ident]
        return found

    @property
    def given(self) -> Any:
        """The act's data; a check knows the class its act has."""
        return self.data

    @property
    def today(self) -> date:
        """The day in the place where the units are."""
        if self._today is None:
            self._today = timezone.localdate(self.now, timezone.get_default_timezone())
        return self._today

    def judge(self) -> dict[str, Any]:
        """The flow part of the entry. Raises Refused with every reason at once."""
        findings = [*self._who(), *self._when(), *self._what()]
        flow: dict[str, Any] = {}
        if self.spec.subject == "matter":
            judgement, flow = self._procedure()
            findings += [f for f in judgement.findings if f.verdict != "noted"]
            if not judgement.allowed and not findings:
                raise AssertionError("refused without a reason")
        if findings:
            raise Refused(findings)
        return flow | self._more()

    def _more(self) -> dict[str, Any]:
        """What the entry has to keep besides: gates that a correction upsets, the box that is closed with a matter or
        a gathering."""
        if self.spec.name == "correct":
            return {"flags": no_longer_hold(self._tried())}
        if self.spec.name == "close" and self.matter is not None:
            tokens = sorted(self.matter.metoos.values_list("token", flat=True))
            return {"box": {"count": len(tokens), "digest": digest(self.locked.algorithm, "\n".join(tokens))}}
        if self.spec.name == "close_gathering":
            running = Gathering.objects.get(matter=self.matter, closed_on=None)
            return {"box": counted(running.pk, self.locked.algorithm)}
        if self.spec.name == "close_survey":
            return {"box": closed_box(self.data.model_dump()["survey"], self.locked.algorithm)}
        return {}

    def _tried(self) -> Line:
        """A correction as if it were entered already, its free text left as it is."""
        act = self.act
        return Line(
            id="", seq=0, act=act.name, unit=self.locked.unit, subject=self.subject, happened_on=act.happened_on,
            entered_at=self.now, entered_by=act.entered_by, who=self.who, data=self.data.model_dump(mode="json"),
            seals={}, flow={},
        )  # fmt: skip

    def _who(self) -> Iterator[Finding]:
        yield from self._named()
        by = self.act.entered_by
        if by == PUBLIC and self.spec.public:
            return
        if by == SYSTEM and self.spec.name in _BY_OPERATOR:
            return
        mine = [p for p in self.posts if p.person_id == by and _held(p, self.today)]
        if not any(self._may_enter(p) for p in mine):
            yield refusals.may_not_enter(self.spec, self.unit)

    def _named(self) -> Iterator[Finding]:
        """Whoever is named as deciding or handling has to be there: nobody is written down by mistake."""
        decided = self.act.decided_by or {}
        if (decided.get("post") or decided.get("role")) and self.decider is None:
            yield refusals.nobody_decided(self.act.happened_on)
        if self.act.handled_by and not any(p.id == self.act.handled_by for p in self.posts):
            yield refusals.no_such("handled_by", "个职务", "post")

    def _may_enter(self, post: Post) -> bool:
        if self.unit is not None and self.unit.path.startswith(post.unit.path):
            own = post.unit_id == self.unit.id
            if post.role == "clerk" or (own and post.role in self.spec.enters):
                return True
            return post.id == self.who.get("decided", {}).get("post") and self._may_type_himself(post)
        if post.role in self.spec.enters and post.role.startswith("department"):
            return self._concerns(post.unit.name)
        return False

    def _may_type_himself(self, post: Post) -> bool:
        """Who decided may also type it, where the procedure judges who may decide. Elsewhere that would open every act to
        whoever holds any post: there it is for the roles the act names and, meetings and matters, the unit's conveners."""
        if self.spec.subject == "matter" and not self.spec.anywhere and self.spec.name not in _AT_MEETING:
            return True
        if post.role in self.spec.enters:
            return True
        if self.unit is None or self.spec.subject == "unit" or post.unit_id != self.unit.id:
            return False
        convener = rulebooks.of_unit(self.unit).roles.get("convener")
        return convener is not None and post.role in convener.posts.get(self.unit.level, ())

    def reaches(self, post: Post) -> bool:
        """Whether a post can decide here: in this unit, above it, or in a department that has a part in the matter."""
        above = self.unit is not None and self.unit.path.startswith(post.unit.path)
        return above or (post.role.startswith("department") and self._concerns(post.unit.name))

    def _concerns(self, department: str) -> bool:
        """Whether a department has a part in this matter or meeting."""
        if self.matter is not None:
            return self.matter.department == department or self.matter.tasks.filter(owner=department).exists()
        return self.meeting is not None and self.meeting.invitations.filter(department=department).exists()

    def _when(self) -> Iterator[Finding]:
        if self.act.happened_on > self.today:
            yield refusals.in_the_future(self.act.happened_on, self.today)
        if self.act.happened_on.year < refusals.EARLIEST:
            yield refusals.too_long_ago(self.act.happened_on)

    def _what(self) -> Iterator[Finding]:
        if check := CHECKS.get(self.spec.name):
            yield from check(self)

    def _procedure(self) -> tuple[Judgement, dict[str, Any]]:
        assert self.unit is not None
        flow: dict[str, Any] = {}
        if self.spec.opens:
            procedure = rulebooks.of_unit(self.unit)
            rulebooks.keep(procedure)
            position = begin(procedure)
            flow = {"procedure": procedure.id, "version": procedure.version}
        else:
            assert self.matter is not None
            procedure = rulebooks.pinned(self.matter.procedure, self.matter.version)
            position = position_of(self.matter)
        judgement = self.judgement(procedure, position)
        return judgement, flow | outcome_of(judgement, position, self.spec.opens)

    def judgement(self, procedure: Procedure, position: Position) -> Judgement:
        assert self.unit is not None
        asked = ActFacts(self.act.name, self.act.happened_on, self.decider, self._asked())
        wanted = needs(procedure, position, self.act.name)
        extra: dict[str, Any] = verified(self.locked.unit) if {"chain_ok", "digests_ok"} & wanted else {}
        if self._tasks is not None:
            extra = {**extra, "tasks": self._tasks}
        facts = gather(self.matter, self.unit, self.act.happened_on, asked, wanted, extra)
        reasons, anywhere = self.act.reasons, self.spec.anywhere
        found = judge(procedure, position, facts, reasons=reasons, anywhere=anywhere)
        if found.allowed or self.matter is None:
            return found
        allowed = frozenset(self.matter.overrides.filter(used_by="").values_list("gate", flat=True))
        if not allowed:
            return found
        return judge(procedure, position, facts, overridden=allowed, reasons=reasons, anywhere=anywhere)

    def _asked(self) -> dict[str, Any]:
        """The act's fields as gates read them: a count carries its day, a posting its board, a task its unit."""
        data, on = self.data.model_dump(), self.act.happened_on
        data.setdefault("on", on)
        if self.spec.name == "post_notice":
            data |= {"board_on": on if data["board"] else None, "posted_by": data["poster"]}
        for task in data.get("tasks", ()):
            task["unit"] = task["owner"]
        return data


_AT_MEETING = frozenset({"take_up", "conclude"})  # judged by who convened the meeting
_BY_OPERATOR = frozenset(
    {
        "found_unit",
        "amend_unit",
        "end_unit",
        "equip_venue",
        "appoint",
        "release",
        "anchor",
        "erase",
        "import_meeting",
        "adopt_rulebook",
    }
)


def look(act: Act, spec: Spec, data: Data, locked: Locked, clock: Clock, about: About) -> Scene:
    """Reads who decides and who enters, under the lock of the book. Raises Refused where the clock does not fit."""
    scene = Scene(act, spec, data, locked, clock(), mute=locked.clock == "simulated")
    if clock is not server_clock and locked.clock != "simulated":
        raise Refused([refusals.not_a_simulated_book()])
    scene.matter, scene.meeting, scene.unit = about.matter, about.meeting, about.unit
    scene.copied, scene.rooted, scene.code_held = about.copied, about.rooted, about.code_held
    scene.subject = subject_of(act, spec, locked.unit, locked.length)
    _read_people(scene)
    return scene


def understand(act: Act) -> tuple[Spec, Data]:
    """The word of the vocabulary and the act's data in its shape. Raises Refused for an unknown act, Malformed."""
    spec = Catalogue.acts.get(act.name)
    if spec is None:
        raise Refused([refusals.unknown_act(act.name)])
    return spec, read(spec, act.data)


def _read_people(scene: Scene) -> None:
    act, unit = scene.act, scene.unit
    default = scene.spec.body or (
        scene.data.model_dump()["body"] if scene.spec.name == "record_resolution" else ""
    )
    decided = dict(act.decided_by or ({"body": default} if default else {}))
    scene.who = {"decided": {}, "handled": act.handled_by}
    if unit is None or (act.entered_by in (PUBLIC, SYSTEM) and not decided and not act.handled_by):
        return
    scene.posts = _posts(act, unit, decided)
    if body := decided.get("body"):
        where = decided.get("unit") or unit.id
        level = unit.level if where == unit.id else _level(where)
        scene.decider = Decider(
            where, level, body=str(body), paper=decided.get("paper"), present=decided.get("present")
        )
        scene.who["decided"] = {
            "body": body, "unit": where, "on": str(decided.get("on") or act.happened_on),
            "paper": decided.get("paper"), "present": decided.get("present"),
        }  # fmt: skip
        return
    post = _deciding_post(scene, decided)
    if post is not None:
        scene.decider = Decider(
            post.unit_id, post.unit.level, post=post.role, acting=post.acting, paper=post.paper or None,
            person=post.person_id,
        )  # fmt: skip
        scene.who["decided"] = {
            "post": post.id,
            "role": post.role,
            "unit": post.unit_id,
            "person": post.person_id,
        }


def _level(unit: str) -> str:
    found = Unit.objects.filter(pk=unit).first()
    if found is None:
        raise NotFound("没有这个单位", "There is no such unit")
    return found.level


def _posts(act: Act, unit: Unit, decided: Mapping[str, Any]) -> list[Post]:
    """The posts of whoever enters, and those named as deciding or handling, in one read."""
    where, values = ["t.person_id = %s"], [act.entered_by]
    if named := [i for i in (decided.get("post"), act.handled_by) if i]:
        where.append(f"t.id IN ({', '.join(['%s'] * len(named))})")
        values += named
    if role := decided.get("role"):
        paths = ancestor_paths(unit.path)
        where.append(f"(t.role = %s AND o.path IN ({', '.join(['%s'] * len(paths))}))")
        values += [role, *paths]
    return rows.read(Post, " OR ".join(where), values, join="unit", along=_OF_POST, order="t.since, t.id")


_OF_POST = ("id", "name", "kind", "path")  # what is asked of a post's unit


def _deciding_post(scene: Scene, decided: Mapping[str, Any]) -> Post | None:
    """The post that decided, held on the day of the event."""
    on = scene.act.happened_on
    held = [p for p in scene.posts if _held(p, on)]
    unit = scene.unit
    assert unit is not None
    if ident := decided.get("post"):
        return next((p for p in held if p.id == ident and scene.reaches(p)), None)
    if role := decided.get("role"):
        fitting = [p for p in held if p.role == role and unit.path.startswith(p.unit.path)]
        return max(fitting, key=lambda p: len(p.unit.path), default=None)
    mine = [p for p in held if p.person_id == scene.act.entered_by and scene.reaches(p)]
    return max(mine, key=lambda p: len(p.unit.path), default=None)


def _held(post: Post, on: date) -> bool:
    return post.since <= on and (post.until is None or post.until >= on)


def outcome_of(judgement: Judgement, before: Position, opens: bool) -> dict[str, Any]:
    """What the entry keeps of a judgement, so that replay need not judge."""
    after = judgement.position
    flow: dict[str, Any] = {"outcome": judgement.outcome or "", "marks": sorted(judgement.marks)}
    if opens or after != before:
        flow["stage"] = after.stages.get("", "")
        flow["position"] = {"stages": dict(after.stages), "done": dict(after.done)}
    closed = {k: v for k, v in after.done.items() if before.done.get(k) != v}
    if closed:
        flow["children"] = closed
    if judgement.ended:
        flow["ended"] = judgement.ended
    if judgement.dropped:
        flow["dropped"] = list(judgement.dropped)
    if judgement.used_overrides:
        flow["overrides"] = sorted(judgement.used_overrides)
    return flow


def verified(unit: str) -> dict[str, bool]:
    """Whether the unit's book verifies at this moment."""
    from shangliang.record.verify import verify_book

    sound = not verify_book(unit).problems
    return {"chain_ok": sound, "digests_ok": sound}
