"""What nobody would type, through ``perform``: it is recorded as it stands or turned away with a sentence, and a
refused act leaves nothing behind."""

from __future__ import annotations

import os
import re
import types
import typing
from datetime import date
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.robust import village
from tests.settled import settled

from shangliang.acts.act import Act, read_line
from shangliang.acts.perform import perform
from shangliang.acts.vocabulary import Catalogue
from shangliang.cases import models as cases
from shangliang.errors import Malformed, NotFound, ShangliangError
from shangliang.people.models import Person, Post
from shangliang.record.models import Entry, SealedText
from shangliang.units.models import Unit

CHINESE = re.compile("[一-鿿]")
LETTERS = re.compile(r"[A-Za-z]")


def count() -> tuple[int, int]:
    """Entries and sealed texts; whether the rows agree is for replay to say."""
    return Entry.objects.count(), SealedText.objects.count()


def turned_away(act: Act) -> ShangliangError:
    """The error of an act that must not be done, after looking that it left nothing behind."""
    before = count()
    with pytest.raises(ShangliangError) as caught:
        perform(act)
    assert count() == before
    said = caught.value
    assert CHINESE.search(said.zh) and LETTERS.search(said.en), (said.zh, said.en)
    return said


@pytest.fixture
def matter(db: None) -> str:
    village.build(("v0",))
    return village.open_matter("v0")


# --- values that are fine, and come back as they went in


@pytest.mark.parametrize(
    "words",
    [
        "喆、玥、堃、𠮷、㛃、䶮",
        "修好了👍🏽，谢谢👨‍👩‍👧‍👦",
        "右\u202e左\u202c到\u200f右",
        "'; DROP TABLE record_entry; --",
        "<script>alert(1)</script>&lt;b&gt;",
        "{{ words }}{% load x %}%s %(name)s {0} {zh}",
        "=HYPERLINK(\"http://example.com\")",
        "第一行\n第二行\r\n第三行\t完",
        "\\u0000 写出来的反斜杠",
        "字" * 4000,
    ],
)  # fmt: skip
def test_strange_words_are_kept_as_they_are(matter: str, words: str) -> None:
    done = perform(village.intake("v0", words))[0]
    opinion = cases.Opinion.objects.get(matter=done.ident)
    assert opinion.words.text == words
    assert words not in Entry.objects.get(digest=done.digest).text
    village.check_whole()


def test_letters_in_two_forms_become_one(matter: str) -> None:
    done = perform(village.intake("v0", "cafe\u0301 ｶﾞ"))[0]
    assert cases.Opinion.objects.get(matter=done.ident).words.text == "café ｶﾞ"


# --- values that are turned away


@pytest.mark.parametrize(
    "data",
    [
        {"words": "字" * 4001},
        {"words": "路灯坏了", "name": "喆" * 10_000},
        {"words": "路灯\0坏了"},
        {"words": "路灯\ud800坏了"},
        {"words": "路灯坏了", "name": "老\udfff于"},
        {"words": ""},
        {"words": " \u3000\n "},
        {"words": None},
        {"words": 7},
        {"words": ["路灯坏了"]},
        {"words": {"zh": "路灯坏了"}},
        {"words": "路灯坏了", "behalf": 0.5},
        {"words": "路灯坏了", "behalf": float("nan")},
        {"words": "路灯坏了", "behalf": float("inf")},
        {"words": "路灯坏了", "kind": "' OR 1=1 --"},
        {"words": "路灯坏了", "kind": "字" * 10_000},
        {"words": "路灯坏了", "more": "字" * 10_000},
        {"words": "路灯坏了", "字\ud800": 1},
        {"words": "路灯坏了", "kind": b"opinion"},
        {"words": "路灯坏了", "behalf": 10**5000},
        {"words": "路灯坏了", 1: 2},
        {"words": "路灯坏了", "kind": {"opinion", "wish"}},
        {},
    ],
)
def test_an_intake_that_cannot_be_is_turned_away(matter: str, data: dict[str, Any]) -> None:
    said = turned_away(Act("intake", village.DAY, "public", data, unit="v0"))
    assert isinstance(said, Malformed)
    assert len(said.zh) < 2000 and len(said.en) < 2000


