"""Every gate of the vocabulary: its examples, its words and its paragraph in the documentation."""

from pathlib import Path

import pytest

from shangliang.procedure import gatebook
from shangliang.procedure.linking import every_gate
from shangliang.procedure.loader import shipped
from shangliang.procedure.vocabulary import CONDITIONS, GATES, HELD, ROUTES, Refused, Unknown

EXAMPLES = [(g, i) for g in GATES.values() for i in range(len(g.examples))]
DOCS = Path(__file__).parents[2] / "docs" / "gates.md"


@pytest.mark.parametrize(("spec", "index"), EXAMPLES, ids=lambda v: getattr(v, "name", v))
def test_an_example_is_held_or_refused_as_it_says(spec, index):
    example = spec.examples[index]
    answer = spec.answer(example.facts, example.params)
    assert (answer is HELD) == example.held
    if isinstance(answer, Refused):
        assert all([answer.say.zh, answer.say.en, answer.satisfy.zh, answer.satisfy.en])
    if isinstance(answer, Unknown):
        assert answer.fields


@pytest.mark.parametrize("spec", GATES.values(), ids=lambda s: s.name)
def test_a_gate_ships_a_passing_and_a_refused_example_for_every_parameter_set(spec):
    by_set = {}
    for example in spec.examples:
        by_set.setdefault(frozenset(example.params) - {"papers"}, set()).add(example.held)
    assert by_set
    assert all(seen == {True, False} for seen in by_set.values())


def test_parameter_sets_used_by_shipped_procedures_have_examples():
    for procedure in shipped().values():
        for use in every_gate(procedure):
            spec = GATES[use.gate]
            known = {frozenset(e.params) for e in spec.examples}
            assert frozenset(use.params) in known, (
                f"{use.id}: no example of {use.gate} with {sorted(use.params)}"
            )


def test_a_gate_reads_only_the_collections_it_declares():
    for spec in GATES.values():
        for example in spec.examples:
            given = {
                n for n in ("parties", "rulings", "rounds", "objections", "tasks", "replies") 
                if getattr(example.facts, n) is not None
            }  # fmt: skip
            assert given <= spec.needs | {"marks"}, f"{spec.name} is shown more than it asks for"


def test_every_gate_condition_and_route_has_its_paragraph():
    written = DOCS.read_text("utf-8")
    assert written == gatebook.write(), "docs/gates.md is behind: run python -m shangliang.procedure.gatebook"
    for name in (*GATES, *CONDITIONS, *ROUTES):
        assert f"`{name}`" in written
