"""Static files whose address carries a digest of their content, so that browsers may keep them for a year; packed."""

import atexit
import gzip
import os
import re
from functools import cache, lru_cache
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import StaticFilesStorage
from whitenoise.middleware import WhiteNoiseMiddleware
from whitenoise.responders import StaticFile

PACKED = (".css", ".svg")
_GZIP = re.compile(r"\bgzip\b")
_VARY = ("Vary", "Accept-Encoding")


class PackedStaticMiddleware(WhiteNoiseMiddleware):
    """Serves text files compressed as well: on a weak connection the style sheet is most of the first page."""

    def get_static_file(self, path: str, url: str, stat_cache: Any = None) -> StaticFile:
        made = super().get_static_file(path, url, stat_cache)
        if path.endswith(PACKED) and len(made.alternatives) == 1:
            packed, size = _packed(path, os.path.getmtime(path))
            encoding, file, headers = made.alternatives[0]
            others = [(name, value) for name, value in headers if name.lower() != "content-length"]
            sizes = [("Content-Length", str(size)), ("Content-Encoding", "gzip")]
            made.alternatives = [
                (_GZIP, packed, [*others, *sizes, _VARY]),
                (encoding, file, [*headers, _VARY]),
            ]
        return made


@cache
def _folder() -> Path:
    kept = TemporaryDirectory(prefix="shangliang-static-")
    atexit.register(kept.cleanup)
    return Path(kept.name)


@cache
def _packed(path: str, mtime: float) -> tuple[str, int]:
    """The file with the packed content, and its size."""
    content = gzip.compress(Path(path).read_bytes(), mtime=0)
    packed = _folder() / (sha256(path.encode()).hexdigest()[:16] + ".gz")
    packed.write_bytes(content)
    return str(packed), len(content)


class VersionedStorage(StaticFilesStorage):
    """``{% static "web/site.css" %}`` becomes ``/static/web/site.css?v=…``; without the file, no digest."""

    def url(self, name: str | None) -> Any:
        address = super().url(name)
        digest = _digest(name or "") if not settings.DEBUG else ""
        return f"{address}?v={digest}" if digest else address


@lru_cache(maxsize=256)
def _digest(name: str) -> str:
    path = finders.find(name)
    return sha256(Path(path).read_bytes()).hexdigest()[:12] if isinstance(path, str) else ""
