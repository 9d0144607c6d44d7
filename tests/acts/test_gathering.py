"""An opinion gathering: what is asked, what lies in the box, and that nothing leads from an answer to a person."""

import hashlib
import json
from typing import Any

import pytest
from tests.acts.world import SECRETARY, World, day

from shangliang.acts import answers
from shangliang.acts.answers import AGREE, DISAGREE, PASS
from shangliang.acts.few import Count, told
from shangliang.acts.replay import replay
from shangliang.cases.models_gathering import Answer, Gathering, Statement
from shangliang.record.models import Entry


@pytest.fixture
def asked(world: World) -> World:
    return world.screened().asked()


@pytest.fixture(autouse=True)
def same_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """Phones answer on the day on which the tests play."""
    monkeypatch.setattr(answers, "today", lambda: day("05-01"))


def gathering() -> Gathering:
    return Gathering.objects.order_by("number").last()


def statements(state: str = "shown") -> list[str]:
    return list(
        Statement.objects.filter(gathering=gathering(), state=state)
        .order_by("number")
        .values_list("pk", flat=True)
    )


def answer(token: str, *given: int, paper: bool = False) -> bool:
    """One voice answers the statements in their order."""
    return answers.put(gathering().pk, token, list(zip(statements(), given, strict=False)), paper=paper)


def close(world: World) -> dict[str, Any]:
    done = world.do("close_gathering", decided=SECRETARY)
    body: dict[str, Any] = json.loads(Entry.objects.get(book=done.book, seq=done.seq).text)
    return dict(body["flow"]["box"])


def test_it_is_opened_with_its_statements_and_closed_with_what_the_box_held(asked: World) -> None:
    assert [s.number for s in Statement.objects.order_by("number")] == [1, 2, 3]
    for n in range(12):
        assert answer(f"token-{n}", AGREE, AGREE if n < 6 else DISAGREE, PASS)
    assert answer("token-paper", AGREE, paper=True)
    box = close(asked)
    assert (box["voices"], box["paper"], box["answers"]) == (13, 1, 37)
    assert box["statements"] == [
        {"number": 1, "word": "agree_most", "answered": 13, "agree": 13, "disagree": 0, "passed": 0},
        {"number": 2, "word": "divided", "answered": 12, "agree": 6, "disagree": 6, "passed": 0},
        {"number": 3, "word": "unsure", "answered": 12, "agree": 0, "disagree": 0, "passed": 12},
    ]
    row = gathering()
    assert (row.closed_on, row.voices, row.on_paper, row.digest) == (day("05-01"), 13, 1, box["digest"])


def test_the_last_answer_counts_and_a_double_tap_is_one_voice(asked: World) -> None:
    assert answer("one", AGREE) and answer("one", AGREE) and answer("one", DISAGREE)
    assert Answer.objects.count() == 1
    assert answers.count(answers.ballots(gathering().pk)) == {1: Count(disagree=1)}


def test_after_closing_nothing_can_be_answered_added_or_screened(asked: World) -> None:
    assert answer("one", AGREE)
    close(asked)
    assert not answer("one", DISAGREE) and not answer("two", AGREE) and not answer("three", AGREE, paper=True)
    assert answers.count(answers.ballots(gathering().pk)) == {1: Count(agree=1)}
    assert asked.refused("propose_statement", {"text": "还有一条。"}, by="public") == ["closed"]
    assert asked.refused(
        "screen_statement", {"statement": statements()[0], "shown": False, "reason": "repeats"}
    ) == ["no_such"]
    assert asked.refused("close_gathering", decided=SECRETARY) == ["closed"]


