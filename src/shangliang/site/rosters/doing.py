"""Carrying a plan out: every act through ``perform``, all of it or nothing."""

from __future__ import annotations

from collections.abc import Callable

from django.db import OperationalError, transaction

from shangliang.acts import trouble
from shangliang.acts.perform import carry
from shangliang.errors import Malformed, Refused, ShangliangError
from shangliang.site.importing.plan import TOLD, make_room, resting_collector
from shangliang.site.rosters.desk import Plan, Step
from shangliang.site.rosters.sheets import Problem


class Stopped(Exception):
    """One act was refused; nothing of the workbook was done."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(problems)
        self.problems = problems


def do(plan: Plan, progress: Callable[[int], None] | None = None) -> int:
    """Performs all steps in one transaction and returns their number. Raises Stopped with the line that was refused."""
    if plan.problems:
        raise ValueError("a plan with problems is not carried out")
    make_room(len(plan.steps))
    done = 0
    try:
        with transaction.atomic(), resting_collector():
            for done, _ in enumerate(carry(step.act for step in plan.steps), 1):
                if progress and done % TOLD == 0:
                    progress(done)
    except ShangliangError as error:
        raise Stopped(_said(plan.steps[done], error)) from error
    except OperationalError as error:
        raise trouble.sentence(error) from error
    return done


def _said(step: Step, error: ShangliangError) -> list[Problem]:
    if isinstance(error, Refused):
        return [Problem(step.sheet, step.line, "", f.say.zh, f.say.en) for f in error.findings]
    if isinstance(error, Malformed):
        return [Problem(step.sheet, step.line, p.field, p.zh, p.en) for p in error.problems]
    return [Problem(step.sheet, step.line, "", error.zh, error.en)]
