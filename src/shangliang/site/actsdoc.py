"""The lower part of ``docs/acts.md``: every act, made from the catalogue. The upper part is written by hand and holds a
whole worked file; ``shangliang docs acts FILE`` writes the lower part anew."""

import json
import re
import types
import typing
from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

import shangliang.acts.catalogue  # noqa: F401  (registers the acts)
from shangliang.acts.scene import _BY_OPERATOR
from shangliang.acts.vocabulary import Catalogue, Data, Seal, Spec
from shangliang.people.roles import BODIES, ROLES
from shangliang.procedure import loader
from shangliang.site import actsdoc_consulting, actsdoc_deciding

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

EXAMPLES: dict[str, dict[str, Any]] = {
    "amend_unit": {"unit": "liushu", "entered_by": "p-wang", "data": {"households": 380, "adults": 872}},
    "release": {
        "unit": "liushu",
        "entered_by": "system",
        "data": {"post": "@grid.0", "paper": "换届文件2025-1"},
    },
    "no_topic": {
        "unit": "liushu",
        "entered_by": "p-wang",
        "decided_by": "party_secretary",
        "data": {"window": "2025-07-01", "reason": "农忙，两个月里没有人提出要商量的事。"},
    },
    "anchor": {
        "unit": "hekou",
        "entered_by": "system",
        "data": {"heads": [{"book": "liushu", "length": 33, "head": "0" * 64}]},
    },
    "end_unit": {
        "unit": "yangshu",
        "entered_by": "system",
        "data": {"successor": "liushu", "paper": "东河市政府〔2026〕8号"},
    },
    "import_meeting": {
        "unit": "liushu",
        "entered_by": "p-wang",
        "data": {
            "ledger": "2022年议事台账第3页，村档案柜",
            "place": "村议事室",
            "present": 14,
            "topics": [{"title": "巷道硬化", "discuss": "livelihood", "result": "solved"}],
        },
    },
    "remind": {
        "unit": "liushu",
        "entered_by": "p-zhao",
        "decided_by": "director",
        "data": {
            "about": "meeting",
            "text": "五六月还没有开会，请安排；没有议题请登记原因。",
            "answer_by": "2025-07-10",
        },
    },
    "answer_reminder": {
        "unit": "liushu",
        "entered_by": "p-wang",
        "decided_by": "party_secretary",
        "data": {"reminder": "liushu.34.0", "answer": "planned", "planned_on": "2025-07-12"},
    },
    "draw_sample": {
        "unit": "donghe",
        "entered_by": "p-zhao",
        "decided_by": "director",
        "data": {
            "first": "2025-06-01",
            "last": "2025-06-30",
            "seed": "0" * 64,
            "among": 31,
            "numbers": ["3F7K29"],
        },
    },
    "call_back": {
        "matter": "@road",
        "entered_by": "p-zhao",
        "decided_by": "director",
        "data": {"reached": True, "solved": True, "satisfied": True},
    },
    "freeze_month": {
        "unit": "donghe",
        "entered_by": "p-zhao",
        "decided_by": "director",
        "data": {"month": "2025-06-01", "figures": [{"unit": "liushu", "measure": "meetings", "n": 1}]},
    },
    "merge": {"matter": "@lamp", "entered_by": "p-wang", "data": {"into": "@road"}},
    "confirm": {"matter": "@road", "entered_by": "public", "data": {"solved": True}},
    "open_gathering": {
        "matter": "@road",
        "entered_by": "p-wang",
        "decided_by": "party_secretary",
        "data": {
            "intro": "胡同路面要硬化，先听听大家怎么想。",
            "statements": [{"text": "先修西头，再修东头。"}, {"text": "路边要留排水沟。"}],
            "until": "2025-07-08",
        },
    },
    "announce_lots": {
        "matter": "@road",
        "entered_by": "p-wang",
        "decided_by": "party_secretary",
        "data": {
            "text": '{"format":"shangliang-panel-lottery/1", …}',
            "people": [{"number": "1", "name": "某甲"}, {"number": "2", "name": "某乙"}],
        },
    },
    "name_participants": {
        "matter": "@road",
        "entered_by": "p-wang",
        "decided_by": "party_secretary",
        "data": {
            "participants": [{"kind": "stakeholder", "name": "某甲", "side": "people"}],
            "method": "recommended",
            "pool": 26,
            "recused": [{"name": "某乙", "reason": "与施工方是亲属。"}],
        },
    },
    "draw_lots": {
        "matter": "@road",
        "entered_by": "p-wang",
        "data": {"lots": "liushu.9.0", "seed": "3516241533"},
    },
    "propose_statement": {
        "matter": "@road",
        "entered_by": "public",
        "data": {"text": "修路时留一条走路的道。"},
    },
    "screen_statement": {
        "matter": "@road",
        "entered_by": "p-wang",
        "data": {
            "statement": "liushu.31.0",
            "shown": False,
            "reason": "repeats",
            "note": "和第2条说的是一件事。",
        },
    },
    "issue_slips": {"matter": "@road", "entered_by": "p-wang", "data": {"count": 20}},
    "close_gathering": {
        "matter": "@road",
        "entered_by": "p-wang",
        "decided_by": "party_secretary",
        "data": {},
    },
    "carry_points": {
        "matter": "@road",
        "entered_by": "p-wang",
        "data": {"agreed": "路边要留排水沟。", "divided": "先修西头，再修东头。"},
    },
    "withdraw": {"matter": "@road", "entered_by": "public", "data": {}},
    "erase": {
        "matter": "@road",
        "entered_by": "p-wang",
        "data": {"texts": ["43a82233b5e7bda04935b541"], "ground": "request"},
    },
    "name_parties": {
        "as": "sides",
        "matter": "@road",
        "entered_by": "p-wang",
        "data": {"parties": [{"name": "胡同东侧七户"}, {"name": "胡同西侧六户"}]},
    },
    "visit": {
        "matter": "@road",
        "entered_by": "p-wang",
        "decided_by": "party_secretary",
        "data": {"party": "@sides.0", "agreed": True, "note": "同意各让半尺。"},
    },
    "settle_door": {
        "matter": "@road",
        "entered_by": "p-wang",
        "decided_by": "party_secretary",
        "data": {"result": "agreed"},
    },
    "record_resolution": {
        "matter": "@road",
        "entered_by": "p-wang",
        "decided_by": {"body": "representatives", "paper": "村民代表会议决议2025-2", "present": 31},
        "data": {
            "body": "representatives",
            "total": 42,
            "present": 31,
            "votes_for": 28,
            "against": 1,
            "abstained": 2,
            "paper": "村民代表会议决议2025-2",
        },
    },
    "report_up": {
        "matter": "@bridge",
        "entered_by": "p-wang",
        "decided_by": {"body": "party", "paper": "支部会议记录2025-6"},
        "data": {"to": "河口镇党委", "note": "请镇里协调交通部门核算北桥承重并答复。"},
    },
    "record_return": {
        "matter": "@bridge",
        "entered_by": "p-wang",
        "decided_by": {"body": "party", "unit": "hekou", "paper": "镇党委会议纪要2025-9"},
        "data": {"result": "settled", "note": "县交通局同意把限高调到三米二。", "paper": "镇复〔2025〕7号"},
    },
    "call_off": {"meeting": "@evening", "entered_by": "p-wang", "data": {"reason": "大雪封路，改到下周。"}},
    "exempt_notice": {
        "matter": "@road",
        "entered_by": "p-wang",
        "decided_by": "party_secretary",
        "data": {"ground": "个人隐私", "approver": "村党支部", "note": "涉及两户的病情，经审定不公示。"},
    },
    "object": {
        "matter": "@road",
        "entered_by": "public",
        "data": {"words": "出工能不能不按户摊，家里只有老人。"},
    },
    "answer_objection": {
        "matter": "@road",
        "entered_by": "p-wang",
        "decided_by": "party_secretary",
        "data": {"objection": "@objection.0", "sustained": False, "reason": "自愿出工，不按户摊。"},
    },
    "return_file": {"matter": "@road", "entered_by": "p-cheng", "data": {"missing": "缺会议记录的原件。"}},
    "acknowledge": {
        "matter": "@road",
        "entered_by": "p-li",
        "data": {"flag": "liushu.30.0", "note": "已看到，公示实际满了十五天。"},
    },
}
EXAMPLES |= actsdoc_deciding.EXAMPLES | actsdoc_consulting.EXAMPLES
"""For acts that the worked file does not use. A day is added to each."""


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
            found.setdefault(line["act"], _json(line))
    for name, rest in EXAMPLES.items():
        ordered = {"act": name, **rest, "happened_on": "2025-07-01"}
        order = ("as", "act", "unit", "matter", "meeting", "happened_on", "entered_by", "decided_by", "data")
        found.setdefault(name, _json({k: ordered[k] for k in order if k in ordered}))
    return found


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


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
        lines.append(f"- `correct` may change: {names}.")
    rows = list(_rows(spec.data, ""))
    if rows:
        lines += ["", "| field | what goes in | | meaning |", "|---|---|---|---|", *rows]
    if example:
        lines += ["", "```json", example, "```"]
    return "\n".join(lines) + "\n"


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


