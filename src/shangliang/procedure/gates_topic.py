"""Gates on setting a topic: its class, what it is like, who decided that it is taken up.

Sources: W16 to W36 (魏塘), X16, X34, X57 (协商在基层), L9, L41, L42 (溧阳); the gates themselves name no place.
"""

from __future__ import annotations

from shangliang.procedure.casebook import case, holds, refuses
from shangliang.procedure.facts import Decider, Facts
from shangliang.procedure.facts_consulting import TopicFacts
from shangliang.procedure.say import Say
from shangliang.procedure.vocabulary import HELD, Answer, Params, Unknown, filled, gate, missing, refused

_CLASSES = ["decision", "funds"]
_PARTY = Decider("u1", "village", body="party", paper="会议记录", present=7)


@gate(
    "class_named",
    title=Say("归入规定的类别", "put into one of the classes"),
    params={"classes": list},
    examples=(
        holds(case("propose", {"category": "funds"}), classes=_CLASSES),
        refuses(case("propose", {"category": "weather"}), classes=_CLASSES),
        refuses(case("propose", {"category": ""}), classes=_CLASSES),
    ),
)
def class_named(facts: Facts, params: Params) -> Answer:
    """The topic is put into one of the ``classes`` the rule names (for instance 三重一大)."""
    category = facts.value("category")
    if not filled(category):
        return Unknown(("category",))
    if category in params["classes"]:
        return HELD
    return refused(
        "这件事没有归入规定的类别。",
        "The topic is in none of the classes the rule names.",
        "选一类；都不属于的，不走这个规程。",
        "Choose a class; what belongs to none does not go this way.",
    )


@gate(
    "item_named",
    title=Say("选了子项", "the item within the class"),
    examples=(
        holds(case("propose", {"item": "planning"})),
        refuses(case("propose", {"item": ""})),
    ),
)
def item_named(facts: Facts, params: Params) -> Answer:
    """The item within the class is chosen."""
    return Unknown(("item",)) if missing(facts, "item") else HELD


@gate(
    "amount_named",
    title=Say("填了金额", "the amount is given"),
    params={"classes": list},
    examples=(
        holds(case("propose", {"category": "funds", "amount": 3_600_000}), classes=["funds"]),
        holds(case("propose", {"category": "decision"}), classes=["funds"]),
        refuses(case("propose", {"category": "funds", "amount": None}), classes=["funds"]),
    ),
)
def amount_named(facts: Facts, params: Params) -> Answer:
    """A topic of one of these ``classes`` says how much money it is about."""
    if facts.value("category") not in params["classes"]:
        return HELD
    return Unknown(("amount",)) if missing(facts, "amount") else HELD


@gate(
    "topic_set",
    title=Say("议题已经确立", "the topic is set"),
    needs=("topic",),
    examples=(
        holds(case("approve", topic=TopicFacts(category="livelihood"))),
        refuses(case("approve", topic=TopicFacts())),
    ),
)
def topic_set(facts: Facts, params: Params) -> Answer:
    """Somebody has set the topic (确立协商议题) before it goes on."""
    if facts.topic is not None and facts.topic.category:
        return HELD
    return refused(
        "议题还没有确立。",
        "The topic has not been set.",
        "先登记议题的类型、范围和复杂程度。",
        "First enter its kind, how far it reaches and how complex it is.",
    )


@gate(
    "sources_named",
    title=Say("登记了议题来源", "where the topic comes from"),
    needs=("topic",),
    examples=(
        holds(case("approve", topic=TopicFacts(sources=2))),
        refuses(case("approve", topic=TopicFacts())),
    ),
)
def sources_named(facts: Facts, params: Params) -> Answer:
    """At least one source is entered: a resident, a member, a department (议什么由群众说了算)."""
    if facts.topic is not None and facts.topic.sources:
        return HELD
    return refused(
        "还没有登记议题是谁提出的。",
        "Nobody is entered as having raised the topic.",
        "登记来源：群众、委员还是部门。",
        "Enter where it comes from: residents, members or a department.",
    )


@gate(
    "topic_described",
    title=Say("类型、范围、复杂程度", "kind, reach and complexity"),
    needs=("topic",),
    examples=(
        holds(case("set_form", topic=TopicFacts(category="livelihood", reach="village", complexity="plain"))),
        refuses(case("set_form", topic=TopicFacts(category="livelihood"))),
    ),
)
def topic_described(facts: Facts, params: Params) -> Answer:
    """Kind, reach and complexity of the topic are written, for the choice of those who take part depends on them."""
    topic = facts.topic or TopicFacts()
    found = {"category": topic.category, "reach": topic.reach, "complexity": topic.complexity}
    left = tuple(name for name, value in found.items() if not value)
    return Unknown(left) if left else HELD


@gate(
    "scope_or_subject",
    title=Say("选了协商范围或主题", "a scope or a subject"),
    examples=(
        holds(case("set_topic", {"scope": ["property"], "subject": []})),
        holds(case("set_topic", {"scope": [], "subject": ["relocation"]})),
        refuses(case("set_topic", {"scope": [], "subject": []})),
    ),
)
def scope_or_subject(facts: Facts, params: Params) -> Answer:
    """The topic names a scope or one of the subjects of special attention."""
    if facts.value("scope") or facts.value("subject"):
        return HELD
    return refused(
        "还没有选协商范围或主题。",
        "Neither a scope nor a subject is chosen.",
        "选一个；都不属于的，写一句为什么也议。",
        "Choose one, or write why it is discussed all the same.",
    )


@gate(
    "decided_by_body",
    title=Say("由规定的组织审定", "decided by the body the rule names"),
    params={"body": str},
    examples=(
        holds(case("approve", {"approved": True}, decider=_PARTY), body="party"),
        holds(case("approve", {"approved": False}, decider=Decider("u1", "village", body="council")), body="party"),
        refuses(case("approve", {"approved": True}, decider=Decider("u1", "village", body="council")), body="party"),
    ),
)  # fmt: skip
def decided_by_body(facts: Facts, params: Params) -> Answer:
    """The ``body`` the rule names approved, on a day. Who does not approve needs no leave."""
    decider = facts.act.decider if facts.act else None
    if facts.value("approved") is False or (decider is not None and decider.body == params["body"]):
        return HELD
    return refused(
        "审定的不是同级党组织。",
        "It was not the party organisation of this level that approved.",
        "请党组织审定；由别的组织定的，写明为什么。",
        "Let the party organisation approve it, or write why another body did.",
    )
