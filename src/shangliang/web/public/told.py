"""Entries of the record in a resident's words: what happened, on which day, which post or body. No names, no texts."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from shangliang.acts.vocabulary import Catalogue
from shangliang.procedure.say import Say
from shangliang.record.models import Entry
from shangliang.web.lines import who

SENTENCES = {
    "intake": N_("Said what it is about"),
    "intake/behalf": N_("Wrote down what a resident said"),
    "merge": N_("Joined it to another matter about the same thing"),
    "put_forward": N_("Gathered it under one heading"),
    "screen/clear": N_("Looked whether it can be discussed: it can"),
    "screen/door": N_("Looked whether it can be discussed: first a talk at the door of each side"),
    "screen/refused": N_("Looked whether it can be discussed: it is not discussed here"),
    "visit": N_("Talked with one side at the door"),
    "settle_door/agreed": N_("The talks at the door: all sides agreed to come to the table"),
    "settle_door/failed": N_("The talks at the door: no agreement could be found"),
    "settle_door/go_on": N_("The talks at the door go on"),
    "study": N_("Looked at the place and asked around"),
    "approve/yes": N_("Agreed to put it on the table"),
    "approve/no": N_("Did not agree to put it on the table"),
    "open_gathering": N_("Asked everybody what they think before the meeting"),
    "close_gathering": N_("Closed the box of answers and counted it"),
    "carry_points": N_("Took what people said to the meeting"),
    "announce_lots": N_("Put up the lottery for who takes part"),
    "draw_lots": N_("Drew lots in public for who takes part"),
    "name_participants": N_("Chose who takes part"),
    "table": N_("Put it on a meeting's agenda"),
    "take_up": N_("The meeting took it up"),
    "conclude/consensus": N_("The meeting agreed"),
    "conclude/statutory": N_("The meeting agreed; the meeting the law names has to decide"),
    "conclude/again": N_("The meeting will discuss it again"),
    "conclude/divided": N_("The meeting was divided: back to the door of each side"),
    "conclude/escalate": N_("The meeting wants it sent up"),
    "record_resolution/passed": N_("The meeting the law names has decided: passed"),
    "record_resolution/failed": N_("The meeting the law names has decided: not passed"),
    "record_resolution/again": N_("The meeting the law names wants it discussed again"),
    "report_up": N_("Sent it up to the level above"),
    "record_return": N_("The level above has answered"),
    "exempt_notice": N_("The result is not published, for the reason registered"),
    "post_notice": N_("Put the result on the notice board"),
    "object": N_("Sees it differently"),
    "answer_objection/sustained": N_("Answered an objection: it is right, the matter is discussed again"),
    "answer_objection": N_("Answered an objection"),
    "take_down": N_("The notice has hung its full time"),
    "set_tasks": N_("Settled who does what"),
    "report_progress": N_("Reported how far the work is"),
    "finish_work": N_("Reported the work as finished"),
    "check_work": N_("Looked at the work"),
    "confirm/yes": N_("Said: it has been solved"),
    "confirm/no": N_("Said: it has not been solved"),
    "reply": N_("Answered whoever spoke"),
    "told": N_("Brought the answer in person"),
    "close": N_("Registered how it ended"),
    "accept_archive": N_("Took the papers into the archive"),
    "return_file": N_("Sent the papers back to be completed"),
    "override": N_("Allowed an exception, on paper"),
    "correct": N_("Corrected an entry"),
    "erase": N_("Erased personal information"),
}
HIDDEN = frozenset(
    {"propose_statement", "screen_statement", "issue_slips", "draft_notice", "name_parties", "keep_paper", "acknowledge",
     "withdraw", "enter_statement", "register_receipt", "register_delivery", "log_contact", "link_petition", "link_matter",
     "fix_participants", "enter_paper_totals"}
)  # fmt: skip
"""Steps inside the office, and steps that would say something about one person."""


def told(entries: Iterable[Entry]) -> tuple[list[dict[str, Any]], list[str]]:
    """(the record lines, the stages the matter has been in)."""
    read = [(e, json.loads(e.text)) for e in entries]
    been = [stage for _e, body in read if (stage := body.get("flow", {}).get("stage"))]
    return list(_lines(read)), been


def _lines(read: list[tuple[Entry, dict[str, Any]]]) -> Iterator[dict[str, Any]]:
    for entry, body in read:
        if entry.act not in HIDDEN:
            yield {
                "happened": entry.happened_on, "entered": entry.entered_at, "who": who(body),
                "say": sentence(entry.act, body), "digest": entry.digest,
            }  # fmt: skip


def sentence(act: str, body: dict[str, Any]) -> Any:
    """What an act says, by its outcome where that makes a difference."""
    outcome = body.get("flow", {}).get("outcome") or _from_data(act, body.get("data", {}))
    text = SENTENCES.get(f"{act}/{outcome}") or SENTENCES.get(act)
    return _(text) if text else act_name(act)


def act_name(act: str) -> Say:
    spec = Catalogue.acts.get(act)
    return Say(spec.zh, spec.en) if spec else Say(act, act)


def _from_data(act: str, data: dict[str, Any]) -> str:
    if act == "intake" and data.get("behalf"):
        return "behalf"
    if act == "confirm":
        return "yes" if data.get("solved") else "no"
    return ""
