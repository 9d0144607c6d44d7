"""The lower part of ``docs/acts.md``: every act, made from the catalogue. The upper part is written by hand and holds a
whole worked file; ``shangliang docs acts FILE`` writes the lower part anew."""

import json
import re
from typing import Any

import shangliang.acts.catalogue  # noqa: F401  (registers the acts)
from shangliang.acts.scene import _BY_OPERATOR
from shangliang.acts.vocabulary import Catalogue, Spec
from shangliang.people.roles import BODIES, ROLES
from shangliang.procedure import loader
from shangliang.site import actsdoc_consulting, actsdoc_deciding
from shangliang.site.actsdoc_examples import EXAMPLES
from shangliang.site.actsdoc_fields import as_json, rows_of

MARK = "<!-- made by `shangliang docs acts`; everything below is overwritten -->"
ROOMS = {
    "place": "Places and posts",
    "opinion": "What people say, and answering them",
    "screening": "From the name of the topic to approval",
    "meeting": "Meetings",
    "gathering": "Asking what people think before a meeting",
    "lots": "Choosing people by lot",
    "naming": "Choosing people by naming",
    "publication": "Publication and objections",
    "tracking": "Carrying out",
    "closing": "Closing and archiving",
    "mending": "Putting right",
    "ledger": "Old ledgers",
    "oversight": "What a unit above does",
}
ROOMS |= actsdoc_deciding.ROOMS | actsdoc_consulting.ROOMS


def document(current: str) -> str:
    """``docs/acts.md`` with its lower part made anew. Raises ValueError when the mark is not in it."""
    head, mark, _ = current.partition(MARK)
    if not mark:
        raise ValueError("the document has no mark")
    return f"{head}{MARK}\n\n{lower(worked(head))}"


def worked(text: str) -> list[str]:
    """The lines of the worked file in the document."""
    found = re.search(r"```jsonl\n(.*?)```", text, re.DOTALL)
    return found[1].splitlines() if found else []


def lower(lines: list[str]) -> str:
    examples = _examples(lines)
    deciders = _deciders()
    rooms: dict[str, list[Spec]] = {room: [] for room in ROOMS}
    for spec in Catalogue.acts.values():
        rooms.setdefault(spec.apply.__module__.rpartition(".")[2], []).append(spec)
    parts = []
    for room, specs in rooms.items():
        parts.append(f"## {ROOMS.get(room, room.capitalize())}\n")
        parts += [_act(spec, examples.get(spec.name), deciders.get(spec.name)) for spec in specs]
    return "\n".join(parts)


def _examples(lines: list[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for raw in lines:
        if raw.strip() and not raw.startswith("#"):
            line = json.loads(raw)
            line.pop("entered_at", None)
            found.setdefault(line["act"], as_json(line))
    for name, rest in EXAMPLES.items():
        ordered = {"act": name, **rest, "happened_on": "2025-07-01"}
        order = ("as", "act", "unit", "matter", "meeting", "happened_on", "entered_by", "decided_by", "data")
        found.setdefault(name, as_json({k: ordered[k] for k in order if k in ordered}))
    return found


def _deciders() -> dict[str, str]:
    """Who decides each act, procedure by procedure."""
    found: dict[str, dict[str, list[str]]] = {}
    for procedure in loader.shipped().values():
        for flow in procedure.flows.values():
            for stage in flow.stages.values():
                for act in stage.acts:
                    names = [procedure.roles[r].name.en for r in act.who if r in procedure.roles]
                    kept = found.setdefault(act.name, {}).setdefault(procedure.id, [])
                    kept += [n for n in names if n not in kept]
    return {
        act: "; ".join(f"{ident}: {', '.join(names)}" for ident, names in sorted(by.items()) if names)
        for act, by in found.items()
    }


def _act(spec: Spec, example: str | None, deciders: str | None) -> str:
    lines = [f"### `{spec.name}` {spec.zh} / {spec.en}\n", _paragraph(spec.doc), ""]
    subject = {"matter": "a matter", "meeting": "a meeting", "unit": "a unit"}[spec.subject]
    opens = f"opens it: name the `unit`{_own_id(spec)}" if spec.opens else f"name it in `{spec.subject}`"
    lines.append(f"- Subject: {subject}; {opens}.")
    lines.append(f"- Entered by: {_enterers(spec)}.")
    if spec.body:
        lines.append(
            f"- Decided by: the body `{spec.body}` ({_plain(BODIES.get(spec.body, spec.body))}) unless named."
        )
    if deciders:
        lines.append(f"- Decides, by procedure: {deciders}.")
    if spec.anywhere and spec.subject == "matter":
        lines.append("- May be done at any stage.")
    if spec.corrects:
        names = ", ".join(f"`{name}`" for name in spec.corrects)
        lines.append(f"- {_by_which(spec)} may change: {names}.")
    rows = list(rows_of(spec.data, ""))
    if rows:
        lines += ["", "| field | what goes in | | meaning |", "|---|---|---|---|", *rows]
    if example:
        lines += ["", "```json", example, "```"]
    return "\n".join(lines) + "\n"


def _by_which(spec: Spec) -> str:
    if spec.subject == "matter":
        return "`correct`"
    if spec.subject == "unit" or spec.name == "import_meeting":
        return "`correct_register`"
    return "`correct_register`, or `correct` on a matter once the meeting has taken one up,"


def _own_id(spec: Spec) -> str:
    return " to choose its id, or leave it out" if spec.name == "found_unit" else ""


def _paragraph(doc: str) -> str:
    return " ".join(doc.split())


def _enterers(spec: Spec) -> str:
    who = ["a clerk of the unit or of one above it", "whoever decided"]
    who += sorted(_plain(ROLES[r]).lower() for r in spec.enters if r in ROLES)
    if spec.public:
        who.append("`public`")
    if spec.name in _BY_OPERATOR:
        who.append("`system`")
    return ", ".join(who)


def _plain(lazy: Any) -> str:
    """The English of a text that waits for its translation."""
    from django.utils.translation import override

    with override("en"):
        return str(lazy)
