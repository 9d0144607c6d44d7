"""The demonstration: one town, three villages, a dozen matters at every stage. All of it goes through ``perform``, on its
own clock and with a mute outbox. Places and people are invented and marked as such."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from shangliang.acts.act import SYSTEM, Act, Done
from shangliang.acts.perform import perform
from shangliang.people.models import Account
from shangliang.record.models import Entry
from shangliang.units.models import Unit

Story = Iterator[date]

PIN = "246810"
"""The PIN of every demonstration account; real accounts get their own."""

TOWN = "laoheishan"
LIUHE, XINGHUA, SHUANGQIAO = "liuhe", "xinghua", "shuangqiao"

PEOPLE: tuple[tuple[str, str, str, str, str], ...] = (
    # person, name, unit, role, title
    ("p-zhao", "赵国栋", "dongning", "director", "县委社会工作部"),
    ("p-cheng", "程亚楠", TOWN, "archivist", "镇档案员"),
    ("p-han", "韩玉堂", TOWN, "deputy_party_secretary", "镇党委副书记"),
    ("p-su", "苏喆", TOWN, "clerk", "镇经办人"),
    ("p-meng", "孟庆堃", "water", "department_head", "镇水利站站长"),
    ("p-li", "李长河", LIUHE, "party_secretary", "村党支部书记"),
    ("p-wang", "王玥", LIUHE, "clerk", "村经办人"),
    ("p-zhang", "张桂兰", LIUHE, "grid_worker", "网格员"),
    ("p-sun", "孙德海", LIUHE, "cppcc_member", "政协委员"),
    ("p-gao", "高凤山", LIUHE, "supervision_head", "村务监督委员会主任"),
    ("p-ma", "马秀英", LIUHE, "council_member", "议事会成员"),
    ("p-lin", "林树生", LIUHE, "council_member", "议事会成员"),
    ("p-qian", "钱有田", XINGHUA, "party_secretary", "村党支部书记"),
    ("p-wu", "吴晓梅", XINGHUA, "clerk", "村经办人"),
    ("p-zhou", "周大勇", XINGHUA, "grid_worker", "网格员"),
    ("p-feng", "冯兆庆", XINGHUA, "supervision_head", "村务监督委员会主任"),
    ("p-tang", "唐文", XINGHUA, "council_member", "议事会成员"),
    ("p-he", "何守业", SHUANGQIAO, "party_secretary", "村党支部书记"),
    ("p-luo", "罗小燕", SHUANGQIAO, "clerk", "村经办人"),
    ("p-deng", "邓铁军", SHUANGQIAO, "grid_worker", "网格员"),
    ("p-xu", "徐桂芝", SHUANGQIAO, "supervision_head", "村务监督委员会主任"),
    ("p-bai", "白玉", SHUANGQIAO, "council_member", "议事会成员"),
)

CLERK = {LIUHE: "p-wang", XINGHUA: "p-wu", SHUANGQIAO: "p-luo", TOWN: "p-su"}
LIAISON = {LIUHE: "p-zhang", XINGHUA: "p-zhou", SHUANGQIAO: "p-deng"}
CONVENER = {"role": "party_secretary"}
CLEAR = {"against_policy": False, "private_dispute": False, "unfair": False, "deep_division": False}


class Days:
    """A clock of its own: the day of the step at hand, some minutes on for every act."""

    def __init__(self, today: date) -> None:
        self.today = today
        self.now = datetime.combine(today, time(8), ZoneInfo("Asia/Shanghai"))
        self.minutes = count()

    def turn(self, day: date) -> None:
        if day > self.now.date():
            self.now = datetime.combine(day, time(8), ZoneInfo("Asia/Shanghai"))
            self.minutes = count()

    def __call__(self) -> datetime:
        return self.now + timedelta(minutes=next(self.minutes))

    def ago(self, days: int) -> date:
        return self.today - timedelta(days=days)


class Teller:
    """Writes one matter's story in few words."""

    def __init__(self, days: Days, unit: str) -> None:
        self.days, self.unit, self.matter = days, unit, ""
        self.meeting = ""

    def do(self, name: str, data: Mapping[str, Any] | None = None, *, on: date | None = None, by: str | None = None,
           decided: Mapping[str, Any] | None = None, subject: str | None = None, opens: bool = False,
           **more: Any) -> Done:  # fmt: skip
        act = Act(
            name=name, happened_on=on or self.days.now.date(), entered_by=by or CLERK[self.unit], data=data or {},
            subject=None if opens else (subject or self.matter), unit=self.unit if opens else None,
            decided_by=decided, **more,
        )  # fmt: skip
        return perform(act, clock=self.days)[0]

    def say(self, words: str, **data: Any) -> str:
        by = LIAISON[self.unit] if data.get("behalf") else "public"
        self.matter = self.do("intake", {"words": words, **data}, by=by, opens=True).ident
        return self.matter

    def screen(self, title: str, discuss: str | None = "livelihood", **data: Any) -> None:
        self.do("put_forward", {"title": title})
        self.do("screen", {"discuss": discuss, **CLEAR, **data}, decided=CONVENER)

    def approve(self, note: str, present: int = 5) -> None:
        self.do("study", {"note": note, "present": present})
        self.do(
            "approve", {"approved": True, "present": 4}, decided={"body": "party", "paper": "支部会议记录"}
        )

    def call(
        self,
        in_days: int,
        *departments: str,
        place: str = "村议事室",
        at: str = "19:00",
        convener: str = "party_secretary",
    ) -> None:
        held = self.days.now.date() + timedelta(days=in_days)
        posts = Unit.objects.get(pk=self.unit).posts.order_by("id")
        guests: list[dict[str, Any]] = [{"kind": "member", "post": p.id} for p in posts if p.role != "clerk"]
        guests += [{"kind": "department", "department": d, "letter": f"商请函〔{held.year}〕{n}号"}
                   for n, d in enumerate(departments, 1)]  # fmt: skip
        recorder = posts.get(role="clerk")
        self.meeting = self.do(
            "convene",
            {"held_on": held.isoformat(), "time": at, "place": place, "convener": posts.get(role=convener).id, "recorder": recorder.id,
             "guests": guests},
            opens=True,
        ).ident  # fmt: skip
        self.do("table", {"meeting": self.meeting}, decided=CONVENER)
        self.do("give_notice", {"by": "all"}, subject=self.meeting)

    def hold(
        self, outcome: str, agreed: str | None, reserved: str | None = None, on: date | None = None
    ) -> None:
        on = on or self.days.now.date()
        self.do("hold_meeting", {"others": 3, "summary": "大家轮流说了各自的情况和想法，按议程逐项商量。"}, on=on,
                subject=self.meeting)  # fmt: skip
        self.do("take_up", {"meeting": self.meeting}, on=on, decided=CONVENER)
        self.do(
            "conclude", {"meeting": self.meeting, "outcome": outcome, "agreed": agreed, "reserved": reserved,
                         "speech": "村民代表、议事会成员依次发言；经办人记录。"}, on=on, decided=CONVENER,
        )  # fmt: skip

    def publish(self, text: str, tasks: list[tuple[str, str, int]]) -> None:
        self.do("draft_notice", {"text": text})
        posts = Unit.objects.get(pk=self.unit).posts
        witness = posts.get(role="supervision_head")
        poster = posts.get(role="clerk")
        self.do("post_notice", {"online": True, "poster": poster.id, "witness": witness.id})
        today = self.days.now.date()
        self.do(
            "set_tasks",
            {
                "tasks": [
                    {"text": t, "owner": o, "due": (today + timedelta(days=d)).isoformat()}
                    for t, o, d in tasks
                ]
            },
            decided=CONVENER,
        )

    def work(self, *, done: bool = True) -> None:
        from shangliang.cases.models import Task

        for task in Task.objects.filter(matter=self.matter):
            self.do("report_progress", {"task": task.id, "state": "done" if done else "doing",
                                        "note": "按约定做完，现场看过。" if done else "材料已经进场。"})  # fmt: skip
        if done:
            self.do("finish_work")


