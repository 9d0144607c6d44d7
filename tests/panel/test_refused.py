"""What cannot be drawn gets the explanation a village clerk understands."""

from __future__ import annotations

from dataclasses import replace

import pytest

from shangliang.panel import Infeasible, PanelError, Person, Problem, Quota, publish, solve

PEOPLE = tuple(Person(str(n), ("女" if n < 4 else "男",)) for n in range(10))
FINE = Problem(4, ("性别",), (Quota("性别", "女", 1, 2), Quota("性别", "男", 2, 3)), PEOPLE)


@pytest.mark.parametrize(
    ("change", "zh", "en"),
    [
        ({"people": ()}, "名单是空的", "the list is empty"),
        ({"size": 0}, "至少要抽 1 人", "at least one is needed"),
        ({"size": -3}, "至少要抽 1 人", "at least one is needed"),
        ({"size": 11}, "名单上只有 10 人可抽", "only 10 people can be drawn"),
        ({"people": (*PEOPLE, PEOPLE[0])}, "编号“0”出现了不止一次", "appears more than once"),
        ({"people": (*PEOPLE, Person("x", ("不详",)))}, "名额表里没有这一项", "the quotas do not know"),
        ({"people": (*PEOPLE, Person("x", ("",)))}, "没有填“性别”", "have nothing for"),
        ({"people": (*PEOPLE, Person("", ("女",)))}, "有人没有编号", "has no id"),
        ({"quotas": (Quota("性别", "女", 3, 2), Quota("性别", "男", 0, 4))}, "互相矛盾", "contradict each other"),
        ({"quotas": (Quota("性别", "女", -1, 2), Quota("性别", "男", 0, 4))}, "互相矛盾", "contradict each other"),
        ({"quotas": (Quota("性别", "女", 3, 4), Quota("性别", "男", 3, 4))}, "加起来是 6 人，多于名额", "more than the 4 seats"),
        ({"quotas": (Quota("性别", "女", 0, 1), Quota("性别", "男", 0, 1))}, "坐不满 4 个名额", "fewer than the 4 seats"),
        ({"size": 8, "quotas": (Quota("性别", "女", 5, 6), Quota("性别", "男", 2, 3))}, "可抽的只有 4 人", "only 4 can be drawn"),
        ({"must": frozenset({"99"})}, "名单里没有编号“99”", "there is no “99”"),
        ({"must": frozenset({"1"}), "without": frozenset({"1"})}, "既要参加又要回避", "must sit and is recused"),
        ({"must": frozenset("01234")}, "必须参加的有 5 人", "5 people must sit"),
        ({"must": frozenset("012")}, "有 3 人，名额至多 2 人", "the quota allows 2"),
    ],
)  # fmt: skip
def test_faults_are_told_in_words(change: dict[str, object], zh: str, en: str) -> None:
    with pytest.raises(PanelError) as refused:
        solve(replace(FINE, **change))  # type: ignore[arg-type]
    assert zh in refused.value.zh and en in refused.value.en


def test_quotas_that_forbid_each_other_get_the_smallest_change() -> None:
    people = tuple(Person(str(n), values) for n, values in enumerate([("女", "老")] * 5 + [("男", "青")] * 5))
    quotas = (
        Quota("性别", "女", 3, 4),
        Quota("性别", "男", 0, 4),
        Quota("年龄", "老", 0, 2),
        Quota("年龄", "青", 0, 4),
    )
    with pytest.raises(Infeasible) as refused:
        solve(Problem(4, ("性别", "年龄"), quotas, people))
    assert [change.by for change in refused.value.changes] == [1]
    assert refused.value.zh in (
        "这些名额一起满足不了。最少要改 1 个名额，比如：把“性别：女”至少 3 人改为至少 2 人",
        "这些名额一起满足不了。最少要改 1 个名额，比如：把“年龄：老”至多 2 人改为至多 3 人",
    )


def test_one_address_cannot_fill_two_seats() -> None:
    people = tuple(Person(str(n), ("女",), "一号院") for n in range(5))
    with pytest.raises(Infeasible, match="only one from each address"):
        solve(Problem(2, ("性别",), (Quota("性别", "女", 0, 2),), people))


def test_all_of_one_type_have_the_same_chance() -> None:
    people = tuple(Person(str(n), ("女",)) for n in range(7))
    solution = solve(Problem(3, ("性别",), (Quota("性别", "女", 0, 3),), people))
    assert solution.chances == pytest.approx([3 / 7] * 7) and solution.proven
    assert publish(solution).least in (428, 429)


def test_everybody_sits_where_there_are_as_many_seats_as_people() -> None:
    quotas = (Quota("性别", "女", 0, 10), Quota("性别", "男", 0, 10))
    solution = solve(replace(FINE, size=10, quotas=quotas))
    assert solution.chances == pytest.approx([1.0] * 10)


def test_nobody_is_drawn_where_those_who_must_sit_take_every_seat() -> None:
    problem = replace(FINE, must=frozenset("0456"))
    solution = solve(problem)
    assert solution.proven and publish(solution, count=3).panels == (("0", "4", "5", "6"),) * 3


def test_who_fits_no_panel_is_named() -> None:
    people = (*PEOPLE, Person("x", ("其他",)))
    quotas = (*FINE.quotas, Quota("性别", "其他", 0, 0))
    solution = solve(replace(FINE, people=people, quotas=quotas))
    assert solution.nowhere == ("x",)
