"""Attachments on disk, named by their digest: DATA_DIR/content/ab/cdef…

A file is complete and on the platter before its row can be committed; whatever a power cut leaves over is a
file without a row, never a row without a file.
"""

from __future__ import annotations

import errno
import os
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from shangliang.errors import Conflict, Full, NotFound

from .digests import digest as digest_of
from .models import Content

ORPHAN_AGE = 24 * 3600  # seconds; a younger file may belong to a transaction still under way


def path(digest: str) -> Path:
    """Where the bytes of `digest` lie, whether or not they do."""
    return root() / digest[:2] / digest[2:]


def root() -> Path:
    return Path(settings.DATA_DIR) / "content"


def store(data: bytes, media_type: str, algorithm: str) -> str:
    """Keep `data` and return its digest; the same bytes are kept once.

    Raises Full when the disk is full and Conflict when exactly these bytes were erased before: erased stays
    erased.
    """
    digest = digest_of(algorithm, data)
    row = Content.objects.filter(digest=digest).first()
    if row is not None and row.erased_on is not None:
        raise Conflict(
            f"同样的文件已于 {row.erased_on} 依法删除，不能再次存入。",
            f"This very file was erased on {row.erased_on} and cannot be stored again.",
        )
    if not path(digest).exists():
        _write(path(digest), data)
    if row is None:
        Content.objects.get_or_create(
            digest=digest, defaults={"algorithm": algorithm, "size": len(data), "media_type": media_type}
        )
    return digest


def load(digest: str) -> bytes:
    """The bytes of an attachment. Raises NotFound for an unknown or erased one."""
    row = Content.objects.filter(digest=digest).first()
    if row is None:
        raise NotFound("没有这个附件。", "There is no such attachment.")
    if row.erased_on is not None:
        raise NotFound(f"附件已于 {row.erased_on} 删除。", f"The attachment was erased on {row.erased_on}.")
    return path(digest).read_bytes()


def files() -> Iterator[Path]:
    """Every file in the store, half-written ones included."""
    return (each for each in root().glob("*/*") if each.is_file())


def sweep() -> int:
    """Delete files that no living row owns: erased, rolled back or half-written; the number deleted."""
    living = set(Content.objects.filter(erased_on=None).values_list("digest", flat=True))
    erased = set(Content.objects.exclude(erased_on=None).values_list("digest", flat=True))
    count = 0
    for each in files():
        name = each.parent.name + each.name
        if name in erased or (name not in living and each.stat().st_mtime < time.time() - ORPHAN_AGE):
            each.unlink(missing_ok=True)
            count += 1
    return count


def _write(target: Path, data: bytes) -> None:
    temporary = None
    try:
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=".new-")
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, target)
        for directory in (target.parent, target.parent.parent):
            _sync_directory(directory)
    except OSError as error:
        if temporary:
            Path(temporary).unlink(missing_ok=True)
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise Full(
                "磁盘已满，附件没有存入。", "The disk is full; the attachment was not stored."
            ) from error
        raise


def _sync_directory(directory: Path) -> None:
    handle = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
