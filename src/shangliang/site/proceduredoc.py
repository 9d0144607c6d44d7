"""The lower part of ``docs/procedures.md`` and ``docs/procedures.zh.md``: everything a procedure file may name, made from the
code. The upper part is written by hand; ``shangliang docs procedures FILE`` writes the lower part anew."""

from __future__ import annotations

import typing
from collections.abc import Iterator
from pathlib import Path

import shangliang.acts.catalogue  # noqa: F401  (registers the acts)
from shangliang.acts.vocabulary import Catalogue, Spec
from shangliang.people.roles import BODIES, ROLES
from shangliang.procedure import loader
from shangliang.procedure.clocks import STARTS
from shangliang.procedure.model import END_KINDS, MARKS, Flow
from shangliang.procedure.say import Say
from shangliang.procedure.tables import parse
from shangliang.procedure.vocabulary import CONDITIONS, GATES, ROUTES, GateSpec

MARK = "<!-- made by `shangliang docs procedures`; everything below is overwritten -->"


def document(current: str, language: str) -> str:
    """The page with its lower part made anew. Raises ValueError where the mark is missing."""
    if MARK not in current:
        raise ValueError("the mark is missing")
    return current.partition(MARK)[0] + MARK + "\n\n" + "\n".join(_lines(language)) + "\n"


def language_of(file: Path) -> str:
    """``procedures.zh.md`` is Chinese, any other English."""
    return "zh" if file.name.endswith(".zh.md") else "en"


def _lines(lang: str) -> Iterator[str]:
    def t(zh: str, en: str) -> str:
        return zh if lang == "zh" else en

    yield f"## {t('词汇表', 'The vocabulary')}\n"
    yield t(
        "下面都是程序里现有的词，由程序写出，不用手改。规程文件只能用这些词。",
        "Everything the software knows, written from the code. A procedure file may name these and nothing else.",
    )
    yield f"\n### {t('办理（act）', 'Acts')}\n"
    yield t("`[[stage.act]]` 的 `name`。", "The `name` of a `[[stage.act]]`.") + "\n"
    yield f"| `name` | {t('叫什么', 'what it is')} | {t('填写的项', 'fields')} | {t('默认由哪个会作出', 'body')} |\n|---|---|---|---|"
    for spec in sorted(_acts(), key=lambda s: s.name):
        fields = ", ".join(f"`{f}`" for f in spec.data.model_fields)
        body = t("", "") if not spec.body else f"`{spec.body}`"
        yield f"| `{spec.name}` | {t(spec.zh, spec.en)} | {fields} | {body} |"
    yield f"\n### {t('关口（gate）', 'Gates')}\n"
    yield t(
        "`[[stage.gate]]`、`[[stage.act.gate]]`、`[[gate]]` 的 `gate`；每个关口拒绝时怎么说，见 [gates.md](gates.md)。",
        "The `gate` of a `[[stage.gate]]`, `[[stage.act.gate]]` or `[[gate]]`; what each says when it refuses is in "
        "[gates.md](gates.md).",
    )
    yield f"\n| `gate` | {t('问什么', 'what it asks')} | `params` |\n|---|---|---|"
    for gate in sorted(GATES.values(), key=lambda g: g.name):
        yield f"| `{gate.name}` | {t(gate.title.zh, gate.title.en)} | {_params(gate)} |"
    yield f"\n### {t('走向（route）', 'Routes')}\n"
    yield f"| `route` | {t('结果（next 里每个都要写去处）', 'outcomes; `next` needs a target for each')} |\n|---|---|"
    for route in sorted(ROUTES.values(), key=lambda r: r.name):
        outcomes = "; ".join(f"`{o}` {t(s.zh, s.en)}" for o, s in route.outcomes.items())
        yield f"| `{route.name}` | {outcomes} |"
    yield f"\n### {t('条件（when）', 'Conditions')}\n"
    for condition in sorted(CONDITIONS.values(), key=lambda c: c.name):
        yield f"- `{condition.name}`: {' '.join(condition.doc.split())}"
    yield from _flows(lang)
    yield f"\n### {t('其他', 'The rest')}\n"
    yield f"- {t('标记', 'Marks')}: {_ticked(MARKS)}"
    yield f"- {t('结束的种类', 'Kinds of end')}: {_ticked(END_KINDS)}"
    yield f"- {t('期限从哪天起算', 'Events a timer counts from')}: {_ticked(STARTS)}"
    yield f"- {t('职务', 'Posts')}: {'; '.join(f'`{k}` {_said(v, lang)}' for k, v in ROLES.items())}"
    yield f"- {t('会议和组织', 'Bodies')}: {'; '.join(f'`{k}` {_said(v, lang)}' for k, v in BODIES.items())}"
    yield from _overlays(lang)


def _acts() -> list[Spec]:
    """Acts about a matter: the others belong to no stage."""
    return [s for s in Catalogue.acts.values() if s.subject == "matter"]


def _params(gate: GateSpec) -> str:
    kinds = {int: "number", str: "text", list: "list"}
    return ", ".join(f"`{k}` ({kinds.get(v, v.__name__)})" for k, v in gate.params.items())


def _flows(lang: str) -> Iterator[str]:
    def t(say: Say) -> str:
        return say.text(lang)

    yield f"\n### {'公用流程（flow）' if lang == 'zh' else 'Shared flows'}\n"
    head = ("叫什么", "环节", "结果", "可以改的数", "要有的角色") if lang == "zh" else (
        "what it is", "stages", "outcomes", "params", "roles it needs")  # fmt: skip
    yield f"| `flow` | {' | '.join(head)} |\n|---|---|---|---|---|---|"
    for ident, flow in sorted(_every_flow().items()):
        params = parse(loader.shared_text(ident), ident).data.get("params", {})
        roles = dict.fromkeys(r for s in flow.stages.values() for a in s.acts for r in a.who)
        ends = "; ".join(f"`{i}` {t(e.name)}" for i, e in flow.ends.items())
        stages = " → ".join(t(s.name) for s in flow.stages.values())
        numbers = ", ".join(f"`{k} = {v}`" for k, v in params.items())
        yield f"| `{ident}` | {t(flow.name)} | {stages} | {ends} | {numbers} | {_ticked(roles)} |"


def _every_flow() -> dict[str, Flow]:
    """The shared flows as the shipped procedures call them."""
    return {i: f for p in loader.shipped().values() for i, f in p.flows.items() if i}


def _overlays(lang: str) -> Iterator[str]:
    names = {o.id: o.name for p in loader.shipped().values() for o in p.laid}
    zh = lang == "zh"
    floors = "法定底线（每个规程都带着，不用写）" if zh else "Floors of the law, on every procedure"
    more = "另外的法律规定（写进 overlays）" if zh else "More of the law, for `overlays`"
    for label, chosen in ((floors, loader.floors()), (more, names.keys() - loader.floors())):
        yield f"- {label}: {'; '.join(f'`{i}` {names[i].text(lang)}' for i in sorted(chosen))}"


def _ticked(names: typing.Iterable[str]) -> str:
    return ", ".join(f"`{n}`" for n in names)


def _said(lazy: object, lang: str) -> str:
    from django.utils.translation import override

    with override("zh-hans" if lang == "zh" else "en"):
        return str(lazy)
