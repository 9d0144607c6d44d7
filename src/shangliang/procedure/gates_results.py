"""Gates on what becomes of a consultation: opinions sent, decisions, feedback, publication, suggestions followed up."""

from __future__ import annotations

from datetime import date

from shangliang.procedure.casebook import case, holds, refuses
from shangliang.procedure.facts import Facts
from shangliang.procedure.facts_consulting import DispatchFacts, SuggestionFacts
from shangliang.procedure.personal import looks_personal
from shangliang.procedure.say import Say, count_zh, listed, plural
from shangliang.procedure.vocabulary import HELD, Answer, Params, Unknown, gate, missing, refused

RECIPIENTS = {
    "party": Say("同级党委", "the party committee"),
    "government": Say("同级政府（办事处）", "the government of this level"),
    "party_org": Say("党组织", "the party organisation"),
    "departments": Say("有关部门", "the departments concerned"),
    "participants": Say("协商主体", "those who took part"),
    "room": Say("联络室", "the liaison room"),
}


@gate(
    "outcome_named",
    title=Say("记录了协商结果", "the result of the consultation"),
    examples=(
        holds(case("conclude", {"outcome": "consensus"})),
        refuses(case("conclude", {"outcome": None})),
    ),
)
def outcome_named(facts: Facts, params: Params) -> Answer:
    """A session closes with a result: that it was held is not enough."""
    return Unknown(("outcome",)) if missing(facts, "outcome") else HELD


@gate(
    "suggestions_made",
    title=Say("形成了意见建议", "suggestions were made"),
    needs=("suggestions",),
    examples=(
        holds(case("compile_opinion", {"suggestions": [{"text": "先修主路"}]}, suggestions=())),
        holds(case("send_bulletin", suggestions=(SuggestionFacts("a"),))),
        refuses(case("compile_opinion", {"suggestions": []}, suggestions=())),
    ),
)
def suggestions_made(facts: Facts, params: Params) -> Answer:
    """The consultation brought at least one numbered suggestion."""
    if facts.value("suggestions") or facts.suggestions:
        return HELD
    return refused(
        "还没有形成意见建议。",
        "There is no suggestion yet.",
        "一条一条写下来；没有的，写一句为什么。",
        "Write them one by one, or why there are none.",
    )


@gate(
    "sent_to_all",
    title=Say("报送对象齐全", "sent to all the rule names"),
    params={"to": list},
    examples=(
        holds(
            case("send_bulletin", {"to": ["party", "government", "departments"]}), to=["party", "government"]
        ),
        refuses(case("send_bulletin", {"to": ["party"]}), to=["party", "government"]),
    ),
)
def sent_to_all(facts: Facts, params: Params) -> Answer:
    """Everybody named in ``to`` is among those it is sent to."""
    given = facts.value("to") or ()
    lacking = listed([RECIPIENTS[t] for t in params["to"] if t not in given])
    if not lacking:
        return HELD
    return refused(
        f"还没有报送{lacking.zh}。", f"It is not sent to: {lacking.en}.", "补上报送对象。", "Add them."
    )


@gate(
    "sent_to_one",
    title=Say("提交对象合规", "sent to whom the rule allows"),
    params={"to": list},
    examples=(
        holds(case("submit_reference", {"to": ["party"]}), to=["party", "government", "party_org"]),
        refuses(case("submit_reference", {"to": ["departments"]}), to=["party", "government", "party_org"]),
        refuses(case("submit_reference", {"to": []}), to=["party", "government", "party_org"]),
    ),
)
def sent_to_one(facts: Facts, params: Params) -> Answer:
    """It is sent to at least one of ``to``, and to nobody else."""
    given, allowed = set(facts.value("to") or ()), set(params["to"])
    if given and given <= allowed:
        return HELD
    names = listed([RECIPIENTS[t] for t in params["to"]])
    return refused(
        f"提交对象是{names.zh}。", f"It goes to: {names.en}.", "从中选定提交对象。", "Choose among these."
    )


@gate(
    "feedback_complete",
    title=Say("反馈决策和执行情况", "feedback on decision and execution"),
    examples=(
        holds(case("feed_back", {"decision": "采纳两条", "execution": "六月开工"})),
        refuses(case("feed_back", {"decision": "采纳两条", "execution": ""})),
        refuses(case("feed_back", {"decision": "", "execution": ""})),
    ),
)
def feedback_complete(facts: Facts, params: Params) -> Answer:
    """Feedback says what was decided and how it is carried out; only secrecy, with its ground, is an exemption."""
    left = missing(facts, "decision", "execution")
    if not left:
        return HELD
    return refused(
        "反馈要写决策和执行两方面的情况。",
        "Feedback says both what was decided and how it is carried out.",
        "补上；有保密规定的，登记免于反馈的依据、批准人和日期。",
        "Add it; where secrecy forbids it, register ground, approver and day of the exemption.",
    )


