"""Every row of docs/requirements.md names a test or a page, and each of them is there."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest
from django.test import Client
from tests.web.conftest import built, county  # noqa: F401

from shangliang.people.models import Account

ROOT = Path(__file__).resolve().parents[2]
ROW = re.compile(r"^\| ([A-Z]\d+)(?: \([MSI]\))? \|([^|]*)\|([^|]*)\|$")
SHOWN = re.compile(r"`([^`]+)`")
COMPLETE = {"D": 48, "W": 84, "X": 104, "L": 68, "Z": 64}
"""Tables that hold every row of their source."""


def rows() -> dict[str, list[str]]:
    """Row id → the tests and pages it names."""
    found: dict[str, list[str]] = {}
    for line in (ROOT / "docs" / "requirements.md").read_text("utf-8").splitlines():
        if row := ROW.match(line):
            assert row[1] not in found, f"{row[1]} stands twice"
            found[row[1]] = SHOWN.findall(row[3])
    return found


@cache
def names_in(file: str) -> frozenset[str]:
    tree = ast.parse((ROOT / file).read_text("utf-8"))
    return frozenset(n.name for n in ast.walk(tree) if isinstance(n, ast.FunctionDef))


@pytest.mark.parametrize(("table", "last"), COMPLETE.items())
def test_no_row_is_missing(table: str, last: int) -> None:
    assert [r for r in rows() if r[0] == table] == [f"{table}{n}" for n in range(1, last + 1)]


@pytest.mark.parametrize("row", sorted(rows(), key=lambda r: (r[0], int(r[1:]))))
def test_every_row_is_shown_by_tests_that_exist(row: str) -> None:
    shown = rows()[row]
    assert shown, f"{row} names neither a test nor a page"
    for name in shown:
        assert name.startswith(("tests/", "/")), f"{row}: {name!r} is neither a test nor a page"
        if name.startswith("tests/"):
            file, _, test = name.partition("::")
            assert (ROOT / file).is_file() and test in names_in(file), f"{row}: there is no {name}"


@pytest.mark.usefixtures("county")
def test_every_page_that_is_named_opens() -> None:
    client = Client(headers={"accept-language": "zh-hans"})
    client.force_login(Account.objects.get(login="zhao"))
    pages = {name for shown in rows().values() for name in shown if name.startswith("/")}
    assert pages
    for page in sorted(pages):
        assert client.get(page).status_code == 200, page
