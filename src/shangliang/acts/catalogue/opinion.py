"""Acts about what residents say, and about answering them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Literal

from django.utils.translation import gettext_noop as N_
from pydantic import Field

from shangliang.acts import rows
from shangliang.acts.vocabulary import Data, Id, Line, Name, NoData, Note, Phone, Words, act
from shangliang.cases.models import Check, Matter, Opinion, Reply, Task
from shangliang.people.roles import LIAISONS
from shangliang.record.erasure import erase_text

CHANNELS = ("web", "visit", "phone", "box", "meeting", "hall")


class Intake(Data):
    words: Words = Field(title=N_("What it is about"))
    kind: Literal["opinion", "wish", "demand"] = Field(
        "opinion", title=N_("Is it an opinion, a wish or a demand?")
    )
    channel: Literal["web", "visit", "phone", "box", "meeting", "hall"] = Field(
        "web", title=N_("How did it reach us?")
    )
    behalf: bool = Field(False, title=N_("Entered for somebody else"))
    answer_by: Literal["number", "phone", "face"] = Field("number", title=N_("How should we answer you?"))
    name: Name | None = Field(None, title=N_("Name (may be left empty)"))
    phone: Phone | None = Field(None, title=N_("Telephone (may be left empty)"))


@act("intake", Intake, opens=True, public=True, enters=LIAISONS, zh="登记意见", en="Take in what somebody says",
     tells=("clerk",))  # fmt: skip
def intake(line: Line) -> None:
    """A resident's words enter, in their own name or through a liaison (代录), and a matter with a number begins. Words,
    name and telephone are sealed; nobody has to give the latter two. `answer_by` is `face` for people without a phone:
    the answer then waits until somebody has told them."""
    d = line.data
    flow = line.flow
    rows.insert(
        Matter, id=line.matter, unit_id=line.unit, procedure=flow["procedure"], version=flow["version"], stage=flow["stage"],
        position=json.dumps(flow["position"]), marks="", opened_on=line.happened_on, last_on=line.happened_on,
        staged_on=line.happened_on, changed_at=line.entered_at,
    )  # fmt: skip
    rows.insert(
        Opinion, id=line.row(), matter_id=line.matter, first_matter=line.matter, kind=d["kind"], channel=d["channel"],
        words_id=line.seal("words"), name_id=line.seal("name"), phone_id=line.seal("phone"), behalf=d["behalf"],
        answer_by=d["answer_by"], received_on=line.happened_on,
    )  # fmt: skip


class Merge(Data):
    into: str = Field(title=N_("Number of the matter it joins"), max_length=8)


@act("merge", Merge, zh="归并", en="Merge into another matter")
def merge(line: Line) -> Mapping[str, Any]:
    """The same thing was said before: this matter goes on in another of the same unit. Every origin stays: its words, its
    day and its number, which from now on shows the other matter."""
    Opinion.objects.filter(matter=line.matter).update(matter=line.data["into"])
    return {"merged_into_id": line.data["into"]}


class SayReply(Data):
    text: Words = Field(title=N_("What we answer"))
    redirect: str = Field("", title=N_("Who can help with it"), max_length=40)


@act("reply", SayReply, anywhere=True, zh="答复", en="Answer", tells=("liaison",))
def reply(line: Line) -> None:
    """The answer to those who raised the matter: what was decided, why, and where to go with it otherwise. Whoever asked
    to be told face to face stays on the list 待当面答复 until `told`."""
    rows.insert(
        Reply, id=line.row(), matter_id=line.matter, text_id=line.seal("text"), redirect=line.data["redirect"],
        on=line.happened_on,
    )  # fmt: skip
    Opinion.objects.filter(matter=line.matter, answer_by__in=("face", "phone")).update(told_on=None)


class Told(Data):
    opinion: Id = Field(title=N_("Whose words"))


@act("told", Told, aside=True, anywhere=True, enters=LIAISONS, zh="已当面答复", en="Told in person")
def told(line: Line) -> None:
    """Somebody went or rang and told the person what became of it."""
    Opinion.objects.filter(pk=line.data["opinion"]).update(told_on=line.happened_on)


class Confirm(Data):
    solved: bool = Field(title=N_("Has it really been solved?"))
    words: Note | None = Field(None, title=N_("What is still wrong?"))


@act("confirm", Confirm, anywhere=True, public=True, enters=LIAISONS, zh="解决了吗", en="Say whether it is solved",
     tells=("clerk",))  # fmt: skip
def confirm(line: Line) -> Mapping[str, Any]:
    """A resident says whether the matter was really solved. “No” before archiving sends the tasks back to the unit that
    owns them as 待核实, and the matter does not count as solved. The unit's registration and the residents' word stand
    side by side."""
    solved = bool(line.data["solved"])
    rows.insert(
        Check, id=line.row(), matter_id=line.matter, by="resident", on=line.happened_on, satisfied=solved,
        note_id=line.seal("words"),
    )  # fmt: skip
    if not solved:
        Task.objects.filter(matter=line.matter, state="done").update(state="verify", done_on=None)
    return {"heard": "solved" if solved else "unsolved"}


@act(
    "withdraw",
    NoData,
    aside=True,
    anywhere=True,
    public=True,
    zh="撤回联系方式",
    en="Withdraw name and telephone",
)
def withdraw(line: Line) -> None:
    """A resident takes back name and telephone. Both are erased; the matter goes on without them (个人信息保护法 art. 15)."""
    said = Opinion.objects.filter(first_matter=line.matter)
    seals = [i for pair in said.values_list("name_id", "phone_id") for i in pair if i]
    erase_text(seals, line.happened_on)
    said.update(withdrawn_on=line.happened_on, answer_by="number")


class Erase(Data):
    texts: list[Id] = Field(title=N_("Sealed texts"), min_length=1, max_length=200)
    ground: Literal["request", "term", "error"] = Field(title=N_("Ground"))


@act("erase", Erase, aside=True, anywhere=True, zh="删除个人信息", en="Erase sealed texts")
def erase(line: Line) -> None:
    """Sealed texts are erased: on request, because the term is over, or because something was written that should not have
    been. The entry stays, its commitment stays, the book remains valid; what was said cannot be read any more."""
    erase_text(line.data["texts"], line.happened_on)
