"""The sheets of posts and of members' links: who holds what from when, who gives it up, who is linked to which village."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from shangliang.people.models import Post, new_person_id
from shangliang.site.rosters.columns import LINKS, POSTS, ROLE_WORDS, Sheet
from shangliang.site.rosters.desk import Desk
from shangliang.site.rosters.places import narrow, parts
from shangliang.site.rosters.sheets import Row

MEMBER = "cppcc_member"


@dataclass(slots=True)
class People:
    """Persons and posts of the database and of the workbook so far. A person is the same where the workbook gives the same
    number, or the same name in one unit; among linked members the same name."""

    held: dict[tuple[str, str, str], tuple[str, str]] = field(
        default_factory=dict
    )  # unit, role, name → post, person
    persons: dict[tuple[str, str], str] = field(default_factory=dict)  # unit, name → person
    members: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))  # name → persons
    numbered: dict[str, str] = field(default_factory=dict)
    named: set[str] = field(default_factory=set)  # persons whose name the record holds, or will by then

    def load(self) -> None:
        rows = Post.objects.filter(until=None).values_list(
            "id", "unit", "role", "person", "person__name__text"
        )
        for post, unit, role, person, name in rows.iterator():
            if name:
                self.held[unit, role, name] = post, person
                self.persons.setdefault((unit, name), person)
                self.named.add(person)
                if role == MEMBER:
                    self.members[name].add(person)

    def of(self, unit: str, name: str, number: str, *, member: bool) -> str:
        """The person meant by a line."""
        if number:
            return self.numbered.setdefault(number, self.persons.get((unit, name)) or new_person_id())
        known = self.persons.get((unit, name))
        if known is None and member and len(self.members[name]) == 1:
            known = next(iter(self.members[name]))
        return known or new_person_id()


def read(desk: Desk) -> None:
    """Appointments, in the order of the sheets; then those who give up a post."""
    people = People()
    people.load()
    for row in desk.book.rows.get(POSTS.id, []):
        _post(desk, people, row)
    for row in desk.book.rows.get(LINKS.id, []):
        _links(desk, people, row)


def _post(desk: Desk, people: People, row: Row) -> None:
    desk.width(POSTS, row, name=40, title=40, paper=120)
    unit = desk.unit(POSTS, row)
    role = desk.word(POSTS, row, "role", ROLE_WORDS, "") if row["role"] else ""
    since, until = desk.day(POSTS, row, "since"), desk.day(POSTS, row, "until")
    if not (unit and role and row["name"]):
        return
    if row["until"]:
        _release(desk, people, row, unit, role, until)
    else:
        _appoint(desk, people, POSTS, row, unit, role, since)


def _links(desk: Desk, people: People, row: Row) -> None:
    """A CPPCC member and the villages linked to them: second convener there, and liaison (D25, D27)."""
    desk.width(LINKS, row, name=40)
    since = desk.day(LINKS, row, "since")
    for words in parts(row["units"], "、；;，,"):
        unit, why = desk.places.find(words)
        if unit is None or why:
            desk.wrong(LINKS, row, "units", *(why or ("找不到这个单位", "there is no such unit")))
        elif row["name"]:
            _appoint(desk, people, LINKS, row, unit, MEMBER, since)


def _appoint(
    desk: Desk, people: People, sheet: Sheet, row: Row, unit: str, role: str, since: date | None
) -> None:
    name, key = row["name"], (unit, role, row["name"])
    if key in people.held:
        if people.held[key][0]:
            desk.same(sheet)
        elif sheet is POSTS:
            zh, en = f"{name}的这个职务写了两行", f"this post of {name} stands on two lines"
            desk.wrong(sheet, row, "role", zh, en)
        return
    person = people.of(unit, name, narrow(row["person"]), member=role == MEMBER)
    data = {"role": role, "person": person, "title": row["title"], "paper": row["paper"]}
    if person not in people.named:
        data["name"] = name
        people.named.add(person)
    if since:
        data["since"] = since.isoformat()
    people.held[key] = "", person
    people.persons.setdefault((unit, name), person)
    if role == MEMBER:
        people.members[name].add(person)
    desk.step(sheet, row, "appoint", desk.today, data, unit)


def _release(desk: Desk, people: People, row: Row, unit: str, role: str, until: date | None) -> None:
    post, _ = people.held.get((unit, role, row["name"]), ("", ""))
    if not post:
        if until is not None:
            zh, en = f"{row['name']}现在没有这个职务，不用卸任", f"{row['name']} does not hold this post now"
            desk.wrong(POSTS, row, "until", zh, en)
        return
    if until is not None:
        desk.step(POSTS, row, "release", until, {"post": post, "paper": row["paper"]}, unit)
