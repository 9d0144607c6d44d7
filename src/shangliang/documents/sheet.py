"""What a paper says, before anybody lays it out: plain frozen values. Empty texts become room to write by hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Literal

Family = Literal["form", "letter", "notice", "table", "wall", "slip"]


@dataclass(frozen=True, slots=True)
class Cell:
    """One labelled box of a form. ``lines`` is its least height; ``choices`` are (label, ticked); ``sign`` is written at
    the foot of the box."""

    label: str
    text: str = ""
    lines: int = 1
    wide: bool = False
    choices: tuple[tuple[str, bool], ...] = ()
    sign: str = ""

    @property
    def paragraphs(self) -> list[str]:
        return self.text.split("\n")


@dataclass(frozen=True, slots=True)
class Form:
    """A bordered form: two narrow cells a row, wide ones alone."""

    kind: ClassVar[str] = "form"
    cells: tuple[Cell, ...]

    @property
    def paired(self) -> bool:
        """Whether any two cells stand side by side."""
        return any(len(row) == 2 for row in self.rows)

    @property
    def rows(self) -> list[tuple[Cell, ...]]:
        rows: list[tuple[Cell, ...]] = []
        waiting: Cell | None = None
        for cell in self.cells:
            if not cell.wide and waiting is not None:
                rows.append((waiting, cell))
                waiting = None
                continue
            if waiting is not None:
                rows.append((waiting,))
                waiting = None
            if cell.wide:
                rows.append((cell,))
            else:
                waiting = cell
        if waiting is not None:
            rows.append((waiting,))
        return rows


@dataclass(frozen=True, slots=True)
class Grid:
    """A table. ``widths`` are percents and add up to 100; ``spare`` empty rows follow the filled ones. A text beginning
    a line anew stands on a line of its own; ``left`` numbers the columns that are not centred."""

    kind: ClassVar[str] = "grid"
    head: tuple[str, ...]
    widths: tuple[int, ...]
    rows: tuple[tuple[str, ...], ...] = ()
    spare: int = 0
    left: tuple[int, ...] = ()
    heading: str = ""
    tall: bool = False

    @property
    def all_rows(self) -> list[list[tuple[list[str], bool]]]:
        empty = ("",) * len(self.head)
        return [
            [(text.split("\n"), n in self.left) for n, text in enumerate(row)]
            for row in (*self.rows, *(empty for _ in range(self.spare)))
        ]


@dataclass(frozen=True, slots=True)
class Prose:
    """Running text. Without any, ``lines`` ruled lines to write on. ``run_in``: the text follows its heading at once."""

    kind: ClassVar[str] = "prose"
    paragraphs: tuple[str, ...] = ()
    heading: str = ""
    lines: int = 0
    run_in: bool = False

    @property
    def ruled(self) -> range:
        return range(0 if any(self.paragraphs) else self.lines)


@dataclass(frozen=True, slots=True)
class Labelled:
    """Lines of label and value, as at the head of minutes or of a slip."""

    kind: ClassVar[str] = "labelled"
    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Sign:
    """Places for signatures, side by side. A known name is printed beside its label; the hand still signs."""

    kind: ClassVar[str] = "sign"
    slots: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cut:
    """A line to cut along, with what stands below it."""

    kind: ClassVar[str] = "cut"
    title: str


@dataclass(frozen=True, slots=True)
class Big:
    """Words to be read from the other side of the room."""

    kind: ClassVar[str] = "big"
    text: str
    under: str = ""
    alone: bool = False  # a page of its own


@dataclass(frozen=True, slots=True)
class Steps:
    """The way of a matter where there is no drawing of it."""

    kind: ClassVar[str] = "steps"
    items: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing of our own, as SVG."""

    kind: ClassVar[str] = "picture"
    svg: str


@dataclass(frozen=True, slots=True)
class Code:
    """A square code that opens an address of this site."""

    kind: ClassVar[str] = "code"
    path: str
    under: str = ""


Block = Form | Grid | Prose | Labelled | Sign | Cut | Big | Steps | Picture | Code


@dataclass(frozen=True, slots=True)
class Proof:
    """What a paper stands on: an entry of a record book, or the version of a procedure. ``says`` names it in words."""

    digest: str
    says: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """One paper. ``on`` is the paper's own date, never that of printing; ``organ`` sets the mark in red (党政机关)."""

    paper: str
    family: Family
    title: str
    blocks: tuple[Block, ...]
    unit: str = ""
    number: str = ""
    mark: str = ""
    organ: bool = False
    to: str = ""
    signer: str = ""
    on: date | None = None
    signed: bool = False
    left: str = ""
    right: str = ""
    note: str = ""
    landscape: bool = False
    proof: Proof | None = None
    blank: bool = False
