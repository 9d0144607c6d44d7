"""How large an upload may be. The limit works while the bytes come in: nothing of a larger file reaches the disk."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest

from shangliang.acts.attach import LARGEST

ROOM = 64 * 1024  # what a form needs beside its file


class Limit(FileUploadHandler):
    """Lets nothing more through once a file is known to be too large; the rest of the form is kept."""

    def handle_raw_input(
        self, input_data: Any, META: Any, content_length: int, boundary: Any, encoding: Any = None
    ) -> None:
        self.announced = content_length
        self.received = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        self.received += len(raw_data)
        if self.announced > LARGEST + ROOM or self.received > LARGEST:
            self.request.too_large = True
            return None  # swallowed: the handlers that would write it never see it
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None


def too_large(request: HttpRequest) -> bool:
    return bool(getattr(request, "too_large", False))