def build(today: date | None = None, progress: Callable[[str], None] | None = None) -> int:
    """Builds the demonstration in an empty database and returns the number of acts. Days are counted back from today."""
    days = Days(today or timezone.localdate())
    days.now = datetime.combine(days.ago(400), time(8), ZoneInfo("Asia/Shanghai"))
    _places(days)
    if progress:
        progress("单位和人员")
    tell(days, [story(days) for story in STORIES], progress)
    pin = make_password(PIN)
    Account.objects.bulk_create(
        Account(login=person.removeprefix("p-"), password=pin, person_id=person) for person, *_ in PEOPLE
    )
    return Entry.objects.count()


def tell(days: Days, stories: list[Story], progress: Callable[[str], None] | None = None) -> None:
    """Runs the stories side by side, always the one whose next day comes first, so that the books grow in time."""
    waiting: list[tuple[date, int, Story]] = []
    for n, story in enumerate(stories):
        heapq.heappush(waiting, (next(story), n, story))
    while waiting:
        day, n, story = heapq.heappop(waiting)
        days.turn(day)
        if (later := next(story, None)) is not None:
            heapq.heappush(waiting, (later, n, story))
        elif progress:
            progress(f"第{n + 1}件事")


def _places(days: Days) -> None:
    def found(ident: str, name: str, kind: str, parent: str | None, **more: Any) -> None:
        perform(
            Act(
                "found_unit",
                days.now.date(),
                SYSTEM,
                {"name": name, "kind": kind, "parent": parent, **more},
                unit=ident,
            ),
            clock=days,
        )

    found("dongning", "东宁市（演示）", "county", None, code="231086", procedure="dongning")
    found(TOWN, "老黑山镇（演示）", "town", "dongning", code="231086103", adults=9600, households=4100,
          address="老黑山镇政府", telephone="0453-0000100")  # fmt: skip
    found("water", "镇水利站（演示）", "bureau", TOWN)
    for ident, name, adults, households, reps in (
        (LIUHE, "柳河村（示例）", 860, 372, 42),
        (XINGHUA, "杏花村（示例）", 640, 281, 36),
        (SHUANGQIAO, "双桥村（示例）", 1120, 468, 45),
    ):
        found(ident, name, "village", TOWN, adults=adults, households=households, representatives=reps,
              address=f"{name[:3]}党群服务中心", telephone="0453-0000120")  # fmt: skip
    for person, name, unit, role, title in PEOPLE:
        data = {
            "role": role,
            "person": person,
            "name": name,
            "title": title,
            "since": days.ago(390).isoformat(),
        }
        perform(Act("appoint", days.now.date(), SYSTEM, data, subject=unit, unit=unit), clock=days)
    for unit in (LIUHE, XINGHUA, SHUANGQIAO, TOWN):
        venue: dict[str, Any] = {"name": "有事好商量议事室", "host": "党群服务中心", "shared": True, "build": "self",
                "haves": ["organisation", "place", "rules", "facilities", "sign"]}  # fmt: skip
        perform(Act("equip_venue", days.now.date(), SYSTEM, venue, subject=unit, unit=unit), clock=days)


