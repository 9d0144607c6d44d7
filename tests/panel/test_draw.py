"""The draw: repeated bit for bit by the stand-alone file, fair, and any change of the published file is noticed."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from shangliang.panel import Person, Problem, Published, Quota, drawn, publish, shangliang_panel_verify, solve
from shangliang.panel.shangliang_panel_verify import clean, examine, number

VERIFIER = Path(shangliang_panel_verify.__file__)


@pytest.fixture(scope="module")
def published() -> Published:
    people = tuple(
        Person(f"{n:03}", ("女" if n % 2 else "男", "老" if n % 3 else "青"), f"户{n // 2}" if n < 12 else "")
        for n in range(40)
    )
    quotas = (
        Quota("性别", "女", 3, 5),
        Quota("性别", "男", 3, 5),
        Quota("年龄", "老", 4, 6),
        Quota("年龄", "青", 2, 4),
    )
    return publish(
        solve(Problem(8, ("性别", "年龄"), quotas, people, frozenset({"039"}), frozenset({"038"}))), count=200
    )


def test_the_stand_alone_file_repeats_the_draw(published: Published, tmp_path: Path) -> None:
    """In an interpreter of its own, without our packages, from a copy of the one file."""
    copy, file = tmp_path / "verify.py", tmp_path / "lottery.json"
    copy.write_bytes(VERIFIER.read_bytes())
    file.write_bytes(published.text.encode())
    call = [
        sys.executable,
        "-I",
        "-S",
        str(copy),
        str(file),
        "--digest",
        published.digest,
        "--seed",
        "3 5 1 6 2 4",
        "--json",
    ]
    told = json.loads(subprocess.run(call, check=True, capture_output=True, cwd=tmp_path).stdout)
    assert told["problems"] == [] and told["number"] == drawn(published, "351624")
    assert told["panel"] == list(published.panels[told["number"] - 1])


def test_the_draw_is_the_documented_one() -> None:
    """As sha256sum and a pocket calculator find it, so that a change of the rule cannot slip in."""
    assert number("00" * 32, "351624", 1000) == 693
    assert number("00" * 32, "351625", 1000) != number("00" * 32, "351624", 1000)


def test_every_panel_is_drawn_equally_often() -> None:
    counts = Counter(number("ab" * 32, str(seed), 6) for seed in range(6000))
    assert set(counts) == {1, 2, 3, 4, 5, 6}
    assert sum((n - 1000) ** 2 / 1000 for n in counts.values()) < 20.5  # χ², 5 degrees of freedom, 0.999


@pytest.mark.parametrize("said", ["3 5 1 6", "３５１６", "3,5，1、6", " 3516\n", "3;5。1 6"])
def test_a_seed_may_be_written_down_in_any_usual_way(said: str) -> None:
    assert clean(said) == "3516"


def test_nothing_cannot_be_a_seed(published: Published) -> None:
    with pytest.raises(ValueError, match="nothing to draw from"):
        drawn(published, " ， ")


def test_one_byte_changed_anywhere_is_noticed(published: Published) -> None:
    raw = published.text.encode()
    for place in range(0, len(raw), 97):
        forged = bytearray(raw)
        forged[place] ^= 1
        assert examine(bytes(forged))["problems"], place
    assert examine(raw + b"\n")["problems"] and examine(raw[:-1])["problems"] and examine(b"")["problems"]


def test_a_file_that_was_sealed_again_is_not_the_announced_one(published: Published) -> None:
    """Whoever computes the last line anew is caught by the digest that was announced; and the draw changes with it."""
    import hashlib

    lottery = published.text.replace('"008"', '"009x"')
    body = lottery.rpartition('"sha256"')[0]
    forged = (body + '"sha256":"' + hashlib.sha256(body.encode()).hexdigest() + '"\n}\n').encode()
    assert not examine(forged)["problems"]
    assert any("指纹不同" in zh for zh, _ in examine(forged, published.digest)["problems"])


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda it: it["panels"][0].pop(), "人数或编号"),
        (lambda it: it["panels"][0].__setitem__(0, "038"), "回避"),
        (lambda it: it["quotas"][0].__setitem__(2, 6), "应为"),
        (lambda it: it["panels"][0].__setitem__(0, it["panels"][0][1]), "人数或编号"),
    ],
)
def test_a_panel_that_breaks_a_rule_is_named(published: Published, change: object, said: str) -> None:
    lottery = json.loads(published.text)
    change(lottery)  # type: ignore[operator]
    assert any(said in zh for zh, _ in examine(json.dumps(lottery).encode())["problems"])


def test_nothing_personal_is_published(published: Published) -> None:
    assert "户" not in published.text  # addresses are numbered


def test_people_who_are_alike_sit_equally_often(published: Published) -> None:
    sat = Counter(one for panel in published.panels for one in panel)
    alike = [f"{n:03}" for n in range(12, 38) if n % 2 and n % 3]
    assert max(sat[one] for one in alike) - min(sat[one] for one in alike) <= 1
    assert sat["039"] == 200 and sat["038"] == 0