@pytest.mark.parametrize("kind", [list, dict])
def test_deep_nesting_is_turned_away(matter: str, kind: type) -> None:
    deep: Any = "x"
    for _ in range(100_000):
        deep = [deep] if kind is list else {"x": deep}
    turned_away(Act("intake", village.DAY, "public", {"words": deep}, unit="v0"))


@pytest.mark.parametrize(
    "data",
    [
        {"guests": [{"kind": "member"}] * 501},
        {"guests": [7] * 100_000},
        {"guests": "everybody"},
        {"guests": [{"kind": "member", "post": "v0.99.0"}]},
        {"guests": [{"kind": "party", "party": "'; --"}]},
        {"convener": "v0.99.0"},
        {"held_on": "0001-01-01"},
        {"held_on": "2025-02-30"},
        {"held_on": "10000-01-01"},
        {"held_on": 20250303},
        {"held_on": 1e300},
        {"held_on": "二〇二五年三月三日"},
        {"time": "24:00"},
        {"time": "1\n:00"},
    ],
)
def test_a_meeting_that_cannot_be_is_turned_away(matter: str, data: dict[str, Any]) -> None:
    whole = {"held_on": "2025-03-10", "place": "村议事室"} | data
    said = turned_away(Act("convene", village.DAY, village.clerk("v0"), whole, unit="v0"))
    assert len(said.zh) < 2000


def test_the_last_day_of_all_can_be_written(matter: str) -> None:
    data = {"held_on": "9999-12-31", "place": "村议事室"}
    perform(Act("convene", village.DAY, village.clerk("v0"), data, unit="v0"))
    village.check_whole()


@pytest.mark.parametrize("day", [date.min, date(1979, 12, 31), date.max])
def test_a_day_out_of_reach_is_turned_away(matter: str, day: date) -> None:
    said = turned_away(Act("put_forward", day, village.clerk("v0"), {"title": "路灯"}, subject=matter))
    assert "9999" in said.zh or "太早" in said.zh or "早于" in said.zh


HOSTILE: tuple[Any, ...] = (
    "字" * 10_000, "a\0b", "a\ud800b", "' OR 1=1 --", "", "𠮷", -1, 2.5, 10**30, True, ["x"], {}, {"x": 1},
)  # fmt: skip
PLAIN = (
    "act",
    "matter",
    "unit",
    "entered_by",
    "handled_by",
    "key",
    "happened_on",
    "as",
    "decided_by",
    "reasons",
    "data",
)
INNER = ("post", "role", "body", "unit", "on", "paper", "present", "D-G6")


@pytest.mark.parametrize("field", [*PLAIN, *(f"decided_by.{i}" for i in INNER), "reasons.D-G6"])
@pytest.mark.parametrize("by_program", [False, True])
def test_a_hostile_envelope_is_turned_away(matter: str, field: str, by_program: bool) -> None:
    """Every field of the act itself, from a line and as a program would pass it without reading one."""
    name, _, inner = field.partition(".")
    before = count()
    for value in HOSTILE:
        line = {
            "act": "put_forward", "matter": matter, "unit": "v0", "entered_by": village.clerk("v0"),
            "data": {"title": "路灯"}, "happened_on": "2025-03-03", "decided_by": {"role": "party_secretary"},
        } | {name: {inner: value} if inner else value}  # fmt: skip
        with transaction.atomic():
            try:
                perform(unread(line) if by_program else read_line(line))
            except ShangliangError as said:
                assert CHINESE.search(said.zh) and LETTERS.search(said.en)
            else:
                assert inner or name not in ("act", "matter", "entered_by", "data"), value
                connection.check_constraints()
            transaction.set_rollback(True)
        assert count() == before


