"""The measures: what each figure is called, what exactly it counts, and from which facts it is made.

A *flow* happens on a day and is added up over a period. A *level* is there from a day to a day and is read at the end of a
period. What is *due* depends on today and on whole windows. Every page, the command and ``docs/measures.md`` take their
definitions from here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from shangliang.procedure.say import Say
from shangliang.statistics.facts import LETTER_DAYS

Kind = Literal["flow", "level", "clock", "overdue", "share"]


@dataclass(frozen=True, slots=True)
class Measure:
    """One named figure. ``facts``: the day facts it adds up; of a share, the measures it divides."""

    id: str
    name: Say
    counted_in: Say
    definition: Say
    kind: Kind = "flow"
    facts: tuple[str, ...] = ()

    @property
    def made_of(self) -> tuple[str, ...]:
        return self.facts or (self.id,)


UNITS = Say("个单位", "units")
TIMES = Say("次", "meetings")
MATTERS = Say("件", "matters")
PIECES = Say("条", "items")
LETTERS = Say("件", "letters")
CALLS = Say("次", "calls")

_ALL = (
    Measure("units", Say("基层单元", "Places"), UNITS, Say(
        "期末有效的镇、街道（城区）、村、社区和企业；机关、站所和县以上不算。",
        "Towns, streets, villages, communities and enterprises that exist at the end of the period; offices and everything "
        "above the towns are not counted."), "level"),
    Measure("venues", Say("已建阵地", "Venues"), UNITS, Say(
        "期末议事室已登记投入使用的基层单元。同一个单位再登记不重复计算，停用后不再计算。",
        "Places whose venue is registered as ready at the end of the period. Registering more of it does not count twice; "
        "one that was closed no longer counts."), "level"),
    Measure("coverage", Say("阵地覆盖率", "Coverage"), Say("%", "%"), Say(
        "已建阵地除以基层单元，都取期末数，四舍五入到整数。",
        "Venues divided by places, both at the end of the period, rounded to a whole percent."),
        "share", ("venues", "units")),
    Measure("complete", Say("五有齐全的阵地", "Venues with all five"), UNITS, Say(
        "已建阵地中登记为有组织、有场所、有制度、有设施、有标识的，按最近一次登记。",
        "Venues registered with organisation, place, rules, facilities and sign, by their latest registration."), "level"),
    Measure("meetings", Say("协商活动", "Meetings"), TIMES, Say(
        "登记为已开的会议，按开会日期计；书面协商、院坝会和急会都算，上门沟通不算。一次会议了几件事，只算一次。",
        "Meetings registered as held, on the day they were held; written, yard and urgent ones count, talks at a door do "
        "not. A meeting on several matters is one.")),
    Measure("ledger_meetings", Say("其中补录的会议", "Of these, from old ledgers"), TIMES, Say(
        "从以前的台账补录的会议，已经包含在“协商活动”里。", "Meetings entered from old ledgers; they are part of “Meetings”.")),
    Measure("door_talks", Say("上门协商会", "Talks at a door"), TIMES, Say(
        "从台账补录、形式为上门的协商；不计入协商活动，也不抵应开的会。",
        "Talks at a door taken from ledgers; they are no meetings and fill no clock.")),
    Measure("due", Say("应开", "Due"), TIMES, Say(
        "已经过完的周期里按规程应开的次数：村级每2个月1次，镇级每年2次（以本地规程为准）。从议事室建成后的第一个完整周期算起。",
        "What the procedure asks for in windows that are over: in Dongning once in two months in a village, twice a year in a "
        "town. Counted from the first whole window with the venue ready."), "clock", ("clock",)),
    Measure("held", Say("已开", "Held"), TIMES, Say(
        "已经过完的周期里开了的次数，每个周期最多算到应开数；多开的不抵别的周期。",
        "Meetings in windows that are over, each window counted up to what it asks; more in one do not make up for another."),
        "clock", ("met",)),
    Measure("gap", Say("未开", "Gap"), TIMES, Say(
        "应开减已开。登记“本期无议题”不减少未开，只在旁边说明。",
        "Due less held. “No topic in this period” does not make it smaller; it stands beside it."), "clock", ("clock", "met")),
    Measure("quiet", Say("其中已说明本期无议题", "Of the gap, no topic registered"), TIMES, Say(
        "未开的次数里，单位登记了“本期无议题”并写明原因的。",
        "The part of the gap for which the unit registered “no topic in this period” with its reason."), "clock", ("quiet",)),
    Measure("opinions", Say("收到的意见", "Opinions"), PIECES, Say(
        "登记的意见、愿望和要求，按收到日期计，归并前的每一条都算。",
        "Opinions, wishes and demands taken in, on the day they came; each one counts, merged or not.")),
    Measure("matters", Say("受理的事项", "Matters"), MATTERS, Say(
        "按首次登记日期计的事项，归并到别的事项的不算。", "Matters by the day they began; those merged into another are not counted.")),
    Measure("refused", Say("不议并已答复", "Not discussed, answered"), MATTERS, Say(
        "甄别为不议、已答复并告知去处的事项。", "Matters that are not discussed here and were answered with where to go.")),
    Measure("stopped", Say("中止", "Stopped"), MATTERS, Say("协商中止并已答复的事项。", "Matters that were stopped and answered.")),
    Measure("deliberated", Say("议过的事项（轮）", "Deliberations"), MATTERS, Say(
        "会上得出结果的轮次：一件事议了两轮算两轮。", "Rounds that came to a result at a meeting; a matter discussed twice counts twice.")),
    Measure("published", Say("公示", "Notices posted"), PIECES, Say(
        "张榜或上网的公示，按先开始的那一天计。", "Notices put on the board or online, on the earlier of the two days.")),
    Measure("solved", Say("登记为已解决", "Registered as solved"), MATTERS, Say(
        "单位登记办理结果为“已解决”的事项，按登记日期计，含补录台账里写明已解决的议题；群众说没有解决、正在核实的不算，还有任务待核实的也不算。",
        "Matters whose unit registered them as solved, on that day, with topics that an old ledger calls solved; those that a "
        "resident says are not, and that are being looked into, are not counted, nor are those with a task to be looked into.")),
    Measure("confirmed", Say("其中群众已确认", "Of these, confirmed by residents"), MATTERS, Say(
        "登记为已解决、群众自己或回访时说确实解决了的事项；和登记的数并列，不互相代替。",
        "Registered as solved, and a resident said so, unasked or when rung up. It stands beside the registration and "
        "replaces nothing.")),
    Measure("denied", Say("其中群众说没有解决", "Of these, residents say not solved"), MATTERS, Say(
        "已经归档、群众后来说没有解决的事项。", "Archived as solved, and a resident said later that it is not.")),
    Measure("partly", Say("部分解决", "Partly solved"), MATTERS, Say(
        "登记为部分解决的事项，含补录台账里的。", "Registered as partly solved, ledgers included.")),
    Measure("unsolved", Say("未解决", "Not solved"), MATTERS, Say(
        "登记为没有解决的事项，含补录台账里的。", "Registered as not solved, ledgers included.")),
    Measure("verify", Say("待核实", "Being looked into"), MATTERS, Say(
        "登记了结果，但群众说没有解决或还有任务待核实、还没有归档的事项；归档了的，登记为已解决而任务仍待核实的也算在这里。核实前不算解决。",
        "Registered, but a resident says it is not solved or a task is still to be looked into, and the file is still open; of "
        "those archived, the ones registered as solved with such a task. Until then it is not counted as solved.")),
    Measure("ledger_topics", Say("补录的议题", "Topics from ledgers"), MATTERS, Say(
        "从以前的台账补录、写明结果的议题。", "Topics from old ledgers that say what came of them.")),
    Measure("solved_affairs", Say("已解决：党政工作要事", "Solved: public affairs"), MATTERS, Say(
        "登记为已解决、甄别为党政工作要事的事项。", "Solved matters screened as important affairs of party and government.")),
    Measure("solved_livelihood", Say("已解决：民生改善实事", "Solved: livelihood"), MATTERS, Say(
        "登记为已解决、甄别为民生改善实事的事项。", "Solved matters screened as livelihood and improvement.")),
    Measure("solved_governance", Say("已解决：社会治理难事", "Solved: governance"), MATTERS, Say(
        "登记为已解决、甄别为社会治理难事的事项。", "Solved matters screened as hard questions of governance.")),
    Measure("tasks_done", Say("办完的任务", "Tasks done"), PIECES, Say(
        "登记为办完的落实任务，按办完日期计。", "Tasks registered as done, on that day.")),
    Measure("tasks_overdue", Say("逾期任务", "Overdue tasks"), PIECES, Say(
        "今天以前到期、还没有办完的任务；逾期天数按工作日算。", "Tasks due before today and not done; lateness is in working days."),
        "overdue", ("tasks_open",)),
    Measure("letters", Say("发出的商请函", "Letters of invitation"), LETTERS, Say(
        "请职能部门到会的商请函，按发出日期计。", "Letters asking a department to a meeting, on the day they went out.")),
    Measure("letters_answered", Say("部门回函", "Letters answered"), LETTERS, Say(
        "部门已回复的商请函，按回复日期计。", "Letters the department has answered, on the day of the answer.")),
    Measure("letters_overdue", Say("未回函", "Letters overdue"), LETTERS, Say(
        f"会还没有开、发出满{LETTER_DAYS}个工作日仍没有回复的商请函（系统默认，请确认）。",
        f"Letters for a coming meeting without an answer after {LETTER_DAYS} working days (system default, please confirm)."),
        "overdue", ("letters_open",)),
    Measure("reminders", Say("发出的提醒", "Reminders sent"), PIECES, Say(
        "上级发给本单位的提醒和催办函。", "Reminders and letters of reminder sent to these units.")),
    Measure("reminders_answered", Say("已回复的提醒", "Reminders answered"), PIECES, Say(
        "单位已经回复的提醒，按回复日期计。", "Reminders the unit has answered, on the day of the answer.")),
    Measure("call_backs", Say("回访", "Call-backs"), CALLS, Say(
        "上级登记的回访，没联系上的也算。", "Call-backs registered by a unit above, those that reached nobody included.")),
    Measure("call_backs_reached", Say("其中联系上群众", "Of these, somebody was reached"), CALLS, Say(
        "联系上并得到回答的回访。", "Call-backs in which somebody answered.")),
    Measure("call_backs_solved", Say("回访中说已解决", "Said on call-back to be solved"), CALLS, Say(
        "回访中群众说确实解决了的。", "Call-backs in which a resident said that it is really solved.")),
)  # fmt: skip

MEASURES: dict[str, Measure] = {m.id: m for m in _ALL}
"""All measures by id, in the order of the pages."""
