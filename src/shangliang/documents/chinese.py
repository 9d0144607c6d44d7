"""Dates, gaps and names as Chinese papers write them. Papers are Chinese documents in either language of the screen."""

from __future__ import annotations

import re
from datetime import date

from django.utils.translation import override

from shangliang.people.roles import ROLES
from shangliang.procedure.law import law_on

LINE = "＿"

FORMS = {
    "meeting": "会议室协商",
    "yard": "院落协商",
    "written": "书面协商",
    "online": "线上协商",
    "door": "上门协商",
    "special": "专题协商",
    "pointed": "点题协商",
    "talk": "恳谈协商",
    "square": "广场协商",
    "smart": "智慧政协",
    "supervision": "民主监督",
    "civic": "民事协商",
    "hearing": "民主听证",
    "survey": "民意调查",
    "front": "基层一线协商",
}
KINDS = {"opinion": "意见", "wish": "愿望", "demand": "要求"}
CHANNELS = {
    "web": "网页", "visit": "入户走访", "phone": "电话", "box": "意见箱", "meeting": "会上", "hall": "服务大厅",
}  # fmt: skip
ANSWERS = {"number": "凭编号查询", "phone": "电话答复", "face": "当面答复"}
DISCUSS = {"affairs": "党政工作要事", "livelihood": "民生改善实事", "governance": "社会治理难事"}
QUESTIONS = {
    "against_policy": "违反政策原则", "private_dispute": "个体矛盾", "unfair": "有失公平", "deep_division": "严重分歧",
}  # fmt: skip
OUTCOMES = {"consensus": "达成共识", "again": "再议", "divided": "分歧较大，先上门", "escalate": "上报"}
RESULTS = {"solved": "已解决", "partly": "部分解决", "unsolved": "未解决"}
TASKS = {"open": "未开始", "doing": "进行中", "done": "已完成", "not_done": "未完成", "verify": "待核实"}
NOTICE = {"all": "多种方式", "paper": "纸质", "phone": "电话", "wechat": "微信", "loudspeaker": "广播"}
GUESTS = {
    "member": "议事会成员",
    "party": "利益方代表",
    "department": "职能部门",
    "expert": "专家学者",
    "unit": "属地单位",
    "stakeholder": "利益相关方",
    "resident": "居民",
}
REPLIES = {"coming": "派员参加", "not_coming": "不能参加", "written": "书面答复"}

BODIES = {
    "council": "协商议事会议", "party": "党组织", "town_party": "镇党委", "assembly": "村（居）民会议",
    "representatives": "村（居）民代表会议", "group": "村（居）民小组会议", "collective_assembly": "集体经济组织成员大会",
    "collective_representatives": "集体经济组织成员代表大会", "owners": "业主共同决定",
    "owners_special": "业主共同决定（特别多数）", "supervision": "监督委员会",
    "leading_group": "领导小组", "government": "政府（办事处）", "department": "有关部门", "cppcc": "政协组织", "carrier": "协商载体",
}  # fmt: skip

_DIGITS = "零一二三四五六七八九"


def day(when: date | None) -> str:
    """2026年11月22日; room for a date where there is none."""
    if when is None:
        return f"{LINE * 3}年{LINE * 2}月{LINE * 2}日"
    return f"{when.year}年{when.month}月{when.day}日"


def day_or_room(when: date | None) -> str:
    """A date in a box of a form: the room is white, without lines."""
    return day(when) if when else "　　　年　　月　　日"


def eight(when: date | None) -> str:
    """20261122, as archive catalogues write dates."""
    return when.strftime("%Y%m%d") if when else ""


def clock(time: str) -> str:
    """19:00 as it is spoken: 晚上7点."""
    if not time:
        return ""
    hour, minute = (int(part) for part in time.split(":"))
    name = next(
        n
        for until, n in ((6, "凌晨"), (12, "上午"), (13, "中午"), (18, "下午"), (24, "晚上"))
        if hour < until
    )
    spoken = hour - 12 if hour > 12 else hour
    return f"{name}{spoken}点" + ("" if minute == 0 else "半" if minute == 30 else f"{minute}分")


def hole(text: str, length: int = 6) -> str:
    """The text, or a line to write on."""
    return text or LINE * length


def number(n: int | None, length: int = 2) -> str:
    return LINE * length if n is None else str(n)


def numeral(n: int) -> str:
    """1 to 99 in Chinese figures."""
    if n < 10:
        return _DIGITS[n]
    tens, ones = divmod(n, 10)
    return ("" if tens == 1 else _DIGITS[tens]) + "十" + (_DIGITS[ones] if ones else "")


def points(text: str) -> tuple[str, ...]:
    """The text in paragraphs: its own lines, and one for each numbered point of 一、…；二、…."""
    parts = re.split(r"\n+|(?<=[；;。])\s*(?=[一二三四五六七八九十]{1,3}、)", text)
    return tuple(p.strip() for p in parts if p.strip())


def picks(names: dict[str, str], chosen: str) -> tuple[tuple[str, bool], ...]:
    """Every choice with its box, the chosen ones (a comma list) ticked."""
    ticked = set(chosen.split(","))
    return tuple((name, ident in ticked) for ident, name in names.items())


def role_name(role: str) -> str:
    with override("zh-hans"):
        return str(ROLES.get(role, role))


def body_name(body: str, kind: str = "", on: date | None = None) -> str:
    """A body as papers call it; statutory ones in the words of the law that holds for the kind of unit on the day."""
    found = law_on(on, kind).body(body) if kind and on else None
    return found.name.zh if found else BODIES.get(body, body)


def issuer(name: str, kind: str) -> str:
    """Who signs for a unit: a village's and a community's committee, otherwise the unit itself."""
    return name + {"village": "村民委员会", "community": "居民委员会"}.get(kind, "") if name else ""


def own_words(kind: str) -> str:
    """How a letter speaks of its own unit."""
    return {
        "village": "我村",
        "community": "我社区",
        "town": "我镇",
        "street": "我街道",
        "county": "我县（市、区）",
    }.get(kind, "我单位")
