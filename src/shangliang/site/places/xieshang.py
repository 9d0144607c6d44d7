"""清溪县（演示）: 协商在基层. Matters that are agreed and archived, submitted for reference after three rounds, not taken, before a
meeting, and before the meeting the law names."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from shangliang.cases.models import Ruling
from shangliang.site.places.telling import Scribe, appoint, begin, found, post_of
from shangliang.site.telling import Days, tell

COUNTY, STREET, TOWN, VILLAGE, COMMUNITY = "qingxi", "qx-chengguan", "qx-liuxi", "qx-shiqiao", "qx-hewan"
PEOPLE = (
    # person, name, unit, role, title
    ("p-x-lu", "陆文渊", COUNTY, "director", "县政协办公室"),
    ("p-x-jiang", "蒋一帆", COUNTY, "clerk", "县政协经办人"),
    ("p-x-xie", "谢春明", COUNTY, "group_convener", "县政协委员联络委主任"),
    ("p-x-gu", "顾晓岚", STREET, "clerk", "街道经办人"),
    ("p-x-tao", "陶志远", TOWN, "group_convener", "柳溪镇政协委员活动组召集人"),
    ("p-x-qiu", "邱敏", TOWN, "clerk", "镇经办人"),
    ("p-x-yan", "严守正", TOWN, "archivist", "镇档案员"),
    ("p-x-mo", "莫建国", VILLAGE, "party_secretary", "村党支部书记"),
    ("p-x-shen", "沈丽华", VILLAGE, "cppcc_member", "县政协委员"),
    ("p-x-pan", "潘小军", VILLAGE, "clerk", "村经办人"),
    ("p-x-fang", "方秀兰", VILLAGE, "grid_worker", "网格员"),
    ("p-x-dong", "董长青", VILLAGE, "supervision_head", "村务监督委员会主任"),
    ("p-x-yu", "余福根", VILLAGE, "council_member", "议事会成员"),
    ("p-x-ye", "叶桂英", VILLAGE, "council_member", "议事会成员"),
    ("p-x-du", "杜立新", COMMUNITY, "cppcc_member", "县政协委员"),
    ("p-x-su2", "苏小梅", COMMUNITY, "clerk", "社区经办人"),
    ("p-x-lei", "雷大鹏", COMMUNITY, "supervision_head", "居务监督委员会主任"),
    ("p-x-hu", "胡玉芬", COMMUNITY, "council_member", "议事会成员"),
)
PARTY = {"body": "party", "paper": "支部会议记录", "present": 5}
SIDES = (
    {"kind": "department", "department": "镇水利站"},
    {"kind": "stakeholder", "name": "沿渠农户代表", "group": "households"},
)


def build_xieshang(
    today: date, parent: str | None = None, progress: Callable[[str], None] | None = None
) -> None:
    """The county with its town, street, village and community, its bodies, pilots and matters."""
    days = begin(today)
    found(days, COUNTY, "清溪县（演示）", "county", parent, procedure="xieshang")
    found(days, STREET, "城关街道（演示）", "street", COUNTY)
    found(
        days,
        TOWN,
        "柳溪镇（演示）",
        "town",
        COUNTY,
        adults=18200,
        households=6400,
        address="柳溪镇为民服务中心",
    )
    found(days, VILLAGE, "石桥村（示例）", "village", TOWN, adults=980, households=352, representatives=46,
          address="石桥村为民服务站", telephone="0000-0000210")  # fmt: skip
    found(days, COMMUNITY, "河湾社区（示例）", "community", TOWN, adults=3100, households=1240, representatives=60,
          address="河湾社区为民服务站", telephone="0000-0000211")  # fmt: skip
    appoint(days, PEOPLE)
    _bodies(days)
    tell(days, [story(days) for story in STORIES], progress)


def _bodies(days: Days) -> None:
    county = Scribe(days, COUNTY, "p-x-jiang", "group_convener")
    group = county.of_unit(
        "form_body", {"kind": "leading_group", "name": "“协商在基层”工作领导小组", "paper": "清协〔演示〕3号"}
    )
    county.of_unit(
        "seat_member", {"body": group, "post": post_of(COUNTY, "group_convener"), "position": "deputy"}
    )
    for unit, clerk in ((VILLAGE, "p-x-pan"), (COMMUNITY, "p-x-su2")):
        s = Scribe(days, unit, clerk, "cppcc_member")
        council = s.of_unit("form_body", {"kind": "council", "name": "协商议事会"})
        chosen = s.of_unit(
            "record_selection",
            {"body": council, "method": "elected", "pool": 46, "chosen": 9, "paper": "推选记录"},
        )
        member = {"body": council, "post": post_of(unit, "council_member"), "selection": chosen}
        s.of_unit("seat_member", member)
        venue = {"name": "协商议事室", "host": "为民服务站", "shared": True, "build": "self",
                 "haves": ["organisation", "place", "rules", "facilities", "sign"]}  # fmt: skip
        s.of_unit("equip_venue", venue)
    pilots = [{"unit": STREET, "seat": True}, {"unit": VILLAGE}, {"unit": COMMUNITY}]
    county.do("name_pilots", {"pilots": pilots}, subject=COUNTY)


class Village(Scribe):
    """石桥村's clerk at work."""

    def __init__(self, days: Days, unit: str = VILLAGE, clerk: str = "p-x-pan") -> None:
        super().__init__(days, unit, clerk, "cppcc_member")

    def topic(self, words: str, title: str, category: str = "rural", **more: Any) -> None:
        """Said by a resident, gathered, set as a topic and approved by the party organisation."""
        self.say(words, kind="wish")
        self.do("put_forward", {"title": title})
        data = {"category": category, "reach": "village", "complexity": "middle", **more}
        self.do("set_topic", data, decided=self.convener)
        self.do("approve", {"approved": True, "present": 5}, decided=PARTY)

    def studied(self, note: str, *people: dict[str, Any], way: str = "meeting") -> None:
        """Those who take part are fixed, the form is chosen, a study is handed in."""
        members = [{"kind": "member", "post": post_of(self.unit, "council_member")}]
        self.fix(*members, *(people or SIDES))
        self.do("set_form", {"way": way}, decided=self.convener)
        self.do("report_study", {"note": note}, decided={"body": "cppcc"})


