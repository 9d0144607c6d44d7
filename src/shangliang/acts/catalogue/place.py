"""Acts about units, venues and posts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Literal

from django.utils.translation import gettext_noop as N_
from pydantic import Field

from shangliang.acts import rows
from shangliang.acts.vocabulary import Data, Day, Id, Line, Name, Note, Paper, Short, act
from shangliang.cases.models import Quiet
from shangliang.cases.oversight.models import Standing
from shangliang.people.models import Person, Post
from shangliang.units.models import Unit, Venue
from shangliang.units.queries import STEP, next_path, path_of

FIRST, LAST = "1".zfill(STEP), "9" * STEP


class FoundUnit(Data):
    name: Short = Field(title=N_("Name"))
    kind: Literal[
        "nation", "province", "city", "county", "town", "street", "bureau", "village", "community", "enterprise",
    ] = Field(title=N_("Kind"))  # fmt: skip
    parent: Id | None = Field(None, title=N_("Managing parent"))
    code: str = Field("", title=N_("Statistical code"), pattern=r"^(\d{6}|\d{9}|\d{12})?$")
    procedure: str = Field("", title=N_("Procedure"), max_length=40)
    valid_from: Day | None = Field(None, title=N_("Valid from"))
    adults: int | None = Field(None, title=N_("Adults"), ge=0, le=10_000_000)
    households: int | None = Field(None, title=N_("Households"), ge=0, le=10_000_000)
    representatives: int | None = Field(None, title=N_("Representatives"), ge=0, le=100_000)
    address: str = Field("", title=N_("Address"), max_length=120)
    telephone: str = Field("", title=N_("Office telephone"), max_length=40)


def found_units(lines: Sequence[Line]) -> None:
    """The rows of several new units, parents before their children; each child behind the one before it."""
    paths: dict[str, str] = {}  # of the new units
    last: dict[str | None, str] = {}  # the path of the newest child of each parent
    waiting: list[dict[str, Any]] = []
    for line in lines:
        parent = line.data.get("parent")
        if parent not in last:
            # Nothing below it is waiting yet: the table knows its children, if it is not new itself.
            path = paths[parent] + FIRST if parent in paths else next_path(path_of(parent))
        elif last[parent].endswith(LAST):
            rows.insert_many(Unit, waiting)  # so that the table says how many there are
            path = next_path(path_of(parent))
        else:
            path = last[parent][:-STEP] + str(int(last[parent][-STEP:]) + 1).zfill(STEP)
        last[parent] = paths[line.unit] = path
        waiting.append(_row(line, path))
    rows.insert_many(Unit, waiting)


def _row(line: Line, path: str) -> dict[str, Any]:
    d = line.data
    return {
        "id": line.unit, "name": d["name"], "kind": d["kind"], "code": d["code"], "path": path,
        "parent_id": d.get("parent"), "procedure": d["procedure"],
        "valid_from": line.day("valid_from") or line.happened_on, "adults": d.get("adults"),
        "households": d.get("households"), "representatives": d.get("representatives"), "address": d["address"],
        "telephone": d["telephone"],
    }  # fmt: skip


@act("found_unit", FoundUnit, subject="unit", opens=True, zh="建立单位", en="Found a unit", anywhere=True,
     many=found_units, above=True)  # fmt: skip
def found_unit(line: Line) -> None:
    """A place enters the tree and its record book is opened; this is the book's first entry. `parent` is the unit that
    manages it; without one it is the root. The statistical code is optional (an urban bureau has none) and never the
    key."""
    found_units([line])


class AmendUnit(Data):
    name: Short | None = Field(None, title=N_("Name"))
    address: str | None = Field(None, title=N_("Address"), max_length=120)
    telephone: str | None = Field(None, title=N_("Office telephone"), max_length=40)
    adults: int | None = Field(None, title=N_("Adults"), ge=0, le=10_000_000)
    households: int | None = Field(None, title=N_("Households"), ge=0, le=10_000_000)
    representatives: int | None = Field(None, title=N_("Representatives"), ge=0, le=100_000)


@act("amend_unit", AmendUnit, subject="unit", anywhere=True, zh="更正单位资料", en="Amend a unit's particulars",
     above=True)  # fmt: skip
def amend_unit(line: Line) -> None:
    """Name, address, telephone or counts of a unit change from this day. Counts matter: quorums are fractions of them.
    Fields left out stay as they are."""
    Unit.objects.filter(pk=line.unit).update(**{k: v for k, v in line.data.items() if v is not None})


class EquipVenue(Data):
    name: Short = Field(title=N_("Name of the venue"))
    host: str = Field("", title=N_("Host building"), max_length=80)
    haves: list[Literal["organisation", "place", "rules", "facilities", "sign", "activity"]] = Field(
        default_factory=list, title=N_("What it has"), max_length=6
    )
    shared: bool = Field(False, title=N_("One room, many uses"))
    build: Literal["", "self", "assisted"] = Field("", title=N_("How it was built"))
    pilot_year: int | None = Field(None, title=N_("Pilot since"), ge=1990, le=2100)
    demonstration: bool = Field(False, title=N_("Demonstration site"))
    theme: str = Field("", title=N_("What it is known for"), max_length=80)
    plan: str = Field("", title=N_("How this place gets its room"), max_length=120)
    subsidy: int | None = Field(None, title=N_("Subsidy in yuan"), ge=0, le=1_000_000_000)
    ready: bool = Field(True, title=N_("Ready for use"))


@act("equip_venue", EquipVenue, subject="unit", anywhere=True, zh="登记议事室", en="Register the venue")
def equip_venue(line: Line) -> None:
    """The room where the unit deliberates, checked against the local list (five haves, D18): organisation, place, rules,
    facilities, sign. Each place is looked at by itself (D13): how it gets its room, built by itself or with help (D12), in a
    centre that is there already (D14), with which subsidy (D16), with a theme of its own (D21). `ready` gives the day from
    which it counts as covered (D8); registering more of a venue that stands already leaves that day as it is, and an earlier
    day entered late moves it back."""
    d = line.data
    since = _stand(line, d["ready"])
    Venue.objects.update_or_create(
        unit_id=line.unit,
        defaults={
            "name": d["name"], "host": d["host"], "haves": ",".join(sorted(d["haves"])), "shared": d["shared"],
            "build": d["build"], "pilot_year": d.get("pilot_year"), "demonstration": d["demonstration"],
            "theme": d.get("theme", ""), "plan": d.get("plan", ""), "subsidy": d.get("subsidy"), "ready_on": since,
        },
    )  # fmt: skip


def _stand(line: Line, ready: bool) -> date | None:
    """Keeps from when to when the venue stood; the first day of its present standing."""
    standing = Standing.objects.filter(unit=line.unit, until=None).first()
    if not ready:
        if standing:
            standing.until = max(standing.since, line.happened_on)
            standing.save(update_fields=["until"])
        return None
    if standing is None:
        rows.insert(Standing, id=line.row(), unit_id=line.unit, since=line.happened_on)
        return line.happened_on
    if line.happened_on < standing.since:
        standing.since = line.happened_on
        standing.save(update_fields=["since"])
    since: date = standing.since
    return since


class Appoint(Data):
    role: Literal[
        "party_secretary", "deputy_party_secretary", "cppcc_member", "grid_worker", "clerk", "council_member",
        "supervision_head", "supervision_member", "department_head", "department_clerk", "archivist", "director",
        "room_director", "invited_member", "office_director", "group_convener", "representative", "inspector",
        "overseer", "helper", "organiser",
    ] = Field(title=N_("Role"))  # fmt: skip
    person: str = Field(title=N_("Person (random id)"), pattern=r"^p[-0-9a-z]{1,31}$")
    name: Name | None = Field(None, title=N_("Name, when the person is new here"))
    title: str = Field("", title=N_("Title on papers"), max_length=40)
    since: Day | None = Field(None, title=N_("From"))
    acting: bool = Field(False, title=N_("Acting"))
    paper: str = Field("", title=N_("Paper of appointment"), max_length=120)


@act("appoint", Appoint, subject="unit", anywhere=True, zh="任职", en="Appoint to a post")
def appoint(line: Line) -> None:
    """A person takes up a post in this unit. Posts are the only source of authority: gates look at the post held on the
    day of the event. An acting post counts, with its paper. The name is sealed; the record knows the person by a random
    id. `name` is needed when the person is new to the system."""
    d = line.data
    if name := line.seal("name"):
        if rows.exists(Person, "t.id = %s", [d["person"]]):
            rows.change(Person, d["person"], name_id=name)
        else:
            rows.insert(Person, id=d["person"], name_id=name)
    rows.insert(
        Post, id=line.row(), unit_id=line.unit, person_id=d["person"], role=d["role"], title=d["title"],
        since=line.day("since") or line.happened_on, acting=d["acting"], paper=d["paper"],
    )  # fmt: skip


class Release(Data):
    post: Id = Field(title=N_("Post"))
    paper: str = Field("", title=N_("Paper"), max_length=120)


@act("release", Release, subject="unit", anywhere=True, zh="卸任", en="Release from a post")
def release(line: Line) -> None:
    """A post ends with this day. What was decided while it was held stays valid."""
    Post.objects.filter(pk=line.data["post"]).update(until=line.happened_on)


class NoTopic(Data):
    window: Day = Field(title=N_("First day of the period"))
    reason: Note = Field(title=N_("Why there was nothing to discuss"))


@act("no_topic", NoTopic, subject="unit", anywhere=True, zh="本期无议题", en="No topic in this period")
def no_topic(line: Line) -> None:
    """The unit states that a period had no topic, and why. It stands beside the gap and does not fill it: nobody has to
    invent a meeting (X55, D38)."""
    rows.insert(
        Quiet,
        id=line.row(),
        unit_id=line.unit,
        window=line.day("window"),
        on=line.happened_on,
        reason_id=line.seal("reason"),
    )


class Anchor(Data):
    class Head(Data):
        book: Id = Field(title=N_("Book"))
        length: int = Field(title=N_("Entries"), ge=1)
        head: str = Field(title=N_("Digest of the last entry"), pattern=r"^[0-9a-f]{64}$")

    heads: list[Head] = Field(title=N_("Heads of the books below"), min_length=1, max_length=100_000)


@act("anchor", Anchor, subject="unit", anywhere=True, zh="存证", en="Anchor the books below")
def anchor(line: Line) -> None:
    """Once a day a unit writes the heads of the books below it, as far as they changed, into its own book. Rewriting a
    village's book afterwards would contradict its town's."""


class Override(Data):
    gate: str = Field(title=N_("Gate"), max_length=24)
    paper: Paper = Field(title=N_("Paper it stands on"))
    reason: Note = Field(title=N_("Reason"))


@act("override", Override, anywhere=True, zh="批准例外", en="Allow an exception")
def override(line: Line) -> Mapping[str, Any] | None:
    """The body that a gate names lets this matter pass that gate once, on paper and with a reason. The reason is printed
    in the file and on the due-process sheet. Where no body is named there is no exception: quorums, majorities and the
    days of publication belong to the law."""
    from shangliang.cases.models import Override as Row

    rows.insert(
        Row, id=line.row(), matter_id=line.matter, gate=line.data["gate"], body=line.who["decided"].get("body", ""),
        paper=line.data["paper"], reason_id=line.seal("reason"), on=line.happened_on,
    )  # fmt: skip
    return None