def lamps(days: Days) -> Story:
    """Just received, with a second voice that joined it."""
    t = Teller(days, LIUHE)
    yield days.ago(3)
    first = t.say("村东头的路灯坏了三盏，晚上孩子放学走黑路，能不能修一修。", kind="wish", answer_by="number")
    yield days.ago(2)
    t.say("东头那几盏路灯灭了有半个月了。", channel="visit", behalf=True, answer_by="face")
    yield days.ago(1)
    t.do("merge", {"into": first})


def counter(days: Days) -> Story:
    """Waiting for the four questions."""
    t = Teller(days, LIUHE)
    yield days.ago(4)
    t.say("周六周日服务大厅没有人，在外打工的只有周末能回来办事。", kind="wish")
    t.do("put_forward", {"title": "服务大厅周末值班"})


def boundary(days: Days) -> Story:
    """Not discussed here: a dispute of two families; answered with where to go."""
    t = Teller(days, LIUHE)
    yield days.ago(30)
    t.say(
        "邻居家新砌的墙占了我家的地边，要村里给个说法。",
        kind="demand",
        channel="hall",
        answer_by="face",
        behalf=True,
    )
    yield days.ago(28)
    t.do("put_forward", {"title": "两户宅院地边"})
    t.do(
        "screen",
        {**CLEAR, "private_dispute": True, "discuss": None, "other_reason": "属于两户之间的事"},
        decided=CONVENER,
    )
    t.do("reply", {"text": "这是两家之间的事，议事会不议。已经转给村人民调解委员会，三天内上门。", "redirect": "村人民调解委员会"},
         decided=CONVENER)  # fmt: skip


