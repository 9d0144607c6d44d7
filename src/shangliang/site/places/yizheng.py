"""清河区（演示）: 一征三议两公开. One matter goes the whole way to the archive with a hearing, one is not in scope, one fails the
vote, one is being carried out, one is stuck and put to the sub-district, one asks for opinions now."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from shangliang.cases.models import Objection
from shangliang.site.places.deciding import Clerk, adopt
from shangliang.site.places.telling import appoint, begin, found
from shangliang.site.telling import Days, tell

DISTRICT, STREET, MINZHU, HEPING = "qinghe", "qh-jianshe", "qh-minzhu", "qh-heping"
PEOPLE = (
    # person, name, unit, role, title
    ("p-q-tan", "谭卫东", DISTRICT, "director", "区委组织部"),
    ("p-q-lei", "雷鸣", MINZHU, "overseer", "监督员（区住建局）"),
    ("p-q-pei", "裴小雨", DISTRICT, "clerk", "区级经办人"),
    ("p-q-hou", "侯建军", STREET, "deputy_party_secretary", "街道党工委副书记"),
    ("p-q-yin", "尹丽", MINZHU, "helper", "服务员（办事处副主任）"),
    ("p-q-jiao", "焦敏", STREET, "archivist", "街道档案员"),
    ("p-q-mu", "穆晓", STREET, "clerk", "街道经办人"),
    ("p-q-xing", "邢志远", MINZHU, "party_secretary", "社区党委书记"),
    ("p-q-xing", "邢志远", MINZHU, "organiser", "组织员"),
    ("p-q-nie", "聂春梅", MINZHU, "director", "居民委员会主任"),
    ("p-q-ou", "欧阳静", MINZHU, "clerk", "社区经办人"),
    ("p-q-shi", "施大勇", MINZHU, "grid_worker", "网格员"),
    ("p-q-lian", "连德厚", MINZHU, "supervision_head", "居务监督委员会主任"),
    ("p-q-fang", "方玉琴", MINZHU, "representative", "居民代表"),
    ("p-q-gu", "顾长明", HEPING, "party_secretary", "社区党委书记"),
    ("p-q-gu", "顾长明", HEPING, "organiser", "组织员"),
    ("p-q-kang", "康小满", HEPING, "clerk", "社区经办人"),
    ("p-q-hua", "华国庆", HEPING, "supervision_head", "居务监督委员会主任"),
    ("p-q-ruan", "阮秀兰", HEPING, "representative", "居民代表"),
)


def build_yizheng(
    today: date, parent: str | None = None, progress: Callable[[str], None] | None = None
) -> None:
    """The district with a sub-district and two communities, its rulebook and matters."""
    days = begin(today)
    found(days, DISTRICT, "清河区（演示）", "county", parent, procedure="yizheng")
    found(days, STREET, "建设路街道（演示）", "street", DISTRICT)
    for ident, name, adults, households, representatives in (
        (MINZHU, "民主路社区（示例）", 4200, 1860, 60),
        (HEPING, "和平里社区（示例）", 2900, 1240, 45),
    ):
        found(days, ident, name, "community", STREET, adults=adults, households=households,
              representatives=representatives, address=f"{name[:3]}社区党群服务中心", telephone="0000-0000510")  # fmt: skip
    appoint(days, PEOPLE)
    adopt(days, DISTRICT, "yizheng", "中共清河区委办公室（演示）", "清办〔演示〕11号")
    _standing(days)
    tell(days, [story(days) for story in STORIES], progress)


def _standing(days: Days) -> None:
    """The leading group of the district, the room of each community; one of them is a demonstration site."""
    district = Clerk(days, DISTRICT, "p-q-pei")
    group = {"kind": "leading_group", "name": "基层民主科学决策工作领导小组", "paper": "清办〔演示〕3号"}
    district.of_unit("form_body", group)
    for unit, clerk, shown in ((MINZHU, "p-q-ou", True), (HEPING, "p-q-kang", False)):
        room = {"name": "社区议事厅", "host": "党群服务中心", "shared": True, "demonstration": shown, "pilot_year": 2025,
                "haves": ["organisation", "place", "rules", "facilities", "sign"]}  # fmt: skip
        Clerk(days, unit, clerk).of_unit("equip_venue", room)


class Minzhu(Clerk):
    def __init__(self, days: Days) -> None:
        super().__init__(days, MINZHU, "p-q-ou")


class Heping(Clerk):
    def __init__(self, days: Days) -> None:
        super().__init__(days, HEPING, "p-q-kang")


def pipes(days: Days) -> Iterator[date]:
    """The whole way: asked, proposed, heard, deliberated, resolved, published, done, published again, appraised, archived."""
    t = Minzhu(days)
    yield days.ago(170)
    t.raise_(
        "老楼水管锈了三十年，水是黄的，能不能整体换掉。",
        "西院老旧供水管改造",
        "renewal",
        ["all_residents"],
        amount=420_000,
    )
    t.ask("西院供水管怎么改？费用怎么出？",
          ("residents", "visit", 126, "先换主管；施工不要停水过夜。"),
          ("party_units", "talk", 4, "学校愿意提供临时用水点。"),
          ("shops", "talk", 11, "请分段施工，留一条出入口。"))  # fmt: skip
    yield days.ago(160)
    t.sum_up("先换西院主管，分两段施工，不停水过夜；维修资金与财政各出一半。")
    yield days.ago(157)
    t.propose("分两段更换西院主管八百米，夜间恢复供水，维修资金与财政各半。", 132, "提议表〔演示〕1号",
              left_out="三条要求同时换入户管，费用不足，列入明年。")  # fmt: skip
    yield days.ago(155)
    t.do("announce_hearing", {"topic": "西院供水管改造方案", "called_for": days.ago(144).isoformat(), "place": "社区会议室", "seats": 20},
         decided=t.convener)  # fmt: skip
    t.do(
        "name_delegates",
        {"names": "西院住户代表六人、商户代表二人、学校代表一人", "count": 9},
        decided=t.convener,
    )
    yield days.ago(152)
    t.do("send_papers", {"papers": "方案、预算、施工路线图"}, decided=t.convener)
    yield days.ago(144)
    t.do(
        "hold_hearing",
        {"present": 9, "observers": 14, "words": "一、赞成分两段；二、请公布每天停水时段。"},
        decided=t.convener,
    )
    t.do("sign_record", {"signed": 9, "paper": "社区档案柜3号"}, decided=t.convener)
    t.do("answer_hearing", {"answer": "两条都采纳，停水时段写进施工公告。"}, decided=t.convener)
    yield days.ago(142)
    t.deliberate(6)
    yield days.ago(136)
    t.agreed(
        "consensus", "一、分两段换主管；二、每天停水不超过六小时；三、费用各半。", "两户希望同时换入户管。"
    )
    yield days.ago(128)
    t.resolve(60, 48, 45, "居民代表会议决议〔演示〕3号")
    yield days.ago(126)
    t.post(
        "西院老旧供水管改造决议：分两段更换主管八百米，每天停水不超过六小时，费用由维修资金和财政各出一半。"
    )
    t.tasks(("第一段四百米", "街道城建办", 30), ("第二段四百米", "街道城建办", 60))
    yield days.ago(108)
    t.do("take_down")
    yield days.ago(60)
    t.work()
    yield days.ago(56)
    t.effects(418_600, ("更换供水主管", 812, "米"), ("恢复路面", 640, "平方米"))
    t.post("西院老旧供水管改造结果：更换主管812米，恢复路面640平方米，支出41.86万元。")
    yield days.ago(40)
    t.do("take_down")
    yield days.ago(36)
    t.appraise("供水管改造，按决议内容逐项评")
    yield days.ago(33)
    t.archive("西院主管全部换完，水清了。", "p-q-jiao", "社区档案柜3号")


def neighbours(days: Days) -> Iterator[date]:
    """Not in scope: answered with where to go."""
    t = Minzhu(days)
    yield days.ago(50)
    t.say("楼上装修漏水，把我家墙泡了。", kind="demand", channel="hall", answer_by="face", behalf=False)
    t.do("put_forward", {"title": "两户漏水"})
    yield days.ago(48)
    t.do("admit", {"in_scope": False}, decided=t.convener)
    t.do("reply", {"text": "这是两家之间的事，不属于社区重大事项。已转社区人民调解委员会，三天内上门。", "redirect": "社区人民调解委员会"},
         decided=t.convener)  # fmt: skip


def parking(days: Days) -> Iterator[date]:
    """The representatives did not pass it: answered, and stopped."""
    t = Heping(days)
    yield days.ago(95)
    t.raise_("小区停车太乱，想把东边绿地改成车位。", "东侧绿地改车位", "interest", ["all_residents"])
    t.ask("东侧绿地要不要改车位？", ("residents", "survey", 210, "有车的赞成，带孩子的反对。"),
          ("property", "talk", 3, "可以先错时停车。"))  # fmt: skip
    yield days.ago(86)
    t.sum_up("意见分歧大：约一半赞成。")
    t.propose("绿地北半边改二十个车位，南半边保留。", 120, "提议表〔演示〕4号")
    yield days.ago(84)
    t.deliberate(6)
    yield days.ago(78)
    t.agreed("consensus", "按北半边二十个车位的方案提交表决。", "多位家长不同意占绿地。")
    yield days.ago(70)
    t.resolve(45, 38, 17, "居民代表会议决议〔演示〕5号")
    t.do("reply", {"text": "居民代表会议没有通过（到会38人，赞成17人）。绿地保留，先试行错时停车。", "redirect": "物业公司"},
         decided=t.convener)  # fmt: skip


def corridor(days: Days) -> Iterator[date]:
    """Resolved and being carried out; one objection was answered."""
    t = Heping(days)
    yield days.ago(60)
    t.raise_(
        "楼道灯一半不亮，栏杆锈断了。",
        "楼道照明和栏杆整修",
        "public_benefit",
        ["all_residents"],
        amount=86_000,
    )
    t.ask(
        "楼道怎么修？",
        ("residents", "visit", 88, "先修有老人的单元。"),
        ("party_units", "talk", 2, "供电所愿意帮忙。"),
    )
    yield days.ago(51)
    t.sum_up("先修有老人的单元，声控灯统一换。")
    t.propose("更换声控灯一百二十盏，栏杆除锈刷漆。", 90, "提议表〔演示〕6号")
    yield days.ago(49)
    t.deliberate(5)
    yield days.ago(44)
    t.agreed("consensus", "一、先修有老人的单元；二、声控灯统一换。")
    yield days.ago(37)
    t.resolve(45, 40, 40, "居民代表会议决议〔演示〕7号")
    yield days.ago(12)
    t.post("楼道照明和栏杆整修决议：更换声控灯一百二十盏，栏杆除锈刷漆，先修有老人的单元。")
    t.tasks(("更换声控灯", "供电所", 20), ("栏杆除锈刷漆", "和平里社区（示例）", 30))
    yield days.ago(8)
    t.do("object", {"words": "五单元没有列进去。"}, by="public")
    yield days.ago(6)
    objection = Objection.objects.get(matter=t.matter)
    t.do("answer_objection", {"objection": objection.pk, "sustained": False, "reason": "五单元在第二批，十二月中旬修。"},
         decided=t.convener)  # fmt: skip


def shed(days: Days) -> Iterator[date]:
    """Stuck after two deliberations: put to the sub-district's party working committee."""
    t = Minzhu(days)
    yield days.ago(45)
    t.raise_("自行车棚拆不拆，吵了好几年。", "老车棚改充电棚", "interest", ["all_residents"])
    t.ask(
        "老车棚怎么办？",
        ("residents", "visit", 74, "多数想改充电棚。"),
        ("owners", "talk", 5, "产权没有说清。"),
    )
    yield days.ago(36)
    t.sum_up("多数想改充电棚，产权没有说清。")
    t.propose("先确认产权，再改充电棚四十位。", 70, "提议表〔演示〕8号")
    yield days.ago(34)
    t.deliberate(4)
    yield days.ago(30)
    t.agreed("again", None, "产权单位没有到场。")
    yield days.ago(28)
    t.deliberate(5)
    yield days.ago(23)
    t.agreed("escalate", None, "产权单位不同意改。")
    t.do(
        "report_up",
        {"to": "建设路街道党工委", "to_unit": STREET, "note": "请协调产权单位。"},
        decided=t.party,
    )


def canteen(days: Days) -> Iterator[date]:
    """Opinions are being asked for now."""
    t = Minzhu(days)
    yield days.ago(6)
    t.raise_("想办社区食堂，老人吃饭方便。", "社区食堂选址和办法", "public_benefit", ["all_residents"])
    yield days.ago(4)
    t.ask("社区食堂办在哪里、怎么办？", ("residents", "visit", 31, "希望离一号院近，价格公道。"))


STORIES: tuple[Callable[[Days], Iterator[date]], ...] = (
    pipes, neighbours, parking, corridor, shed, canteen,
)  # fmt: skip