def canal(days: Days) -> Iterator[date]:
    """Agreed, checked, posted and carried out, every suggestion followed up, archived."""
    t = Village(days)
    yield days.ago(120)
    t.topic(
        "东渠堵了两年，春灌时上下游抢水。", "东渠清淤和轮灌", affected=["households"], department="镇水利站"
    )
    yield days.ago(115)
    t.studied("沿渠走了四公里，三处塌方；问了二十六户，都愿意按亩出工。")
    t.call(6, departments=["镇水利站"])
    yield days.ago(109)
    t.open_session(3)
    t.heard(("先清主渠，支渠明年再说。", "轮灌的次序要写在墙上。"))
    t.conclude("consensus", "一、农闲先清主渠；二、按亩出工；三、轮灌次序上墙。", "两户希望支渠同年清。")
    yield days.ago(107)
    t.do("compile_opinion", {"suggestions": [
        {"text": "农闲先清主渠"}, {"text": "轮灌次序上墙"}, {"text": "支渠同年清", "kind": "reserved"}]},
        decided=t.convener)  # fmt: skip
    t.do("check_policy", {"passed": True, "note": "符合一事一议筹劳的规定。"}, decided=t.convener)
    t.post("东渠协商结果：农闲先清主渠，按亩出工，轮灌次序上墙。")
    t.tasks(("清主渠四公里", "石桥村（示例）", 40), ("轮灌次序牌", "石桥村（示例）", 30))
    yield days.ago(91)
    t.do("take_down")
    yield days.ago(70)
    t.work()
    t.do("supervise", {"note": "清淤时在场，账目当天公布。"}, decided={"role": "supervision_head"})
    t.follow("done")
    t.do(
        "feed_back",
        {"to": ["participants"], "decision": "三条采纳两条。", "execution": "主渠已通水，支渠列入明年。"},
        decided=t.convener,
    )
    t.do("close", {"result": "solved", "note": "主渠四公里通水，春灌未再抢水。"}, decided=t.convener)
    yield days.ago(66)
    t.do("accept_archive", {"shelf": "镇档案室3柜"}, by="p-x-yan")


