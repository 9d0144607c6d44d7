"""What each act changes in what the tables know of a matter. Where it goes next is the table's to say."""

from __future__ import annotations

from collections.abc import Callable

from tests.acts.dongning.known import Notice
from tests.acts.dongning.tables import ABOVE
from tests.acts.systems.rows import Heard, Person, Seen

Change = Callable[[Seen, str, str], None]
CHANGES: dict[str, Change] = {}


def change(*names: str) -> Callable[[Change], Change]:
    def register(function: Change) -> Change:
        CHANGES.update(dict.fromkeys(names, function))
        return function

    return register


@change("put_forward")
def _(s: Seen, entry: str, outcome: str) -> None:
    s.m.title = True


@change("merge")
def _merge(s: Seen, entry: str, outcome: str) -> None:
    s.o.topics[s.of("into")].opinions |= s.m.opinions
    s.m.opinions = set()


@change("propose")
def _propose(s: Seen, entry: str, outcome: str) -> None:
    s.m.title = bool(s.of("title"))
    s.m.topic |= {"category": s.of("category")}
    s.m.papers |= {"topic_form", "topic_record"}


@change("set_topic")
def _topic(s: Seen, entry: str, outcome: str) -> None:
    kept = {k: v for k, v in s.m.topic.items() if k in ("way", "carrier", "method", "picked", "inspected")}
    s.m.topic = kept | {k: s.of(k) for k in ("category", "reach", "complexity", "major")}
    s.m.topic |= {"layer": s.of("layer", 1), "affected": set(s.of("affected", ()))}
    s.m.touches, s.m.department = tuple(s.of("touches", ())), s.of("department", "")
    s.m.needs, s.m.shown = bool(set(s.m.touches) - {"resident_units"}), True
    s.m.title = s.m.title or bool(s.of("title"))
    s.m.papers |= {"topic_form", "topic_record"}


@change("admit")
def _admit(s: Seen, entry: str, outcome: str) -> None:
    s.m.touches, s.m.department = tuple(s.of("touches") or ()), s.of("department", "")
    s.m.needs, s.m.shown = bool(set(s.m.touches) - {"resident_units"}), outcome == "in_scope"
    s.m.papers |= {"scope", "topic_form", "topic_record"}


@change("approve")
def _approve(s: Seen, entry: str, outcome: str) -> None:
    s.m.papers |= {"approval"}
    s.m.shown = bool(s.of("approved"))


@change(
    "issue_notice",
    "release_information",
    "send_bulletin",
    "submit_reference",
    "feed_back",
    "exempt_feedback",
    "publish_within",
)
def _sent(s: Seen, entry: str, outcome: str) -> None:
    kinds = {
        "issue_notice": ("notice", {"consultation_notice"}), "release_information": ("prior", {"prior_notice"}),
        "send_bulletin": ("bulletin", {"bulletin", "delivery"}), "submit_reference": ("reference", {"reference", "delivery"}),
        "feed_back": ("feedback", {"feedback_letter"}), "exempt_feedback": ("exemption", {"exemption_record"}),
        "publish_within": ("within", {"scope_notice"}),
    }  # fmt: skip
    kind, papers = kinds[s.a.name]
    s.m.sent.append((kind, s.on, tuple(s.of("to", ("room",) if kind == "feedback" else ())), f"{entry}.0"))
    s.m.papers |= papers | ({"materials"} if kind == "notice" and s.of("materials") else set())
    s.m.shown |= kind == "prior"
    if kind == "within" and "public" in s.of("scope", ()):
        s.m.notices.append(Notice(s.on))
        s.m.papers |= {"publication", "posting_record"}
        s.m.shown = True


@change("fix_participants")
def _fix(s: Seen, entry: str, outcome: str) -> None:
    for n, p in enumerate(s.of("participants")):
        s.m.people[f"{entry}.{n}"] = Person(p.get("kind", "member"), p.get("side", ""), p.get("group", ""))


@change("notify_participants")
def _notify(s: Seen, entry: str, outcome: str) -> None:
    for ident, one in s.m.people.items():
        one.told |= ident in (s.of("participants") or s.m.people)


