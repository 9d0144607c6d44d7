"""The default method: better guesses, steadier groups, planted groups found, nothing seen in chance."""

from __future__ import annotations

import numpy as np
import pytest
from tests.consensus.conversations import meeting, planted, public

from shangliang.consensus import OpinionMap, map_opinions
from shangliang.consensus.arrays import Floats, Ints
from shangliang.consensus.measures import adjusted_rand, area_under_curve, rank_correlation, root_mean_square

SMALL = ("brexit-consensus", "scoop-hivemind.biodiversity")
ALL = (*SMALL, "vtaiwan.uberx", "american-assembly.bowling-green")


def hidden(name: str, fold: int, method: str) -> tuple[Ints, Floats]:
    """(true, guessed) answers of a tenth that was hidden, of people and statements that are still there."""
    p, s, v = public(name)
    out = np.random.default_rng(fold).random(len(p)) < 0.1
    less = map_opinions(p[~out], s[~out], v[~out], method=method, all_statements=np.unique(s), resamples=0)  # type: ignore[arg-type]
    known = np.isin(p[out], less.participants.ids)
    rows = np.searchsorted(less.participants.ids, p[out][known])
    columns = np.searchsorted(less.statements.ids, s[out][known])
    return v[out][known], less.model.predict(rows, columns)


@pytest.mark.parametrize("name", ALL)
def test_hidden_answers_are_guessed_better_than_by_the_reference(name: str) -> None:
    errors: dict[str, list[float]] = {"shangliang": [], "polis": []}
    areas: dict[str, list[float]] = {"shangliang": [], "polis": []}
    for fold in range(6 if name in SMALL else 2):
        for method in errors:
            true, guessed = hidden(name, fold, method)
            errors[method].append(root_mean_square(true - guessed))
            areas[method].append(area_under_curve(true[true != 0] > 0, guessed[true != 0]))
    assert np.mean(errors["shangliang"]) <= 0.97 * np.mean(errors["polis"])
    assert np.mean(areas["shangliang"]) > np.mean(areas["polis"])


@pytest.mark.parametrize("name", ALL)
def test_the_radius_says_nothing_of_how_much_somebody_answered(name: str) -> None:
    p, s, v = public(name)
    people = map_opinions(p, s, v, resamples=0).participants
    radius = np.hypot(people.x, people.y)
    assert abs(rank_correlation(people.answers, radius)) <= 0.15
    assert abs(rank_correlation(people.answers[people.placed], radius[people.placed])) <= 0.15


def dropped(name: str, method: str, times: int) -> float:
    """Median adjusted Rand index of the groups when a tenth of the answers is left out."""
    p, s, v = public(name)
    whole = map_opinions(p, s, v, method=method)  # type: ignore[arg-type]
    found = []
    for i in range(times):
        keep = np.random.default_rng(100 + i).random(len(p)) >= 0.1
        less = map_opinions(p[keep], s[keep], v[keep], method=method)  # type: ignore[arg-type]
        _, a, b = np.intersect1d(whole.participants.ids, less.participants.ids, return_indices=True)
        one, other = whole.participants.group[a], less.participants.group[b]
        both = (one >= 0) & (other >= 0)
        found.append(adjusted_rand(one[both], other[both]) if both.any() else 0.0)
    return float(np.median(found))


@pytest.mark.parametrize("name", SMALL)
def test_groups_are_steadier_than_those_of_the_reference(name: str) -> None:
    assert dropped(name, "shangliang", 5) >= max(0.6, dropped(name, "polis", 5))


def test_planted_groups_are_found_more_often_than_by_the_reference() -> None:
    right, near = {"shangliang": 0, "polis": 0}, {"shangliang": 0.0, "polis": 0.0}
    for seed in range(8):
        groups = 2 + seed % 7
        (p, s, v), group = planted(seed, groups)
        for method in right:
            found = map_opinions(p, s, v, method=method, resamples=5)  # type: ignore[arg-type]
            label = found.participants.group
            right[method] += len(found.groups) == groups
            near[method] += adjusted_rand(label[label >= 0], group[label >= 0]) if (label >= 0).any() else 0.0
    assert right["shangliang"] >= 4 and right["shangliang"] > right["polis"]
    assert near["shangliang"] > near["polis"]


