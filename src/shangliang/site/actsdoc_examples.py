"""Example lines for the acts that the worked file of ``docs/acts.md`` does not use: one an act, without its day."""

from typing import Any

from shangliang.site import actsdoc_consulting, actsdoc_deciding

EXAMPLES: dict[str, dict[str, Any]] = {
    "amend_unit": {"unit": "liushu", "entered_by": "p-wang", "data": {"households": 380, "adults": 872}},
    "release": {
        "unit": "liushu",
        "entered_by": "system",
        "data": {"post": "@grid.0", "paper": "换届文件2025-1"},
    },
    "no_topic": {
        "unit": "liushu",
        "entered_by": "p-wang",
        "decided_by": "party_secretary",
        "data": {"window": "2025-07-01", "reason": "农忙，两个月里没有人提出要商量的事。"},
    },
    "anchor": {
        "unit": "hekou",
        "entered_by": "system",
        "data": {"heads": [{"book": "liushu", "length": 33, "head": "0" * 64}]},
    },
    "end_unit": {
        "unit": "yangshu",
        "entered_by": "system",
        "data": {"successor": "liushu", "paper": "东河市政府〔2026〕8号"},
    },
    "import_meeting": {
        "unit": "liushu",
        "entered_by": "p-wang",
        "data": {
            "ledger": "2022年议事台账第3页，村档案柜",
            "place": "村议事室",
            "present": 14,
            "topics": [{"title": "巷道硬化", "discuss": "livelihood", "result": "solved"}],
        },
    },
    "remind": {
        "unit": "liushu",
        "entered_by": "p-zhao",
        "decided_by": "director",
        "data": {
            "about": "meeting",
            "text": "五六月还没有开会，请安排；没有议题请登记原因。",
            "answer_by": "2025-07-10",
        },
    },
    "answer_reminder": {
        "unit": "liushu",
        "entered_by": "p-wang",
        "decided_by": "party_secretary",
        "data": {"reminder": "liushu.34.0", "answer": "planned", "planned_on": "2025-07-12"},
    },
    "draw_sample": {
        "unit": "donghe",
        "entered_by": "p-zhao",
        "decided_by": "director",
        "data": {
            "first": "2025-06-01",
            "last": "2025-06-30",
            "seed": "0" * 64,
            "among": 31,
            "numbers": ["3F7K29"],
        },
    },
    "call_back": {
        "matter": "@road",
        "entered_by": "p-zhao",
        "decided_by": "director",
        "data": {"reached": True, "solved": True, "satisfied": True},
    },
    "freeze_month": {
        "unit": "donghe",
        "entered_by": "p-zhao",
        "decided_by": "director",
        "data": {"month": "2025-06-01", "figures": [{"unit": "liushu", "measure": "meetings", "n": 1}]},
    },
    "correct_register": {
        "unit": "liushu",
        "entered_by": "p-wang",
        "data": {"entry": 31, "field": "place", "value": "村小学", "reason": "村部停电。"},
    },
    "merge": {"matter": "@lamp", "entered_by": "p-wang", "data": {"into": "@road"}},
    "confirm": {"matter": "@road", "entered_by": "public", "data": {"solved": True}},
    "open_gathering": {
        "matter": "@road",
        "entered_by": "p-wang",
        "decided_by": "party_secretary",
        "data": {
            "intro": "胡同路面要硬化，先听听大家怎么想。",
            "statements": [{"text": "先修西头，再修东头。"}, {"text": "路边要留排水沟。"}],
            "until": "2025-07-08",
        },
    },
    "announce_lots": {
        "matter": "@road",
        "entered_by": "p-wang",
        "decided_by": "party_secretary",
        "data": {
            "text": '{"format":"shangliang-panel-lottery/1", …}',
            "people": [{"number": "1", "name": "某甲"}, {"number": "2", "name": "某乙"}],
        },
    },
    "name_participants": {
        "matter": "@road",
        "entered_by": "p-wang",
        "decided_by": "party_secretary",
        "data": {
            "participants": [{"kind": "stakeholder", "name": "某甲", "side": "people"}],
            "method": "recommended",
            "pool": 26,
            "recused": [{"name": "某乙", "reason": "与施工方是亲属。"}],
        },
    },
    "draw_lots": {
        "matter": "@road",
        "entered_by": "p-wang",
        "data": {"lots": "liushu.9.0", "seed": "3516241533"},
    },
    "propose_statement": {
        "matter": "@road",
        "entered_by": "public",
        "data": {"text": "修路时留一条走路的道。"},
    },
    "screen_statement": {
        "matter": "@road",
        "entered_by": "p-wang",
        "data": {
            "statement": "liushu.31.0",
            "shown": False,
            "reason": "repeats",
            "note": "和第2条说的是一件事。",
        },
    },
    "issue_slips": {"matter": "@road", "entered_by": "p-wang", "data": {"count": 20}},
    "close_gathering": {
        "matter": "@road",
        "entered_by": "p-wang",
        "decided_by": "party_secretary",
        "data": {},
    },
    "carry_points": {
        "matter": "@road",
        "entered_by": "p-wang",
        "data": {"agreed": "路边要留排水沟。", "divided": "先修西头，再修东头。"},
    },
    "withdraw": {"matter": "@road", "entered_by": "public", "data": {}},
    "erase": {
        "matter": "@road",
        "entered_by": "p-wang",
        "data": {"texts": ["43a82233b5e7bda04935b541"], "ground": "request"},
    },
    "name_parties": {
        "as": "sides",
        "matter": "@road",
        "entered_by": "p-wang",
        "data": {"parties": [{"name": "胡同东侧七户"}, {"name": "胡同西侧六户"}]},
    },
    "visit": {
        "matter": "@road",
        "entered_by": "p-wang",
        "decided_by": "party_secretary",
        "data": {"party": "@sides.0", "agreed": True, "note": "同意各让半尺。"},
    },
    "settle_door": {
        "matter": "@road",
        "entered_by": "p-wang",
        "decided_by": "party_secretary",
        "data": {"result": "agreed"},
    },
    "record_resolution": {
        "matter": "@road",
        "entered_by": "p-wang",
        "decided_by": {"body": "representatives", "paper": "村民代表会议决议2025-2", "present": 31},
        "data": {
            "body": "representatives",
            "total": 42,
            "present": 31,
            "votes_for": 28,
            "against": 1,
            "abstained": 2,
            "paper": "村民代表会议决议2025-2",
        },
    },
    "report_up": {
        "matter": "@bridge",
        "entered_by": "p-wang",
        "decided_by": {"body": "party", "paper": "支部会议记录2025-6"},
        "data": {"to": "河口镇党委", "note": "请镇里协调交通部门核算北桥承重并答复。"},
    },
    "record_return": {
        "matter": "@bridge",
        "entered_by": "p-wang",
        "decided_by": {"body": "party", "unit": "hekou", "paper": "镇党委会议纪要2025-9"},
        "data": {"result": "settled", "note": "县交通局同意把限高调到三米二。", "paper": "镇复〔2025〕7号"},
    },
    "call_off": {"meeting": "@evening", "entered_by": "p-wang", "data": {"reason": "大雪封路，改到下周。"}},
    "exempt_notice": {
        "matter": "@road",
        "entered_by": "p-wang",
        "decided_by": "party_secretary",
        "data": {"ground": "个人隐私", "approver": "村党支部", "note": "涉及两户的病情，经审定不公示。"},
    },
    "object": {
        "matter": "@road",
        "entered_by": "public",
        "data": {"words": "出工能不能不按户摊，家里只有老人。"},
    },
    "answer_objection": {
        "matter": "@road",
        "entered_by": "p-wang",
        "decided_by": "party_secretary",
        "data": {"objection": "@objection.0", "sustained": False, "reason": "自愿出工，不按户摊。"},
    },
    "return_file": {"matter": "@road", "entered_by": "p-cheng", "data": {"missing": "缺会议记录的原件。"}},
    "acknowledge": {
        "matter": "@road",
        "entered_by": "p-li",
        "data": {"flag": "liushu.30.0", "note": "已看到，公示实际满了十五天。"},
    },
}
EXAMPLES |= actsdoc_deciding.EXAMPLES | actsdoc_consulting.EXAMPLES
"""For acts that the worked file does not use. A day is added to each."""