@gate(
    "exemption_named",
    title=Say("免于反馈的依据和批准人", "ground and approver of the exemption"),
    examples=(
        holds(case("exempt_feedback", {"ground": "工作秘密", "approver": "街道党委", "approved_on": date(2026, 5, 3)})),
        refuses(case("exempt_feedback", {"ground": "工作秘密", "approver": "", "approved_on": date(2026, 5, 3)})),
    ),
)  # fmt: skip
def exemption_named(facts: Facts, params: Params) -> Answer:
    """An exemption from feedback names its ground, who approved it, and when."""
    left = missing(facts, "ground", "approver", "approved_on")
    return Unknown(left) if left else HELD


@gate(
    "scope_chosen",
    title=Say("选了公开范围", "a scope of publication"),
    examples=(
        holds(case("publish_within", {"scope": ["members"], "text": "采纳两条"})),
        refuses(case("publish_within", {"scope": [], "text": "采纳两条"})),
    ),
)
def scope_chosen(facts: Facts, params: Params) -> Answer:
    """Publication within a certain scope says which: members, offices, villages and communities, everybody."""
    return HELD if facts.value("scope") else Unknown(("scope",))


@gate(
    "no_person_named",
    title=Say("公开稿里没有个人信息", "no personal information in the text"),
    examples=(
        holds(case("publish_within", {"text": "决定先修主路，六月开工。"})),
        refuses(case("publish_within", {"text": "联系人电话13800000000。"})),
    ),
)
def no_person_named(facts: Facts, params: Params) -> Answer:
    """The text that is published holds nothing that looks like personal information."""
    if not looks_personal(str(facts.value("text") or "")):
        return HELD
    return refused(
        "公开稿里像是有电话、证件号或门牌号。",
        "The text seems to hold a telephone, an identity number or a door number.",
        "删去以后再公开。",
        "Take it out before publishing.",
    )


@gate(
    "differences_listed",
    title=Say("列明了分歧点", "the differences are listed"),
    examples=(
        holds(case("plan_next", {"differences": [{"text": "谁来出钱"}]})),
        refuses(case("plan_next", {"differences": []})),
    ),
)
def differences_listed(facts: Facts, params: Params) -> Answer:
    """What divides the sides is listed point by point before the next round."""
    if facts.value("differences"):
        return HELD
    return refused(
        "还没有列明分歧点。",
        "The differences are not listed.",
        "一条一条写清楚，下一轮才好谈。",
        "Write them point by point, so that the next round can settle them.",
    )


@gate(
    "policy_checked",
    title=Say("核对了政策法规", "checked against policy and law"),
    examples=(
        holds(case("check_policy", {"passed": True})),
        refuses(case("check_policy", {"passed": False})),
        refuses(case("check_policy", {"passed": None})),
    ),
)
def policy_checked(facts: Facts, params: Params) -> Answer:
    """The result was checked against policy and law, and passed, before it is published."""
    if facts.value("passed") is None:
        return Unknown(("passed",))
    if facts.value("passed"):
        return HELD
    return refused(
        "协商结果和政策法规不一致，不能公示。",
        "The result does not agree with policy and law and cannot be published.",
        "回到协商，改到一致为止。",
        "Discuss it again until it does.",
    )


@gate(
    "suggestions_followed",
    title=Say("每条建议有采纳落实情况", "every suggestion is followed up"),
    needs=("suggestions",),
    examples=(
        holds(
            case(
                "close",
                suggestions=(SuggestionFacts("a", "done"), SuggestionFacts("b", "not_adopted", why=True)),
            )
        ),
        refuses(case("close", suggestions=(SuggestionFacts("a"),))),
        refuses(case("close", suggestions=(SuggestionFacts("a", "not_adopted"),))),
    ),
)
def suggestions_followed(facts: Facts, params: Params) -> Answer:
    """Each suggestion is adopted, being carried out, done, or not adopted with the reason why."""
    made = facts.suggestions or ()
    left = sum(s.state is None or (s.state in ("not_adopted", "not_done") and not s.why) for s in made)
    if not left:
        return HELD
    return refused(
        f"还有{count_zh(left)}条建议没有登记采纳落实情况。",
        f"{plural(left, 'suggestion')} not followed up.",
        "逐条登记：采纳、落实中、已落实，或不采纳的理由。",
        "Enter for each: adopted, under way, done, or why not.",
    )


@gate(
    "fed_back",
    title=Say("向协商主体反馈了", "those who took part were told"),
    needs=("dispatches",),
    examples=(
        holds(
            case(
                "close",
                dispatches=(DispatchFacts("feedback", date(2026, 5, 1), frozenset({"participants"})),),
            )
        ),
        refuses(case("close", dispatches=())),
    ),
)
def fed_back(facts: Facts, params: Params) -> Answer:
    """Those who took part were told what became of it."""
    if any(d.kind == "feedback" and "participants" in d.to for d in facts.dispatches or ()):
        return HELD
    return refused(
        "还没有向协商主体反馈。",
        "Those who took part have not been told.",
        "登记反馈：怎么采纳、落实得怎样。",
        "Register the feedback: what was adopted and how it goes.",
    )
