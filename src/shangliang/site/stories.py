"""The stories of the demonstration, one matter each; a story yields the day of its next step."""

from __future__ import annotations

from collections.abc import Callable

from shangliang.cases.models import Objection, Party, Task
from shangliang.record.models import Entry
from shangliang.site.telling import CLEAR, CONVENER, LIUHE, SHUANGQIAO, TOWN, XINGHUA, Days, Story, Teller


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
    """The whole way to the archive; where the signed minutes lie was corrected."""
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
