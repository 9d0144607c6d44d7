"""The papers, by name. A paper is one function from frozen values to a ``Sheet``; without a subject it is the blank form.

Each paper stands on an entry of a record book: the latest of the acts named in ``stands``. That entry's digest is printed
at its foot, so a printed paper can be checked against the book and no PDF has to be kept.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal, NamedTuple

from shangliang.cases.models import Invitation, Matter, Meeting, Objection
from shangliang.cases.papers import present
from shangliang.documents import chinese, queries
from shangliang.documents.outline import outline
from shangliang.documents.sheet import Proof, Sheet
from shangliang.documents.values import Gathering, Invited, Noted, Room
from shangliang.documents.values_matter import Case, Dispute
from shangliang.errors import NotFound
from shangliang.procedure.model import Procedure
from shangliang.procedure.say import Say
from shangliang.units.models import Unit

Subject = Literal["matter", "meeting", "invitation", "objection", "unit"]
Make = Callable[[Any], Sheet]
Lacks = Callable[[Any], Say | None]
"""Why a paper cannot be made yet; of a matter it looks at no more than ``outline`` reads."""
Disputes = tuple[tuple[str, date | None], ...]

_ROWS: dict[str, Any] = {
    "matter": Matter, "meeting": Meeting, "invitation": Invitation, "objection": Objection, "unit": Unit,
}  # fmt: skip
_READ: dict[str, Callable[[Any], Any]] = {
    "matter": queries.case, "meeting": queries.gathering, "invitation": queries.invited,
    "objection": queries.objection, "unit": queries.room,
}  # fmt: skip
_EMPTY: dict[str, Callable[[], Any]] = {
    "matter": Case, "meeting": Gathering, "invitation": Invited,
    "objection": Dispute, "unit": Room,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class PaperSpec:
    """One paper of the registry. ``public``: it carries nothing that may not hang on a board. ``own``: it is offered only
    where the procedure names it among its papers."""

    id: str
    zh: str
    en: str
    of: Subject
    make: Make
    stands: tuple[str, ...]
    lacks: Lacks
    public: bool
    own: bool = False

    @property
    def doc(self) -> str:
        return (self.make.__doc__ or "").strip()


class Producible(NamedTuple):
    """Whether a paper can be made for a matter: of which row, and if not, why not."""

    id: str
    missing: Say | None
    # The id of the row, and the name or day that tells it from the others.
    subjects: tuple[tuple[str, str | date], ...]


NOT_YET = Say("这一步还没有办", "That step has not been taken yet")
PAPERS: dict[str, PaperSpec] = {}


def _nothing(_: Any) -> Say | None:
    return None


def paper(
    id: str,
    *,
    zh: str,
    en: str,
    of: Subject,
    stands: Sequence[str] = (),
    lacks: Lacks = _nothing,
    public: bool = False,
    own: bool = False,
) -> Callable[[Make], Make]:
    """Registers the function below as the paper ``id`` of a matter, meeting, invitation, objection or unit."""

    def register(make: Make) -> Make:
        if id in PAPERS:
            raise RuntimeError(f"paper {id!r} is registered twice")
        PAPERS[id] = PaperSpec(id, zh, en, of, make, tuple(stands), lacks, public, own)
        return make

    return register


def catalogue() -> list[PaperSpec]:
    """Every paper, in the order in which a matter meets them."""
    _load()
    return list(PAPERS.values())


def spec(id: str) -> PaperSpec:
    """Raises NotFound for a name that no paper has."""
    _load()
    if id not in PAPERS:
        raise NotFound("没有这种文书。", "There is no such paper.")
    return PAPERS[id]


def make(id: str, subject: Any) -> Sheet:
    """The paper filled in. ``subject`` is the row or its id: matter, meeting, invitation, objection or unit, as the paper's
    ``of`` says.

    Raises NotFound for an unknown paper or subject, and when the matter is not yet so far, with the reason.
    """
    wanted = spec(id)
    read = _READ[wanted.of](_row(wanted, subject))
    missing = wanted.lacks(read)
    if wanted.own and wanted.id not in present(Matter.objects.get(pk=read.id)):
        missing = NOT_YET
    if missing:
        raise NotFound(missing.zh, missing.en)
    sheet = replace(wanted.make(read), paper=id)
    return (
        sheet
        if sheet.proof
        else replace(sheet, proof=_proof(read.meeting if wanted.of == "invitation" else read, wanted))
    )


def blank(id: str, unit: Unit | None = None) -> Sheet:
    """The same paper to be filled in by hand, with the unit's name where one is given."""
    wanted = spec(id)
    if wanted.of == "unit" and unit is not None:
        return replace(wanted.make(Room(unit=queries.place_of(unit), procedure=queries.procedure_of_unit(unit))),
                       paper=id, blank=True, proof=None)  # fmt: skip
    empty = _EMPTY[wanted.of]()
    if unit is not None:
        place = queries.place_of(unit)
        empty = (
            replace(empty, meeting=replace(empty.meeting, unit=place))
            if wanted.of == "invitation"
            else replace(empty, unit=place)
        )
    return replace(wanted.make(empty), paper=id, blank=True, proof=None)


