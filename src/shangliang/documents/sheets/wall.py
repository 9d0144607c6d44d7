"""The five reference sheets for the room's wall: plate, rules, workflow, participants, slogans (D17)."""

from __future__ import annotations

from shangliang.documents import chinese
from shangliang.documents.chinese import hole
from shangliang.documents.papers import paper
from shangliang.documents.sheet import Big, Block, Grid, Picture, Proof, Prose, Sheet, Steps
from shangliang.documents.sheets.rulebook import plain_steps
from shangliang.documents.values import Room
from shangliang.procedure.chart import chart
from shangliang.procedure.chart_layout import lay_out
from shangliang.procedure.model import Procedure
from shangliang.procedure.say import Say

SLOGANS = (
    "有事好商量\n众人的事情由众人商量",
    "大家的事\n大家议　大家办",
    "话有地方说\n事有人商量　理有地方讲",
    "先商量再决定\n定了就办　办了公开",
)


def _proof(r: Room) -> Proof | None:
    if r.procedure is None or r.blank:
        return None
    return Proof(r.procedure.version, f"规程“{r.procedure.name.zh}”的现行版本")


@paper(
    "plate",
    zh="标识牌",
    en="Plate",
    of="unit",
    stands=("found_unit", "amend_unit", "equip_venue"),
    public=True,
)
def plate(r: Room) -> Sheet:
    """The sign at the door."""
    room = r.unit.room or "有事好商量议事室"
    name = r.procedure.name.zh if r.procedure else "有事好商量"
    return Sheet(
        "plate", "wall", "", (Big(name, under=f"{hole(r.unit.name, 8)}\n{room.replace(name, '').strip() or '协商议事室'}", alone=True),),
        unit=r.unit.name, landscape=True, proof=None,
    )  # fmt: skip


@paper("rules", zh="工作规则", en="Rules", of="unit", public=True)
def rules(r: Room) -> Sheet:
    """What is discussed, what is not, who convenes, how often, what happens with the result: in the procedure's own words."""
    p = r.procedure
    lists = p.lists if p else {}
    if p and "discuss" not in lists:
        told = (
            *plain_steps(p),
            "人人都能说完；共识和保留意见分开记；提的每一条意见、每一个异议都有答复，凭编号能查。",
        )
        return Sheet(
            "rules",
            "wall",
            f"{p.name.zh}工作规则",
            (Prose(told),),
            unit=r.unit.name,
            mark=r.unit.name,
            proof=_proof(r),
        )
    discuss = [i.name.zh for i in lists.get("discuss", ())] or list(chinese.DISCUSS.values())
    not_discuss = [i.name.zh for i in lists.get("not_discuss", ())] or list(chinese.QUESTIONS.values())
    texts = [
        f"一、议什么。重点商议{'、'.join(discuss)}。",
        f"二、不议什么。{'、'.join(not_discuss)}的不议；不议的说明理由，告诉您该找谁。",
        f"三、谁召集。{_conveners(p, r.unit.level)}",
        "四、谁收集。政协委员和网格员是民意联络员，上门听、帮着记；您也可以自己到村（社区）里说、投意见箱、上网填。"
        if r.unit.level == "village"
        else "四、谁收集。政协委员和网格员是民意联络员，上门听、帮着记；您也可以自己来说、投意见箱、上网填。",
        "五、先研究。议题经协商议事会议研究调研后，报同级党组织审定。纠纷较大的，先上门与利益方沟通，达成共识后再提交协商。",
        f"六、多久一次。{_clocks(p, r.unit.level)}遇到急需协商的，随时召开；没有议题如实登记，不凑次数。",
        "七、怎么商量。人人都能说完，不打断、不扣帽子；共识和保留意见分开记。",
        "八、商量之后。法律规定须由村（居）民会议等决定的，提交会议决定；协商结果张榜公示，村（社区）的公示不少于15日；任务明确责任单位和期限，办完由群众检查。",
        "九、都有答复。提的每一条意见、每一个异议，都有答复，凭编号能查。",
    ]  # fmt: skip
    return Sheet(
        "rules",
        "wall",
        "协商议事工作规则",
        (Prose(tuple(texts)),),
        unit=r.unit.name,
        mark=r.unit.name,
        proof=_proof(r),
    )


