"""溧阳市（演示）: 城乡社区协商. One matter is consulted on before and during the work and archived, one is not adopted, one goes to the
representatives' meeting, one asks people by telephone and on paper, one waits for the day after its publication."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from shangliang.acts import surveys
from shangliang.cases.models_consulting import Survey, SurveyQuestion
from shangliang.site.places.telling import Scribe, appoint, begin, found, post_of
from shangliang.site.telling import Days, tell

CITY, TOWN, COMMUNITY, VILLAGE = "liyang", "ly-kunlun", "ly-qingfeng", "ly-tangqiao"
PEOPLE = (
    # person, name, unit, role, title
    ("p-l-wan", "万里", CITY, "director", "市民政局"),
    ("p-l-geng", "耿直", CITY, "inspector", "市社区建设领导小组督查员"),
    ("p-l-ning", "宁小云", CITY, "clerk", "市级经办人"),
    ("p-l-shu", "舒文", TOWN, "archivist", "街道档案员"),
    ("p-l-bai", "柏青", TOWN, "clerk", "街道经办人"),
    ("p-l-tong", "童国华", COMMUNITY, "party_secretary", "社区党组织书记"),
    ("p-l-mei", "梅小芳", COMMUNITY, "clerk", "社区经办人"),
    ("p-l-ding", "丁玉兰", COMMUNITY, "representative", "居民代表"),
    ("p-l-ge", "葛建平", COMMUNITY, "representative", "居民代表"),
    ("p-l-zhu", "祝长贵", COMMUNITY, "supervision_head", "居务监督委员会主任"),
    ("p-l-kong", "孔令辉", COMMUNITY, "cppcc_member", "联系社区的市政协委员"),
    ("p-l-cao", "曹立根", VILLAGE, "party_secretary", "村党总支书记"),
    ("p-l-rong", "荣小娟", VILLAGE, "clerk", "村经办人"),
    ("p-l-ji2", "季福生", VILLAGE, "representative", "村民代表"),
    ("p-l-an", "安启明", VILLAGE, "supervision_head", "村务监督委员会主任"),
)
PARTY = {"body": "party", "paper": "党组织会议记录", "present": 5}
COUNCIL = {"body": "council", "paper": "居民议事会记录"}


def build_liyang(
    today: date, parent: str | None = None, progress: Callable[[str], None] | None = None
) -> None:
    """The city with a street, a community and a village, their bodies and matters."""
    days = begin(today)
    found(days, CITY, "溧阳市（演示）", "county", parent, procedure="liyang", code="320481")
    found(days, TOWN, "昆仑街道（演示）", "street", CITY, code="320481001")
    found(days, COMMUNITY, "清风社区（示例）", "community", TOWN, adults=3600, households=1420, representatives=55,
          address="清风社区党群服务中心", telephone="0000-0000410")  # fmt: skip
    found(days, VILLAGE, "塘桥村（示例）", "village", TOWN, adults=1450, households=520, representatives=48,
          address="塘桥村党群服务中心", telephone="0000-0000411")  # fmt: skip
    appoint(days, PEOPLE)
    _bodies(days)
    tell(days, [story(days) for story in STORIES], progress)


def _bodies(days: Days) -> None:
    city = Scribe(days, CITY, "p-l-ning", "party_secretary")
    city.of_unit(
        "form_body", {"kind": "leading_group", "name": "市社区建设领导小组", "paper": "溧社建〔演示〕1号"}
    )
    for unit, clerk in ((COMMUNITY, "p-l-mei"), (VILLAGE, "p-l-rong")):
        s = Scribe(days, unit, clerk, "party_secretary")
        council = s.of_unit("form_body", {"kind": "council", "name": "议事会"})
        chosen = s.of_unit("record_selection", {"body": council, "method": "elected", "pool": 120, "chosen": 11,
                                                "paper": "推选记录", "note": "各组推荐，张榜三天，到会表决。"})  # fmt: skip
        seat = {"body": council, "post": post_of(unit, "representative"), "position": "representative", "selection": chosen,
                "until": days.ago(-700).isoformat()}  # fmt: skip
        s.of_unit("seat_member", seat)


class Community(Scribe):
    """清风社区's clerk at work."""

    def __init__(self, days: Days, unit: str = COMMUNITY, clerk: str = "p-l-mei") -> None:
        super().__init__(days, unit, clerk, "party_secretary")

    def topic(self, words: str, title: str, **more: Any) -> None:
        """Said by a resident, gathered, and arranged by the party organisation."""
        self.say(words, kind="demand", channel="meeting")
        self.do("put_forward", {"title": title})
        data = {"category": "interest", "reach": "village", "complexity": "middle", **more}
        self.do("set_topic", data, decided=PARTY)

    def released(self, *people: dict[str, Any], carrier: str = "council", way: str = "civic") -> None:
        """Those who take part are fixed; carrier and form are chosen; topic and papers are made public."""
        representatives = [
            {"kind": "representative", "post": post_of(self.unit, "representative"), "side": "people"}
        ]
        self.fix(*representatives, *people)
        data = {"carrier": carrier, "way": way, "method": "各组推选，张榜三天"}
        self.do("set_form", data, decided=self.convener)
        papers = [{"name": "方案草案", "pages": 4}, {"name": "费用测算", "pages": 2}]
        self.do(
            "release_information",
            {"text": "方案草案和费用测算贴在公开栏，可到社区翻看。", "materials": papers},
        )

    def concluded(self, agreed: str, reserved: str | None = None, outcome: str = "consensus") -> None:
        self.open_session(6)
        self.conclude(outcome, agreed, reserved)

    def decided(self, decision: str, note: str) -> None:
        self.do(
            "record_decision", {"decision": decision, "note": note, "paper": "议事会记录"}, decided=COUNCIL
        )


