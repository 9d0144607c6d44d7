"""Units and posts from a table: read, checked row by row, and founded through ``perform`` in one transaction.

Nothing is half imported: one problem anywhere and nothing is done. Each problem names file, line and column and is one
sentence.
"""

import csv
import io
import re
import secrets
import unicodedata
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple

from shangliang.acts import rulebooks
from shangliang.acts.act import SYSTEM, Act, Done, today
from shangliang.acts.perform import perform
from shangliang.people.models import Post, new_person_id
from shangliang.people.roles import ROLES
from shangliang.units.models import Unit

MOST_ROWS = 20_000
MOST_BYTES = 50 * 1024 * 1024

UNIT_COLUMNS = {
    "name": ("名称", "单位名称", "name"),
    "kind": ("类别", "kind"),
    "code": ("代码", "code"),
    "parent": ("上级", "上级单位", "parent"),
    "households": ("户数", "households"),
    "adults": ("成年人数", "adults"),
    "representatives": ("代表数", "representatives"),
    "address": ("地址", "address"),
    "telephone": ("电话", "telephone"),
    "procedure": ("规程", "procedure"),
}
POST_COLUMNS = {
    "unit": ("单位", "unit"),
    "role": ("职务", "role"),
    "name": ("姓名", "name"),
    "title": ("职务名称", "title"),
    "since": ("起始", "起始日期", "since"),
}
UNIT_NEEDS, POST_NEEDS = ("name", "kind"), ("unit", "role", "name")
WIDTHS = {"name": 80, "address": 120, "telephone": 40, "procedure": 40}
POST_WIDTHS = {"name": 40, "title": 40}
KIND_WORDS = {
    "county": ("县", "市", "区", "县级市"),
    "town": ("镇", "乡"),
    "street": ("街道", "城区"),
    "bureau": ("局", "部门", "站所"),
    "village": ("村",),
    "community": ("社区",),
    "enterprise": ("企业",),
}
ROLE_WORDS = {
    "party_secretary": ("党组织书记", "党支部书记", "村党支部书记", "社区党支部书记", "书记"),
    "deputy_party_secretary": ("党委副书记", "副书记"),
    "cppcc_member": ("政协委员", "联系政协委员"),
    "grid_worker": ("网格员",),
    "clerk": ("经办人",),
    "council_member": ("议事会成员",),
    "supervision_head": ("监督委员会主任", "村务监督委员会主任"),
    "supervision_member": ("监督委员会成员", "村务监督委员会成员"),
    "department_head": ("部门负责人", "职能部门负责人"),
    "department_clerk": ("部门联络人", "部门经办人"),
    "archivist": ("档案员",),
    "director": ("负责人", "部长", "主管"),
}
KINDS = {word: kind for kind, words in KIND_WORDS.items() for word in (kind, *words)}
ROLE_IDS = {word: role for role, words in ROLE_WORDS.items() for word in (role, *words)} | {
    r: r for r in ROLES
}


class Problem(NamedTuple):
    """What is wrong, and where: ``line`` 0 is the file as a whole, ``column`` "" the whole line."""

    file: str
    line: int
    column: str
    zh: str
    en: str


class Cell(NamedTuple):
    value: str
    problem: tuple[str, str] | None = None


class Table(NamedTuple):
    file: str
    rows: list[tuple[int, dict[str, str]]]
    problems: list[Problem]


@dataclass(slots=True)
class NewUnit:
    line: int
    id: str
    name: str
    kind: str
    code: str
    parent_words: str
    data: dict[str, Any]
    parent: str | None = None


@dataclass(slots=True)
class NewPost:
    line: int
    unit_words: str
    role: str
    name: str
    title: str
    since: date | None
    unit: str = ""
    person: str = ""


@dataclass(slots=True)
class Plan:
    """What an import would do, parents first, and everything that stands against it."""

    units: list[NewUnit] = field(default_factory=list)
    posts: list[NewPost] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def acts(self) -> list[Act]:
        on = today()
        found = [
            Act(
                "found_unit",
                on,
                SYSTEM,
                {"name": u.name, "kind": u.kind, "parent": u.parent, **u.data},
                unit=u.id,
            )
            for u in self.units
        ]
        named: set[str] = set()
        for p in self.posts:
            data: dict[str, Any] = {"role": p.role, "person": p.person, "title": p.title}
            if p.person not in named:
                data["name"] = p.name
                named.add(p.person)
            if p.since:
                data["since"] = p.since.isoformat()
            found.append(Act("appoint", on, SYSTEM, data, unit=p.unit))
        return found

    def do(self) -> list[Done]:
        """Founds and appoints, everything or nothing. Raises what ``perform`` raises."""
        if self.problems:
            raise ValueError("a plan with problems is not carried out")
        acts = self.acts()
        return perform(*acts) if acts else []


