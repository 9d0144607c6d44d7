"""Where the units of a table belong: their parents, their order, and whose names and codes are taken."""

from collections import Counter, defaultdict
from typing import Any

from shangliang.people.models import Post, new_person_id
from shangliang.site.importing.columns import POST_COLUMNS, UNIT_COLUMNS
from shangliang.site.importing.rows import NewPost, NewUnit, narrow
from shangliang.site.importing.tables import Problem
from shangliang.site.order import parents_first
from shangliang.units.models import Unit


class Places:
    """Units by name and by code: those in the database, then those of the file."""

    def __init__(self) -> None:
        self.names: dict[str, list[str]] = defaultdict(list)
        self.codes: dict[str, str] = {}
        self.children: set[tuple[str | None, str]] = set()
        self.rooted = False
        rows = Unit.objects.filter(valid_to=None).values_list("id", "name", "code", "parent_id")
        for ident, name, code, parent in rows.iterator():
            self.add(ident, name, code)
            self.children.add((parent, name))
            self.rooted = self.rooted or parent is None

    def add(self, ident: str, name: str, code: str) -> None:
        self.names[name].append(ident)
        if code:
            self.codes[code] = ident

    def find(self, words: str) -> tuple[str | None, tuple[str, str] | None]:
        """(id, None) of the unit with this code or name, or (None, why not)."""
        if (code := narrow(words)) in self.codes:
            return self.codes[code], None
        found = self.names.get(words, [])
        if len(found) == 1:
            return found[0], None
        if not found:
            return None, (f"找不到单位“{words[:40]}”", f"no unit is called {words[:40]!r} or has this code")
        return None, (
            f"有{len(found)}个单位叫“{words[:40]}”，请改填代码",
            f"{len(found)} units have this name; give the code",
        )


def place_units(file: str, units: list[NewUnit], places: Places, problems: list[Problem]) -> list[NewUnit]:
    """The units with their parents found, parents first."""

    def wrong(unit: NewUnit, column: str, zh: str, en: str) -> None:
        problems.append(Problem(file, unit.line, UNIT_COLUMNS[column][0], zh, en))

    codes = Counter(u.code for u in units if u.code)
    for u in units:
        if u.code and (codes[u.code] > 1 or u.code in places.codes):
            wrong(u, "code", f"代码{u.code}已经用过", f"the code {u.code} is used already")
    for u in units:
        places.add(u.id, u.name, u.code)
    roots = 0
    for u in units:
        if u.parent_words:
            u.parent, why = places.find(u.parent_words)
            if why:
                wrong(u, "parent", *why)
        elif places.rooted or roots:
            wrong(u, "parent", "没有填上级：最上级的单位只能有一个", "is empty: only one unit has no parent")
        else:
            roots += 1
    _same_names(units, places, wrong)
    return _in_order(units, wrong)


def _same_names(units: list[NewUnit], places: Places, wrong: Any) -> None:
    seen = set(places.children)
    for u in units:
        if u.parent is None and u.parent_words:
            continue
        if (u.parent, u.name) in seen:
            wrong(
                u, "name", f"同一个上级下已经有“{u.name}”", f"there is a {u.name!r} under this parent already"
            )
        seen.add((u.parent, u.name))


def _in_order(units: list[NewUnit], wrong: Any) -> list[NewUnit]:
    """Parents first; says of each unit in a circle that it is."""
    parents = {u.id: u.parent for u in units}
    for u in units:
        seen, above = {u.id}, u.parent
        while above in parents and above not in seen:
            seen.add(above)
            above = parents[above]
        if above == u.id:
            wrong(
                u,
                "parent",
                f"“{u.name}”的上级绕了一圈又回到自己",
                f"the parents of {u.name!r} lead back to itself",
            )
    return parents_first(units)


def place_posts(file: str, posts: list[NewPost], places: Places, problems: list[Problem]) -> None:
    people: dict[tuple[str, str], str] = {}
    seen: set[tuple[str, str, str]] = set()
    for p in posts:
        ident, why = places.find(p.unit_words)
        if ident is None:
            assert why is not None
            problems.append(Problem(file, p.line, POST_COLUMNS["unit"][0], *why))
            continue
        p.unit = ident
        p.person = people.setdefault((ident, p.name), new_person_id())
        held = Post.objects.filter(unit=ident, role=p.role, until=None, person__name__text=p.name).exists()
        if held or (ident, p.role, p.name) in seen:
            zh, en = f"{p.name}在这个单位已经有这个职务", f"{p.name} holds this post here already"
            problems.append(Problem(file, p.line, POST_COLUMNS["role"][0], zh, en))
        seen.add((ident, p.role, p.name))