def wedding(days: Days) -> Iterator[date]:
    """Three rounds without agreement, then submitted for reference; the answer came back and was published."""
    t = Village(days)
    yield days.ago(150)
    t.topic("红白事攀比，一场酒席要花两三万。", "红白事办理标准", "governance")
    yield days.ago(146)
    t.studied("问了四十户，老人怕没面子，年轻人嫌贵。", *SIDES)
    for n in range(3):
        yield days.ago(142 - 12 * n)
        t.call(5, form="yard", place="村文化广场", departments=["镇水利站"])
        yield days.ago(137 - 12 * n)
        t.open_session(12)
        if n < 2:
            t.conclude("again", "要有个标准。", "桌数定多少说不到一起。")
            t.do(
                "plan_next",
                {"differences": [{"text": "桌数上限"}, {"text": "超出怎么办"}], "then": "meet"},
                decided=t.convener,
            )
        else:
            t.conclude("escalate", "要有个标准。", "桌数上限三种意见。")
    yield days.ago(110)
    t.do("submit_reference", {"to": ["party_org"], "number": "决策参考1号",
                              "text": "三轮协商：都认为要有标准，桌数上限有十桌、十五桌、不设上限三种意见。"},
         decided=t.convener)  # fmt: skip
    t.post("红白事办理标准经三轮协商未能一致，三种意见已提交村党组织作决策参考。")
    yield days.ago(94)
    t.do("take_down")
    t.do("record_decision", {"decision": "yes", "note": "先以十五桌为倡议，写入村规民约修订稿。", "paper": "支部会议记录"},
         decided=PARTY)  # fmt: skip
    t.do(
        "feed_back",
        {"to": ["participants"], "decision": "以十五桌为倡议。", "execution": "列入村规民约修订稿。"},
        decided=t.convener,
    )
    t.do("close", {"result": "partly", "note": "倡议已发，标准待村民会议修订村规民约。"}, decided=t.convener)
    yield days.ago(90)
    t.do("accept_archive", {"shelf": "镇档案室3柜"}, by="p-x-yan")


def cottage(days: Days) -> Iterator[date]:
    """Not taken as a topic: it is before the court. Answered with where to go."""
    t = Village(days)
    yield days.ago(40)
    t.say("和堂兄的老屋继承说不清，请村里断一断。", kind="demand")
    t.do("put_forward", {"title": "老屋继承"})
    t.do("decline_topic", {"reason": "两家之间的继承，已经起诉到法院。"}, decided=t.convener)
    t.do(
        "reply",
        {"text": "这件事法院已经受理，议事会不议；需要的话可以找法律顾问咨询。", "redirect": "人民法院"},
        decided=t.convener,
    )


def parking(days: Days) -> Iterator[date]:
    """A meeting is called for the coming days."""
    t = Village(days, COMMUNITY, "p-x-su2")
    yield days.ago(18)
    t.topic("晚上回来没地方停车，消防通道都占满了。", "小区停车和消防通道", "livelihood")
    yield days.ago(12)
    t.studied("数了三晚，缺一百二十个车位；消防通道占了四处。", {"kind": "department", "department": "镇城管中队"},
              {"kind": "stakeholder", "name": "车主代表", "group": "owners"}, way="yard")  # fmt: skip
    yield days.ago(2)
    t.call(6, form="yard", place="社区小广场", departments=["镇城管中队"])


def income(days: Days) -> Iterator[date]:
    """Agreed, but the law names another body: waiting for its resolution."""
    t = Village(days)
    yield days.ago(45)
    t.topic("光伏板租金到账了，怎么用想先听听大家的。", "集体光伏收益使用", touches=["collective_property"])
    yield days.ago(40)
    t.studied("账上十八万六千元，问了三十户。")
    t.call(5)
    yield days.ago(35)
    t.open_session(5)
    t.heard()
    t.conclude("consensus", "一、一半修路灯；二、一半留作养老互助。")
    assert Ruling.objects.filter(matter=t.matter, kind="approval").exists()


STORIES: tuple[Callable[[Days], Iterator[date]], ...] = (canal, wedding, cottage, parking, income)
