"""What the columns of a table may be called, and what may stand in them."""

from shangliang.people.roles import ROLES

UNIT_COLUMNS = {
    "name": ("名称", "单位名称", "name"),
    "kind": ("类别", "kind"),
    "code": ("代码", "code"),
    "parent": ("上级", "上级单位", "parent"),
    "households": ("户数", "households"),
    "adults": ("成年人数", "adults"),
    "representatives": ("代表数", "representatives"),
    "address": ("地址", "address"),
    "telephone": ("电话", "telephone"),
    "procedure": ("规程", "procedure"),
}
POST_COLUMNS = {
    "unit": ("单位", "unit"),
    "role": ("职务", "role"),
    "name": ("姓名", "name"),
    "title": ("职务名称", "title"),
    "since": ("起始", "起始日期", "since"),
}
UNIT_NEEDS, POST_NEEDS = ("name", "kind"), ("unit", "role", "name")
WIDTHS = {"name": 80, "address": 120, "telephone": 40, "procedure": 40}
POST_WIDTHS = {"name": 40, "title": 40}
KIND_WORDS = {
    "nation": ("国家", "全国"),
    "province": ("省", "自治区", "直辖市"),
    "city": ("地级市", "地区", "自治州", "盟"),
    "county": ("县", "市", "区", "县级市"),
    "town": ("镇", "乡"),
    "street": ("街道", "城区"),
    "bureau": ("局", "部门", "站所"),
    "village": ("村",),
    "community": ("社区",),
    "enterprise": ("企业",),
}
ROLE_WORDS = {
    "party_secretary": ("党组织书记", "党支部书记", "村党支部书记", "社区党支部书记", "书记"),
    "deputy_party_secretary": ("党委副书记", "副书记"),
    "cppcc_member": ("政协委员", "联系政协委员"),
    "grid_worker": ("网格员",),
    "clerk": ("经办人",),
    "council_member": ("议事会成员",),
    "supervision_head": ("监督委员会主任", "村务监督委员会主任"),
    "supervision_member": ("监督委员会成员", "村务监督委员会成员"),
    "department_head": ("部门负责人", "职能部门负责人"),
    "department_clerk": ("部门联络人", "部门经办人"),
    "archivist": ("档案员",),
    "director": ("负责人", "部长", "主管"),
}
KINDS = {word: kind for kind, words in KIND_WORDS.items() for word in (kind, *words)}
ROLE_IDS = {word: role for role, words in ROLE_WORDS.items() for word in (role, *words)} | {
    r: r for r in ROLES
}
