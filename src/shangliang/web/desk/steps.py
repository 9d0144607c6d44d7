"""The next step of a matter as the desk shows it: what, by whom, and the page on which it is done."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from shangliang.acts.asks import Ask, asks
from shangliang.acts.vocabulary import Catalogue
from shangliang.cases.models import Matter, Round
from shangliang.people.models import Post
from shangliang.procedure.findings import Finding
from shangliang.procedure.say import Say
from shangliang.units.models import Unit
from shangliang.web.actor import Actor
from shangliang.web.desk.meeting_rights import manages

# The act that usually comes next where a stage offers several.
FIRST = (
    "put_forward", "screen", "admit", "set_topic", "issue_notice", "fix_participants", "notify_participants", "set_form",
    "report_study", "release_information", "settle_door", "visit", "study", "approve", "table", "take_up", "conclude",
    "record_resolution", "report_up", "record_return", "stop_matter",
    "compile_opinion", "check_policy", "plan_next", "submit_reference", "send_bulletin", "record_decision", "feed_back",
    "publish_within", "draft_notice", "set_tasks", "post_notice", "answer_objection",
    "take_down", "report_progress", "finish_work", "check_work", "close", "accept_archive", "reply",
)  # fmt: skip
_GATHERING = ("propose_statement", "screen_statement", "issue_slips", "close_gathering", "carry_points")
_PAGES: dict[str, tuple[str, set[str] | None]] = {
    "open_gathering": ("gather_open", None),
    **{name: ("gathering", None) for name in _GATHERING},
    "accept_archive": ("archive_matter", {"archivist"}),
    "return_file": ("archive_matter", {"archivist"}),
    "record_return": ("answer_up", None),
    "check_work": ("supervise", {"supervision_head", "supervision_member"}),
}
"""Acts that have a page of their own, and whose it is; a clerk who enters them from paper uses the plain form."""
_OTHERS = frozenset({"accept_archive", "return_file"})
"""What nobody enters for somebody else: the archivist has the file in hand."""
LATER = frozenset(
    {
        "open_gathering",
        *_GATHERING,
        "merge",
        "exempt_notice",
        "return_file",
        "object",
        "report_up",
        "stop_matter",
        "announce_hearing",
        "open_coordination",
        "call_off_hearing",
        "skip_appraisal",
    }
)
"""Acts that are offered below the main one."""


@dataclass(frozen=True)
class Step:
    name: str
    title: Say
    who: Say
    url: str
    findings: tuple[Finding, ...]
    again: bool = (
        False  # to be done once more where it was done before: another meeting for a matter that has one
    )

    @property
    def ready(self) -> bool:
        return not self.findings

    @property
    def usual(self) -> bool:
        """Whether this is what usually comes next, and can be done. Asking people first is always a choice."""
        return self.ready and not self.again and self.name != "open_gathering"


def steps(matter: Matter, actor: Actor) -> list[Step]:
    """What this actor may enter now, the usual next first; then what cannot be done yet."""
    found = [_step(matter, ask, actor) for ask in asks(matter) if may_enter(actor, matter, ask)]
    return sorted(found, key=lambda s: (not s.ready, s.name in LATER or s.again, _rank(s.name)))


def may_enter(actor: Actor, matter: Matter, ask: Ask) -> bool:
    """The clerk enters everything; others what their post decides or may enter."""
    spec = Catalogue.acts[ask.name]
    if spec.public and ask.name == "object":
        return False
    if ask.name in _OTHERS:
        return actor.reaches(matter.unit) and actor.holds(*spec.enters)
    if actor.may_enter_for(matter.unit):
        return True
    return any(_types(post, matter.unit, ask) for post in actor.posts)


def _types(post: Post, unit: Unit, ask: Ask) -> bool:
    """Whether this post may enter the act or decide it: as the rule judges it, so that nothing is offered that is refused."""
    if post.unit_id == unit.pk and post.role in Catalogue.acts[ask.name].enters:
        return True
    return unit.path.startswith(post.unit.path) and any(
        post.role in role.posts.get(post.unit.level, ())
        and (not role.same_level or post.unit.level == unit.level)
        for role in ask.roles
    )


def _step(matter: Matter, ask: Ask, actor: Actor) -> Step:
    return Step(
        ask.name,
        ask.title,
        ask.who,
        url_of(matter, ask.name, actor),
        ask.blocked,
        ask.name == "table" and not ask.act.moves,
    )


def url_of(matter: Matter, act: str, actor: Actor) -> str:
    """The page on which the actor does a step. A meeting's steps are done on the meeting's own pages, all at once, by those who
    run the place's meetings."""
    runs = act in ("table", "take_up", "conclude") and manages(actor, matter.unit)
    if runs and act == "table":
        return reverse("convene") + f"?matter={matter.pk}"
    if runs:
        meeting = (
            Round.objects.filter(matter=matter)
            .order_by("-number")
            .values_list("meeting_id", flat=True)
            .first()
        )
        if meeting:
            return reverse("after", args=[meeting])
    page, roles = _PAGES.get(act, ("", None))
    if page and (roles is None or actor.holds(*roles)):
        return reverse(page, args=[matter.pk])
    return reverse("act", args=[matter.pk, act])


def _rank(name: str) -> int:
    return FIRST.index(name) if name in FIRST else len(FIRST)
