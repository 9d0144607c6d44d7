"""What 魏塘, 协商在基层 and 溧阳 say in their lists, steps, roles and clauses: complete, in the sources' own words."""

from __future__ import annotations

import time

import pytest

from shangliang.procedure.casebook import case
from shangliang.procedure.facts import Decider
from shangliang.procedure.judge import begin, explain, judge
from shangliang.procedure.linking import every_gate
from shangliang.procedure.loader import procedure
from shangliang.procedure.proofs import check, failures

THREE = ("weitang", "xieshang", "liyang")


def names(ident: str, of: str) -> list[str]:
    return [i.name.zh for i in procedure(of).lists[ident]]


def test_weitang_has_the_four_classes_and_every_item_of_them() -> None:
    assert names("category", "weitang") == ["重大决策", "重要人事", "重大项目", "大额度资金使用"]
    assert names("item", "weitang") == [
        "规划编制", "年度计划", "民生部署", "财政预算编制、调整和决算", "报上级决定事项",
        "人事任免、推荐测评", "后备干部", "人员招聘计划",
        "年度预算外的基本建设", "信息化工程", "其他一次性投入较大的工程", "财政性资金或融资投资", "国有资产对外投资、合作",
        "文化、体育等重大活动", "节庆活动", "单项支出数额较大的公共性资金", "年度预算外的大宗物资采购",
    ]  # fmt: skip
    assert {i.cite for i in procedure("weitang").lists["item"]} == {"W21", "W26", "W29", "W35"}


def test_weitang_has_five_forms_and_room_for_any_that_people_accept() -> None:
    assert names("form", "weitang")[:5] == ["专题协商", "点题协商", "会议协商", "书面协商", "恳谈协商"]
    assert procedure("weitang").lists["form"][5].cite == "W76"


def test_weitang_votes_in_three_ways_meets_in_two_places_and_publishes_in_four_scopes() -> None:
    assert names("vote", "weitang") == ["不表决", "举手表决", "无记名投票", "民主测评"]
    assert names("venue", "weitang") == ["会议室", "基层一线"]
    assert names("scope", "weitang") == ["委员", "机关", "村（社区）", "社会"]
    assert names("origin", "weitang") == ["经济社会发展中的重要问题", "群众关心的热点难点问题"]
    assert len(names("combine", "weitang")) == 5


def test_a_figure_that_the_source_does_not_give_is_shown_as_a_default() -> None:
    """“较大” has no amount, feedback and written replies no days: none of them may block."""
    assert "请确认" in procedure("weitang").notes["amount"].zh
    timers = {t.id: t for s in procedure("weitang").root.stages.values() for t in s.timers}
    assert timers["W-T1"].origin == "local" and timers["W-T3"].origin == timers["W-T2"].origin == "default"
    assert {g.level for g in every_gate(procedure("weitang")) if g.origin == "default"} <= {"soft", "info"}


def test_weitang_names_its_group_office_and_room() -> None:
    roles = procedure("weitang").roles
    assert roles["committee"].bodies == {"party"} and roles["group"].bodies == {"leading_group"}
    assert roles["office"].posts["town"] == ("office_director",) and roles["room"].posts["town"] == (
        "room_director",
    )
    stages = procedure("weitang").root.stages
    assert all(a.who == ("room",) for a in stages["W-4"].acts)  # W52: the room decides who takes part


def test_xieshang_goes_the_five_steps_in_order() -> None:
    stages = procedure("xieshang").root.stages
    five = [stages[f"X-{n}"] for n in range(1, 6)]
    assert [s.cites[0].cite for s in five] == ["X47", "X48", "X49", "X50", "X51"]
    assert [s.name.zh for s in five] == [
        "确立协商议题",
        "确定协商主体",
        "开展专题调研",
        "组织协商讨论",
        "公示协商结果",
    ]
    soft = {g.id for g in every_gate(procedure("xieshang")) if g.level == "soft"}
    assert {"X-G6", "X-G8"} <= soft  # “一般应”: a step may be left out, with a written reason


def test_xieshang_has_its_kinds_of_people_forms_results_haves_and_hosts() -> None:
    assert names("kinds", "xieshang") == ["议事会成员", "利益相关方", "职能部门人员"]
    assert names("tags", "xieshang") == [
        "老党员", "老干部", "群众代表", "党代表", "人大代表", "政协委员", "群团组织负责人", "社会工作者", "第三方",
    ]  # fmt: skip
    assert names("form", "xieshang") == [
        "会议室协商", "智慧政协", "民主监督", "广场协商", "院坝协商", "会议协商", "书面协商", "网络协商",
    ]  # fmt: skip
    assert names("outcome", "xieshang") == ["达成共识", "未达成共识", "难以达成共识"]
    assert names("six_haves", "xieshang") == ["有组织", "有场所", "有设施", "有标识", "有制度", "有活动"]
    assert len(names("host", "xieshang")) == 4 and len(names("templates", "xieshang")) == 5
    assert "求同存异" in procedure("xieshang").notes["rules"].zh


