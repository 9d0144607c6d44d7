"""Agreement and division with intervals, who is not heard, what may be published, what to ask next."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.consensus.conversations import meeting, planted

from shangliang.consensus import as_json, map_opinions, next_statements, publishable, without_groups
from shangliang.consensus.intervals import interval, quantile
from shangliang.errors import Malformed

Z = quantile(2)


@given(st.integers(0, 50), st.integers(0, 50), st.integers(0, 200))
def test_an_interval_holds_the_share_and_narrows(said: int, others: int, silent: int) -> None:
    answered = said + others
    low, high = (float(x) for x in interval(said, answered, answered + silent, Z))
    assert 0 <= low <= high <= 1
    if answered:
        assert low - 1e-12 <= said / answered <= high + 1e-12
        wider = [float(x) for x in interval(said, answered, answered + silent + 10, Z)]
        assert wider[0] <= low + 1e-12 and wider[1] >= high - 1e-12
    else:
        assert (low, high) == (0, 1)


def test_when_everybody_has_answered_nothing_is_uncertain() -> None:
    low, high = interval(7, 10, 10, Z)
    assert float(low) == float(high) == 0.7


def test_wilson_for_a_large_crowd() -> None:
    """8 of 10 of very many, 1.96: the interval of the textbooks, 0.490 to 0.943."""
    low, high = interval(8, 10, 10**12, 1.959964)
    assert float(low) == pytest.approx(0.4902, abs=1e-4) and float(high) == pytest.approx(0.9433, abs=1e-4)


def covered(people: int, asked: int, rounds: int) -> float:
    """How often the interval holds the true share when ``asked`` of ``people`` answer."""
    rng = np.random.default_rng(0)
    held = 0
    for _ in range(rounds):
        crowd = rng.random(people) < rng.uniform(0.1, 0.9)
        low, high = interval(crowd[:asked].sum(), asked, people, Z)
        held += float(low) <= crowd.mean() <= float(high)
    return held / rounds


@pytest.mark.parametrize(("people", "asked"), [(40, 10), (40, 30), (1000, 50)])
def test_intervals_hold_what_they_promise(people: int, asked: int) -> None:
    assert covered(people, asked, 2000) >= 0.93


def camps(agreeing: tuple[float, float]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Two camps of 40 that differ in 20 statements; on statement 20 they agree so often."""
    p, s, v = meeting(80, 20, 3, camps=2)
    extra = np.where(np.arange(80) // 2 < np.where(np.arange(80) % 2, agreeing[1], agreeing[0]) * 40, 1, -1)
    return (
        np.concatenate((p, np.arange(80))),
        np.concatenate((s, np.full(80, 20))),
        np.concatenate((v, extra)),
    )


def test_what_both_camps_say_is_agreed() -> None:
    found = map_opinions(*camps((0.9, 0.8)))
    assert len(found.groups) == 2
    (point,) = [p for p in found.agreed if p.statement == 20]
    assert point.agrees and point.low > 0.5 and point.low <= point.value <= point.high
    assert point.value <= min(point.shares) + 1e-9


def test_a_large_majority_that_one_camp_does_not_share_is_no_agreement() -> None:
    found = map_opinions(*camps((1.0, 0.3)))
    assert 20 not in [p.statement for p in found.agreed]
    (point,) = [p for p in found.divided if p.statement == 20]
    assert point.low >= 0.2 and 0.6 < point.value < 0.8
    assert 20 not in [p.statement for p in map_opinions(*camps((0.9, 0.8))).divided]


def test_who_belongs_to_no_group_has_a_voice_too() -> None:
    """Fifty people with one answer each, against: they are not placed, but not passed over either."""
    p, s, v = camps((0.75, 0.7))
    assert 20 in [point.statement for point in map_opinions(p, s, v).agreed]
    more = np.arange(100, 150)
    found = map_opinions(
        np.concatenate((p, more)), np.concatenate((s, np.full(50, 20))), np.concatenate((v, np.full(50, -1)))
    )
    assert len(found.groups) == 2 and found.unheard.participants == 50
    assert 20 not in [point.statement for point in found.agreed]


def test_a_handful_of_answers_agrees_on_nothing() -> None:
    found = map_opinions(np.repeat(np.arange(100), 1), np.arange(100) % 50, np.ones(100, int))
    assert found.agreed == () and len(found.unheard.statements) == 50


def test_a_group_that_hardly_answers_is_named() -> None:
    (p, s, v), group = planted(2, 2, people=300)
    quiet = (s >= 50) & (group[p] == 1)
    found = map_opinions(p[~quiet], s[~quiet], v[~quiet], groups=group)
    assert {s for g, s in found.unheard.group_statements} == set(range(50, 60))
    few = (group[p] == 1) & (np.arange(len(p)) % 10 > 0)
    ids = np.unique(p[~few])
    assert map_opinions(p[~few], s[~few], v[~few], groups=group[ids]).unheard.groups == (1,)


# ── publishing ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_nothing_is_published_of_persons() -> None:
    found = publishable(map_opinions(*camps((0.9, 0.8))))
    told = as_json(found, people=False)
    assert told["participants"] == [] and len(found.participants.ids) == 0 and len(found.model.positions) == 0
    assert len(told["groups"]) == 2


def test_a_small_group_hides_all_groups() -> None:
    p, s, v = meeting(20, 10)
    given = np.where(np.arange(20) < 4, 1, 0)
    whole = map_opinions(p, s, v, groups=given)
    found = publishable(whole)
    assert [g.size for g in whole.groups] == [16, 4] and found.groups == ()
    assert as_json(found)["agreed"] == as_json(without_groups(whole))["agreed"]
    assert all(len(point.shares) == 1 for point in (*found.agreed, *found.divided))


def test_what_fewer_than_five_answered_is_not_published() -> None:
    p, s, v = meeting(20, 10)
    keep = ~((s == 3) & (p >= 4))
    found = publishable(map_opinions(p[keep], s[keep], v[keep]))
    assert 3 not in found.statements.ids
    assert 3 not in [point.statement for point in (*found.agreed, *found.divided)]


def test_four_people_are_not_published() -> None:
    with pytest.raises(Malformed, match="fewer than 5"):
        publishable(map_opinions(*meeting(4, 10)))


# ── routing ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_what_somebody_has_answered_is_not_asked_again() -> None:
    found = map_opinions(*meeting(20, 10))
    assert set(next_statements(found, [0, 1, 2], count=20)) == set(range(3, 10))
    assert next_statements(found, range(10)).tolist() == []


def test_what_nobody_has_answered_comes_first() -> None:
    found = map_opinions(*meeting(200, 10))
    first = [int(next_statements(found, [], among=[*range(10), 77], seed=i)[0]) for i in range(50)]
    assert first.count(77) > 25


def test_without_a_map_the_order_is_drawn() -> None:
    orders = {
        tuple(next_statements(None, [2], among=[1, 2, 3, 4], count=9, seed=i).tolist()) for i in range(40)
    }
    assert len(orders) == 6 and all(set(order) == {1, 3, 4} for order in orders)
    assert next_statements(None).tolist() == []


def test_the_same_seed_asks_the_same() -> None:
    found = map_opinions(*meeting(20, 10))
    assert (
        next_statements(found, [], count=5, seed=4).tolist()
        == next_statements(found, [], count=5, seed=4).tolist()
    )


def test_few_answers_each_reach_all_statements_evenly() -> None:
    """Eighty people answer eight of forty each: routing leaves no statement behind, drawing blindly does."""
    truth = np.random.default_rng(5).choice([-1, 0, 1], (80, 40), p=[0.35, 0.1, 0.55])

    def gather(routed: bool) -> int:
        votes: list[tuple[int, int, int]] = []
        opinions = None
        for person in range(80):
            if votes and person % 4 == 0 and routed:
                opinions = map_opinions(*np.array(votes).T, all_statements=np.arange(40), resamples=0)
            for s in next_statements(
                opinions if routed else None, [], among=np.arange(40), count=8, seed=person
            ):
                votes.append((person, int(s), int(truth[person, s])))
        return int(np.bincount(np.array(votes)[:, 1], minlength=40).min())

    assert gather(routed=True) > gather(routed=False)
