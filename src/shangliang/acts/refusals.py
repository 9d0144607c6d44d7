"""The refusals that belong to the engine itself: they come from no local rule."""

from __future__ import annotations

from datetime import date

from shangliang.acts.vocabulary import Spec
from shangliang.procedure.judge import Finding
from shangliang.procedure.say import NOTHING, Say, day
from shangliang.units.models import Unit


def refusal(code: str, zh: str, en: str, satisfy: Say = NOTHING, field: str | None = None) -> Finding:
    return Finding(
        code=code, gate=None, level="hard", verdict="refused", say=Say(zh, en), satisfy=satisfy, clause=None,
        override=None, field=field,
    )  # fmt: skip


def ended(zh: str = "", en: str = "") -> Finding:
    """The matter is over; ``zh``, ``en``: what therefore cannot be done."""
    return refusal(
        "ended", f"这件事已经办完了{zh}", f"The matter has ended{en}",
        Say("还没有解决的话，请另立一件事", "If it is not solved, open another matter"),
    )  # fmt: skip


def unknown_act(name: str) -> Finding:
    shown = name[:40]
    return refusal(
        "unknown_act", f"没有“{shown}”这种办理", f"There is no act called {shown!r}",
        Say("请看 docs/acts.md 里的办理目录", "See the catalogue in docs/acts.md"), "act",
    )  # fmt: skip


def may_not_enter(spec: Spec, unit: Unit | None) -> Finding:
    place = unit.name if unit else "—"
    return refusal(
        "may_not_enter",
        f"您现在的职务不能在{place}登记“{spec.zh}”",
        f"Your present post does not let you enter “{spec.en}” for {place}",
        Say(f"请由{place}或上级的经办人录入", f"A clerk of {place} or of a unit above it can enter it"),
        "entered_by",
    )


def nobody_decided(on: date) -> Finding:
    say = day(on)
    return refusal(
        "nobody_decided", f"{say.zh}没有人担任所写的职务", f"Nobody held the named post on {say.en}",
        Say("请查任职日期，或写另一位决定人", "Check the dates of the post, or name who decided"), "decided_by",
    )  # fmt: skip


def in_the_future(on: date, today: date) -> Finding:
    say = day(on, today)
    return refusal(
        "in_the_future", f"{say.zh}还没有到", f"{say.en} has not come yet",
        Say("请填事情实际发生的日期", "Give the day on which it happened"), "happened_on",
    )  # fmt: skip


def before(begun: date, zh: str, en: str) -> Finding:
    """Something of a day on which what it belongs to was not there yet: ``zh``, ``en`` say what came about on ``begun``."""
    say = day(begun)
    return refusal(
        "too_early", f"{zh}是{say.zh}的事，这一步写成了更早的日子", f"{en} on {say.en}; this says an earlier day",
        Say("请核对日期", "Check the day"), "happened_on",
    )  # fmt: skip


EARLIEST = 1980  # nothing that is entered happened in an earlier year


def too_long_ago(on: date) -> Finding:
    return refusal(
        "too_long_ago", f"{on.year}年太早了", f"{on.year} is too long ago",
        Say("请检查日期", "Check the date"), "happened_on",
    )  # fmt: skip


def not_a_simulated_book() -> Finding:
    return refusal(
        "not_simulated", "这本记录簿用的是真实时钟，不能用模拟时间",
        "This book runs on the server's clock; a simulated time is not accepted",
    )  # fmt: skip


def no_such(field: str, zh: str, en: str) -> Finding:
    return refusal("no_such", f"没有这{zh}", f"There is no such {en} here", field=field)