def _conveners(p: Procedure | None, level: str) -> str:
    role = p.roles.get("convener") if p else None
    clauses = role.cites if role else ()
    fitting = [c.short.zh for c in clauses if ("镇" in c.short.zh) == (level == "town")]
    return ("，".join(fitting) + "；召集人是当事一方的，由第二召集人召集。") if fitting else "由召集人召集。"


def _clocks(p: Procedure | None, level: str) -> str:
    found = [c.name.zh for c in p.clocks if c.level == level] if p else []
    return "".join(f"{name}。" for name in found)


def _unruled(r: Room) -> Say | None:
    return None if r.procedure else Say("这里还没有定规程", "No procedure has been set here yet")


@paper("workflow", zh="工作流程", en="Workflow", of="unit", lacks=_unruled, public=True)
def workflow(r: Room) -> Sheet:
    """The main line in large letters, and on a second page the whole procedure with its branches as a drawing."""
    p = r.procedure
    blocks: tuple[Block, ...] = (Steps(_main_line(p)), Picture(chart(p, "zh"))) if p else (Steps(()),)
    return Sheet(
        "workflow", "wall", "协商议事工作流程", blocks, unit=r.unit.name, mark=r.unit.name, proof=_proof(r)
    )


def _main_line(p: Procedure) -> tuple[tuple[str, str], ...]:
    """The stages on the shortest way to completion, each with its rule in short."""
    boxes = sorted((b for b in lay_out(p).boxes.values() if b.column == 0 and not b.end), key=lambda b: b.row)
    stages = [p.root.stages[b.id] for b in boxes]
    return tuple((s.name.zh, "；".join(c.short.zh for c in s.cites if c.origin != "law")) for s in stages)


@paper(
    "participants", zh="协商主体", en="Participants", of="unit", stands=("appoint", "release", "found_unit")
)
def participants(r: Room) -> Sheet:
    """Who takes part: convener, liaison officers, council and supervision by name, so that people know whom to turn to; sides,
    departments and experts as they are asked for each matter."""

    def named(*roles: str) -> str:
        return "\n".join(h.full for role in roles for h in r.people if h.role == role)

    town = r.unit.level != "village"
    rows = (
        ("召集人", named("deputy_party_secretary") if town else named("party_secretary"), "召集和主持协商"),
        *(() if town else (("第二召集人", named("cppcc_member"), "召集人是当事一方时召集"),)),
        ("民意联络员", named("cppcc_member", "grid_worker"), "收集意见、代录、当面答复"),
        ("议事会成员", named("council_member"), "研究议题、参加协商"),
        ("监督委员会", named("supervision_head", "supervision_member"), "见证张榜、检查落实"),
        ("经办人", named("clerk"), "登记、通知、记录、公示"),
        ("利益方代表", "按议题确定", "讲清各方的想法"),
        ("职能部门、属地单位", "按议题商请", "说明政策、承担任务"),
        ("专家、学者", "按议题邀请", "解读政策法规、提出方案"),
        ("居民", "人人都可以", "提意见、来旁听、提异议、看公示"),
    )  # fmt: skip
    return Sheet(
        "participants", "wall", "协商主体",
        (Grid(("主体", "姓名（职务）", "做什么"), (26, 40, 34), rows, left=(1, 2), tall=True),),
        unit=r.unit.name, mark=r.unit.name,
    )  # fmt: skip


@paper("slogans", zh="宣传标语", en="Slogans", of="unit", stands=("found_unit",), public=True)
def slogans(r: Room) -> Sheet:
    """Four lines to hang up, one a page."""
    return Sheet(
        "slogans", "wall", "", tuple(Big(text, under=r.unit.name, alone=True) for text in SLOGANS),
        unit=r.unit.name, landscape=True,
    )  # fmt: skip