def lane(days: Days) -> Story:
    """A large dispute: one of two sides has been visited."""
    t = Teller(days, XINGHUA)
    yield days.ago(16)
    t.say("机耕道被两边的地越挤越窄，收割机进不来，年年吵架。", kind="demand", channel="visit", behalf=True)
    yield days.ago(14)
    t.screen("南沟机耕道恢复原宽", "governance", dispute="large")
    t.do("name_parties", {"parties": [{"name": "路东地块，代表老钱"}, {"name": "路西地块，代表老于"}]})
    yield days.ago(9)
    from shangliang.cases.models import Party

    party = Party.objects.filter(matter=t.matter).order_by("id").first()
    assert party is not None
    t.do(
        "visit",
        {"party": party.id, "agreed": True, "note": "同意按承包时的图纸量，量完立桩。"},
        decided=CONVENER,
    )


def waste(days: Days) -> Story:
    """Waiting for the council's study."""
    t = Teller(days, XINGHUA)
    yield days.ago(8)
    t.say("垃圾车总是中午来，臭味大，能不能改到早上。", kind="opinion")
    yield days.ago(6)
    t.screen("垃圾清运改到早晨", department="镇环卫站")


def taps(days: Days) -> Story:
    """Waiting for the party organisation's approval."""
    t = Teller(days, SHUANGQIAO)
    yield days.ago(12)
    t.say("后街二十几户冬天自来水总冻，想把管子埋深一点。", kind="wish", channel="meeting")
    yield days.ago(10)
    t.screen("后街自来水管线改造", department="镇水利站（演示）")
    yield days.ago(5)
    t.do(
        "study", {"note": "现场看了三处，冻管都在埋深不足一米六的地方；建议今年先改后街主管。", "present": 6}
    )


def fitness(days: Days) -> Story:
    """Approved, somebody has to be invited."""
    t = Teller(days, LIUHE)
    yield days.ago(11)
    t.say("广场上的健身器材松了，怕摔着老人。", kind="opinion", channel="phone")
    yield days.ago(9)
    t.screen("文化广场健身器材更换")
    yield days.ago(6)
    t.approve("器材装了九年，四件不能用；镇里有更换名额。")


def bus(days: Days) -> Story:
    """A meeting is called for the coming days."""
    t = Teller(days, LIUHE)
    yield days.ago(15)
    t.say("进城的班车停在公路对面，老人过路太险，想在村口设站。", kind="demand")
    yield days.ago(13)
    t.screen("村口设公交停靠点", "affairs", department="镇交通站")
    yield days.ago(10)
    t.approve("看了路口，视线好，有三米空地可以做站台。")
    yield days.ago(4)
    t.call(7, "镇交通站")