def unread(line: dict[str, Any]) -> Act:
    day = village.DAY if line["happened_on"] == "2025-03-03" else line["happened_on"]
    return Act(
        line["act"], day, line["entered_by"], line["data"], line["matter"], line["unit"], line["decided_by"],
        line.get("handled_by"), line.get("reasons", {}), line.get("key", ""), line.get("as", ""),
    )  # fmt: skip


# --- everything in the catalogue, at random

SNIPPETS = st.sampled_from(
    ["", " ", "\0", "\ud83d", "𠮷", "喆" * 10_000, "' OR ''='", "<img src=x>", "@road", "@", "-1", "1e9", "0001-01-01",
     "9999-12-31", "2025-13-01", "true", "null", "\u202e", "999999999999999999999999", "v0", "liuhe"]
)  # fmt: skip
EXAMPLES = int(os.environ.get("EXAMPLES", "600"))
"""More of them (EXAMPLES=20000) are other ones each time."""
GARBAGE = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | SNIPPETS | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5) | SNIPPETS, inner, max_size=3)
    ),
    max_leaves=6,
)
DAYS = st.sampled_from(["0001-01-01", "1980-01-01", "2025-03-03", "9999-12-31", date.today().isoformat()])
WORDS = st.sampled_from(["路灯坏了", "喆玥堃𠮷", "happened_on", "title", "place", "D-G6", "a\u202eb", ""])
Ids = dict[str, list[str]]


@pytest.fixture
def county(db: None) -> Ids:
    """The demonstration county, with matters at every stage, and every id in it by the fields that hold such ids."""
    from shangliang.site import demo

    settled(("demonstration", timezone.localdate()), demo.build)
    ids: Ids = {"person": sorted(Person.objects.values_list("pk", flat=True))}
    for model in (
        cases.Matter,
        cases.Meeting,
        cases.Party,
        cases.Task,
        cases.Objection,
        cases.Invitation,
        cases.Opinion,
    ):
        ids[model.__name__.lower()] = [
            str(pk) for pk in model.objects.order_by("pk").values_list("pk", flat=True)
        ]
    ids["post"] = list(Post.objects.order_by("pk").values_list("pk", flat=True))
    ids["unit"] = list(Unit.objects.order_by("path").values_list("pk", flat=True))
    ids["text"] = list(SealedText.objects.order_by("pk").values_list("pk", flat=True)[:20])
    kinds = {"post": "convener recorder poster witness", "unit": "parent book", "invitation": "absent", "matter": "into",
             "text": "texts"}  # fmt: skip
    return ids | {field: ids[kind] for kind, fields in kinds.items() for field in fields.split()}


def fitting(name: str, annotation: Any, ids: Ids) -> st.SearchStrategy[Any]:
    """Values that a field may well accept."""
    origin, inner = typing.get_origin(annotation), typing.get_args(annotation)
    if origin in (typing.Union, types.UnionType):
        return st.one_of(*(fitting(name, a, ids) for a in inner))
    if origin is typing.Annotated:
        return fitting(name, inner[0], ids)
    if origin is typing.Literal:
        return st.sampled_from(inner)
    if origin is list:
        return st.lists(fitting(name, inner[0], ids), max_size=4)
    if annotation is type(None):
        return st.none()
    if annotation is bool:
        return st.booleans()
    if annotation is int:
        return st.sampled_from([1, 2, 5, 30, 0, 10_000, 2**31, 2**63])
    if annotation is date:
        return DAYS
    if isinstance(annotation, type) and hasattr(annotation, "model_fields"):
        return filled(annotation, ids)
    return st.sampled_from(ids[name]) if name in ids else WORDS | DAYS


def filled(model: Any, ids: Ids) -> st.SearchStrategy[dict[str, Any]]:
    must = {n: fitting(n, f.annotation, ids) for n, f in model.model_fields.items() if f.is_required()}
    may = {n: fitting(n, f.annotation, ids) for n, f in model.model_fields.items() if not f.is_required()}
    return st.fixed_dictionaries(must, optional=may)


