"""A small county to be rough with, and the questions to ask of it afterwards."""

from __future__ import annotations

import json
from datetime import date

from django.db import connection

from shangliang.acts.act import SYSTEM, Act
from shangliang.acts.perform import perform
from shangliang.acts.replay import replay
from shangliang.record.models import Book, Entry, SealedText
from shangliang.record.verify import verify_all

DAY = date(2025, 3, 3)
VILLAGES = ("v0", "v1", "v2", "v3")


def build(villages: tuple[str, ...] = VILLAGES) -> None:
    """A county, a town, and villages with a clerk and a secretary each."""
    found("county", "东河市", kind="county", procedure="dongning")
    found("town", "河口镇", kind="town", parent="county")
    for unit in villages:
        found(unit, f"柳树村{unit}", kind="village", parent="town", adults=860)
        for role, name in (("clerk", "王月"), ("party_secretary", "李河")):
            data = {"role": role, "person": f"p-{role[:5]}-{unit}", "name": name, "since": "2020-01-01"}
            perform(Act("appoint", DAY, SYSTEM, data, unit=unit))


def found(ident: str, name: str, **data: object) -> None:
    perform(Act("found_unit", DAY, SYSTEM, {"name": name, **data}, unit=ident))


def clerk(unit: str) -> str:
    return f"p-clerk-{unit}"


def intake(unit: str, words: str = "西胡同下雨全是泥。", key: str = "", label: str = "") -> Act:
    data = {"words": words, "name": "老于", "phone": "13900000000", "channel": "visit"}
    return Act("intake", DAY, clerk(unit), data, unit=unit, key=key, label=label)


def put_forward(unit: str, matter: str, title: str = "西胡同路面硬化", key: str = "") -> Act:
    return Act("put_forward", DAY, clerk(unit), {"title": title}, subject=matter, unit=unit, key=key)


def keep_paper(unit: str, matter: str, n: int, key: str = "") -> Act:
    data = {"kind": "record", "place": f"1号柜第{n}格", "pages": 2, "name": f"扫描{n}.pdf"}
    return Act("keep_paper", DAY, clerk(unit), data, subject=matter, unit=unit, key=key)


def open_matter(unit: str) -> str:
    return perform(intake(unit))[0].ident


def digests() -> set[str]:
    return set(Entry.objects.values_list("digest", flat=True))


def check_whole() -> None:
    """Every book verifies, replay makes the same rows, and exactly the sealed texts that entries cite are there."""
    problems = [f"{r.book or 'all'} {p.seq} {p.column}: {p.en}" for r in verify_all() for p in r.problems]
    assert problems == []
    for unit, length in Book.objects.values_list("unit", "length"):
        assert list(Entry.objects.filter(book=unit).order_by("seq").values_list("seq", flat=True)) == [
            *range(1, length + 1)
        ]
    count, differences = replay()
    assert (count, differences) == (Entry.objects.count(), [])
    cited = [
        each["id"]
        for text in Entry.objects.values_list("text", flat=True)
        for each in json.loads(text)["sealed"].values()
    ]
    assert len(cited) == len(set(cited))
    assert set(cited) == set(SealedText.objects.values_list("id", flat=True))
    connection.check_constraints()


def check_pairs() -> None:
    """What was entered in one call is there together: no matter of the load without its title."""
    done = Entry.objects.filter(act__in=("intake", "put_forward")).values_list("subject", "act")
    subjects: dict[str, set[str]] = {}
    for subject, act in done:
        subjects.setdefault(subject, set()).add(act)
    assert all(acts == {"intake", "put_forward"} for acts in subjects.values()), subjects
