"""Static files whose address carries a digest of their content, so that browsers may keep them for a year."""

from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import StaticFilesStorage


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
