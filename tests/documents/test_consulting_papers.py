"""The papers of 魏塘, 协商在基层 and 溧阳, made of what real acts have entered; each only where its procedure names it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest
from tests.documents.test_papers import faults, words
from tests.settled import settled

from shangliang import documents
from shangliang.cases.models import Matter
from shangliang.documents import papers, render
from shangliang.documents.sheets.consulting import yuan
from shangliang.errors import NotFound
from shangliang.site.places.liyang import build_liyang
from shangliang.site.places.weitang import build_weitang
from shangliang.site.places.xieshang import build_xieshang

TODAY = date(2026, 11, 22)
OWN = {s.id for s in documents.catalogue() if s.own}
WEITANG = {
    "topic_form", "consultation_notice", "materials", "participant_list", "receipts", "study_report", "vote_record",
    "written_replies", "written_opinion", "bulletin", "delivery", "decision_record", "feedback_letter", "exemption_record",
    "scope_notice",
}  # fmt: skip
XIESHANG = {
    "topic_record", "participant_list", "study_report", "written_opinion", "policy_check", "reference", "delivery",
    "differences", "adoption_table", "feedback_letter",
}  # fmt: skip
LIYANG = {
    "topic_record",
    "participant_list",
    "prior_notice",
    "survey_result",
    "inspection_sheet",
    "decision_record",
}


@pytest.mark.parametrize(
    ("build", "asked"), [(build_weitang, WEITANG), (build_xieshang, XIESHANG), (build_liyang, LIYANG)]
)
def test_each_system_prints_its_own_papers(db: None, build: Callable[[date], None], asked: set[str]) -> None:
    settled(build.__name__, lambda: build(TODAY))
    made = set()
    for matter in Matter.objects.order_by("id"):
        for found in documents.producible(matter):
            if found.missing is not None or found.id not in OWN or found.id in made:
                continue
            sheet = papers.make(found.id, found.subjects[-1][0])
            assert faults(render.html(sheet)) == []
            assert sheet.proof is not None and not sheet.blank, found.id
            assert not re.search("None|True|False", words(sheet)), found.id
            assert render.pdf(sheet).startswith(b"%PDF")
            made.add(found.id)
    assert made >= asked


def test_the_bulletin_keeps_what_was_agreed_and_what_was_not_apart(db: None) -> None:
    settled(build_weitang.__name__, lambda: build_weitang(TODAY))
    renewal = Matter.objects.get(title__text="老旧小区改造三年安排")
    said = words(papers.make("bulletin", renewal))
    assert "建言献策" in said and "2026年第3期" in said
    assert (
        said.index("共识意见")
        < said.index("先修漏雨和管网")
        < said.index("保留意见")
        < said.index("外墙同步改造")
    )
    assert "同级党委、同级政府（办事处）" in said
    notice = words(papers.make("consultation_notice", renewal))
    assert "三年安排（征求意见稿）（12页）" in notice and "七天以后" in notice
    assert "3600万元" in words(papers.make("topic_form", renewal))


def test_of_a_personnel_matter_nothing_but_its_number_is_printed(db: None) -> None:
    settled(build_weitang.__name__, lambda: build_weitang(TODAY))
    said = words(papers.make("topic_form", Matter.objects.get(secret=True)))
    assert "材料另存：组〔演示〕7号" in said


def test_a_paper_of_a_step_that_was_not_taken_says_so(db: None) -> None:
    settled(build_weitang.__name__, lambda: build_weitang(TODAY))
    waiting = Matter.objects.get(title__text="普惠托育点布局")
    with pytest.raises(NotFound, match="That step"):
        papers.make("bulletin", waiting)


def test_the_survey_counts_telephone_and_paper_in_one_tally(db: None) -> None:
    settled(build_liyang.__name__, lambda: build_liyang(TODAY))
    said = words(papers.make("survey_result", Matter.objects.get(title__text="垃圾投放点位置")))
    row = re.sub(r"\s+", "", said)
    assert "五十米内46165" in row and "电话答卷箱摘要" in row


@pytest.mark.parametrize(
    ("amount", "said"),
    [(36_000_000, "3600万元"), (35_600, "3.56万元"), (35_000, "3.5万元"), (12_345, "12345元"), (None, "")],
)
def test_money_is_written_in_whole_numbers(amount: int | None, said: str) -> None:
    assert yuan(amount) == said
