"""Units by name and code: those of the database, then those of the workbook. And values as cells write them."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from shangliang.units.models import Unit

Say = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Known:
    """A unit that is there, or will be."""

    id: str
    name: str
    kind: str
    parent: str | None
    new: bool = False


class Places:
    """Looks units up as people write them: by code, by name, or as “老黑山镇 / 柳河村” where a name occurs twice."""

    def __init__(self) -> None:
        self.by_id: dict[str, Known] = {}
        self.names: dict[str, list[str]] = defaultdict(list)
        self.codes: dict[str, str] = {}
        self.root: str | None = None
        rows = Unit.objects.filter(valid_to=None).values_list("id", "name", "kind", "parent_id", "code")
        for ident, name, kind, parent, code in rows.iterator():
            self.add(Known(ident, name, kind, parent), code)

    def add(self, unit: Known, code: str) -> None:
        self.by_id[unit.id] = unit
        self.names[_bare(unit.name)].append(unit.id)
        if unit.parent is None and not unit.new:
            self.root = unit.id
        if code:
            self.codes[code] = unit.id

    def put(self, unit: Known) -> None:
        """The unit again, with its parent known by now."""
        self.by_id[unit.id] = unit

    def find(self, words: str) -> tuple[str | None, Say | None]:
        """(id, None) of the unit with this code or name, or (None, why not)."""
        if (code := narrow(words)) in self.codes:
            return self.codes[code], None
        above, _, own = words.rpartition("/")
        found = self.names.get(_bare(own), [])
        if above:
            found = [i for i in found if self._above(i) == _bare(above)]
        if len(found) == 1:
            return found[0], None
        shown = words[:40]
        if not found:
            return None, (f"找不到单位“{shown}”", f"no unit is called {shown!r} or has this code")
        zh = f"有{len(found)}个单位叫“{shown}”，请改填代码，或写成“上级 / 名称”"
        return None, (zh, f"{len(found)} units have this name; give the code, or write “parent / name”")

    def _above(self, ident: str) -> str:
        parent = self.by_id[ident].parent
        return _bare(self.by_id[parent].name) if parent and parent in self.by_id else ""

    def child(self, above: str, name: str) -> Known | None:
        """The living unit of this name under the parent that is written so; the root where nothing is."""
        for ident in self.names.get(_bare(name), []):
            known = self.by_id[ident]
            root = known.parent is None
            named = self.codes.get(narrow(above)) == known.parent or self._above(ident) == _bare(above)
            if not known.new and (not above if root else named):
                return known
        return None


def _bare(name: str) -> str:
    return re.sub(r"\s+", "", name)


def narrow(text: str) -> str:
    """Full-width digits as ordinary ones, without blanks around."""
    return unicodedata.normalize("NFKC", text).strip()


def day(text: str) -> date | None:
    """A day as 2026-01-05, 2026/1/5, 2026.1.5 or 2026年1月5日; None for anything else."""
    found = re.fullmatch(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?", narrow(text), re.ASCII)
    try:
        return date(*map(int, found.groups())) if found and int(found[1]) >= 1980 else None
    except ValueError:
        return None


def whole(text: str, most: int) -> int | None:
    """A whole number up to ``most``; None for anything else."""
    said = narrow(text).replace(",", "")
    return int(said) if re.fullmatch(r"\d{1,8}", said, re.ASCII) and int(said) <= most else None


def parts(text: str, marks: str) -> list[str]:
    """The parts of a cell that holds several things."""
    return [p.strip() for p in re.split(f"[{marks}\n]", text) if p.strip()]