def _rows(data: type[BaseModel], before: str) -> Iterator[str]:
    for name, info in data.model_fields.items():
        path = f"{before}{name}"
        inner = _listed(info.annotation)
        title = (info.title or "").rstrip(".")
        yield f"| `{path}` | {_kind(info)} | {_needed(info)} | {title}{_sealed(info)} |"
        if inner is not None:
            yield from _rows(inner, f"{path}[].")


def _needed(info: FieldInfo) -> str:
    if info.is_required():
        return "required"
    default = info.get_default(call_default_factory=True) if info.default_factory is None else []
    return "" if default in (None, "", [], PydanticUndefined) else f"else `{_json(default)}`"


def _sealed(info: FieldInfo) -> str:
    return " (sealed)" if any(isinstance(m, Seal) for m in _marks(info.annotation, info.metadata)) else ""


def _marks(annotation: Any, metadata: Any) -> Iterator[Any]:
    """Every constraint and mark of a field, wherever its type carries it."""
    for each in metadata or ():
        yield from getattr(each, "metadata", None) or (each,)
        yield each
    if typing.get_origin(annotation) is Annotated:
        yield from annotation.__metadata__
        yield from _marks(annotation.__origin__, ())
    elif typing.get_origin(annotation) in (typing.Union, types.UnionType):
        for each in typing.get_args(annotation):
            yield from _marks(each, ())