@pytest.mark.parametrize("people", [12, 30, 60, 300])
def test_nothing_is_seen_in_chance(people: int) -> None:
    """Everybody answers by the same odds, independently: there is nobody to group."""
    shown = sum(bool(map_opinions(*meeting(people, 25, seed)).groups) for seed in range(6))
    assert shown <= 1


@pytest.mark.parametrize("people", [30, 60])
def test_two_camps_in_a_village_meeting_are_found(people: int) -> None:
    found = map_opinions(*meeting(people, 30, 1, camps=2))
    assert len(found.groups) == 2
    label = found.participants.group
    assert adjusted_rand(label[label >= 0], (np.arange(people) % 2)[label >= 0]) > 0.8


def test_five_people_are_not_grouped() -> None:
    found = map_opinions(*meeting(5, 12, camps=2))
    assert found.groups == () and found.sureness.reason == "few_people"
    assert found.figures.agree.shape == (1, 12)


def test_every_group_carries_its_stability_and_has_five_people() -> None:
    (p, s, v), _ = planted(2, 3)
    found = map_opinions(p, s, v)
    assert len(found.groups) == 3
    for group in found.groups:
        assert group.stability >= 0.6 and group.size >= 5
    assert [g.size for g in found.groups] == sorted((g.size for g in found.groups), reverse=True)
    assert found.sureness.stability >= 0.6


def test_without_resampling_no_groups_are_shown() -> None:
    (p, s, v), _ = planted(2, 3)
    found = map_opinions(p, s, v, resamples=0)
    assert found.groups == () and np.isnan(found.sureness.stability)


def test_people_with_few_answers_lie_between_groups_and_are_less_sure() -> None:
    (p, s, v), _ = planted(2, 3)
    people = map_opinions(p, s, v).participants
    few, many = people.answers <= 8, people.answers >= 40
    assert people.sure[few].mean() < people.sure[many].mean() - 0.2
    assert (people.group[few] < 0).mean() > (people.group[many] < 0).mean()


def test_timings_need_a_clock() -> None:
    ticks = iter(range(1000))
    assert map_opinions(*meeting(20, 10)).timings == {}
    timed = map_opinions(*meeting(20, 10), clock=lambda: float(next(ticks))).timings
    assert {"votes", "axes", "positions", "resampling", "groups", "statistics"} == timed.keys()


# ── new votes ────────────────────────────────────────────────────────────────────────────────────────────────────────


def split(seed: int = 2) -> tuple[OpinionMap, tuple[Ints, Ints, Ints], OpinionMap]:
    """A map of nine tenths of the votes, the others, and the map of all."""
    (p, s, v), _ = planted(seed, 3)
    late = np.arange(len(p)) % 10 == 0
    before = map_opinions(p[~late], s[~late], v[~late])
    return before, (p[late], s[late], v[late]), map_opinions(p, s, v)


def test_new_votes_lead_to_the_map_of_all() -> None:
    from shangliang.consensus import update

    before, late, whole = split()
    now = update(before, *late)
    assert now.votes.start.tolist() == whole.votes.start.tolist()
    assert now.statements.agree.tolist() == whole.statements.agree.tolist()
    one, other = now.participants.group, whole.participants.group
    both = (one >= 0) & (other >= 0)
    assert adjusted_rand(one[both], other[both]) > 0.9


def test_groups_keep_their_letters_and_what_was_measured_stands() -> None:
    from shangliang.consensus import update

    before, late, _ = split()
    now = update(before, *late)
    assert now.sureness == before.sureness and len(now.groups) == len(before.groups)
    _, a, b = np.intersect1d(before.participants.ids, now.participants.ids, return_indices=True)
    one, other = before.participants.group[a], now.participants.group[b]
    assert (one == other)[(one >= 0) & (other >= 0)].mean() > 0.95


def test_a_new_statement_and_a_new_person_come_in() -> None:
    from shangliang.consensus import update

    before, _, _ = split()
    now = update(before, [9_999, 9_999], [500, 501], [1, -1])
    assert now.statements.ids[-2:].tolist() == [500, 501] and now.participants.ids[-1] == 9_999
    assert not now.participants.placed[-1]


def test_after_many_more_votes_groups_are_looked_for_anew() -> None:
    from shangliang.consensus import update

    (p, s, v), _ = planted(2, 3)
    early = p < 250
    now = update(map_opinions(p[early], s[early], v[early]), p[~early], s[~early], v[~early])
    assert now.sureness.measured == len(p)