def levee(days: Days) -> Story:
    """Posted and being carried out; one objection was answered."""
    t = Teller(days, SHUANGQIAO)
    yield days.ago(45)
    t.say("河堤塌了一段，再下大雨菜地就没了。", kind="demand", channel="visit", behalf=True, answer_by="face")
    yield days.ago(43)
    t.screen("东河护坡修复", department="镇水利站（演示）")
    yield days.ago(40)
    t.approve("塌方长约三十米，水利站估算石料两百方。", 7)
    yield days.ago(33)
    t.call(7, "镇水利站（演示）")
    yield days.ago(26)
    t.hold("consensus", "一、先修塌方的三十米；二、石料由镇水利站解决，村里出工；三、十二月中旬前完工。",
           "下游两户希望再多修十米，待明年一并考虑。")  # fmt: skip
    yield days.ago(10)
    t.publish("东河护坡修复协商结果：先修塌方三十米，石料由镇水利站解决，村里出工，十二月中旬前完工。",
              [("备齐石料两百方", "镇水利站（演示）", 12), ("组织出工砌护坡", "双桥村（示例）", 30)])  # fmt: skip
    yield days.ago(7)
    t.do("object", {"words": "出工能不能不按户摊，家里只有老人。"}, by="public")
    yield days.ago(5)
    from shangliang.cases.models import Objection, Task

    objection = Objection.objects.get(matter=t.matter)
    t.do("answer_objection", {"objection": objection.id, "sustained": False,
                              "reason": "自愿出工，不按户摊；只有老人的户不用出。"}, decided=CONVENER)  # fmt: skip
    task = Task.objects.filter(matter=t.matter).order_by("number").first()
    assert task is not None
    t.do("report_progress", {"task": task.id, "state": "doing", "note": "石料已到一百二十方。"}, by="p-meng")


def canteen(days: Days) -> Story:
    """Period over, work checked: waiting to be closed. The evening was entered four days late, and convened by somebody
    else: the secretary was in hospital and the town allowed it on paper."""
    t = Teller(days, XINGHUA)
    yield days.ago(60)
    t.say("独居老人吃饭难，想办个老年饭桌。", kind="wish", channel="box")
    yield days.ago(57)
    t.screen("村老年饭桌")
    yield days.ago(54)
    t.approve("想来吃饭的有三十一位，厨房用老学校。")
    yield days.ago(50)
    t.call(6, convener="council_member")
    yield days.ago(40)
    t.do("override", {"gate": "D-G8", "paper": "镇党委〔2026〕12号", "reason": "书记住院，由议事会成员唐文召集一次。"},
         on=days.ago(44), by="p-su", decided={"body": "party", "unit": TOWN, "paper": "镇党委〔2026〕12号"})  # fmt: skip
    t.hold("consensus", "一、每天中午一餐；二、每人每餐四元，不足的由村里补；三、先办三个月再看。",
           on=days.ago(44))  # fmt: skip
    yield days.ago(38)
    t.publish("老年饭桌协商结果：每天中午一餐，每人每餐四元，不足由村里补，先办三个月。",
              [("收拾老学校厨房并开餐", "杏花村（示例）", 20)])  # fmt: skip
    yield days.ago(24)
    t.work()
    t.do(
        "check_work",
        {"satisfied": True, "note": "当天来了二十八位，饭菜热乎。"},
        decided={"role": "supervision_head"},
    )
    yield days.ago(20)
    t.do("take_down")


