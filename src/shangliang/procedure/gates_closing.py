"""Gates on tasks, on appraisal and inspection, on how a matter ends, and on the archive."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from shangliang.procedure.casebook import case, holds, refuses
from shangliang.procedure.conditions import all_hold
from shangliang.procedure.facts import Facts, TaskFacts
from shangliang.procedure.facts_consulting import TopicFacts
from shangliang.procedure.model import Paper
from shangliang.procedure.say import Say, count_zh, listed, plural
from shangliang.procedure.vocabulary import (
    HELD,
    Answer,
    Params,
    Unknown,
    brings,
    filled,
    gate,
    missing,
    refused,
)

_TASK = TaskFacts("t1", unit=True, due=date(2026, 6, 30), state="open")
_DONE = TaskFacts("t1", unit=True, due=date(2026, 6, 30), state="done")
_DOUBTED = TaskFacts("t2", unit=True, due=date(2026, 6, 30), state="verify")
_SIGN_IN = Paper("sign_in", Say("签到表", "sign-in sheet"))


@gate(
    "tasks_assigned",
    title=Say("每项任务有人办、有期限", "every task has a unit and a day"),
    examples=(
        holds(case("set_tasks", {"tasks": [{"unit": "水务站", "due": "2026-06-30"}]})),
        refuses(case("set_tasks", {"tasks": [{"unit": "水务站", "due": None}]})),
        refuses(case("set_tasks", {"tasks": []})),
    ),
)
def tasks_assigned(facts: Facts, params: Params) -> Answer:
    """Every agreed point has a unit that answers for it and a day by which it is done."""
    given = facts.value("tasks")
    tasks = [_assigned(t) for t in given] if isinstance(given, list | tuple) else _standing(facts)
    if not tasks and not brings(facts, "tasks"):
        return Unknown(("tasks",))
    if not tasks:
        return refused(
            "还没有落实任务。",
            "There is no task yet.",
            "每项共识写一条：谁来办、哪天前办完。",
            "Write one for every agreed point: who does it, by which day.",
        )
    left = tasks.count(False)
    if not left:
        return HELD
    return refused(
        f"有{count_zh(left)}项任务没有写责任单位或期限。",
        f"{plural(left, 'task')} without a responsible unit or a due date.",
        "补上谁来办、哪天前办完。",
        "Add who does it and by which day.",
    )


def _assigned(task: object) -> bool:
    return isinstance(task, Mapping) and filled(task.get("unit")) and filled(task.get("due"))


def _standing(facts: Facts) -> list[bool]:
    return [t.unit and t.due is not None for t in facts.tasks or ()]


@gate(
    "tasks_finished",
    title=Say("任务逐项办完或说明", "every task done or explained"),
    needs=("tasks",),
    examples=(
        holds(case("finish_work", tasks=(TaskFacts("t1", True, date(2026, 6, 30), "done"),))),
        refuses(case("finish_work", tasks=(_TASK,))),
        refuses(case("finish_work", tasks=(TaskFacts("t1", True, date(2026, 6, 30), "verify"),))),
    ),
)
def tasks_finished(facts: Facts, params: Params) -> Answer:
    """Every task is done, or it is written why it is not; a task under verification (待核实) is neither."""
    left = sum(t.state not in ("done", "not_done") for t in facts.tasks or ())
    if not left:
        return HELD
    return refused(
        f"还有{count_zh(left)}项任务没有办完。",
        f"{plural(left, 'task')} not finished.",
        "逐项登记：办完了，或者没办成的原因。",
        "Enter for each that it is done, or why it could not be.",
    )


@gate(
    "solved_finished",
    title=Say("登记为已解决的，任务都办完了", "what is entered as solved has its tasks finished"),
    needs=("tasks",),
    examples=(
        holds(case("close", {"result": "solved"}, tasks=(_DONE,))),
        holds(case("close", {"result": "partly"}, tasks=(_DOUBTED,))),
        holds(case("accept_archive", matter={"result": "solved"}, tasks=(_DONE,))),
        refuses(case("close", {"result": "solved"}, tasks=(_DONE, _DOUBTED))),
        refuses(case("accept_archive", matter={"result": "solved"}, tasks=(_DOUBTED,))),
    ),
)
def solved_finished(facts: Facts, params: Params) -> Answer:
    """A matter with an unfinished task is not entered, nor archived, as solved; 待核实 is not counted as solved.

    Looks at the result in the act, and where it brings none at the one that was registered.
    """
    registered = facts.matter.result if facts.matter else None
    result = facts.value("result") if brings(facts, "result") else registered
    left = sum(t.state not in ("done", "not_done") for t in facts.tasks or ())
    if result != "solved" or not left:
        return HELD
    return refused(
        f"还有{count_zh(left)}项任务没有办完或待核实，不能算已解决。",
        f"{plural(left, 'task')} unfinished or to be checked: it does not count as solved.",
        "先登记进展；没有解决的，如实登记为部分解决或未解决，登记错了的先更正。",
        "Report on the tasks first; or enter it as partly solved or not solved, by a correction where it is entered already.",
    )


@gate(
    "papers_complete",
    title=Say("归档材料齐全", "the papers are complete"),
    needs=("papers",),
    papers=True,
    examples=(
        holds(case("accept_archive", papers=frozenset({"sign_in"})), papers=(_SIGN_IN,)),
        refuses(case("accept_archive", papers=frozenset()), papers=(_SIGN_IN,)),
    ),
)
def papers_complete(facts: Facts, params: Params) -> Answer:
    """Every paper the procedure asks of this matter's path is there, as a generated paper or a named
    original.

    A paper original with its place and page count satisfies; no scan is asked for.
    """
    asked = [p for p in params["papers"] if all_hold(p.when, facts)]
    lacking = [p.name for p in asked if p.id not in (facts.papers or frozenset())]
    if not lacking:
        return HELD
    names = listed(lacking)
    return refused(
        f"还缺{count_zh(len(lacking))}件：{names.zh}。",
        f"{plural(len(lacking), 'paper')} missing: {names.en}.",
        "补上，或写明纸质原件放在哪里、共几页。",
        "Add them, or write where the paper original lies and its pages.",
    )


@gate(
    "record_intact",
    title=Say("记录校验通过", "the record verifies"),
    needs=("chain_ok", "digests_ok"),
    examples=(
        holds(case("accept_archive", chain_ok=True, digests_ok=True)),
        refuses(case("accept_archive", chain_ok=True, digests_ok=False)),
    ),
)
def record_intact(facts: Facts, params: Params) -> Answer:
    """The record book's chain and the papers' digests verify (档案法 art. 37)."""
    if facts.chain_ok is None or facts.digests_ok is None:
        return Unknown(("chain_ok", "digests_ok"))
    if facts.chain_ok and facts.digests_ok:
        return HELD
    what = (
        Say("记录簿的链", "the chain of the record book")
        if not facts.chain_ok
        else Say("文件摘要", "a paper's digest")
    )
    return refused(
        f"全过程记录校验未通过：{what.zh}对不上。",
        f"The record does not verify: {what.en} does not match.",
        "先查明原因；查明前不能归档。",
        "Find out why first; nothing is archived before.",
    )


@gate(
    "result_registered",
    title=Say("登记解决情况", "how it ended is entered"),
    examples=(
        holds(case("close", {"result": "solved", "note": "沟渠已修通"})),
        refuses(case("close", {"result": "solved", "note": ""})),
        refuses(case("close", {"result": None, "note": "沟渠已修通"})),
    ),
)
def result_registered(facts: Facts, params: Params) -> Answer:
    """How the matter ended is written down: solved, partly or unsolved, with a sentence."""
    left = missing(facts, "result", "note")
    return Unknown(left) if left else HELD


@gate(
    "reply_complete",
    title=Say("说明理由和去向", "the reason, and where it goes"),
    examples=(
        holds(case("reply", {"text": "这是两家之间的事", "redirect": "村调解委员会"})),
        refuses(case("reply", {"text": "不议", "redirect": ""})),
    ),
)
def reply_complete(facts: Facts, params: Params) -> Answer:
    """A matter that is not discussed is answered with the reason and with where it can go."""
    left = missing(facts, "text", "redirect")
    return Unknown(left) if left else HELD


@gate(
    "appraised",
    title=Say("群众评议过", "appraised by residents"),
    needs=("appraised",),
    examples=(
        holds(case("take_down", appraised=True)),
        refuses(case("take_down", appraised=False)),
    ),
)
def appraised(facts: Facts, params: Params) -> Answer:
    """Residents have appraised the result (民事民评)."""
    if facts.appraised:
        return HELD
    return refused(
        "还没有组织评议。",
        "It has not been appraised.",
        "请群众评一评，登记结果；不评的，写明原因。",
        "Let residents appraise it and register the result, or write why not.",
    )


@gate(
    "inspection_complete",
    title=Say("督查表三项齐全", "the three heads of the inspection"),
    needs=("topic",),
    examples=(
        holds(case("close", topic=TopicFacts())),
        holds(case("close", topic=TopicFacts(picked=True, inspected=True))),
        refuses(case("close", topic=TopicFacts(picked=True))),
    ),
)
def inspection_complete(facts: Facts, params: Params) -> Answer:
    """A matter picked for inspection has its sheet: organisation, policy, effect (组织推进、政策落实、实际成效)."""
    topic = facts.topic or TopicFacts()
    if not topic.picked or topic.inspected:
        return HELD
    return refused(
        "这件事被选为督查件，督查表还没有填。",
        "The matter was picked for inspection and the sheet is not filled in.",
        "填组织推进、政策落实、实际成效三项。",
        "Fill in organisation, policy and effect.",
    )
