"""What the law asks of a meeting, said before it is called, with the place's own numbers."""

from datetime import date

import pytest

from shangliang.procedure.body_words import asked
from shangliang.procedure.law import law_on

DAY = date(2026, 5, 1)


@pytest.mark.parametrize(
    ("kind", "body", "counts", "words"),
    [
        ("village", "assembly", {"adults": 860, "households": 372}, ["提前10日", "860中须431", "372中须248", "过半数"]),
        ("community", "representatives", {"members": 60}, ["60中须40", "到会人员的过半数", "须有授权"]),
        ("community", "owners", {}, ["业主的三分之二以上且专有部分面积的三分之二以上"]),
        ("village", "collective_assembly", {"members": 300}, ["300中须200"]),
    ],
)  # fmt: skip
def test_notice_quorum_and_majority_in_one_sentence(kind, body, counts, words):
    said = asked(law_on(DAY, kind).body(body), counts)
    assert all(w in said.zh for w in words), said.zh
    assert said.en and "None" not in said.en


@pytest.mark.parametrize("kind", ["village", "community"])
def test_every_body_of_the_law_is_said_in_both_languages(kind):
    for body in law_on(DAY, kind).bodies:
        said = asked(body, {})
        assert "：。" not in said.zh and said.en