def plan(units: Table | None, posts: Table | None) -> Plan:
    """What importing these tables would do. Reads the database, writes nothing."""
    made = Plan()
    places = _Places()
    if units is not None:
        made.problems += units.problems
        made.units = [u for line, row in units.rows if (u := _unit(units.file, line, row, made.problems))]
        made.units = _tree(units.file, made.units, places, made.problems)
    if posts is not None:
        made.problems += posts.problems
        made.posts = [p for line, row in posts.rows if (p := _post(posts.file, line, row, made.problems))]
        _place_posts(posts.file, made.posts, places, made.problems)
    made.problems.sort(key=lambda p: (p.file, p.line))
    return made


# ── rows ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _unit(file: str, line: int, row: dict[str, str], problems: list[Problem]) -> NewUnit | None:
    def wrong(column: str, zh: str, en: str) -> None:
        problems.append(Problem(file, line, UNIT_COLUMNS[column][0], zh, en))

    for name in UNIT_NEEDS:
        if not row.get(name):
            wrong(name, "没有填", "is empty")
    for name, most in WIDTHS.items():
        if len(row.get(name, "")) > most:
            wrong(name, f"太长了，最多{most}个字", f"is too long: at most {most} characters")
    kind = KINDS.get(row.get("kind", "").casefold(), "")
    if row.get("kind") and not kind:
        words = "、".join(words[0] for words in KIND_WORDS.values())
        wrong(
            "kind",
            f"没有“{row['kind'][:20]}”这一类，只能填{words}",
            f"unknown kind; one of {', '.join(KIND_WORDS)}",
        )
    code = _narrow(row.get("code", ""))
    if code and not re.fullmatch(r"\d{6}|\d{9}|\d{12}", code, re.ASCII):
        wrong("code", "代码要是6、9或12位数字", "a code has 6, 9 or 12 digits")
    counts: dict[str, int] = {}
    for name, most in (("households", 10_000_000), ("adults", 10_000_000), ("representatives", 100_000)):
        said = _narrow(row.get(name, "")).replace(",", "")
        if not said:
            continue
        if not re.fullmatch(r"\d{1,8}", said, re.ASCII) or int(said) > most:
            wrong(name, "请填整数，不带单位", "must be a whole number without a unit")
        else:
            counts[name] = int(said)
    procedure = row.get("procedure", "")
    if procedure and procedure not in rulebooks.known():
        known = "、".join(sorted(rulebooks.known()))
        wrong("procedure", f"没有这种规程，现有：{known}", f"unknown procedure; known: {known}")
    if not row.get("name"):
        return None  # nobody can call it a parent
    data: dict[str, Any] = {"code": code, "procedure": procedure, **counts}
    data |= {n: row[n] for n in ("address", "telephone") if row.get(n)}
    return NewUnit(line, "u" + secrets.token_hex(5), row["name"], kind, code, row.get("parent", ""), data)


def _post(file: str, line: int, row: dict[str, str], problems: list[Problem]) -> NewPost | None:
    before = len(problems)

    def wrong(column: str, zh: str, en: str) -> None:
        problems.append(Problem(file, line, POST_COLUMNS[column][0], zh, en))

    for name in POST_NEEDS:
        if not row.get(name):
            wrong(name, "没有填", "is empty")
    for name, most in POST_WIDTHS.items():
        if len(row.get(name, "")) > most:
            wrong(name, f"太长了，最多{most}个字", f"is too long: at most {most} characters")
    role = ROLE_IDS.get(row.get("role", "").casefold(), "")
    if row.get("role") and not role:
        words = "、".join(words[0] for words in ROLE_WORDS.values())
        wrong(
            "role",
            f"没有“{row['role'][:20]}”这种职务，只能填{words}",
            f"unknown role; one of {', '.join(ROLES)}",
        )
    since = None
    if row.get("since") and (since := _day(row["since"])) is None:
        wrong("since", "日期要写成2026-01-05", "must be a date such as 2026-01-05")
    if len(problems) > before:
        return None
    return NewPost(line, row["unit"], role, row["name"], row.get("title", ""), since)


