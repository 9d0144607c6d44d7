"""Acts about closing and archiving."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from django.utils.translation import gettext_noop as N_
from pydantic import Field

from shangliang.acts.vocabulary import Data, Line, Name, Note, Short, Words, act
from shangliang.cases.models import Paper


class Close(Data):
    result: Literal["solved", "partly", "unsolved"] | None = Field(None, title=N_("Was it solved?"))
    note: Words | None = Field(None, title=N_("How it ended"))


@act("close", Close, zh="办结", en="Close", corrects={"result": "Matter.result"}, tells=("archivist",))
def close(line: Line) -> Mapping[str, Any]:
    """The unit registers how the matter ended (D42). What residents say of it stands beside this and is never overwritten.
    The number of “me too” and the digest of their box are fixed here."""
    return {
        "result": line.data.get("result") or "",
        "result_note_id": line.seal("note"),
        "result_on": line.happened_on,
    }


class AcceptArchive(Data):
    shelf: str = Field("", title=N_("Place in the archive"), max_length=120)


@act("accept_archive", AcceptArchive, enters={"archivist"}, zh="接收归档", en="Accept into the archive")
def accept_archive(line: Line) -> None:
    """The archivist checks the file, paper by paper, and takes it over. The whole record of the matter is verified at this
    moment."""


class ReturnFile(Data):
    missing: Note = Field(title=N_("What is missing"))


@act("return_file", ReturnFile, enters={"archivist"}, zh="退回补件", en="Return the file", tells=("clerk",))
def return_file(line: Line) -> None:
    """The archivist gives the file back and says what is missing."""


class KeepPaper(Data):
    kind: str = Field(title=N_("Which paper"), max_length=40)
    place: Short = Field(title=N_("Where it lies"))
    pages: int = Field(title=N_("Pages"), ge=1, le=10_000)
    content: str = Field("", title=N_("Digest of the scan"), pattern=r"^([0-9a-f]{64})?$")
    name: Name | None = Field(None, title=N_("File name"))


@act("keep_paper", KeepPaper, aside=True, anywhere=True, enters={"archivist", "grid_worker"}, zh="登记纸质原件", en="Register a paper original",
     corrects={"place": "Paper.place", "pages": "Paper.pages"})  # fmt: skip
def keep_paper(line: Line) -> None:
    """A signed paper exists: which, where it lies, how many pages. Paper is equal to screen and no scan is asked for; one may
    be attached, checked and kept by its digest."""
    d = line.data
    Paper.objects.create(
        id=line.row(), matter_id=line.matter, kind=d["kind"], place=d["place"], pages=d["pages"], on=line.happened_on,
        content=d["content"], name_id=line.seal("name"),
    )  # fmt: skip