def market(days: Days) -> Iterator[date]:
    """A major public affair: before the decision and during the work; appraised, inspected, archived."""
    t = Community(days)
    yield days.ago(130)
    t.topic("菜市场又挤又滑，想整体改造。", "清风菜市场改造", scope=["affairs", "welfare"], subject=["project"], major=True, layer=3,
            affected=["new_society", "weak"], amount=1_250_000)  # fmt: skip
    t.released({"kind": "stakeholder", "name": "摊主代表", "side": "society", "group": "new_society"},
               {"kind": "resident", "name": "老年居民代表", "side": "people", "group": "weak"},
               {"kind": "department", "department": "街道城建办", "side": "government"})  # fmt: skip
    t.call(6, form="civic", place="社区议事厅", departments=["街道城建办"])
    yield days.ago(124)
    t.concluded("一、分两期改，不停业；二、地面防滑；三、摊位数不减。", "三位摊主希望一次改完。")
    yield days.ago(120)
    t.decided("yes", "按分两期的方案办。")
    t.tasks(("一期改造，不停业", "街道城建办", 40), ("二期改造", "街道城建办", 80))
    yield days.ago(90)
    t.call(3, form="talk", place="菜市场门口", departments=["街道城建办"])
    yield days.ago(87)
    t.concluded("一、二期提前半个月；二、临时摊位加遮阳。")
    yield days.ago(60)
    t.work()
    t.do("inspect", {}, by="p-l-geng", decided={"role": "inspector"})
    t.post("菜市场改造结果：两期按期完工，摊位数不减，地面防滑；用款一百二十五万元。")
    t.do("set_appraisal", {"topic": "菜市场改造满不满意", "called_for": days.ago(50).isoformat(), "place": "社区议事厅"},
         decided={"role": "supervision_head"})  # fmt: skip
    t.do("call_appraisal", {"count": 40}, decided={"role": "supervision_head"})
    yield days.ago(50)
    t.do("hold_appraisal", {"present": 36, "satisfied": 28, "mostly": 6, "unsatisfied": 2, "words": "通道宽了，老人放心。"},
         decided={"role": "supervision_head"})  # fmt: skip
    t.do("show_appraisal", {"place": "公开栏"}, decided=t.convener)
    t.do("answer_appraisal", {"answer": "两位提的遮阳问题已经加装。"}, decided=t.convener)
    yield days.ago(44)
    t.do("take_down")
    t.do("inspect", {"organisation": "党组织部署，三方到场。", "policy": "先协商后决策，过程有记录。", "effect": "摊主、居民都满意。"},
         by="p-l-geng", decided={"role": "inspector"})  # fmt: skip
    t.do("close", {"result": "solved", "note": "两期改造完工，摊位数不减。"}, decided=t.convener)
    yield days.ago(42)
    t.do("accept_archive", {"shelf": "街道档案室2柜"}, by="p-l-shu")