def lines(ids: Ids) -> st.SearchStrategy[dict[str, Any]]:
    """Lines for any act: mostly plausible, with garbage strewn in."""
    any_id = st.sampled_from(sorted({i for kind in ids.values() for i in kind}))
    data = {name: filled(spec.data, ids) for name, spec in Catalogue.acts.items()}
    who = st.sampled_from([
        {"role": "party_secretary"}, {"body": "party", "paper": "会议记录", "present": 4}, {"body": "council"},
        {"body": "town_party", "unit": "laoheishan", "paper": "批复1号"}, {"role": "supervision_head"},
    ])  # fmt: skip
    spoilt = st.dictionaries(
        st.sampled_from(["post", "role", "body", "unit", "on", "paper", "present"]),
        GARBAGE | any_id,
        max_size=3,
    )
    more = {
        "decided_by": who | any_id.map(lambda i: {"post": i}) | spoilt, "handled_by": any_id, "key": SNIPPETS, "as": SNIPPETS,
        "reasons": st.dictionaries(st.sampled_from(["D-G6", "D-G2", "x"]), WORDS | GARBAGE, max_size=2),
    }  # fmt: skip

    @st.composite
    def line(draw: Any) -> dict[str, Any]:
        def now_and_then(times: int) -> bool:
            return bool(draw(st.integers(0, times)) == times)

        spec = Catalogue.acts[draw(st.sampled_from(sorted(Catalogue.acts)))]
        one = {
            "act": spec.name, "data": draw(data[spec.name]), "happened_on": date.today().isoformat(),
            "entered_by": draw(st.sampled_from(["public", "system", "p-su", "p-su", "p-su", "p-cheng", "p-meng"])),
        }  # fmt: skip
        if spec.subject == "unit" or spec.opens:
            one["unit"] = draw(st.sampled_from(ids["unit"]) | st.just("fresh"))
        else:
            one[spec.subject] = draw(st.sampled_from(ids[spec.subject]))
        if now_and_then(1):
            one["decided_by"] = draw(who)
        if now_and_then(2):
            one["data"][draw(st.sampled_from([*spec.data.model_fields, "more"]))] = draw(GARBAGE)
        if now_and_then(3):
            one["happened_on"] = draw(DAYS)
        if now_and_then(3):
            name = draw(st.sampled_from(sorted(more)))
            one[name] = draw(more[name])
        if now_and_then(7):
            one[draw(st.sampled_from(sorted(one)))] = draw(GARBAGE | any_id)
        return one

    return line()


def test_any_act_is_done_or_turned_away_with_a_sentence(county: Ids) -> None:
    seen: dict[str, set[str]] = {}

    @settings(
        max_examples=EXAMPLES, deadline=None, database=None, derandomize=EXAMPLES == 600,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
    )  # fmt: skip
    @given(lines(county))
    def tried(line: dict[str, Any]) -> None:
        before = count()
        with transaction.atomic():
            try:
                done = perform(read_line(line))[0]
                connection.check_constraints()  # what a commit would check
                seen.setdefault("Done", set()).add(done.act)
            except ShangliangError as said:
                assert count() == before
                assert CHINESE.search(said.zh) and LETTERS.search(said.en)
                seen.setdefault(type(said).__name__, set()).add(str(line.get("act")))
                transaction.set_rollback(True)

    tried()
    village.check_whole()
    assert {"Done", "Refused", "Malformed", "NotFound"} <= seen.keys(), seen
    assert len(seen["Done"]) >= 2, seen["Done"]


def test_an_unknown_number_is_not_found(matter: str) -> None:
    for subject in ("ZZZZZZ", "' OR 1=1", "𠮷", "字" * 48):
        said = turned_away(
            Act("put_forward", village.DAY, village.clerk("v0"), {"title": "路灯"}, subject=subject)
        )
        assert isinstance(said, NotFound)