def _day(text: str) -> date | None:
    found = re.fullmatch(
        r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?", _narrow(text), re.ASCII
    )
    try:
        return date(*map(int, found.groups())) if found and int(found[1]) >= 1980 else None
    except ValueError:
        return None


def _narrow(text: str) -> str:
    """Full-width digits as ordinary ones, without blanks around."""
    return unicodedata.normalize("NFKC", text).strip()


# ── the tree ─────────────────────────────────────────────────────────────────────────────────────────────────────────


class _Places:
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
        if (code := _narrow(words)) in self.codes:
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


def _tree(file: str, units: list[NewUnit], places: _Places, problems: list[Problem]) -> list[NewUnit]:
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


def _same_names(units: list[NewUnit], places: _Places, wrong: Any) -> None:
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
    mine = {u.id for u in units}
    below: dict[str, list[NewUnit]] = defaultdict(list)
    ready = []
    for u in units:
        if u.parent in mine:
            below[u.parent or ""].append(u)
        else:
            ready.append(u)
    ordered: list[NewUnit] = []
    while ready:
        ordered += ready
        ready = [child for u in ready for child in below.pop(u.id, [])]
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
    return ordered


def _place_posts(file: str, posts: list[NewPost], places: _Places, problems: list[Problem]) -> None:
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


# ── files ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def read_units(path: Path) -> Table:
    return _read(path, UNIT_COLUMNS, UNIT_NEEDS, 0)


def read_posts(path: Path, *, sheet: int = 0) -> Table:
    """Posts of a file of their own, or of a sheet (counted from 0) of the units' workbook."""
    return _read(path, POST_COLUMNS, POST_NEEDS, sheet)


def second_sheet(path: Path) -> bool:
    """Whether a workbook has a second sheet with something in it."""
    if path.suffix.lower() not in (".xlsx", ".xlsm"):
        return False
    try:
        sheets = _sheets(path)
        return len(sheets) > 1 and any(True for _, cells in sheets[1][1] if any(c.value for c in cells))
    except (OSError, ValueError, KeyError, zipfile.BadZipFile):
        return False  # reading the first sheet says what is wrong


def _read(path: Path, columns: dict[str, tuple[str, ...]], needs: Sequence[str], sheet: int) -> Table:
    file, problems = path.name, list[Problem]()

    def whole(zh: str, en: str) -> Table:
        return Table(file, [], [Problem(file, 0, "", zh, en)])

    try:
        if path.stat().st_size > MOST_BYTES:
            return whole("文件太大", "the file is too large")
        if path.suffix.lower() in (".xlsx", ".xlsm"):
            sheets = _sheets(path)
            if sheet >= len(sheets):
                return whole("没有这张工作表", "there is no such sheet")
            merged, lines = sheets[sheet]
            problems += [
                Problem(
                    file,
                    line,
                    "",
                    f"{where}是合并单元格，请先拆开",
                    f"{where} are merged cells; split them first",
                )
                for line, where in merged
            ]
        else:
            lines = _csv(path.read_bytes())
        return _table(file, lines, columns, needs, problems)
    except OSError as error:
        return whole("打不开这个文件", f"cannot be opened: {error.strerror}")
    except UnicodeDecodeError:
        return whole("文字编码不是UTF-8也不是GBK", "the text is neither UTF-8 nor GBK")
    except (ValueError, KeyError, csv.Error, zipfile.BadZipFile, EOFError):
        return whole("不是能读的表格，请存成CSV或XLSX", "is not a readable table; save it as CSV or XLSX")


Lines = Iterable[tuple[int, list[Cell]]]


