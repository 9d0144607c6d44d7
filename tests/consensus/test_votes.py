"""What comes in: any order, any ids, and what is wrong with it."""

from __future__ import annotations

import numpy as np
import pytest
from tests.consensus.conversations import meeting, planted

from shangliang.consensus import as_json, map_opinions, work
from shangliang.errors import Malformed

METHODS = ("shangliang", "polis")


@pytest.mark.parametrize("method", METHODS)
def test_the_order_of_votes_does_not_matter(method: str) -> None:
    (p, s, v), _ = planted(1, 3, people=2500)
    mixed = np.random.default_rng(0).permutation(len(p))
    one = as_json(map_opinions(p, s, v, method=method, resamples=3))
    other = as_json(map_opinions(p[mixed], s[mixed], v[mixed], method=method, resamples=3))
    assert one == other


@pytest.mark.parametrize("method", METHODS)
def test_the_number_of_threads_does_not_matter(method: str, monkeypatch: pytest.MonkeyPatch) -> None:
    (p, s, v), _ = planted(1, 3, people=6000)
    assert len(p) > work.ENOUGH
    told = []
    for threads in (1, 2, 3):
        monkeypatch.setattr(work, "THREADS", threads)
        told.append(as_json(map_opinions(p, s, v, method=method, resamples=2)))
    assert told[0] == told[1] == told[2]


def test_the_same_seed_gives_the_same_map_and_says_so() -> None:
    (p, s, v), _ = planted(1, 3)
    one, again = (as_json(map_opinions(p, s, v, seed=7, resamples=3)) for _ in range(2))
    assert one == again and one["seed"] == 7


def test_narrow_and_wide_ids_are_the_same() -> None:
    p, s, v = meeting(20, 10)
    wide = map_opinions(p.astype(np.int64), s.astype(np.int64), v.astype(np.int64))
    narrow = map_opinions(p.astype(np.int32), s.astype(np.uint16), v.astype(np.int8))
    assert as_json(wide) == as_json(narrow)


def test_ids_may_be_far_apart() -> None:
    p, s, v = meeting(20, 10)
    near = as_json(map_opinions(p, s, v))
    far = as_json(map_opinions(p * 10**12 - 5, s * 10**9 + 3, v))
    assert [x["id"] for x in far["statements"]] == [i * 10**9 + 3 for i in range(10)]
    assert [x["agree"] for x in far["statements"]] == [x["agree"] for x in near["statements"]]


def test_the_later_answer_counts() -> None:
    opinions = map_opinions([1, 1, 2], [5, 5, 5], [-1, 1, 1])
    assert opinions.statements.agree.tolist() == [2] and opinions.votes.repeated == 1


def test_with_times_the_latest_answer_counts_in_any_order() -> None:
    for order in ([0, 1, 2], [2, 1, 0], [1, 0, 2]):
        p, s, v, t = (np.array(x)[order] for x in ([1, 1, 2], [5, 5, 5], [-1, 1, 1], [10, 20, 15]))
        opinions = map_opinions(p, s, v, times=t)
        assert opinions.statements.agree.tolist() == [2] and opinions.statements.disagree.tolist() == [0]


def test_statements_nobody_answered_are_told() -> None:
    opinions = map_opinions([1, 2], [5, 5], [1, 1], all_statements=[4, 5, 6])
    assert opinions.statements.ids.tolist() == [4, 5, 6]
    assert opinions.statements.answered.tolist() == [0, 2, 0]
    assert opinions.unheard.statements[:2] == (4, 6)
    assert opinions.statements.low[0] == 0 and opinions.statements.high[0] == 1


@pytest.mark.parametrize(
    ("p", "s", "v", "field"),
    [
        ([], [], [], "votes"),
        ([1, 2], [1, 1], [1, 2], "votes"),
        ([1, 2], [1, 1], [-2, 1], "votes"),
        ([1, 2], [1, 1], [0.5, 1], "votes"),
        ([1, 2], [1], [1, 1], ""),
        ([[1, 2]], [1, 1], [1, 1], "participants"),
        (["a", "b"], [1, 1], [1, 1], "participants"),
    ],
)
def test_what_is_no_vote_is_refused_in_both_languages(p: list, s: list, v: list, field: str) -> None:
    with pytest.raises(Malformed) as wrong:
        map_opinions(p, s, v)
    assert field in [problem.field for problem in wrong.value.problems]
    assert wrong.value.zh and wrong.value.en and wrong.value.zh != wrong.value.en


def test_a_vote_on_an_unknown_statement_is_refused_by_name() -> None:
    with pytest.raises(Malformed, match="no such statement: 9"):
        map_opinions([1, 2], [5, 9], [1, 1], all_statements=[5, 6])


def test_groups_must_be_one_a_person() -> None:
    with pytest.raises(Malformed, match="needs 2 numbers"):
        map_opinions([1, 2], [5, 5], [1, 1], groups=[0, 1, 1])


def test_an_unknown_method_is_refused() -> None:
    with pytest.raises(Malformed, match="shangliang or polis"):
        map_opinions([1, 2], [5, 5], [1, 1], method="magic")  # type: ignore[arg-type]


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize(
    ("people", "statements", "vote"), [(1, 1, 1), (1, 20, 1), (30, 1, -1), (30, 20, 0), (30, 20, 1)],
    ids=["one vote", "one participant", "one statement", "all pass", "all equal"],
)  # fmt: skip
def test_little_to_say_is_said_without_groups(method: str, people: int, statements: int, vote: int) -> None:
    p, s = np.nonzero(np.ones((people, statements)))
    opinions = map_opinions(p, s, np.full(len(p), vote), method=method)
    told = as_json(opinions)
    assert told["groups"] == [] and not told["sureness"]["groups_shown"]
    assert {person["group"] for person in told["participants"]} == {None}
    assert all(math_ok(x) for row in told["statements"] for x in row.values())
    # Everybody answered, so nothing is uncertain: all said the same of every statement, unless they passed.
    assert len(told["agreed"]) == (statements if vote else 0)
    assert all(point["agrees"] == (vote > 0) and point["low"] == 1 for point in told["agreed"])


def math_ok(x: object) -> bool:
    return not isinstance(x, float) or np.isfinite(x)