@change("register_receipt")
def _receipt(s: Seen, entry: str, outcome: str) -> None:
    s.m.people[s.of("participant")].reply = s.of("reply")


@change("set_form")
def _form(s: Seen, entry: str, outcome: str) -> None:
    s.m.topic |= {k: v for k in ("way", "carrier", "method") if (v := s.of(k))}
    s.m.papers |= {"topic_form", "topic_record"}


@change("report_study")
def _study(s: Seen, entry: str, outcome: str) -> None:
    s.m.papers |= {"study_report"} if s.of("note") else set()


@change("enter_statement")
def _statement(s: Seen, entry: str, outcome: str) -> None:
    s.m.people[s.of("participant")].spoke = True
    s.m.papers |= {"written_replies"} if s.of("written") else set()


@change("take_up")
def _taken(s: Seen, entry: str, outcome: str) -> None:
    s.m.rounds[-1].taken_up = s.on
    s.meeting.begun = s.on


@change("conclude")
def _concluded(s: Seen, entry: str, outcome: str) -> None:
    s.m.rounds[-1].outcome = s.of("outcome")
    s.m.rounds[-1].agreed = bool(s.of("agreed") or s.of("speech"))


@change("compile_opinion")
def _compiled(s: Seen, entry: str, outcome: str) -> None:
    s.m.suggestions |= {f"{entry}.{n}": ("", False) for n, _ in enumerate(s.of("suggestions", ()))}


@change("follow_up")
def _followed(s: Seen, entry: str, outcome: str) -> None:
    s.m.suggestions[s.of("suggestion")] = (s.of("state"), bool(s.of("why")))


@change("check_policy")
def _policy(s: Seen, entry: str, outcome: str) -> None:
    s.m.papers |= {"policy_check"}


@change("record_decision")
def _decision(s: Seen, entry: str, outcome: str) -> None:
    s.m.papers |= {"decision_record"}


@change("record_resolution")
def _resolution(s: Seen, entry: str, outcome: str) -> None:
    s.m.papers |= {"resolution"}


@change("inspect")
def _inspect(s: Seen, entry: str, outcome: str) -> None:
    if not s.m.topic:
        return
    heads = s.m.topic.setdefault("heads", set())
    heads |= {h for h in ("organisation", "policy", "effect") if s.of(h)}
    s.m.topic |= {"picked": True, "inspected": len(heads) == 3}
    s.m.papers |= {"inspection_sheet"} if s.of("organisation") else set()


@change("open_collecting")
def _collect(s: Seen, entry: str, outcome: str) -> None:
    s.m.collecting = Heard(s.on)
    s.m.papers |= {"collect_record"}


@change("enter_heard")
def _heard(s: Seen, entry: str, outcome: str) -> None:
    assert s.m.collecting is not None
    s.m.collecting.count += s.of("count")
    s.m.collecting.groups |= {s.of("group")}


@change("close_collecting")
def _collected(s: Seen, entry: str, outcome: str) -> None:
    assert s.m.collecting is not None
    s.m.collecting.closed = s.on
    s.m.papers |= {"opinion_summary"}


@change("propose_plan")
def _plan(s: Seen, entry: str, outcome: str) -> None:
    s.m.proposed = s.of("result", "agreed") == "agreed"
    s.m.papers |= {"proposal", "committees_minutes"} | ({"discussion"} if s.of("merged") else set())


@change("discuss_proposal", "review_proposal")
def _papers(s: Seen, entry: str, outcome: str) -> None:
    s.m.papers |= {{"discuss_proposal": "discussion", "review_proposal": "review"}[s.a.name]}


@change("record_effects")
def _effects(s: Seen, entry: str, outcome: str) -> None:
    s.m.papers |= {"effects"} if s.of("amount") is not None or s.of("effects") else set()


@change("report_up")
def _report(s: Seen, entry: str, outcome: str) -> None:
    s.m.asked_above = s.of("to_unit") or ABOVE[s.m.unit][0]
    s.m.papers |= {"report"}


@change("record_return")
def _return(s: Seen, entry: str, outcome: str) -> None:
    s.m.asked_above = ""
