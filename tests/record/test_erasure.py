"""Erasing leaves a tombstone and a sound chain; attachments lie on disk by their digest."""

import errno
import os
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import TestCase

from shangliang.errors import Conflict, Full, NotFound
from shangliang.record import content
from shangliang.record.digests import digest
from shangliang.record.erasure import erase_content, erase_text
from shangliang.record.models import Content, SealedText
from shangliang.record.verify import verify_all, verify_book

DAY = date(2025, 3, 2)
PHOTO = b"\x89PNG a photo of the street lamp"


def test_an_erased_text_leaves_a_tombstone_and_a_sound_chain(writer: Any) -> None:
    made = writer.book(entries=3)
    gone, kept = (made[n].body["sealed"]["words"] for n in (0, 1))
    assert erase_text([gone["id"]], DAY) == 1
    row = SealedText.objects.get(id=gone["id"])
    assert (row.text, row.salt, row.erased_on, row.commitment) == ("", "", DAY, gone["is"])
    assert SealedText.objects.get(id=kept["id"]).text == "路灯坏了，第1次反映。"
    assert verify_book("u1").ok


def test_erasing_twice_keeps_the_first_day(writer: Any) -> None:
    ids = [each.body["sealed"]["words"]["id"] for each in writer.book(entries=2)]
    assert erase_text(ids[:1], DAY) == 1
    assert erase_text(ids, date(2025, 4, 1)) == 1
    assert SealedText.objects.get(id=ids[0]).erased_on == DAY


def test_an_attachment_is_kept_once_and_read_back(db: None, data_dir: Path) -> None:
    name = content.store(PHOTO, "image/png", "sha256")
    assert name == digest("sha256", PHOTO) == content.store(PHOTO, "image/png", "sha256")
    assert content.load(name) == PHOTO
    row = Content.objects.get()
    assert (row.size, row.media_type, row.erased_on) == (len(PHOTO), "image/png", None)
    assert [file.relative_to(data_dir).as_posix() for file in content.files()] == [
        f"content/{name[:2]}/{name[2:]}"
    ]
    assert verify_all()[-1].ok
    with pytest.raises(NotFound):
        content.load("0" * 64)


def test_an_erased_attachment_is_gone_for_good(db: None, data_dir: Path) -> None:
    name = content.store(PHOTO, "image/png", "sha256")
    with TestCase.captureOnCommitCallbacks(execute=True):
        assert erase_content([name], DAY) == 1
        # Not before the transaction commits: it may still be rolled back.
        assert content.path(name).exists()
    assert not content.path(name).exists()
    assert Content.objects.get().erased_on == DAY
    with pytest.raises(NotFound, match="erased"):
        content.load(name)
    with pytest.raises(Conflict):
        content.store(PHOTO, "image/png", "sha256")
    assert erase_content([name], date(2025, 4, 1)) == 0
    assert verify_all()[-1].ok


def test_sweeping_removes_what_nobody_owns(db: None, data_dir: Path) -> None:
    kept, erased = (content.store(data, "image/png", "sha256") for data in (PHOTO, PHOTO + b"2"))
    Content.objects.filter(digest=erased).update(erased_on=DAY)
    old, young = (content.root() / "ab" / name for name in ("rolled-back", "under-way"))
    for file in (old, young):
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(b"x")
    os.utime(old, (0, 0))
    os.utime(content.path(kept), (0, 0))
    assert content.sweep() == 2
    assert set(content.files()) == {content.path(kept), young}


def test_a_changed_or_lost_attachment_is_named(db: None, data_dir: Path) -> None:
    names = [content.store(PHOTO + bytes([n]), "image/png", "sha256") for n in range(4)]
    content.path(names[0]).write_bytes(b"another photo")
    content.path(names[1]).unlink()
    Content.objects.filter(digest=names[2]).update(erased_on=DAY)
    assert {problem.column for problem in verify_all()[-1].problems} == set(names[:3])


def test_a_full_disk_is_said_and_leaves_nothing(
    db: None, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Full):
        content.store(PHOTO, "image/png", "sha256")
    assert not Content.objects.exists() and not list(content.files())
