"""凤山县（演示）: 四议两公开. One matter goes the whole way to the archive, one waits for the township's approval, one was sent back
by the party members, one was proposed and discussed at one meeting and waits for the representatives, one is no major matter."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from shangliang.site.places.deciding import Clerk, adopt
from shangliang.site.places.telling import appoint, begin, found
from shangliang.site.telling import Days, tell

COUNTY, TOWN, SHIQIAO, NANPO = "fengshan", "fs-qingshui", "fs-shiqiao", "fs-nanpo"
PEOPLE = (
    # person, name, unit, role, title
    ("p-s-yue", "岳立新", COUNTY, "director", "县委组织部"),
    ("p-s-ren", "任小川", TOWN, "deputy_party_secretary", "镇党委副书记"),
    ("p-s-wen", "温静", TOWN, "archivist", "镇档案员"),
    ("p-s-sheng", "盛文", TOWN, "clerk", "镇经办人"),
    ("p-s-shi", "石开山", SHIQIAO, "party_secretary", "村党总支书记"),
    ("p-s-shi", "石开山", SHIQIAO, "director", "村民委员会主任"),
    ("p-s-bian", "卞小芸", SHIQIAO, "clerk", "村经办人"),
    ("p-s-hao", "郝满仓", SHIQIAO, "supervision_head", "村务监督委员会主任"),
    ("p-s-nan", "南宫义", NANPO, "party_secretary", "村党支部书记"),
    ("p-s-chai", "柴福林", NANPO, "director", "村民委员会主任"),
    ("p-s-mi", "米春花", NANPO, "clerk", "村经办人"),
    ("p-s-kuang", "邝德胜", NANPO, "supervision_head", "村务监督委员会主任"),
)


def build_siyi(today: date, parent: str | None = None, progress: Callable[[str], None] | None = None) -> None:
    """The county with a town and two villages, its rulebook and matters."""
    days = begin(today)
    found(days, COUNTY, "凤山县（演示）", "county", parent, procedure="siyi")
    found(days, TOWN, "清水镇（演示）", "town", COUNTY)
    for ident, name, adults, households, representatives in (
        (SHIQIAO, "石桥村（示例）", 1240, 460, 48),
        (NANPO, "南坡村（示例）", 860, 330, 36),
    ):
        found(days, ident, name, "village", TOWN, adults=adults, households=households, representatives=representatives,
              address=f"{name[:3]}党群服务中心", telephone="0000-0000610")  # fmt: skip
    appoint(days, PEOPLE)
    adopt(days, COUNTY, "siyi", "中共凤山县委组织部（演示）", "凤组发〔演示〕6号")
    tell(days, [story(days) for story in STORIES], progress)


class Village(Clerk):
    """A village's clerk; the party organisation proposes here."""

    def proposed(self, plan: str, cited: int, **more: object) -> None:
        today = self.days.now.date().isoformat()
        self.do(
            "propose_plan",
            {"plan": plan, "cited": cited, "party_study_on": today, **more},
            decided=self.party,
        )

    def discussed(self, note: str, votes: int = 7) -> None:
        said = {"result": "agreed", "note": note, "vote": "hands", "votes_for": votes, "present": 7}
        self.do("discuss_proposal", said, decided=self.committees)

    def reviewed(self, note: str, total: int, present: int, votes: int, result: str = "agreed") -> None:
        said = {"result": result, "note": note, "total": total, "present": present, "votes_for": votes}
        self.do("review_proposal", said, decided=self.members)


class Shiqiao(Village):
    def __init__(self, days: Days) -> None:
        super().__init__(days, SHIQIAO, "p-s-bian")


class Nanpo(Village):
    def __init__(self, days: Days) -> None:
        super().__init__(days, NANPO, "p-s-mi")


