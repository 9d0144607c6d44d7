"""The box of a survey's telephone answers. Not an act: nothing may link an answer to a person."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from shangliang.cases.models_consulting import Survey, SurveyAnswer, SurveyQuestion
from shangliang.errors import Conflict, Malformed
from shangliang.record.digests import digest


@dataclass(frozen=True, slots=True)
class Tally:
    """One question counted: by telephone and on paper, side by side and together. Tuples go by option."""

    question: SurveyQuestion
    options: tuple[str, ...]
    calls: tuple[int, ...]
    papers: tuple[int, ...]

    @property
    def together(self) -> tuple[int, ...]:
        return tuple(a + b for a, b in zip(self.calls, self.papers, strict=True))


def put(survey: Survey, choices: Sequence[int | None]) -> None:
    """Puts the answers of one telephone call into the box: for each question the number of the option, or None where there
    was no answer. Raises Malformed for an option that does not exist, Conflict when the box is closed."""
    questions = list(survey.questions.order_by("number"))
    if len(choices) != len(questions):
        raise Malformed([("choices", "题数对不上", "Not as many answers as questions")])
    for question, choice in zip(questions, choices, strict=True):
        if choice is not None and not 0 <= choice < len(question.options.split("\n")):
            raise Malformed([(f"q{question.number}", "没有这个选项", "There is no such option")])
    with transaction.atomic():
        if Survey.objects.select_for_update().get(pk=survey.pk).closed_on is not None:
            raise Conflict("调查已经截止", "The survey is closed")
        SurveyAnswer.objects.create(
            survey=survey, token=secrets.token_hex(16), choices=",".join("" if c is None else str(c) for c in choices)
        )  # fmt: skip


def counted(survey: Survey) -> list[Tally]:
    """The one tally of a survey; while it is open the box is counted as it is."""
    questions = survey.questions.order_by("number").prefetch_related("papers")
    live = None if survey.closed_on else _counts(survey)
    found = []
    for n, q in enumerate(questions):
        options = tuple(q.options.split("\n"))
        calls = tuple(live[n]) if live is not None else _numbers(q.calls, len(options))
        totals = [_numbers(p.counts, len(options)) for p in q.papers.all()]
        papers = tuple(sum(t[i] for t in totals) for i in range(len(options)))
        found.append(Tally(q, options, calls, papers))
    return found


def closed_box(ident: str, algorithm: str) -> dict[str, Any]:
    """What the closing entry keeps: how many calls, the counts of each question, and the digest of the box's slips."""
    survey = Survey.objects.get(pk=ident)
    slips = sorted(f"{t} {c}" for t, c in survey.box.values_list("token", "choices"))
    return {"calls": len(slips), "counts": _counts(survey), "digest": digest(algorithm, "\n".join(slips))}


def _counts(survey: Survey) -> list[list[int]]:
    sizes = [
        len(o.split("\n")) for o in survey.questions.order_by("number").values_list("options", flat=True)
    ]
    counts = [[0] * size for size in sizes]
    for choices in survey.box.values_list("choices", flat=True):
        for n, choice in enumerate(choices.split(",")):
            if choice:
                counts[n][int(choice)] += 1
    return counts


def _numbers(text: str, size: int) -> tuple[int, ...]:
    return tuple(int(n) for n in text.split(",")) if text else (0,) * size
