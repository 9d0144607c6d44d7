"""Acts of an opinion survey (民意调查): its questions, questionnaires counted on paper, and the closed box."""

from __future__ import annotations

from typing import Annotated

from django.utils.translation import gettext_noop as N_
from pydantic import Field, StringConstraints

from shangliang.acts.vocabulary import Data, Id, Line, Name, act
from shangliang.cases.models_consulting import PaperTotal, Survey, SurveyQuestion

Option = Annotated[str, StringConstraints(min_length=1, max_length=60, strip_whitespace=True)]


class OpenSurvey(Data):
    class Item(Data):
        text: Annotated[str, StringConstraints(min_length=1, max_length=200, strip_whitespace=True)] = Field(
            title=N_("Question")
        )
        options: list[Option] = Field(title=N_("Answers to choose from"), min_length=2, max_length=8)

    title: Annotated[str, StringConstraints(min_length=1, max_length=80)] = Field(
        title=N_("Name of the survey")
    )
    questions: list[Item] = Field(title=N_("Questions"), min_length=1, max_length=20)


@act("open_survey", OpenSurvey, aside=True, anywhere=True, zh="发起民意调查", en="Open a survey")
def open_survey(line: Line) -> None:
    """Residents are asked by telephone and on paper (L45 民意调查): questions, each with answers to choose from. Answers by
    telephone are put into a box one by one, without a name; questionnaires on paper come as totals."""
    d = line.data
    Survey.objects.create(id=line.row(), matter_id=line.matter, title=d["title"], opened_on=line.happened_on)
    SurveyQuestion.objects.bulk_create(
        SurveyQuestion(
            id=line.row(n), survey_id=line.row(), number=n, text=q["text"], options="\n".join(q["options"])
        )
        for n, q in enumerate(d["questions"], 1)
    )


class EnterPaperTotals(Data):
    question: Id = Field(title=N_("Question"))
    counts: list[Annotated[int, Field(ge=0, le=1_000_000)]] = Field(
        title=N_("How many chose each answer"), min_length=2, max_length=8
    )
    teller: Name = Field(title=N_("First teller"))
    second: Name = Field(title=N_("Second teller"))


@act("enter_paper_totals", EnterPaperTotals, aside=True, anywhere=True, zh="录入纸质问卷合计",
     en="Enter questionnaires counted on paper")  # fmt: skip
def enter_paper_totals(line: Line) -> None:
    """Questionnaires on paper, counted by two people who sign: for one question, how many chose each answer. They stand in one
    tally with the answers by telephone, each with where it came from."""
    d = line.data
    PaperTotal.objects.create(
        id=line.row(), question_id=d["question"], counts=",".join(map(str, d["counts"])),
        teller_id=line.seal("teller"), second_id=line.seal("second"), on=line.happened_on,
    )  # fmt: skip


class CloseSurvey(Data):
    survey: Id = Field(title=N_("Survey"))


@act("close_survey", CloseSurvey, aside=True, anywhere=True, zh="截止民意调查", en="Close a survey")
def close_survey(line: Line) -> None:
    """The box is closed for good. The entry holds how many answered by telephone, what was chosen, and the digest of the box;
    the answers themselves are in no entry."""
    box = line.flow["box"]
    Survey.objects.filter(pk=line.data["survey"]).update(
        closed_on=line.happened_on, calls=box["calls"], digest=box["digest"]
    )
    for number, counts in enumerate(box["counts"], 1):
        SurveyQuestion.objects.filter(survey=line.data["survey"], number=number).update(
            calls=",".join(map(str, counts))
        )