def producible(matter: Matter) -> list[Producible]:
    """Every paper that concerns one matter, and what is missing where it cannot be made yet."""
    read, disputes = outline(matter)
    procedure = queries.procedure_of(matter.procedure, matter.version)
    own = any(each.own and _named(each, procedure) for each in catalogue())
    made = present(matter) if own else frozenset()
    found = []
    for each in catalogue():
        if each.of == "unit" or (each.own and not _named(each, procedure)):
            continue
        subjects = _subjects(each, read, disputes)
        if not subjects:
            missing: Say | None = _WHY_NONE[each.of]
        elif each.own:
            missing = None if each.id in made else NOT_YET
        elif each.of == "matter":
            missing = each.lacks(read)
        elif each.of == "meeting":
            held = {m.id: m for m in read.meetings}
            missing = each.lacks(held[subjects[-1][0]])
        else:
            missing = None
        found.append(Producible(each.id, missing, subjects))
    return found


def _named(each: PaperSpec, procedure: Procedure | None) -> bool:
    return procedure is not None and each.id in procedure.papers


def offered(unit: Unit) -> list[PaperSpec]:
    """The forms a place may need: those of every procedure, and those its own procedure names."""
    procedure = queries.procedure_of_unit(unit)
    return [s for s in catalogue() if not s.own or _named(s, procedure)]


_WHY_NONE = {
    "meeting": Say("还没有约会议", "No meeting has been called yet"),
    "invitation": Say("没有邀请部门", "No department was invited"),
    "objection": Say("没有已答复的异议", "No objection has been answered"),
}


def _subjects(each: PaperSpec, read: Case, disputes: Disputes) -> tuple[tuple[str, str | date], ...]:
    if each.of == "matter":
        return ((read.id, ""),)
    if each.of == "meeting":
        return tuple((m.id, m.held_on or "") for m in read.meetings)
    if each.of == "invitation":
        return tuple((g.id, g.department) for m in read.meetings for g in m.guests if g.department)
    return tuple((ident, on or "") for ident, on in disputes)


def _row(wanted: PaperSpec, subject: Any) -> Any:
    model = _ROWS[wanted.of]
    if isinstance(subject, model):
        return subject
    row = model._default_manager.filter(pk=subject).first() if isinstance(subject, str) else None
    if row is None:
        raise NotFound("没有这个编号。", "There is nothing under this number.")
    return row


def _proof(read: Any, wanted: PaperSpec) -> Proof | None:
    lines = [n for n in read.noted if not wanted.stands or n.act in wanted.stands]
    return proof_of(lines[-1]) if lines else None


def proof_of(line: Noted) -> Proof:
    """An entry, named so that somebody with the book at hand finds it."""
    book = queries.books([line.book]).get(line.book, line.book)
    return Proof(line.digest, f"{book}记录簿第{line.seq}号（{line.name}，{chinese.day(line.happened)}）")


def _load() -> None:
    import shangliang.documents.sheets  # noqa: F401  (registers the papers)