def test_phones_answer_until_the_announced_day_and_paper_until_the_box_is_closed(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.screened().asked(until="05-03")
    monkeypatch.setattr(answers, "today", lambda: day("05-03"))
    assert answer("one", AGREE)
    monkeypatch.setattr(answers, "today", lambda: day("05-04"))
    assert not answer("two", AGREE)
    assert answer("sheet", AGREE, paper=True)
    assert world.refused("propose_statement", {"text": "还有一条。"}, by="public", on="05-04") == ["closed"]
    world.do("propose_statement", {"text": "纸上还有一条。"}, on="05-04")


def test_it_is_not_closed_before_the_announced_day_nor_before_all_statements_are_screened(
    world: World,
) -> None:
    world.screened().asked(until="05-03")
    added = world.do("propose_statement", {"text": "清出来的泥要拉走。"}, by="public")
    assert world.refused("close_gathering", decided=SECRETARY) == ["announced", "waiting"]
    world.do("screen_statement", {"statement": f"{added.entry}.0", "shown": True})
    assert world.refused("close_gathering", decided=SECRETARY) == ["announced"]
    world.do("close_gathering", decided=SECRETARY, on="05-03")


def test_the_last_day_is_put_right_while_people_answer_and_never_to_a_day_gone_by(world: World) -> None:
    world.screened().asked(on="05-01", until="05-10")
    opened = Entry.objects.get(act="open_gathering").seq
    said = {"entry": opened, "field": "until", "reason": "写错了日子。"}
    for wrong in ("2026-13-01", "1767225600", "2026-05-08T00:00:00", "20260508", "", "五月八日"):
        assert world.refused("correct", {**said, "value": wrong}, on="05-04") == ["bad_value"], wrong
    assert world.refused("correct", {**said, "value": "2026-05-03"}, on="05-04") == ["over"]
    world.do("correct", {**said, "value": "2026-05-04"}, on="05-04")
    assert gathering().until == day("05-04")
    world.do("correct", {**said, "value": "2026-05-06"}, on="05-04")
    assert world.refused("close_gathering", decided=SECRETARY, on="05-05") == ["announced"]
    world.do("close_gathering", on="05-06", decided=SECRETARY)
    assert world.refused("correct", {**said, "value": "2026-04-30"}, on="05-07") == ["over"]
    assert world.refused("correct", {**said, "value": "2026-05-07"}, on="05-07") == ["closed"]
    world.do("correct", {**said, "value": "2026-05-05"}, on="05-07")
    assert gathering().until == day("05-05")
    assert replay()[1] == []


def test_nothing_in_the_record_and_nothing_after_closing_leads_to_a_person(asked: World) -> None:
    for n in range(6):
        answer(f"secret-token-{n}", AGREE if n % 2 else DISAGREE)
    kept = set(Answer.objects.values_list("voice", flat=True))
    assert all(len(v) == 64 for v in kept) and not any("secret-token" in v for v in kept)
    before = "\n".join(Entry.objects.values_list("text", flat=True))
    close(asked)
    book = "\n".join(Entry.objects.values_list("text", flat=True))
    assert not any(v in book for v in kept) and "secret-token" not in book
    # the entry of the closing is all that was added: no answer is an entry
    assert len(book.splitlines()) == len(before.splitlines()) + 1
    assert set(Answer.objects.values_list("voice", flat=True)) == {str(n) for n in range(1, 7)}
    # and the rows no longer stand in the order in which they came
    given = list(Answer.objects.order_by("pk").values_list("answer", flat=True))
    assert given == sorted(given)
    # the marks are gone: who still holds a token finds no row by it
    marks = [answers.voice_of(gathering().pk, f"secret-token-{n}") for n in range(6)]
    assert not Answer.objects.filter(voice__in=marks).exists()


def test_one_token_cannot_be_followed_from_one_gathering_to_the_next(asked: World) -> None:
    answer("one", AGREE)
    first = Answer.objects.get().voice
    close(asked)
    asked.asked()
    answer("one", AGREE)
    assert gathering().number == 2
    assert not Answer.objects.filter(gathering=gathering().pk, voice=first).exists()


def test_the_exported_box_has_the_digest_that_stands_in_the_record_and_does_not_show_who_came_first(
    asked: World,
) -> None:
    ballots = [(AGREE, DISAGREE, PASS), (DISAGREE, AGREE, AGREE), (PASS, PASS, AGREE)]
    for n, ballot in enumerate(ballots):
        answer(f"t{n}", *ballot)
    early = answers.export(answers.ballots(gathering().pk))
    box = close(asked)
    late = answers.export(answers.ballots(gathering().pk))
    assert early == late and hashlib.sha256(late.encode()).hexdigest() == box["digest"]
    close_again = answers.export(reversed(answers.ballots(gathering().pk)))
    assert close_again != late  # the order follows from the answers alone
    assert late.splitlines()[0] == "participant,statement,vote"
    assert sorted(line.split(",")[2] for line in late.splitlines()[1:]) == sorted(
        ["1", "-1", "0", "-1", "1", "1", "0", "0", "1"]
    )


def test_an_answer_changed_in_the_closed_box_shows(asked: World) -> None:
    for n in range(5):
        answer(f"t{n}", AGREE)
    box = close(asked)
    Answer.objects.filter(voice="1").update(answer=DISAGREE)
    changed = answers.export(answers.ballots(gathering().pk))
    assert hashlib.sha256(changed.encode()).hexdigest() != box["digest"]


def test_replay_makes_the_rows_again_and_leaves_the_box_alone(asked: World) -> None:
    for n in range(5):
        answer(f"t{n}", AGREE, DISAGREE)
    close(asked)
    asked.do("carry_points", {"agreed": "先清淤，再砌边。", "divided": "今年就动工。"})
    held = list(Answer.objects.order_by("pk").values_list())
    assert replay()[1] == []
    assert list(Answer.objects.order_by("pk").values_list()) == held


# ── statements ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_added_statement_is_asked_only_when_a_person_has_screened_it(asked: World) -> None:
    added = asked.do("propose_statement", {"text": "清出来的泥要拉走。"}, by="public")
    ident = f"{added.entry}.0"
    assert not answers.put(gathering().pk, "one", [(ident, AGREE)])
    asked.do("screen_statement", {"statement": ident, "shown": True})
    assert answers.put(gathering().pk, "one", [(ident, AGREE)])
    assert Statement.objects.get(pk=ident).number == 4


def test_every_refusal_of_a_statement_has_a_reason(asked: World) -> None:
    ident = f"{asked.do('propose_statement', {'text': '清出来的泥要拉走。'}, by='public').entry}.0"
    assert asked.refused("screen_statement", {"statement": ident, "shown": False}) == ["reason_needed"]
    assert asked.refused("screen_statement", {"statement": ident, "shown": False, "reason": "other"}) == [
        "note_needed"
    ]
    assert asked.refused("screen_statement", {"statement": ident, "shown": True, "reason": "repeats"}) == [
        "no_reason"
    ]
    asked.do(
        "screen_statement",
        {"statement": ident, "shown": False, "reason": "other", "note": "说的是另一件事。"},
    )
    assert asked.refused("screen_statement", {"statement": ident, "shown": False, "reason": "insult"}) == [
        "done"
    ]


def test_a_statement_taken_out_again_takes_its_answers_out_of_the_box(asked: World) -> None:
    answer("one", AGREE, AGREE)
    asked.do("screen_statement", {"statement": statements()[1], "shown": False, "reason": "several"})
    assert answers.count(answers.ballots(gathering().pk)) == {1: Count(agree=1)}
    box = close(asked)
    assert box["answers"] == 1 and [s["number"] for s in box["statements"]] == [1, 3]
    assert Answer.objects.count() == 1


@pytest.mark.parametrize(
    "text",
    ["老于的电话13900001111。", "找他：230121198001011234", "送到3栋2单元501室。"],
    ids=["phone", "identity", "door"],
)
def test_a_statement_that_holds_personal_numbers_is_refused(asked: World, text: str) -> None:
    assert asked.refused("propose_statement", {"text": text}, by="public") == ["personal"]
    opening = {"statements": [{"text": "先清淤。"}, {"text": text}], "until": "2026-05-10"}
    assert "personal" in asked.refused("open_gathering", opening, decided=SECRETARY)


def test_a_statement_is_short_and_is_kept_as_it_was_written(asked: World) -> None:
    assert asked.malformed("propose_statement", {"text": "长" * 10_000}, by="public") == ["text"]
    assert asked.malformed("propose_statement", {"text": "   "}, by="public") == ["text"]
    odd = "'; DROP TABLE cases_answer; -- <script>alert(1)</script>"
    added = asked.do("propose_statement", {"text": odd}, by="public")
    assert Statement.objects.get(pk=f"{added.entry}.0").text.text == odd


def test_nobody_floods_the_village_with_statements(asked: World, monkeypatch: pytest.MonkeyPatch) -> None:
    from shangliang.acts.checks import gathering as checks

    monkeypatch.setattr(checks, "MOST_WAITING", 3)
    for n in range(3):
        asked.do("propose_statement", {"text": f"第{n}条看法。"}, by="public")
    assert asked.refused("propose_statement", {"text": "再来一条。"}, by="public") == ["too_many"]


# ── who, and when ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_only_the_convener_decides_that_people_are_asked(world: World) -> None:
    world.screened()
    data = {"statements": [{"text": "先清淤。"}], "until": "2026-05-10"}
    assert world.refused("open_gathering", data, decided={"role": "grid_worker"}) == ["wrong_decider"]
    assert world.refused("open_gathering", data) == ["wrong_decider"]
    world.do("open_gathering", data, decided={"role": "cppcc_member"})


def test_at_the_other_stages_too_only_the_convener_decides(world: World) -> None:
    world.tabled(held="05-20")
    data = {"statements": [{"text": "先清淤。"}], "until": "2026-05-10"}
    assert world.stage == "D-6"
    assert world.refused("open_gathering", data, decided={"role": "grid_worker"}, on="05-01") == [
        "not_convener"
    ]
    world.do("open_gathering", data, decided=SECRETARY, on="05-01")
    assert world.stage == "D-6"


def test_a_matter_that_nobody_has_screened_is_not_asked_about(world: World) -> None:
    world.put_forward()
    data = {"statements": [{"text": "先清淤。"}], "until": "2026-05-10"}
    assert world.refused("open_gathering", data, decided=SECRETARY) == ["not_screened"]


def test_a_second_gathering_waits_for_the_first_to_close(asked: World) -> None:
    data = {"statements": [{"text": "先清淤。"}], "until": "2026-05-10"}
    assert asked.refused("open_gathering", data, decided=SECRETARY) == ["running"]


def test_what_has_been_agreed_is_not_asked_about_any_more(world: World) -> None:
    world.met()
    data = {"statements": [{"text": "先清淤。"}], "until": "2026-05-10"}
    assert world.refused("open_gathering", data, decided=SECRETARY, on="05-01") == ["agreed"]


def test_it_runs_beside_the_study_and_the_approval_and_does_not_hold_them_up(world: World) -> None:
    world.screened().asked(on="04-06", until="04-15")
    world.do("study", {"note": "看了三处。", "present": 6}, on="04-08")
    assert world.stage == "D-4"
    world.do("close_gathering", decided=SECRETARY, on="04-15")
    world.do("carry_points", {"agreed": "先清淤，再砌边。"}, on="04-15")
    assert world.stage == "D-4"


def test_points_are_carried_only_from_a_closed_gathering_and_hold_no_numbers(asked: World) -> None:
    assert asked.refused("carry_points", {"agreed": "先清淤。"}) == ["not_closed"]
    close(asked)
    assert asked.refused("carry_points", {}) == ["nothing"]
    assert asked.refused("carry_points", {"agreed": "找老于13900001111。"}) == ["personal"]
    asked.do("carry_points", {"agreed": "先清淤。"})
    asked.do("carry_points", {"agreed": "先清淤，再砌边。"})
    assert gathering().agreed.text == "先清淤，再砌边。"


def test_slips_are_counted_and_nobody_is_named(world: World) -> None:
    world.screened()
    data = {"statements": [{"text": "先清淤。"}], "until": "2026-05-10", "voice": "invited"}
    assert world.refused("open_gathering", data, decided=SECRETARY) == ["no_slips"]
    world.do("open_gathering", {**data, "slips": 30}, decided=SECRETARY)
    world.do("issue_slips", {"count": 10})
    assert gathering().slips == 40
    assert world.refused("issue_slips", {"count": 5000}) == ["too_many"]


# ── few people ───────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (Count(4, 0, 0), {"word": "few"}),
        (Count(5, 0, 0), {"word": "agree", "answered": 5, "agree": 5, "disagree": 0, "passed": 0}),
        (Count(5, 1, 0), {"word": "agree", "answered": 6}),
        (Count(19, 1, 0), {"word": "agree_most", "answered": 20}),
        (Count(6, 7, 8), {"word": "divided", "answered": 21, "agree": 6, "disagree": 7, "passed": 8}),
        (Count(0, 16, 4), {"word": "disagree_most", "answered": 20}),
        (Count(3, 4, 13), {"word": "unsure", "answered": 20}),
    ],
)
def test_nothing_is_said_of_fewer_than_five_people(count: Count, said: dict[str, Any]) -> None:
    assert told(count) == said


def test_no_word_stands_for_one_number_only() -> None:
    """Whoever knows how many answered and reads the word cannot say exactly how many agreed."""
    for n in range(5, 40):
        fits: dict[str, set[tuple[int, int, int]]] = {}
        for agree in range(n + 1):
            for disagree in range(n + 1 - agree):
                count = Count(agree, disagree, n - agree - disagree)
                if not count.open:
                    fits.setdefault(count.word, set()).add((agree, disagree, count.passed))
        for word, counts in fits.items():
            side = 1 if word.startswith("disagree") else 2 if word == "unsure" else 0
            assert len({c[side] for c in counts}) > 1, (n, word)
