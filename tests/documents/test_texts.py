"""Words for the group and the loudspeaker, and what a printed digest stands for."""

from __future__ import annotations

import pytest

from shangliang import documents
from shangliang.acts.act import Act, today
from shangliang.acts.perform import perform
from shangliang.cases.models import Matter, Meeting
from shangliang.documents import chinese, papers, render, texts
from shangliang.documents.check import known
from shangliang.record.queries import entries_of


def test_texts_are_short_and_name_nobody(village: None) -> None:
    for meeting in Meeting.objects.all():
        for text in (documents.wechat_text(meeting), documents.loudspeaker_text(meeting)):
            assert len(text) < 200
            assert meeting.place in text and chinese.clock(meeting.time) in text
            assert not [i for i in meeting.invitations.all() if i.post and i.post.person.name.text in text]


def test_many_topics_become_a_number() -> None:
    text = texts._fit("商量：", [f"第{n}件很长很长的事情" for n in range(30)], "。完")
    assert len(text) < 200 and "等30件事" in text


@pytest.mark.parametrize("titles", [[], ["一" * 300]])
def test_texts_stay_short_whatever_the_topics(titles: list[str]) -> None:
    assert len(texts._fit("商量：", titles, "。完")) < 200


def test_a_printed_digest_leads_to_its_entry(road: Matter) -> None:
    sheet = papers.make("publication", road)
    assert sheet.proof is not None
    page = render.html(sheet)
    digits = " ".join(sheet.proof.digest[i : i + 4] for i in range(0, 16, 4))
    assert digits in page and "<svg" in page
    for asked in (sheet.proof.digest, digits, digits.upper(), f"sha256:{sheet.proof.digest}"):
        found = known(asked)
        assert found is not None and found.act == "post_notice" and found.kind == "entry"
        assert found.matter == road.id and found.title == "西胡同路面硬化" and "publication" in found.papers
        assert found.unit == "柳河村（示例）" and f"第{found.seq}号" in found.zh


def test_a_digest_does_not_lead_to_a_matter_nobody_screened(village: None) -> None:
    hidden = Matter.objects.filter(shown=False, title=None).first()
    sheet = papers.make("slip", hidden)
    assert sheet.proof is not None
    found = known(sheet.proof.digest)
    assert found is not None and found.matter == "" and found.title == ""


def test_a_correction_is_told(canteen: Matter) -> None:
    line = entries_of(f"matter:{canteen.id}").get(act="put_forward")
    found = known(line.digest)
    assert found is not None and found.corrected == ()
    done = perform(
        Act("correct", today(), "p-wu",
            {"entry": line.seq, "field": "title", "text": "老年饭桌开办", "reason": "名称写错"}, subject=canteen.id)
    )[0]  # fmt: skip
    found = known(line.digest)
    assert found is not None and found.corrected == (done.seq,)


def test_the_walls_rules_lead_to_their_procedure(village: None) -> None:
    sheet = papers.make("rules", "liuhe")
    assert sheet.proof is not None
    found = known(sheet.proof.digest)
    assert found is not None and found.kind == "procedure" and "有事好商量" in found.zh


@pytest.mark.parametrize("asked", ["", "3f7a", "0" * 64, "g" * 64, "' or 1=1", "f" * 65])
def test_anything_else_is_unknown(asked: str, db: None) -> None:
    assert known(asked) is None
