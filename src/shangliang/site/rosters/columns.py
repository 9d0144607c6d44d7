"""What each sheet of the county's workbook holds: its columns with the headers that are understood, and its words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from shangliang.people.roles import ROLES


@dataclass(frozen=True, slots=True)
class Sheet:
    """``columns``: field → headers, the first one being that of the template. ``needs``: fields that must be filled.
    ``example``: one line of the template."""

    id: str
    names: tuple[str, ...]
    columns: Mapping[str, tuple[str, ...]]
    needs: tuple[str, ...]
    example: tuple[str, ...]

    def header(self, field: str) -> str:
        return self.columns.get(field, (field,))[0]


UNITS = Sheet(
    "units", ("单位", "units"),
    {
        "name": ("单位名称", "名称", "name"), "kind": ("类别", "kind"), "code": ("代码", "code"),
        "parent": ("上级单位", "上级", "parent"), "since": ("起始日期", "成立日期", "since"),
        "households": ("户数", "households"), "adults": ("成年人数", "adults"),
        "representatives": ("代表数", "representatives"), "address": ("地址", "address"),
        "telephone": ("电话", "telephone"), "procedure": ("规程", "procedure"),
    },
    ("name", "kind"),
    ("柳河村（示例）", "村", "", "老黑山镇", "", "372", "860", "42", "村党群服务中心", "0453-0000120", ""),
)  # fmt: skip
POSTS = Sheet(
    "posts", ("名册", "posts"),
    {
        "unit": ("单位", "unit"), "role": ("职务", "role"), "name": ("姓名", "name"),
        "title": ("职务名称", "title"), "since": ("起始日期", "起始", "since"), "until": ("卸任日期", "until"),
        "person": ("人员编号", "person"), "paper": ("文件", "paper"),
    },
    ("unit", "role", "name"),
    ("柳河村（示例）", "党组织书记", "李某", "村党支部书记", "2024-01-05", "", "", ""),
)  # fmt: skip
LINKS = Sheet(
    "links", ("联系", "联系村社区", "links"),
    {
        "name": ("政协委员", "姓名", "name"), "units": ("联系单位", "units"), "since": ("起始日期", "起始", "since"),
        "person": ("人员编号", "person"),
    },
    ("name", "units"),
    ("孙某", "柳河村（示例）、杏花村（示例）", "2024-01-05", ""),
)  # fmt: skip
VENUES = Sheet(
    "venues", ("阵地", "venues"),
    {
        "unit": ("单位", "unit"), "name": ("议事室名称", "name"), "host": ("依托场所", "host"),
        "ready": ("启用日期", "ready"), "organisation": ("有组织", "organisation"), "place": ("有场所", "place"),
        "rules": ("有制度", "rules"), "facilities": ("有设施", "facilities"), "sign": ("有标识", "sign"),
        "shared": ("一室多用", "shared"), "build": ("建设方式", "build"), "pilot": ("试点年度", "pilot"),
        "demonstration": ("示范阵地", "demonstration"), "theme": ("议事主题", "theme"), "plan": ("建设方案", "plan"),
        "subsidy": ("补助金额", "subsidy"),
    },
    ("unit", "ready"),
    ("柳河村（示例）", "有事好商量议事室", "党群服务中心", "2021-06-18", "是", "是", "是", "是", "是", "是", "自建", "2021", "否",
     "", "与党群服务中心共用一间", ""),
)  # fmt: skip
CHANGES = Sheet(
    "changes", ("变更", "changes"),
    {
        "unit": ("单位", "unit"), "change": ("变更", "change"), "to": ("新名称或并入单位", "to"),
        "on": ("日期", "on"), "paper": ("文件", "paper"),
    },
    ("unit", "change", "on", "paper"),
    ("双桥村（示例）", "并入", "柳河村（示例）", "2026-03-01", "镇党委〔2026〕3号"),
)  # fmt: skip
LEDGER = Sheet(
    "ledger", ("台账", "会议台账", "ledger"),
    {
        "unit": ("单位", "unit"), "on": ("日期", "on"), "form": ("形式", "form"), "place": ("地点", "place"),
        "present": ("到会人数", "present"), "topics": ("议题", "topics"), "results": ("结果", "results"),
        "discuss": ("三议类别", "discuss"), "ledger": ("台账出处", "ledger"), "time": ("时间", "time"),
    },
    ("unit", "on", "ledger"),
    ("柳河村（示例）", "2022-05-08", "会议", "村议事室", "14", "巷道硬化；路灯维修", "已解决；部分解决", "民生改善实事；民生改善实事",
     "2022年台账第3页，村档案柜", ""),
)  # fmt: skip

SHEETS = (UNITS, POSTS, LINKS, VENUES, CHANGES, LEDGER)
BY_NAME = {name: sheet for sheet in SHEETS for name in sheet.names}

KINDS = {
    "县": "county", "市": "county", "区": "county", "县级市": "county", "镇": "town", "乡": "town", "街道": "street", "城区": "street",
    "城区局": "street", "局": "bureau", "部门": "bureau", "站所": "bureau", "村": "village", "社区": "community", "企业": "enterprise",
} | {k: k for k in ("county", "town", "street", "bureau", "village", "community", "enterprise")}  # fmt: skip
"""The urban bureau of D3 is a town-level place without a statistical code; a 局 is an office that is no place."""

ROLE_WORDS = {
    "党组织书记": "party_secretary", "党支部书记": "party_secretary", "村党支部书记": "party_secretary",
    "社区党支部书记": "party_secretary", "书记": "party_secretary", "第一召集人": "party_secretary",
    "党委副书记": "deputy_party_secretary", "副书记": "deputy_party_secretary", "政协委员": "cppcc_member",
    "联系政协委员": "cppcc_member", "第二召集人": "cppcc_member", "网格员": "grid_worker", "经办人": "clerk",
    "议事会成员": "council_member", "监督委员会主任": "supervision_head", "村务监督委员会主任": "supervision_head",
    "监督委员会成员": "supervision_member", "村务监督委员会成员": "supervision_member", "部门负责人": "department_head",
    "部门联络人": "department_clerk", "档案员": "archivist", "负责人": "director",
} | {r: r for r in ROLES}  # fmt: skip

CHANGE_WORDS = {
    "改名": "rename",
    "更名": "rename",
    "并入": "join",
    "合并": "join",
    "撤销": "end",
    "撤并": "end",
}
FORM_WORDS = {"": "meeting", "会议": "meeting", "院坝会": "yard", "书面": "written", "线上": "online"}
RESULT_WORDS = {"": "", "已解决": "solved", "解决": "solved", "部分解决": "partly", "未解决": "unsolved"}
DISCUSS_WORDS = {
    "": "", "党政工作要事": "affairs", "要事": "affairs", "民生改善实事": "livelihood", "实事": "livelihood",
    "社会治理难事": "governance", "难事": "governance",
}  # fmt: skip
BUILD_WORDS = {"": "", "自建": "self", "帮建": "assisted", "自建+帮建": "assisted"}
YES = {"是": True, "有": True, "√": True, "✓": True, "1": True, "y": True, "yes": True}
NO = {
    "": False,
    "否": False,
    "无": False,
    "没有": False,
    "×": False,
    "x": False,
    "0": False,
    "n": False,
    "no": False,
}
