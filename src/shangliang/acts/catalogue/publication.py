"""Acts about publication and objections."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_noop as N_
from pydantic import Field

from shangliang.acts import rows
from shangliang.acts.facts import newest
from shangliang.acts.vocabulary import Data, Id, Line, Name, Note, Phone, Short, Words, act
from shangliang.cases.models import Objection, Publication


class DraftNotice(Data):
    text: Words = Field(title=N_("Text of the notice"))
    consent: bool = Field(False, title=N_("Persons named have agreed"))
    legal_basis: str = Field("", title=N_("Legal ground for naming persons"), max_length=120)


@act("draft_notice", DraftNotice, zh="拟公示稿", en="Draft the public notice")
def draft_notice(line: Line) -> None:
    """The text that will be posted. It is filled in from the agreed points; it names no person unless they agreed or the law
    says so."""
    d = line.data
    rows.insert(
        Publication, id=line.row(), matter_id=line.matter, about=_about(line), text_id=line.seal("text"),
        drafted_on=line.happened_on, consent=d["consent"], legal_basis=d["legal_basis"],
    )  # fmt: skip


class ExemptNotice(Data):
    ground: Short = Field(title=N_("Ground of secrecy or privacy"))
    approver: Short = Field(title=N_("Approved by"))
    note: Note = Field(title=N_("Why it is not published"))


@act("exempt_notice", ExemptNotice, zh="免予公示", en="Exempt from publication")
def exempt_notice(line: Line) -> None:
    """The result is not published: on which ground, approved by whom, on which day. Without these three it must be."""
    d = line.data
    rows.insert(
        Publication, id=line.row(), matter_id=line.matter, about=_about(line), text_id=line.seal("note"),
        drafted_on=line.happened_on,
        exempt_ground=d["ground"], exempt_approver=d["approver"], outcome="exempted",
    )  # fmt: skip


class PostNotice(Data):
    online: bool = Field(True, title=N_("Also on the public page"))
    board: bool = Field(True, title=N_("Posted on the board"))
    poster: Id | None = Field(None, title=N_("Posted by (post)"))
    witness: Id | None = Field(None, title=N_("Witness (post)"))


@act("post_notice", PostNotice, enters={"supervision_head", "supervision_member"}, zh="张榜公示", en="Post the notice",
     corrects={"happened_on": "Publication.board_on"}, tells=("supervision_head",))  # fmt: skip
def post_notice(line: Line) -> None:
    """The notice hangs on the board from this day, and on the public page if wished; who posted it and who witnessed. The
    earlier of the two days starts the period."""
    d = line.data
    _publication(line).update(
        board_on=line.happened_on if d["board"] else None, online_on=line.happened_on if d["online"] else None,
        poster_id=d.get("poster"), witness_id=d.get("witness"),
    )  # fmt: skip


class Object(Data):
    words: Words = Field(title=N_("What do you see differently?"))
    name: Name | None = Field(None, title=N_("Name (may be left empty)"))
    phone: Phone | None = Field(None, title=N_("Telephone (may be left empty)"))


@act("object", Object, public=True, enters={"cppcc_member", "grid_worker"}, zh="提出异议", en="Object",
     tells=("clerk", "convener"))  # fmt: skip
def object_(line: Line) -> None:
    """Anybody may object while the notice hangs, with or without a name."""
    publication = _publication(line).values_list("pk", flat=True).get()
    rows.insert(
        Objection, id=line.row(), matter_id=line.matter, publication_id=publication, words_id=line.seal("words"),
        name_id=line.seal("name"), phone_id=line.seal("phone"), received_on=line.happened_on,
    )  # fmt: skip


class AnswerObjection(Data):
    objection: Id = Field(title=N_("Objection"))
    sustained: bool = Field(title=N_("Is it right?"))
    reason: Words = Field(title=N_("Answer"))


@act("answer_objection", AnswerObjection, zh="答复异议", en="Answer an objection")
def answer_objection(line: Line) -> None:
    """Each objection gets a written answer. A sustained one sends the matter back to the table and takes back the mark
    “consulted”."""
    d = line.data
    Objection.objects.filter(pk=d["objection"]).update(
        state="sustained" if d["sustained"] else "answered", answer_id=line.seal("reason"),
        answered_on=line.happened_on,
    )  # fmt: skip
    _close(line)


class TakeDown(Data):
    pass


@act("take_down", TakeDown, zh="公示期满", en="End of the publication period")
def take_down(line: Line) -> None:
    """The notice comes down, or its period is declared over, on this day. The law counts the days from the posting."""
    _publication(line).update(taken_down_on=line.happened_on)
    _close(line)


def _close(line: Line) -> None:
    children = line.flow.get("children", {})
    ended = children.get("publication") or children.get("result_publication")
    if ended:
        _publication(line).update(outcome=ended)


def _about(line: Line) -> str:
    """Whether the notice tells what was decided, or what came of the work (二公开)."""
    flow = line.flow
    running = {*flow.get("position", {}).get("stages", {}), *flow.get("children", {})}
    return "result" if "result_publication" in running else ""


def _publication(line: Line) -> Any:
    hung = rows.read(Publication, "t.matter_id = %s", [line.matter])
    return Publication.objects.filter(pk=newest(hung).pk if hung else None)
