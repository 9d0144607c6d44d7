"""``verify``, ``book``, ``replay``, ``account``, ``procedure``: results, JSON, exit status."""

from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from tests.commands.conftest import ROAD, Run, jsonl

from shangliang.cases.models import Matter
from shangliang.people.models import Account
from shangliang.record import triggers

pytestmark = pytest.mark.django_db


def spoil(statement: str, *values: Any) -> None:
    """What somebody with the database's password may do."""
    triggers.remove(connection)
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
    triggers.install(connection)


def test_verify_names_book_entry_and_column(run: Run, village: None) -> None:
    assert run("verify").status == 0
    spoil("UPDATE record_entry SET happened_on = '2020-01-01' WHERE book_id = 'village' AND seq = 2")
    done = run("verify", "--json")
    assert done.status == 1
    assert [(p["book"], p["seq"], p["column"]) for p in done.json["problems"]] == [
        ("village", 2, "happened_on")
    ]
    assert "village #2 happened_on" in run("verify").out
    assert run("verify", "--book", "town").status == 0
    assert run("verify", "--book", "village").status == 1
    assert run("verify", "--book", "nowhere").status == 1


def test_verify_notices_missing_triggers(run: Run, village: None) -> None:
    triggers.remove(connection)
    done = run("verify")
    triggers.install(connection)
    assert done.status == 1 and "record_entry_no_update" in done.out


def test_an_exported_book_verifies(run: Run, village: None, tmp_path: Path) -> None:
    file, full = tmp_path / "book.jsonl", tmp_path / "full.jsonl"
    done = run("book", "export", "village", "-o", file, "--json")
    assert done.status == 0 and done.json["entries"] == 3
    assert "王月" not in file.read_text("utf-8")
    run("book", "export", "village", "-o", full, "--with-texts")
    assert "王月" in full.read_text("utf-8")
    assert run("book", "export", "village").out == file.read_text("utf-8")
    assert run("verify", file).status == run("verify", "--export", full, "--with-texts").status == 0
    assert run("verify", file, "--with-texts").status == 1
    head = run("verify", file, "--json").json["heads"][0]["head"]
    assert run("verify", file, "--head", head).status == 0
    assert run("verify", file, "--head", "0" * 64).status == 1
    file.write_text(file.read_text("utf-8").replace("party_secretary", "clerk"), "utf-8")
    assert run("verify", file).status == 1
    assert run("verify", tmp_path / "none.jsonl").status == 2
    assert run("book", "export", "nowhere", "-o", tmp_path / "x").status == 1
    assert not (tmp_path / "x").exists()


def test_replay_prints_what_differs(run: Run, village: None) -> None:
    (made,) = run("perform", "-", stdin=jsonl([ROAD])).lines
    number = made["entry"]["subject"].partition(":")[2]
    assert run("replay", "--json").json == {"entries": 6, "differences": []}
    with connection.cursor() as cursor:
        cursor.execute("UPDATE cases_matter SET stage = 'D-8' WHERE id = %s", [number])
    done = run("replay", "--json")
    assert done.status == 1
    (row,) = done.json["differences"]
    assert (row["model"], row["id"], row["what"]) == ("Matter", number, "stage")
    assert Matter.objects.get(pk=number).stage == "D-8", "replay changes nothing"


def test_accounts(run: Run, village: None) -> None:
    assert run("account", "add", "1001", "--person", "p-wang", "--pin-stdin", stdin=b"246810\n").status == 0
    account = Account.objects.get(login="1001")
    assert account.check_password("246810") and account.person_id == "p-wang"
    Account.objects.update(failures=5, locked_until="2099-01-01T00:00Z")
    (row,) = run("account", "list", "--json").lines
    assert row["locked"] and row["posts"] == ["clerk@village"]
    assert run("account", "unlock", "1001").status == 0
    assert not run("account", "list", "--json").lines[0]["locked"]
    assert run("account", "pin", "1001", "--pin-stdin", stdin=b"135790\n").status == 0
    assert Account.objects.get(login="1001").check_password("135790")


@pytest.mark.parametrize(
    ("words", "pin"),
    [
        (("add", "1002", "--person", "p-nobody"), b"246810\n"),
        (("add", "1001", "--person", "p-li"), b"246810\n"),
        (("add", "x" * 41, "--person", "p-li"), b"246810\n"),
        (("add", "1002", "--person", "p-li"), b"1234\n"),
        (("add", "1002", "--person", "p-li"), b"000000\n"),
        (("add", "1002", "--person", "p-li"), b""),
        (("pin", "none"), b"246810\n"),
    ],
)
def test_an_account_that_will_not_do(run: Run, village: None, words: tuple[str, ...], pin: bytes) -> None:
    run("account", "add", "1001", "--person", "p-wang", "--pin-stdin", stdin=b"246810\n")
    done = run("account", *words, "--pin-stdin", stdin=pin)
    assert done.status == 1 and done.err.startswith("shangliang: ")
    assert Account.objects.count() == 1
    assert run("account", "unlock", "none").status == 1


def test_procedures_are_proved(run: Run) -> None:
    done = run("procedure", "check", "--json")
    assert done.status == 0
    assert "dongning" in {p["procedure"] for p in done.json["procedures"]}
    assert "✓" in run("procedure", "check").out


def test_a_failed_proof_prints_the_path(run: Run, tmp_path: Path) -> None:
    from shangliang.procedure import loader

    text = loader.shipped()["dongning"].text
    file = tmp_path / "mine.toml"
    file.write_text(text, "utf-8")
    assert run("procedure", "check", file).status == 0
    file.write_text(text.replace('no = "D-X"', 'no = "@completed"'), "utf-8")
    done = run("procedure", "check", file)
    assert done.status == 1
    assert "✗" in done.out and "D-4" in done.out
    file.write_text("id = [", "utf-8")
    assert run("procedure", "check", file).status == 1
    assert run("procedure", "check", tmp_path / "none.toml").status == 2


def test_a_procedure_is_shown_and_drawn(run: Run, tmp_path: Path) -> None:
    assert "三议" in run("procedure", "show", "dongning").out
    file = tmp_path / "dongning.svg"
    assert run("procedure", "chart", "dongning", "-o", file).status == 0
    assert file.read_text("utf-8").lstrip().startswith("<svg")
    assert "<svg" in run("procedure", "chart", "dongning", "--language", "en").out
    done = run("procedure", "show", "nowhere")
    assert done.status == 1 and "dongning" in done.err