def _table(
    file: str,
    lines: Lines,
    columns: dict[str, tuple[str, ...]],
    needs: Sequence[str],
    problems: list[Problem],
) -> Table:
    header: list[str] | None = None
    rows: list[tuple[int, dict[str, str]]] = []
    gap = 0
    for line, cells in lines:
        if not any(c.value for c in cells):
            gap = gap or line
            continue
        if header is None:
            header = _header(file, line, cells, columns, needs, problems)
            if any(n not in header for n in needs):
                break
            gap = 0
            continue
        if gap:
            zh, en = (
                f"第{gap}行空着，后面还有内容，请删掉空行",
                f"line {gap} is empty and the table goes on; delete it",
            )
            problems.append(Problem(file, line, "", zh, en))
            gap = 0
        if len(rows) == MOST_ROWS:
            problems.append(Problem(file, line, "", f"最多{MOST_ROWS}行", f"at most {MOST_ROWS} lines"))
            break
        if any(c.value for c in cells[len(header) :]):
            problems.append(Problem(file, line, "", "比表头多出一格", "has more cells than the header"))
        row = {}
        for name, cell in zip(header, cells, strict=False):
            if cell.problem:
                problems.append(Problem(file, line, columns.get(name, (name,))[0], *cell.problem))
            elif name:
                row[name] = cell.value
        rows.append((line, row))
    if header is None:
        problems.append(Problem(file, 0, "", "表是空的", "the table is empty"))
    return Table(file, rows, problems)


def _header(
    file: str, line: int, cells: list[Cell], columns: dict[str, tuple[str, ...]], needs: Sequence[str],
    problems: list[Problem],
) -> list[str]:  # fmt: skip
    known = {word: name for name, words in columns.items() for word in words}
    found: list[str] = []
    for cell in cells:
        word = re.sub(r"\s+", "", cell.value).casefold()
        name = known.get(word, "")
        if word and not name:
            words = "、".join(w[0] for w in columns.values())
            zh, en = (
                f"不认识的表头“{cell.value[:20]}”，可用：{words}",
                f"unknown header; known: {', '.join(columns)}",
            )
            problems.append(Problem(file, line, cell.value[:20], zh, en))
        elif name and name in found:
            problems.append(Problem(file, line, columns[name][0], "表头重复", "the header occurs twice"))
        found.append(name)
    while found and not found[-1]:
        found.pop()
    for name in needs:
        if name not in found:
            zh, en = f"缺少表头“{columns[name][0]}”", f"the header {name!r} is missing"
            problems.append(Problem(file, line, columns[name][0], zh, en))
    return found


def _csv(raw: bytes) -> Lines:
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("gb18030")
    if "\0" in text:
        raise ValueError("not a text")
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(",\t;，", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    for cells in reader:
        yield reader.line_num, [_cell(c) for c in cells]


def _cell(value: object, *, formula: bool = False) -> Cell:
    if value is None:
        return Cell("")
    if isinstance(value, datetime | date):
        return Cell(value.strftime("%Y-%m-%d"))
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = " ".join(unicodedata.normalize("NFC", str(value)).split())
    if formula or text.startswith("="):
        return Cell(text, ("是公式，请改成数值", "is a formula; put its value"))
    if text.startswith("#") and text.rstrip("!?").isupper():
        return Cell(text, ("是出错的公式", "is a formula that failed"))
    return Cell(text)


def _sheets(path: Path) -> list[tuple[list[tuple[int, str]], Lines]]:
    """Each sheet of a workbook: its merged cells, and its lines."""
    from openpyxl import load_workbook

    with zipfile.ZipFile(path) as packed:
        if sum(each.file_size for each in packed.infolist()) > 8 * MOST_BYTES:
            raise ValueError("the workbook unpacks to too much")
        names = packed.namelist()
        book = load_workbook(path, read_only=True, data_only=False, keep_links=False)
        found: list[tuple[list[tuple[int, str]], Lines]] = []
        for sheet in book.worksheets:
            place = sheet._worksheet_path.lstrip("/")
            xml = packed.read(place).decode("utf-8", "replace") if place in names else ""
            areas = re.findall(r'<(?:\w+:)?mergeCell\s[^>]*ref="([A-Z]+(\d+)[^"]*)"', xml)
            sheet.reset_dimensions()  # what the file claims of its size is often wrong
            found.append(([(int(line), area) for area, line in areas], list(_rows(sheet))))
        book.close()
        return found


def _rows(sheet: Any) -> Iterator[tuple[int, list[Cell]]]:
    for number, cells in enumerate(sheet.iter_rows(), 1):
        if number > MOST_ROWS + 2_000:
            return
        yield number, [_cell(c.value, formula=c.data_type == "f") for c in cells]
