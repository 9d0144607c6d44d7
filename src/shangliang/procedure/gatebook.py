"""``docs/gates.md``, written from the vocabulary itself: ``python -m shangliang.procedure.gatebook > docs/gates.md``."""

from __future__ import annotations

from collections.abc import Iterator

from shangliang.procedure import reading  # noqa: F401  (importing it fills the registries)
from shangliang.procedure.field_names import field_name
from shangliang.procedure.say import Say, listed
from shangliang.procedure.vocabulary import CONDITIONS, GATES, ROUTES, Answer, GateSpec, Refused, Unknown

_HEAD = """# Gates, conditions and routes

The vocabulary that procedure files draw on. This page is written from the functions themselves; do not edit it, run
`python -m shangliang.procedure.gatebook > docs/gates.md`. How a file uses them is in `procedure-files.md`.

A gate answers *held*, *refused* with what would satisfy it, or *unknown* with the fields that are missing. Under each
gate stand the sentences of its refused examples, which are also its tests.
"""


def write() -> str:
    """The whole page."""
    return "\n".join([_HEAD, *_gates(), *_conditions(), *_routes()]) + "\n"


def _gates() -> Iterator[str]:
    yield "## Gates\n"
    for spec in sorted(GATES.values(), key=lambda s: s.name):
        yield f"### `{spec.name}` {spec.title.zh}\n"
        yield f"{spec.doc}\n"
        if spec.needs:
            yield f"Looks at: {', '.join(sorted(spec.needs))}.\n"
        if spec.params:
            named = ", ".join(f"`{k}` ({t.__name__})" for k, t in spec.params.items())
            yield f"Parameters: {named}.\n"
        yield from _sentences(spec)


def _sentences(spec: GateSpec) -> Iterator[str]:
    refused = [_words(spec.answer(e.facts, e.params)) for e in spec.examples if not e.held]
    for words in dict.fromkeys(refused):
        yield f"> {words.zh}\n> *{words.en}*\n"


def _words(answer: Answer) -> Say:
    if isinstance(answer, Refused):
        return answer.say + answer.satisfy
    assert isinstance(answer, Unknown)
    names = listed([field_name(n) for n in answer.fields])
    return Say(f"还没有填：{names.zh}。", f"Not filled yet: {names.en}.")


def _conditions() -> Iterator[str]:
    yield "## Conditions\n"
    yield "Named in `when` lists; all must be true. One that cannot be answered makes its gate unknown.\n"
    for spec in sorted(CONDITIONS.values(), key=lambda s: s.name):
        yield f"- `{spec.name}`: {spec.doc}"
    yield ""


def _routes() -> Iterator[str]:
    yield "## Routes\n"
    for spec in sorted(ROUTES.values(), key=lambda s: s.name):
        yield f"### `{spec.name}`\n"
        yield f"{spec.doc}\n"
        outcomes = "; ".join(f"`{o}` {say.zh} ({say.en})" for o, say in spec.outcomes.items())
        yield f"Outcomes: {outcomes}.\n"


if __name__ == "__main__":
    print(write(), end="")