def test_in_xieshang_the_party_leads_the_cppcc_provides_the_stage_and_decides_nothing() -> None:
    found = procedure("xieshang")
    assert found.roles["party"].bodies == {"party"} and found.roles["cppcc"].bodies == {"cppcc"}
    deciding = [a for s in found.root.stages.values() for a in s.acts if a.name == "record_decision"]
    assert [a.who for a in deciding] == [("decider",)]
    assert not found.roles["decider"].bodies & {"cppcc"}


def test_liyang_has_three_layers_and_the_plans_lists() -> None:
    assert len(names("layer", "liyang")) == 3
    assert names("scope", "liyang") == ["公共事务", "公益事业", "物业权益", "志愿服务"]
    assert names("subject", "liyang") == [
        "发展规划",
        "项目建设",
        "土地承包",
        "拆迁补偿",
        "环境保护",
        "年度预决算",
    ]
    assert len(names("carrier", "liyang")) == 5
    assert names("form", "liyang") == ["民意调查", "民情恳谈", "民事协商", "民主听证"]
    assert names("activity", "liyang") == ["意见征询", "沟通对话", "规劝疏导"]
    assert names("side", "liyang") == ["党", "政", "群", "民", "社"]
    assert names("funds", "liyang") == ["财政支持", "费随事转", "有偿服务", "社会赞助"]
    assert names("inspection", "liyang") == ["组织推进", "政策落实", "实际成效"]
    assert {"新经济组织", "新社会群体", "弱势群体"} <= set(names("group", "liyang"))


def test_liyang_has_its_four_principles_seven_parts_four_rules_and_four_mechanisms() -> None:
    assert names("order", "liyang") == ["先协商后决策", "先协商后通过", "先协商后实施", "边实施边协商"]
    assert names("rule_part", "liyang") == ["形式", "范围", "过程", "主体", "责任", "义务", "保障"]
    assert names("rules", "liyang") == [
        "协商议事规则",
        "协商代表选拔制度",
        "事先信息发布制度",
        "协商结果保障制度",
    ]
    assert names("mechanism", "liyang") == ["知情", "沟通", "反馈", "督查"]


def test_liyangs_order_is_hard_and_its_steps_say_that_they_are_arranged_here() -> None:
    gates = {g.id: g for g in every_gate(procedure("liyang"))}
    assert all(gates[i].level == "hard" and gates[i].override is None for i in ("L-G9", "L-G10", "L-G11"))
    assert gates["L-G9"].before == gates["L-G10"].before == "decided"
    assert "请确认" in procedure("liyang").notes["steps"].zh
    assert set(names("five_steps", "liyang")) == {"（待县里填写）"}


@pytest.mark.parametrize("ident", THREE)
def test_every_gate_that_a_rule_asks_cites_its_clause(ident: str) -> None:
    for gate in every_gate(procedure(ident)):
        assert gate.cites or gate.origin in ("engine", "default"), gate.id
        assert gate.origin != "default" or gate.level != "hard", gate.id


@pytest.mark.parametrize("ident", THREE)
def test_it_names_its_source_and_says_each_clause_in_both_languages(ident: str) -> None:
    found = procedure(ident)
    assert found.source.title and found.source.publisher
    own = [c for c in found.clauses.values() if c.title == found.source.title]
    assert len(own) > 20 and all(c.text.zh and c.text.en and c.short.zh and c.short.en for c in own)


@pytest.mark.parametrize("ident", THREE)
def test_it_is_proved_and_the_proof_takes_less_than_two_seconds(ident: str) -> None:
    begun = time.perf_counter()
    assert failures(check(procedure(ident))) == []
    assert time.perf_counter() - begun < 2


@pytest.mark.parametrize("ident", THREE)
def test_judging_takes_less_than_a_millisecond(ident: str) -> None:
    found = procedure(ident)
    clerk = Decider("u1", "town" if ident == "weitang" else "village", post="office_director")
    name = "propose" if ident == "weitang" else "intake"
    facts = case(
        name,
        {"category": "project", "item": "it"},
        kind="street" if ident == "weitang" else "village",
        decider=clerk,
    )
    judge(found, begin(found), facts)
    times = []
    for _ in range(5):
        begun = time.perf_counter()
        for _ in range(200):
            judge(found, begin(found), facts)
        times.append((time.perf_counter() - begun) / 200)
    assert min(times) < 0.001
    assert explain(found, begin(found), facts)
