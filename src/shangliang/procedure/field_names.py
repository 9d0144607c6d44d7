"""What a missing field is called when the desk asks for it."""

from __future__ import annotations

from shangliang.procedure.say import Say

_NAMES = {
    "against_policy": Say("是否违反政策原则", "whether it breaks policy"),
    "private_dispute": Say("是否属于个体矛盾", "whether it is a private dispute"),
    "unfair": Say("是否有失公平", "whether it is unfair"),
    "deep_division": Say("是否严重分歧", "whether it deeply divides"),
    "dispute": Say("纠纷大小", "how large the dispute is"),
    "discuss": Say("属于哪一类议题", "which kind of matter it is"),
    "touches": Say("是否涉及法定会议决定的事项", "whether it touches what a statutory meeting must decide"),
    "decider": Say("由谁决定", "who decided"),
    "paper": Say("依据的纸质文件", "the paper it stands on"),
    "note": Say("说明", "a note"),
    "meeting": Say("是哪一次会", "which meeting"),
    "convener": Say("会议的召集人", "the meeting's convener"),
    "body": Say("由哪个会议决定", "which body decided"),
    "on": Say("开会日期", "the day of the meeting"),
    "total": Say("应到人数", "how many are entitled"),
    "present": Say("实到人数", "how many came"),
    "votes_for": Say("赞成票数", "votes in favour"),
    "area": Say("专有部分总面积", "the whole area"),
    "area_present": Say("参与表决的面积", "the area taking part"),
    "area_for": Say("同意的面积", "the area in favour"),
    "notice_on": Say("发出通知的日期", "the day the notice went out"),
    "party_study_on": Say("党组织研究的日期", "the day the party organisation studied it"),
    "authorised_by": Say("授权文件", "the paper of authority"),
    "result": Say("结果", "the result"),
    "outcome": Say("协商结果", "the result of the deliberation"),
    "approved": Say("审定结论", "whether it was approved"),
    "text": Say("正文", "the text"),
    "redirect": Say("转到哪里", "where it goes"),
    "board_on": Say("张榜日期", "the day it went up on the board"),
    "posted_by": Say("张贴人", "who put it up"),
    "publication": Say("公示登记", "the publication"),
    "sustained": Say("异议是否成立", "whether the objection holds"),
    "reason": Say("理由", "the reason"),
    "ground": Say("不公示的依据", "the ground for not publishing"),
    "approver": Say("批准人", "who approved it"),
    "tasks": Say("落实任务", "the tasks"),
    "satisfied": Say("检查是否满意", "whether those who checked are satisfied"),
    "parties": Say("利益方", "the sides of the dispute"),
    "rulings": Say("审定、决议的登记", "approvals and resolutions"),
    "rounds": Say("协商轮次", "the deliberations"),
    "objections": Say("异议登记", "the objections"),
    "replies": Say("答复登记", "the replies"),
    "papers": Say("归档材料", "the papers"),
    "chain_ok": Say("记录簿校验", "the check of the record book"),
    "digests_ok": Say("文件摘要校验", "the check of the papers' digests"),
}


def field_name(name: str) -> Say:
    """The name people read; a field nobody named reads as it is."""
    return _NAMES.get(name, Say(name, name))