def road(days: Days) -> Iterator[date]:
    """The whole way to the archive, each of the four bodies on its own day."""
    t = Nanpo(days)
    yield days.ago(150)
    t.raise_(
        "进村的路下雨就陷车，孩子上学绕远。",
        "进村路硬化",
        "construction",
        ["rural_construction"],
        amount=360_000,
    )
    yield days.ago(146)
    t.proposed("硬化进村路一公里，资金由县补助七成、村集体三成。", 28)
    yield days.ago(142)
    t.discussed("同意；加两处错车道。")
    yield days.ago(136)
    t.reviewed("同意按修改后的方案办。", 42, 33, 32)
    yield days.ago(128)
    t.resolve(36, 30, 29, "村民代表会议决议〔演示〕2号")
    yield days.ago(126)
    t.post("进村路硬化决议：硬化一公里，设两处错车道，县补助七成、村集体三成。")
    t.tasks(("硬化一公里", "镇村建站", 60))
    yield days.ago(108)
    t.do("take_down")
    yield days.ago(70)
    t.work()
    t.effects(352_000, ("硬化路面", 4_500, "平方米"))
    t.post("进村路硬化结果：硬化路面4500平方米，支出35.2万元。")
    yield days.ago(50)
    t.do("take_down")
    yield days.ago(48)
    t.archive("进村路硬化完工。", "p-s-wen", "村档案柜1号")


def lease(days: Days) -> Iterator[date]:
    """Land to an outsider: the collective's members decided, the township's approval is still to come."""
    t = Nanpo(days)
    yield days.ago(70)
    t.raise_("河滩地一直荒着，有公司想租来种药材。", "河滩地对外发包", "land", ["land_lease"])
    yield days.ago(66)
    t.proposed("河滩地六十亩发包五年，租金每亩六百元。", 15)
    yield days.ago(62)
    t.discussed("同意；合同里写明不改变用途。")
    yield days.ago(56)
    t.reviewed("同意。", 42, 30, 30)
    yield days.ago(40)
    t.resolve(620, 430, 425, "成员大会决议〔演示〕1号", body="collective_assembly", basis="members", authorised_by="",
              notice_on=days.ago(52).isoformat())  # fmt: skip
    yield days.ago(38)
    t.post("河滩地对外发包决议：六十亩发包五年，租金每亩六百元，不改变用途；报镇政府批准后签合同。")


def square(days: Days) -> Iterator[date]:
    """The party members sent it back: the two committees discuss it again."""
    t = Nanpo(days)
    yield days.ago(30)
    t.raise_("晚上跳舞没有地方，想修个小广场。", "村小广场", "construction", ["public_welfare"])
    yield days.ago(26)
    t.proposed("在老晒场修小广场八百平方米。", 20)
    yield days.ago(22)
    t.discussed("同意。", 5)
    yield days.ago(15)
    t.reviewed("晒场秋天还要用，请换地方。", 42, 31, 9, "back")


def wells(days: Days) -> Iterator[date]:
    """Secretary and director are one person: proposed and discussed at one meeting; waiting for the representatives."""
    t = Shiqiao(days)
    yield days.ago(24)
    t.raise_("机井坏了两口，浇地排队。", "修复机井两口", "construction", ["public_welfare"], amount=58_000)
    yield days.ago(20)
    t.proposed("修复机井两口，费用由村集体出。", 12, merged=True, present=7)
    yield days.ago(12)
    t.reviewed("同意，汛前完工。", 51, 40, 40)


def fence(days: Days) -> Iterator[date]:
    """No major matter: done in the committee's daily work, and answered."""
    t = Shiqiao(days)
    yield days.ago(18)
    t.say("村口花坛的围栏倒了一段。", kind="wish", channel="phone")
    t.do("put_forward", {"title": "花坛围栏"})
    yield days.ago(17)
    t.do("admit", {"in_scope": False}, decided=t.convener)
    t.do(
        "reply", {"text": "不用开会，村委会本周就修。", "redirect": "村委会日常工作办理"}, decided=t.convener
    )


STORIES: tuple[Callable[[Days], Iterator[date]], ...] = (road, lease, square, wells, fence)
