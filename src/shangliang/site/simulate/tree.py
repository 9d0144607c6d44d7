"""The places of the county: six towns, the urban bureau, a hundred villages, eight communities, and offices."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

ROOT = "dongning"


@dataclass(frozen=True, slots=True)
class Place:
    """A unit to found. ``trade`` adds topics of its own; ``platform`` says whether it counts among the 115."""

    id: str
    name: str
    kind: str
    parent: str | None
    code: str = ""
    adults: int | None = None
    households: int | None = None
    representatives: int | None = None
    trade: str = ""

    @property
    def platform(self) -> bool:
        return self.kind in ("town", "street", "village", "community")

    @property
    def village(self) -> bool:
        """Whether it works on the village level (D11)."""
        return self.kind in ("village", "community")


URBAN = "chengqu"
TOWNS = (
    # id, name, code, villages, trades that occur there
    ("dongning-zhen", "东宁镇（演示）", "231086100", 20, ("rice", "fungus", "")),
    ("sanchakou", "三岔口镇（演示）", "231086101", 16, ("border", "rice", "")),
    ("daduchuan", "大肚川镇（演示）", "231086102", 20, ("fungus", "rice", "")),
    ("laoheishan", "老黑山镇（演示）", "231086103", 14, ("forest", "fungus", "")),
    ("daohe", "道河镇（演示）", "231086104", 11, ("forest", "fungus")),
    ("suiyang", "绥阳镇（演示）", "231086105", 19, ("fungus", "forest", "")),
)
"""How the hundred villages lie in the six towns is invented; the report gives only their number."""

NAMED = {"dongning-zhen": (("jiaxinzi", "夹信子村", "sweet_potato"),)}
"""Named in the report, with what it says of the place: 夹信子村围绕地瓜全产业链发展打造了专门的协商议事主题 (D21)."""
KNOWN = {
    "laoheishan": (
        ("liuhe", "柳河村（示例）", 860, 372, 42),
        ("xinghua", "杏花村（示例）", 640, 281, 36),
        ("shuangqiao", "双桥村（示例）", 1120, 468, 45),
    )
}
"""The three villages whose current matters the short demonstration tells."""
COMMUNITIES = (
    ("nanshan", "南山社区"), ("tuanjie", "团结社区"), ("yingchun", "迎春社区（示例）"), ("jianshe", "建设社区（示例）"),
    ("xinhua", "新华社区（示例）"), ("chaoyang", "朝阳社区（示例）"), ("yucai", "育才社区（示例）"), ("heping", "和平社区（示例）"),
)  # fmt: skip
OFFICES = (
    ("dept-jian", "住房和城乡建设局"), ("dept-nong", "农业农村局"), ("dept-shui", "水务局"), ("dept-jiao", "交通运输局"),
    ("dept-zi", "自然资源局"), ("dept-min", "民政局"),
)  # fmt: skip
"""Offices with a desk of their own; other departments answer by letter."""

_VILLAGES = (
    "东兴 西兴 南兴 北兴 永安 永和 永胜 永丰 和顺 太平 平安 安乐 兴隆 兴旺 兴安 富民 富强 富裕 丰收 丰产 丰茂 红旗 红光 红星 青山 青松 "
    "青石 白石 黄松 黑松 长青 长岭 长山 大榆 榆树 柞树 椴树 桦树 松林 杨木 柳毛 梨树 山楂 葡萄沟 核桃沟 蜂蜜沟 泉眼 冷泉 清泉 龙泉 石门 石桥 "
    "石灰窑 砖瓦窑 砂河 沙洲 河沿 河湾 河西 河东 上河 下河 三道沟 四道沟 五道沟 头道沟 二道岗 双岗 高岗 平岗 前营 后营 新营 老营 新立 新民 "
    "新合 新胜 联合 联丰 团山 金厂 银河 玉泉 明水 朝阳沟 向阳 向荣 光明 胜利 前进 奋斗 建新 創业 互助 合心 同心 同乐 民主 民乐 民和"
).replace("創业", "创业").split()  # fmt: skip

SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜"
    "范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
)
_GIVEN = (
    "国栋玉堂长河桂兰德海凤山秀英树生有田晓梅大勇兆庆守业小燕铁军桂芝建国淑珍海涛志强丽华永胜春燕立新明远玉梅保全景春云峰佩兰"
    "庆山素芬殿臣晓东艳秋学文振江雅琴福来连生红梅万里继忠淑华洪波秋菊广林金凤天成彩云"
)
GIVEN = tuple(_GIVEN[n : n + 2] for n in range(0, len(_GIVEN), 2))


def people_names(rng: random.Random) -> Iterator[str]:
    """Invented names without end."""
    while True:
        yield rng.choice(SURNAMES) + rng.choice(GIVEN)


def places(rng: random.Random) -> list[Place]:
    """Every unit of the county, parents first: the root, towns and the urban bureau, offices, villages, communities."""
    found = [Place(ROOT, "东宁市（演示）", "county", None, "231086")]
    found += [Place(i, n, "town", ROOT, c, *_size(rng, 5200, 11000, 0)) for i, n, c, _, _ in TOWNS]
    found.append(Place(URBAN, "城乡社区工作局（演示）", "street", ROOT))
    found += [Place(i, f"{n}（演示）", "bureau", ROOT) for i, n in OFFICES]
    found.append(Place("water", "镇水利站（演示）", "bureau", "laoheishan"))
    names = iter(_VILLAGES)
    for town, _, _, count, trades in TOWNS:
        found += _villages(town, count, trades, names, rng)
    found += [Place(i, n, "community", URBAN, "", *_size(rng, 2400, 6200, 0)) for i, n in COMMUNITIES]
    return found


def _villages(
    town: str, count: int, trades: tuple[str, ...], names: Iterator[str], rng: random.Random
) -> Iterator[Place]:
    known, named = KNOWN.get(town, ()), NAMED.get(town, ())
    for ident, name, adults, households, representatives in known:
        yield Place(ident, name, "village", town, "", adults, households, representatives)
    for ident, name, trade in named:
        yield Place(ident, name, "village", town, "", *_size(rng, 700, 1500, 40), trade)
    for n in range(1, count - len(known) - len(named) + 1):
        size = _size(rng, 380, 1500, 36)
        yield Place(
            f"{town}-{n:02d}", f"{next(names)}村（示例）", "village", town, "", *size, rng.choice(trades)
        )


def _size(rng: random.Random, least: int, most: int, representatives: int) -> tuple[int, int, int | None]:
    adults = rng.randrange(least, most, 10)
    return adults, round(adults / 2.3), representatives + adults // 120 if representatives else None
