#!/usr/bin/env python3
# ruff: noqa: UP031 - runs on old Pythons too
"""Checks a published panel lottery, and repeats its draw. Needs Python 3.8 or later and nothing else.

    python3 shangliang_panel_verify.py LOTTERY.json                         check the file
    python3 shangliang_panel_verify.py LOTTERY.json --digest HEX            … and that it is the one announced
    python3 shangliang_panel_verify.py LOTTERY.json --seed "3 5 1 6 …"      … and repeat the draw

It checks that the file is unchanged (its last line is the SHA-256 of everything before it), that every panel has the
right size and different people of the pool, meets every quota, seats whoever must sit, nobody who is recused, and at
most one of a household; then it counts in how many panels the least favoured person sits.

The draw. Let F be the SHA-256 of the whole file in hexadecimal, S the seed without white space and commas (full-width
signs made half-width, Unicode NFKC), n the number of panels. For t = 0, 1, 2 … take the SHA-256 of the UTF-8 text

    shangliang panel draw 1 ⏎ F ⏎ S ⏎ t          (⏎ is one line feed, t in decimal)

as one big-endian whole number of 256 bits. Numbers from n · ⌊2²⁵⁶ / n⌋ up are thrown away, so that every panel is equally
likely; the first other one, modulo n, plus 1, is the number of the panel. A seed must be settled before it can be known
(dice thrown in public, a lottery number of a day to come) and the file's digest must be announced before the seed.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import unicodedata
from typing import Any

FORMAT = "shangliang-panel-lottery/1"


def clean(seed: str) -> str:
    """The seed as it is hashed: spaces, commas and the like do not count."""
    text = unicodedata.normalize("NFKC", seed)
    return "".join(sign for sign in text if not sign.isspace() and sign not in ",、;.。")


def number(digest: str, seed: str, count: int) -> int:
    """The panel's number, from 1, that a cleaned seed draws from the file with this digest."""
    if not seed or count < 1:
        raise ValueError("nothing to draw from")
    limit = count * ((1 << 256) // count)
    turn = 0
    while True:
        text = "shangliang panel draw 1\n%s\n%s\n%d" % (digest, seed, turn)
        value = int.from_bytes(hashlib.sha256(text.encode("utf-8")).digest(), "big")
        if value < limit:
            return value % count + 1
        turn += 1


def unchanged(raw: bytes) -> bool:
    """Whether the file's last line is the digest of what stands before it, and nothing follows it."""
    body, mark, rest = raw.rpartition(b'"sha256":"')
    return bool(mark) and rest == hashlib.sha256(body).hexdigest().encode() + b'"\n}\n'


def faults(lottery: dict[str, Any]) -> list[tuple[str, str]]:
    """Every way in which a panel breaks the rules the file itself states, as (zh, en)."""
    found = []
    width = len(lottery["categories"])
    values = {row[0]: row[1 : 1 + width] for row in lottery["people"]}
    home = {row[0]: row[1 + width] for row in lottery["people"] if len(row) > 1 + width}
    if len(values) != len(lottery["people"]):
        found.append(("编号有重复", "an id appears twice"))
    must, without = set(lottery["must"]), set(lottery["without"])
    for n, panel in enumerate(lottery["panels"], 1):
        people = set(panel)
        if len(panel) != lottery["size"] or len(people) != len(panel) or not people <= set(values):
            found.append(
                ("第 %d 组人数或编号不对" % n, "panel %d: wrong number of people or unknown ids" % n)
            )
            continue
        if not must <= people or people & without:
            found.append(("第 %d 组缺了必须参加的人，或有回避的人" % n,
                          "panel %d: somebody who must sit is missing, or one recused sits" % n))  # fmt: skip
        homes = [home[one] for one in panel if one in home and one not in must]
        if len(set(homes)) != len(homes) or set(homes) & {home[one] for one in must if one in home}:
            found.append(("第 %d 组有两人同一地址" % n, "panel %d: two people of one address" % n))
        for category, value, low, high in lottery["quotas"]:
            place = lottery["categories"].index(category)
            there = sum(values[one][place] == value for one in panel)
            if not low <= there <= high:
                found.append(("第 %d 组“%s：%s”有 %d 人，应为 %d 到 %d 人" % (n, category, value, there, low, high),
                              "panel %d: %d people are “%s: %s”, %d to %d were asked for" % (n, there, category, value, low, high)))  # fmt: skip
    return found


def least(lottery: dict[str, Any]) -> int:
    """In how many panels the person sits who sits least, those recused not counted, nor those whose household has a
    member who must sit."""
    width = len(lottery["categories"])
    home = {row[0]: row[1 + width] for row in lottery["people"] if len(row) > 1 + width}
    taken = {home[one] for one in lottery["must"] if one in home}
    sat = {row[0]: 0 for row in lottery["people"] if row[0] not in lottery["without"]}
    sat = {one: 0 for one in sat if home.get(one) not in taken or home.get(one) is None}
    for panel in lottery["panels"]:
        for one in panel:
            sat[one] = sat.get(one, 0) + 1
    return min(sat.values()) if sat else 0


def examine(raw: bytes, digest: str | None = None, seed: str | None = None) -> dict[str, Any]:
    """All that can be said of a file: {"digest", "problems": [(zh, en)], "panels", "least", "number", "panel"}."""
    told: dict[str, Any] = {
        "digest": hashlib.sha256(raw).hexdigest(),
        "problems": [],
        "panels": 0,
        "least": 0,
    }
    if digest and digest.strip().lower() != told["digest"]:
        told["problems"].append(
            ("不是公布过的那份文件：指纹不同", "this is not the file that was announced: its digest differs")
        )
    if not unchanged(raw):
        told["problems"].append(("文件被改动过", "the file was changed"))
    try:
        lottery = json.loads(raw.decode("utf-8"))
        if lottery["format"] != FORMAT:
            raise ValueError(lottery["format"])
        told["problems"].extend(faults(lottery))
        told["panels"], told["least"] = len(lottery["panels"]), least(lottery)
        if seed is not None:
            told["seed"] = clean(seed)
            told["number"] = number(told["digest"], told["seed"], told["panels"])
            told["panel"] = lottery["panels"][told["number"] - 1]
    except (ValueError, KeyError, TypeError, IndexError, AttributeError) as error:
        told["problems"].append(("读不懂这份文件：%s" % error, "this file cannot be read: %s" % error))
    return told


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Checks a published panel lottery and repeats its draw.")
    parser.add_argument("file")
    parser.add_argument("--digest", help="the SHA-256 that was announced")
    parser.add_argument("--seed", help="what was thrown or drawn in public")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    options = parser.parse_args(argv)
    with open(options.file, "rb") as stream:
        told = examine(stream.read(), options.digest, options.seed)
    if options.json:
        print(json.dumps(told, ensure_ascii=False))
    else:
        show(told)
    return 1 if told["problems"] else 0


def show(told: dict[str, Any]) -> None:
    """The result for people."""
    for zh, en in told["problems"][:20]:
        print("✗ %s / %s" % (zh, en))
    if not told["problems"]:
        print(
            "✓ 文件没有改动，%d 组都合规 / unchanged; all %d panels meet the rules"
            % (told["panels"], told["panels"])
        )
        print(
            "  机会最小的人在 %d 组里 / the least favoured person sits in %d of them"
            % (told["least"], told["least"])
        )
    print("  SHA-256 %s" % told["digest"])
    if told.get("panel"):
        print(
            "  抽中第 %d 组 / panel %d: %s"
            % (told["number"], told["number"], " ".join(map(str, told["panel"])))
        )


if __name__ == "__main__":
    sys.exit(main())
