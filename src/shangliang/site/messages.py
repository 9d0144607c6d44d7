"""Compiles the translations: each ``django.po`` beside its ``django.mo``, when the former is newer.

``python -m shangliang.site.messages`` does it for the whole package. Of the format it reads comments,
contexts, plurals, escapes and texts over several lines; fuzzy and obsolete entries are left out.
"""

import ast
import os
import struct
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent


def blocks(po: str) -> Iterator[tuple[bool, dict[str, str]]]:
    """Each entry of the file: whether it is fuzzy, and its fields."""
    fuzzy, fields, field = False, dict[str, str](), ""
    for line in [*map(str.strip, po.splitlines()), "#"]:
        starts = line.startswith(("#", "msgctxt ", "msgid "))
        if starts and any(name.startswith("msgstr") for name in fields):
            yield fuzzy, fields
            fuzzy, fields = False, {}
        if line.startswith("#"):
            fuzzy |= line.startswith("#,") and "fuzzy" in line
        elif line:
            if not line.startswith('"'):
                field, _, line = line.partition(" ")
                fields[field] = ""
            fields[field] += ast.literal_eval(line.strip())


def entries(po: str) -> Iterator[tuple[str, str]]:
    """Pairs of key and translation as ``gettext`` looks them up: ``context\\4text`` and ``one\\0many``."""
    for fuzzy, fields in blocks(po):
        key = fields["msgid"]
        texts = [text for name, text in sorted(fields.items()) if name.startswith("msgstr")]
        if (fuzzy and key) or not all(texts):
            continue
        if "msgid_plural" in fields:
            key = f"{key}\0{fields['msgid_plural']}"
        if "msgctxt" in fields:
            key = f"{fields['msgctxt']}\4{key}"
        yield key, "\0".join(texts)


def compiled(po: str) -> bytes:
    """The binary catalogue: a header, a table of keys, a table of translations, then all the texts."""
    pairs = sorted((key.encode(), text.encode()) for key, text in entries(po))
    count = len(pairs)
    texts = b""
    tables: list[int] = []
    for column in (0, 1):
        for pair in pairs:
            tables += (len(pair[column]), 28 + 16 * count + len(texts))
            texts += pair[column] + b"\0"
    header = struct.pack("<7I", 0x950412DE, 0, count, 28, 28 + 8 * count, 0, 0)
    return header + struct.pack(f"<{4 * count}I", *tables) + texts


def refresh() -> list[Path]:
    """Compile what is out of date; return the catalogues written."""
    written = []
    for po in sorted(PACKAGE.glob("*/locale/*/LC_MESSAGES/*.po")):
        mo = po.with_suffix(".mo")
        if mo.exists() and mo.stat().st_mtime >= po.stat().st_mtime:
            continue
        fresh = mo.with_name(f"{mo.name}.{os.getpid()}")
        fresh.write_bytes(compiled(po.read_text(encoding="utf-8")))
        fresh.replace(mo)
        written.append(mo)
    return written


if __name__ == "__main__":
    refresh()
