"""A procedure in plain words: the rulebook a secretary can read, made of the same file the engine works by."""

from __future__ import annotations

from collections.abc import Iterator

from shangliang.procedure.model import STAY, Clause, Flow, GateUse, Procedure, Stage, StageAct
from shangliang.procedure.say import NOTHING, Say, listed
from shangliang.procedure.vocabulary import GATES, ROUTES

_LEVELS = {
    "hard": Say("必须", "must"),
    "soft": Say("应当，不能时写明理由", "should, or a written reason"),
    "info": Say("提示", "shown"),
}
_ORIGINS = {
    "local": Say("本地规程", "local rule"),
    "law": Say("法律", "law"),
    "default": Say("系统默认，请确认", "system default, please confirm"),
    "engine": Say("为保证记录一致", "to keep the record consistent"),
}


def show(procedure: Procedure, lang: str = "zh") -> str:
    """The rulebook as plain text: stages, who decides, gates with their clauses, periods, clocks and papers."""
    return "\n".join(line.text(lang) for line in _lines(procedure)) + "\n"


def _lines(procedure: Procedure) -> Iterator[Say]:
    yield procedure.name
    source = f"{procedure.source.publisher}《{procedure.source.title}》"
    yield Say(f"来源：{source}", f"Source: {source}")
    yield Say(f"版本：{procedure.version}", f"Version: {procedure.version}")
    yield Say(
        "■ 关口　⏱ 期限　▸ 另走一段，步骤见后面　→ 接着到哪里",
        "■ gate, ⏱ period, ▸ another stretch, told below, → where it goes",
    )
    yield NOTHING
    if focus := procedure.lists.get("focus"):
        names = listed([i.name for i in focus])
        yield Say(f"今年的协商重点：{names.zh}", f"What this year's consultations concentrate on: {names.en}")
        yield NOTHING
    for role in procedure.roles.values():
        named = dict.fromkeys(p for posts in role.posts.values() for p in posts)
        posts = listed([procedure.posts[p] for p in named if procedure.posts[p] != role.name])
        inside = Say(f"：{posts.zh}", f": {posts.en}") if posts else NOTHING
        yield Say(f"· {role.name.zh}{inside.zh}", f"· {role.name.en}{inside.en}")
    for flow in procedure.flows.values():
        yield NOTHING
        yield Say(f"━━ {flow.name.zh}", f"━━ {flow.name.en}")
        for stage in flow.stages.values():
            yield from _stage(procedure, flow, stage)
    yield from _floors(procedure)
    yield NOTHING
    yield from _clocks(procedure)
    names = listed(
        [
            p.name + (Say("（按情况）", " (where it applies)") if p.when else NOTHING)
            for p in procedure.archive
        ]
    )
    yield Say(f"归档材料：{names.zh}", f"Papers in the archive: {names.en}")


def _stage(procedure: Procedure, flow: Flow, stage: Stage) -> Iterator[Say]:
    yield NOTHING
    yield Say(f"{stage.name.zh}{_words(stage.cites).zh}", f"{stage.name.en}{_words(stage.cites).en}")
    if stage.note:
        yield Say(f"  {stage.note.zh}", f"  {stage.note.en}")
    yield from _at_the_door(procedure, stage, "enter", Say("到这一步以前", "Before it comes here"))
    for act in stage.acts:
        yield from _act(procedure, flow, stage, act)
    if not any(act.moves for act in stage.acts):
        yield from _at_the_door(procedure, stage, "leave", Say("离开这一步以前", "Before it leaves"))
    for call in stage.calls:
        name = procedure.flows[call.flow].name
        modes = {
            "wait": Say("办完", "finish"),
            "beside": Say("同时进行", "alongside"),
            "optional": Say("需要时", "if needed"),
        }
        yield Say(f"  ▸ {modes[call.mode].zh}：{name.zh}", f"  ▸ {modes[call.mode].en}: {name.en}")
        for outcome, target in call.next.items():
            label, place = procedure.flows[call.flow].ends[outcome].name, _place(flow, target)
            yield Say(f"    → {label.zh}：{place.zh}", f"    → {label.en}: {place.en}")
    if stage.next:
        place = _place(flow, stage.next)
        yield Say(f"  → 都办完了：{place.zh}", f"  → when all of it is done: {place.en}")
    for timer in stage.timers:
        kind = Say("至少", "at least") if timer.kind == "at_least" else Say("不超过", "within")
        origin = _ORIGINS[timer.origin]
        yield Say(
            f"  ⏱ {timer.name.zh}{kind.zh}{timer.length.zh}（{origin.zh}）",
            f"  ⏱ {timer.name.en}: {kind.en} {timer.length.en} ({origin.en})",
        )