def road(days: Days) -> Story:
    """The whole way to the archive; one day was corrected, one gate passed on paper."""
    t = Teller(days, LIUHE)
    yield days.ago(150)
    t.say(
        "西胡同一下雨全是泥，娃娃上学都得背过去。",
        kind="demand",
        channel="visit",
        behalf=True,
        answer_by="face",
    )
    yield days.ago(148)
    t.screen("西胡同路面硬化", dispute="large")
    t.do("name_parties", {"parties": [{"name": "胡同东侧七户"}, {"name": "胡同西侧六户"}]})
    yield days.ago(146)
    from shangliang.cases.models import Party

    east, west = Party.objects.filter(matter=t.matter).order_by("id")
    t.do("visit", {"party": east.id, "agreed": True}, decided=CONVENER)
    yield days.ago(145)
    t.do("visit", {"party": west.id, "agreed": True}, decided=CONVENER)
    t.do("settle_door", {"result": "agreed"}, decided=CONVENER)
    yield days.ago(140)
    t.approve("量了一百八十米，宽三米五；两侧都同意各让半尺。", 6)
    yield days.ago(135)
    t.call(8)
    yield days.ago(127)
    t.hold("consensus", "一、硬化一百八十米，宽三米五；二、两侧各让半尺；三、村集体出料，各户自愿出工。")
    yield days.ago(125)
    t.publish("西胡同路面硬化协商结果：硬化一百八十米，宽三米五，村集体出料，各户自愿出工。",
              [("路面硬化一百八十米", "柳河村（示例）", 60)])  # fmt: skip
    yield days.ago(105)
    t.do("take_down")
    yield days.ago(80)
    t.work()
    t.do("check_work", {"satisfied": True}, decided={"role": "supervision_head"})
    yield days.ago(78)
    t.do("confirm", {"solved": True}, by="public")
    t.do("keep_paper", {"kind": "minutes", "place": "村档案柜1号", "pages": 3})
    t.do("reply", {"text": "路修好了，九月起可以走车。谢谢您提的意见。"}, decided=CONVENER)
    t.do("close", {"result": "solved", "note": "西胡同一百八十米全部硬化，投工九十六个。"}, decided=CONVENER)
    yield days.ago(77)
    kept = Entry.objects.get(subject=f"matter:{t.matter}", act="keep_paper")
    t.do("correct", {"entry": kept.seq, "field": "place", "value": "村档案柜2号", "reason": "写错了柜号。"})
    yield days.ago(76)
    t.do("accept_archive", {"shelf": "2号柜第3格"}, by="p-cheng")


def forest(days: Days) -> Story:
    """Agreed, but the law names another body: waiting for its resolution."""
    t = Teller(days, SHUANGQIAO)
    yield days.ago(35)
    t.say("集体林地今年的承包款怎么用，大家想先商量商量。", kind="opinion", channel="meeting")
    yield days.ago(33)
    t.screen("集体林地承包款使用", "affairs", touches=["collective_property"])
    yield days.ago(30)
    t.approve("承包款共十二万，账目已经公布。", 8)
    yield days.ago(25)
    t.call(6)
    yield days.ago(19)
    t.hold("consensus", "一、一半修路灯；二、三成留作管护；三、两成补老年饭桌。")


def bridge(days: Days) -> Story:
    """Sent up: the town has to answer."""
    t = Teller(days, XINGHUA)
    yield days.ago(32)
    t.say("北桥限高杆太低，拉粮的车过不去要绕十里。", kind="demand")
    yield days.ago(30)
    t.screen("北桥限高调整", "affairs", department="镇交通站")
    yield days.ago(27)
    t.approve("桥是县道，限高由交通部门定，村里先商量意见再上报。")
    yield days.ago(22)
    t.call(5, "镇交通站")
    yield days.ago(17)
    t.hold("escalate", "请交通部门核算承重，能高一点是一点。")
    yield days.ago(15)
    t.do("report_up", {"to": "老黑山镇党委", "note": "请镇里协调交通部门核算北桥承重并答复。"})


STORIES: tuple[Callable[[Days], Story], ...] = (
    lamps, counter, boundary, lane, waste, taps, fitness, bus, levee, canteen, road, forest, bridge,
)  # fmt: skip