def _bare(annotation: Any) -> Any:
    """The type without None and without marks."""
    if typing.get_origin(annotation) is Annotated:
        return _bare(annotation.__origin__)
    if typing.get_origin(annotation) in (typing.Union, types.UnionType):
        left = [a for a in typing.get_args(annotation) if a is not type(None)]
        return _bare(left[0]) if len(left) == 1 else annotation
    return annotation


def _listed(annotation: Any) -> type[Data] | None:
    bare = _bare(annotation)
    inner = typing.get_args(bare)[0] if typing.get_origin(bare) is list else None
    return inner if isinstance(inner, type) and issubclass(inner, Data) else None


def _kind(info: FieldInfo) -> str:
    return _said(_bare(info.annotation), list(_marks(info.annotation, info.metadata)))


def _said(bare: Any, marks: list[Any]) -> str:
    if typing.get_origin(bare) is Literal:
        return ", ".join(f"`{word}`" if word else "empty" for word in typing.get_args(bare))
    if typing.get_origin(bare) is list:
        inner = typing.get_args(bare)[0]
        most = _limit(marks, "max_length")
        upto = f", at most {most}" if most else ""
        if _listed(bare) is not None:
            return f"list of objects{upto}"
        return f"list{upto}, each: {_said(_bare(inner), list(_marks(inner, ())))}"
    name = getattr(bare, "__name__", str(bare))
    if name == "int":
        return f"whole number{_between(_limit(marks, 'ge'), _limit(marks, 'le'))}"
    if name == "str":
        pattern = _limit(marks, "pattern")
        most = _limit(marks, "max_length")
        shape = f" like `{pattern}`".replace("|", "\\|") if pattern else ""
        return f"text{f', at most {most}' if most else ''}{shape}"
    return {"bool": "`true` or `false`", "date": "date"}.get(name, name)


def _limit(marks: list[Any], name: str) -> Any:
    return next((value for m in marks if (value := getattr(m, name, None)) is not None), None)


def _between(low: Any, high: Any) -> str:
    if low is None and high is None:
        return ""
    return f", {low if low is not None else ''} to {high}" if high is not None else f", from {low}"