def _at_the_door(procedure: Procedure, stage: Stage, door: str, words: Say) -> Iterator[Say]:
    """What has to hold before a matter comes to a stage, or before it leaves one that no act of its own ends."""
    gates = [g for g in stage.gates if g.on == door]
    if gates:
        yield Say(f"  {words.zh}", f"  {words.en}")
    for gate in gates:
        yield from _gate(procedure, gate)


def _act(procedure: Procedure, flow: Flow, stage: Stage, act: StageAct) -> Iterator[Say]:
    who = listed([procedure.roles[w].name for w in act.who])
    yield Say(f"  {act.title.zh}（{who.zh}）", f"  {act.title.en} ({who.en})")
    labels = ROUTES[act.route].outcomes if act.route else {}
    for outcome, target in act.next.items():
        if target == STAY or not (outcome or act.moves):
            continue
        label, place = labels.get(outcome, NOTHING), _place(flow, target)
        yield Say(
            f"    → {label.zh + '：' if label else ''}{place.zh}",
            f"    → {label.en + ': ' if label else ''}{place.en}",
        )
    moving = act.moves
    for gate in (*act.gates, *(g for g in stage.gates if g.on == act.name or (g.on == "leave" and moving))):
        yield from _gate(procedure, gate)


def _gate(procedure: Procedure, gate: GateUse) -> Iterator[Say]:
    level, origin, title = _LEVELS[gate.level], _ORIGINS[gate.origin], GATES[gate.gate].title + _numbers(gate)
    yield Say(
        f"    ■ {level.zh}：{title.zh}（{origin.zh}）{_words(gate.cites).zh}",
        f"    ■ {level.en}: {title.en} ({origin.en}){_words(gate.cites).en}",
    )
    if gate.override:
        name = procedure.roles[gate.override].name
        yield Say(f"      {name.zh}可书面同意越过一次", f"      {name.en} may override it once, on paper")


_ABOVE = {
    "township": Say("乡镇人民政府", "the township"),
    "county": Say("县级主管部门", "the county's department"),
}
_COUNTED = {"days": Say("{}天", "{} days"), "groups": Say("{}类", "{} groups")}


def _numbers(gate: GateUse) -> Say:
    """The numbers a gate asks for, where it has any: 10天, 三分之二."""
    params = gate.params
    if "under" in params:
        return Say(f"（{params['under']}分之{params['over']}）", f"({params['over']}/{params['under']})")
    if by := params.get("by"):
        names = listed([_ABOVE.get(b, Say(b, b)) for b in by])
        return Say(f"（{names.zh}）", f" ({names.en})")
    said = [
        Say(s.zh.format(params[k]), s.en.format(params[k]))
        for k in params
        for s in [_COUNTED.get(k)]
        if s and params[k]
    ]
    return Say(f"（{listed(said).zh}）", f"({listed(said).en})") if said else NOTHING


def _floors(procedure: Procedure) -> Iterator[Say]:
    """What the law and other overlays add, wherever the act is done."""
    own = {g.id for o in procedure.laid for g in o.gates}
    anywhere = [g for g in procedure.gates if g.id not in own]
    if anywhere:
        yield NOTHING
        yield Say("━━ 不论在哪个环节", "━━ Wherever it is done")
    for gate in anywhere:
        yield from _gate(procedure, gate)
    for laid in (o for o in procedure.laid if o.gates):
        yield NOTHING
        yield Say(f"━━ {laid.name.zh}", f"━━ {laid.name.en}")
        yield from dict.fromkeys(line for gate in laid.gates for line in _gate(procedure, gate))


def _words(clauses: tuple[Clause, ...]) -> Say:
    """The clauses in their own words."""
    shorts = list(dict.fromkeys(c.short for c in clauses))
    if not shorts:
        return NOTHING
    return Say(f"  〔{'；'.join(s.zh for s in shorts)}〕", f" [{'; '.join(s.en for s in shorts)}]")


def _place(flow: Flow, target: str) -> Say:
    return flow.ends[target[1:]].name if target.startswith("@") else flow.stages[target].name


def _clocks(procedure: Procedure) -> Iterator[Say]:
    for clock in procedure.clocks:
        remind = clock.remind
        yield Say(
            f"· {clock.name.zh}（提前{remind.zh}提醒）", f"· {clock.name.en} (reminder {remind.en} ahead)"
        )
