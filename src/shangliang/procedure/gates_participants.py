"""Gates on who takes part: fixed, told, of the kinds the rule names, heard; and on votes that keep their secret."""

from __future__ import annotations

from datetime import date

from shangliang.procedure.casebook import case, holds, refuses
from shangliang.procedure.facts import Facts, RulingFacts
from shangliang.procedure.facts_consulting import ParticipantFacts, TopicFacts
from shangliang.procedure.say import Say, count_zh, listed, plural
from shangliang.procedure.vocabulary import HELD, Answer, Params, Unknown, filled, gate, refused

_TOLD = ParticipantFacts("a", "member", notified_on=date(2026, 3, 3), spoke=True)
_UNTOLD = ParticipantFacts("b", "stakeholder")
_WITHDREW = ParticipantFacts("c", "resident", reply="not_coming")
_KINDS = ["member", "stakeholder", "department"]
NAMES = {
    "member": Say("议事会成员", "council members"),
    "stakeholder": Say("利益相关方", "those concerned"),
    "department": Say("职能部门人员", "people of departments"),
}
SIDES = {
    "party": Say("党", "party"),
    "government": Say("政", "government"),
    "groups": Say("群", "mass organisations"),
    "people": Say("民", "residents"),
    "society": Say("社", "social organisations"),
}


@gate(
    "participants_told",
    title=Say("参加人员确定并逐一通知", "those who take part are fixed and each is told"),
    needs=("participants",),
    examples=(
        holds(case("set_form", participants=(_TOLD,))),
        holds(case("set_form", participants=(_TOLD, _WITHDREW))),
        refuses(case("set_form", participants=())),
        refuses(case("set_form", participants=(_TOLD, _UNTOLD))),
        refuses(case("set_form", participants=(_WITHDREW,))),
    ),
)
def participants_told(facts: Facts, params: Params) -> Answer:
    """Those who take part are fixed, and every one of them was told on a day. Somebody drawn by lot who withdrew before
    being told takes no part and need not be told; another is drawn instead."""
    people = [p for p in facts.participants or () if p.notified_on or p.reply != "not_coming"]
    if not people:
        return _none()
    left = sum(p.notified_on is None for p in people)
    if not left:
        return HELD
    return refused(
        f"还有{count_zh(left)}人没有通知。",
        f"{plural(left, 'person', 'people')} not told yet.",
        "逐一通知后登记哪天、用什么办法通知的。",
        "Tell each of them, and enter the day and the way.",
    )


def _none() -> Answer:
    return refused(
        "还没有确定参加人员。",
        "Nobody is fixed to take part yet.",
        "先确定参加协商的人员。",
        "Fix those who take part first.",
    )


@gate(
    "participants_fixed",
    title=Say("协商主体已经确定", "those who take part are fixed"),
    needs=("participants",),
    examples=(
        holds(case("take_up", participants=(_UNTOLD,))),
        refuses(case("take_up", participants=())),
    ),
)
def participants_fixed(facts: Facts, params: Params) -> Answer:
    """At least one participant is fixed before anything is discussed."""
    return HELD if facts.participants else _none()


@gate(
    "form_chosen",
    title=Say("确定了协商形式", "a form of consultation is chosen"),
    examples=(
        holds(case("set_form", {"way": "special"})),
        refuses(case("set_form", {"way": ""})),
    ),
)
def form_chosen(facts: Facts, params: Params) -> Answer:
    """One of the forms of consultation is chosen."""
    return HELD if filled(facts.value("way")) else Unknown(("way",))


@gate(
    "kinds_present",
    title=Say("三类人员都有", "every kind takes part"),
    needs=("participants",),
    params={"kinds": list},
    examples=(
        holds(case("set_form", participants=(_TOLD, _UNTOLD)), kinds=["member", "stakeholder"]),
        refuses(case("set_form", participants=(_TOLD,)), kinds=_KINDS),
    ),
)
def kinds_present(facts: Facts, params: Params) -> Answer:
    """Each of the ``kinds`` the rule names is among those who take part; a lack is explained."""
    there = {p.kind for p in facts.participants or ()}
    lacking = [NAMES.get(k, Say(k, k)) for k in params["kinds"] if k not in there]
    if not lacking:
        return HELD
    names = listed(lacking)
    return refused(
        f"参加人员里没有{names.zh}。",
        f"Nobody takes part of: {names.en}.",
        "请补上；确实没有的，写一句为什么。",
        "Add some, or write why there are none.",
    )


@gate(
    "groups_represented",
    title=Say("受影响群体有代表", "the groups concerned are represented"),
    needs=("participants", "topic"),
    params={"layer": int},
    examples=(
        holds(case("set_form", topic=TopicFacts(layer=1, affected=frozenset({"tenants"})), participants=()), layer=2),
        holds(
            case(
                "set_form", topic=TopicFacts(layer=2, affected=frozenset({"tenants"})),
                participants=(ParticipantFacts("a", "stakeholder", group="tenants"),),
            ), layer=2,
        ),
        refuses(case("set_form", topic=TopicFacts(layer=2, affected=frozenset({"tenants"})), participants=()), layer=2),
    ),
)  # fmt: skip
def groups_represented(facts: Facts, params: Params) -> Answer:
    """From this ``layer`` on, every group of people the topic touches has somebody among those who take part."""
    topic = facts.topic or TopicFacts()
    if topic.layer < params["layer"]:
        return HELD
    left = topic.affected - {p.group for p in facts.participants or ()}
    if not left:
        return HELD
    return refused(
        f"有{count_zh(len(left))}个受影响的群体还没有代表参加。",
        f"{plural(len(left), 'group')} touched by the topic without a representative.",
        "请每个群体来一位代表；来不了的，写明怎么听他们的意见。",
        "Ask one of each; where nobody can come, write how they are heard.",
    )