def lift(days: Days) -> Iterator[date]:
    """Consulted on, not adopted: the decision is made public with its reason, and the file closed."""
    t = Community(days)
    yield days.ago(90)
    t.topic("三号楼想统一换智能门禁，每户摊三百元。", "三号楼智能门禁", scope=["property"])
    t.released({"kind": "stakeholder", "name": "三号楼住户代表", "side": "people", "group": "tenants"})
    t.call(5, form="talk", place="三号楼楼道")
    yield days.ago(85)
    t.concluded("先把坏的对讲修好。", "一半住户不愿出钱。", "again")
    yield days.ago(80)
    t.call(5, form="talk", place="三号楼楼道")
    yield days.ago(75)
    t.concluded("对讲由物业修。", "智能门禁暂不装。", "escalate")
    t.do("report_up", {"to": "居民议事会", "note": "请议事会定。"}, decided=PARTY)
    yield days.ago(70)
    t.decided("no", "多数住户不同意出资，暂不安装。")
    t.post("三号楼智能门禁：多数住户不同意出资，暂不安装；对讲由物业修好。")
    yield days.ago(54)
    t.do("take_down")
    t.do("close", {"result": "unsolved", "note": "暂不安装，对讲已修好。"}, decided=t.convener)
    yield days.ago(50)
    t.do("accept_archive", {"shelf": "街道档案室2柜"}, by="p-l-shu")


def pond(days: Days) -> Iterator[date]:
    """On the representatives' meeting as its platform: consensus goes to that meeting, which has passed it."""
    t = Community(days, VILLAGE, "p-l-rong")
    yield days.ago(60)
    t.topic(
        "村里两口塘淤了，想清淤后搞绿化。",
        "塘桥两口塘清淤",
        scope=["welfare"],
        subject=["environment"],
        touches=["public_welfare"],
    )
    t.released(
        {"kind": "department", "department": "街道水务站", "side": "government"}, carrier="representatives"
    )
    t.call(5, departments=["街道水务站"])
    yield days.ago(55)
    t.concluded("一、先清两口塘；二、塘边种柳。")
    yield days.ago(48)
    t.do("record_resolution", {
        "body": "representatives", "notice_on": days.ago(53).isoformat(), "party_study_on": days.ago(54).isoformat(),
        "authorised_by": "村民会议授权决定", "total": 48, "present": 40, "votes_for": 35, "against": 3, "abstained": 2,
        "paper": "村民代表会议决议2号"}, decided={"body": "representatives", "paper": "村民代表会议决议2号"})  # fmt: skip
    t.tasks(("清淤两口塘", "街道水务站", 60))


def bins(days: Days) -> Iterator[date]:
    """A survey first: answers by telephone one by one, questionnaires on paper as totals, one tally."""
    t = Community(days)
    yield days.ago(25)
    t.topic("垃圾桶撤到路口太远，老人不方便。", "垃圾投放点位置", scope=["affairs"], affected=["weak"])
    t.do("open_survey", {"title": "垃圾投放点放在哪里好", "questions": [
        {"text": "投放点离家多远合适？", "options": ["五十米内", "一百米内", "都可以"]},
        {"text": "夜里要不要开？", "options": ["要", "不要"]}]})  # fmt: skip
    survey = Survey.objects.get(matter=t.matter)
    for choices in ((0, 0), (0, 1), (1, 1), (0, None), (2, 1), (0, 1)):
        surveys.put(survey, choices)
    yield days.ago(18)
    for question, counts in zip(
        SurveyQuestion.objects.order_by("number").filter(survey=survey), ([61, 40, 12], [30, 83]), strict=True
    ):
        t.do(
            "enter_paper_totals",
            {"question": question.pk, "counts": counts, "teller": "丁玉兰", "second": "葛建平"},
        )
    t.do("close_survey", {"survey": survey.pk})


def shade(days: Days) -> Iterator[date]:
    """Topic and papers are public; the meeting is in some days."""
    t = Community(days)
    yield days.ago(8)
    t.topic("公交站没有遮阳，夏天等车受不了。", "公交站遮阳棚", scope=["affairs"], subject=["project"])
    yield days.ago(3)
    t.released({"kind": "department", "department": "街道城建办", "side": "government"})
    t.call(5, form="civic", place="社区议事厅", departments=["街道城建办"])


STORIES: tuple[Callable[[Days], Iterator[date]], ...] = (market, lift, pond, bins, shade)
