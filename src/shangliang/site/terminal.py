"""How commands speak: results on stdout, progress and remarks on stderr, JSON for machines."""

import json
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any


def show(value: Any) -> None:
    """One JSON value on one line of stdout, at once, so that a reader at the other end of a pipe need not wait."""
    print(json.dumps(value, ensure_ascii=False), flush=True)


def say(zh: str, en: str) -> None:
    """One result for people, in both languages."""
    print(f"{zh} / {en}", flush=True)


def remark(zh: str, en: str) -> None:
    """Something people should know that is not the result."""
    print(f"shangliang: {zh} / {en}", file=sys.stderr, flush=True)


def progress(text: str) -> None:
    """Where we are, overwritten by the next; nothing when nobody watches."""
    if sys.stderr.isatty():
        print(f"\r\033[K{text}", end="", file=sys.stderr, flush=True)


def done() -> None:
    """Take the progress away again."""
    progress("")


@contextmanager
def replacing(target: Path) -> Iterator[IO[bytes]]:
    """A file that appears complete or not at all: written as FILE.part, readable by its owner only, then renamed."""
    part = target.with_name(target.name + ".part")
    handle = os.open(part, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(handle, "w+b") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(part, target)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def scratch(beside: Path) -> IO[bytes]:
    """A nameless file on the disk of ``beside``; gone when closed."""
    return tempfile.TemporaryFile(dir=beside.parent)