@gate(
    "sides_present",
    title=Say("党政群民社多方参加", "several sides take part"),
    needs=("participants", "topic"),
    params={"layer": int, "sides": int},
    examples=(
        holds(
            case(
                "set_form", topic=TopicFacts(layer=3),
                participants=tuple(ParticipantFacts(s, "member", side=s) for s in ("party", "people", "society")),
            ), layer=3, sides=3,
        ),
        refuses(
            case("set_form", topic=TopicFacts(layer=3), participants=(ParticipantFacts("a", "member", side="people"),)),
            layer=3, sides=3,
        ),
    ),
)  # fmt: skip
def sides_present(facts: Facts, params: Params) -> Answer:
    """From this ``layer`` on, at least so many of the five ``sides`` (党、政、群、民、社) take part."""
    if (facts.topic or TopicFacts()).layer < params["layer"]:
        return HELD
    there = {p.side for p in facts.participants or () if p.side}
    if len(there) >= params["sides"]:
        return HELD
    have = listed([SIDES[s] for s in SIDES if s in there]) if there else Say("没有", "none")
    return refused(
        f"多层协商应有党、政、群、民、社中的{count_zh(params['sides'])}方以上，现在是：{have.zh}。",
        f"Consultation of several layers asks for {params['sides']} of the five sides; now there are: {have.en}.",
        "再请几方；请不到的，写一句为什么。",
        "Ask more sides, or write why they are not there.",
    )


@gate(
    "selection_recorded",
    title=Say("记录了代表产生办法", "how the representatives were chosen"),
    needs=("topic",),
    examples=(
        holds(case("set_form", {"method": "各组推选"}, topic=TopicFacts())),
        holds(case("set_form", topic=TopicFacts(method=True))),
        refuses(case("set_form", {"method": ""}, topic=TopicFacts())),
    ),
)
def selection_recorded(facts: Facts, params: Params) -> Answer:
    """How those who speak for others were chosen is written down."""
    if filled(facts.value("method")) or (facts.topic is not None and facts.topic.method):
        return HELD
    return Unknown(("method",))


@gate(
    "everyone_heard",
    title=Say("到会的都发表了意见", "everybody spoke"),
    needs=("participants",),
    examples=(
        holds(case("conclude", participants=(_TOLD, ParticipantFacts("c", "expert", reply="not_coming")))),
        refuses(case("conclude", participants=(_TOLD, _UNTOLD))),
    ),
)
def everyone_heard(facts: Facts, params: Params) -> Answer:
    """Each who takes part has a statement, or is entered as having no comment; who said they would not come is left out."""
    left = sum(not p.spoke and p.reply != "not_coming" for p in facts.participants or ())
    if not left:
        return HELD
    return refused(
        f"有{count_zh(left)}位参加人员没有发言记录。",
        f"{plural(left, 'participant')} without a statement.",
        "补记发言，或注明“无意见”。",
        "Enter what they said, or that they have no comment.",
    )


@gate(
    "study_reported",
    title=Say("有调研材料", "a study was made"),
    needs=("rulings",),
    examples=(
        holds(case("report_study", {"note": "走访了三十户"}, rulings=())),
        holds(case("take_up", rulings=(RulingFacts("field_study", "", "u1", date(2026, 4, 2), note=True),))),
        refuses(case("report_study", {"note": ""}, rulings=())),
        refuses(case("take_up", rulings=())),
    ),
)
def study_reported(facts: Facts, params: Params) -> Answer:
    """A report of the special study (专题调研) is written, or it is explained why there is none."""
    if filled(facts.value("note")) or any(r.kind == "field_study" and r.note for r in facts.rulings or ()):
        return HELD
    return refused(
        "还没有形成调研材料。",
        "There is no report of a study.",
        "写几句看了什么、问了谁；不调研的，写明原因。",
        "Write what was looked at and who was asked, or why no study is made.",
    )


@gate(
    "ballot_secret",
    title=Say("无记名投票不记投票人", "a secret ballot names no voter"),
    examples=(
        holds(case("record_vote", {"mode": "ballot", "voters": []})),
        holds(case("record_vote", {"mode": "hands", "voters": ["a"]})),
        refuses(case("record_vote", {"mode": "ballot", "voters": ["a"]})),
    ),
)
def ballot_secret(facts: Facts, params: Params) -> Answer:
    """Of a secret ballot only the totals are kept: nobody is recorded as having voted this way or that."""
    if facts.value("mode") != "ballot" or not facts.value("voters"):
        return HELD
    return refused(
        "无记名投票不能记录投票人。",
        "A secret ballot must not record who voted.",
        "只登记发票、收票和各项票数，由两名计票人署名。",
        "Enter the totals only, with the names of two tellers.",
    )
