"""A paper original with its scan: the file is kept and the paper registered together, or neither."""

from __future__ import annotations

from dataclasses import replace
from typing import IO, Protocol

from django.conf import settings
from django.db import transaction

from shangliang.acts.act import Act, Clock, Done, server_clock
from shangliang.acts.perform import perform
from shangliang.errors import Malformed
from shangliang.record import content
from shangliang.record.digests import digest

LARGEST = 20 * 1024 * 1024  # bytes
_SIGNS = (
    ("application/pdf", (b"%PDF-",)),
    ("image/jpeg", (b"\xff\xd8\xff",)),
    ("image/png", (b"\x89PNG\r\n\x1a\n",)),
)


class File(Protocol):
    """What a web framework hands over: a name nobody should trust, a size, bytes to read."""

    size: int | None
    file: IO[bytes] | None

    def read(self) -> bytes: ...


class Unfit(Malformed):
    """A file that is not kept: too large, empty, or of a kind we do not keep."""


def keep(act: Act, scan: File | None = None, clock: Clock = server_clock) -> Done:
    """Performs ``keep_paper``; with a scan, its digest goes into the entry and its bytes into the store.

    The file is stored last: where the act is refused nothing has been written, and where the disk is full the act is
    undone. Raises Unfit, and whatever ``perform`` raises.
    """
    if scan is None:
        return perform(act, clock=clock)[0]
    if (scan.size or 0) > LARGEST:
        raise unfit("文件超过20MB，没有存。请扫描得小一点，或者只登记原件。",
                    "The file is larger than 20 MB and was not kept. Scan it smaller, or only register the paper.")  # fmt: skip
    data = scan.read()
    kind = kind_of(data)
    if kind is None:
        raise unfit("只收PDF、JPG、PNG，这个文件不是，没有存。",
                    "Only PDF, JPG and PNG are kept; this file is none of them and was not kept.")  # fmt: skip
    named = digest(settings.DIGEST_ALGORITHM, data)
    with transaction.atomic():
        done = perform(replace(act, data={**act.data, "content": named}), clock=clock)[0]
        content.store(data, kind, settings.DIGEST_ALGORITHM)
    return done


def kind_of(data: bytes) -> str | None:
    """The media type by what the file begins with; its name says nothing."""
    return next((kind for kind, signs in _SIGNS if data.startswith(signs)), None)


def unfit(zh: str, en: str) -> Unfit:
    return Unfit([("scan", zh, en)])
