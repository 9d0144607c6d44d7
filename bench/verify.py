"""Verification against bare hashing of the same bytes, in the same run.

    python -m bench.verify [--entries N] [--rounds N] [--database sqlite|postgres-embedded] [--json]

The reference is hashlib.sha256 over each text that the side at hand has to hash, lying in memory as bytes: the entries',
and where sealed texts are looked at each of these with its salt. A share is the reference's time by that of the side:

- `database` reads a book from the database, hashes, parses, follows the chain, compares every column and sealed text;
- `parsed` follows the chain over the lines of an exported book that lie parsed in memory;
- `exported` reads and parses the file as well; `with_texts` one that holds the sealed texts too;
- `stand_alone` is that file in the verifier that needs nothing of ours.
"""

from __future__ import annotations

import hashlib
import json
import secrets
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from bench.common import median, parser, set_up, tell

UNIT = "bench"


def write_book(entries: int) -> None:
    """A book of progress reports, each with one sealed text: as long as such entries are, written in one transaction."""
    from django.db import transaction

    from shangliang.record import append

    with transaction.atomic():
        append.open_book(UNIT, "sha256")
        locked = append.lock(UNIT, "")
        assert locked is not None
        for n in range(entries):
            seal = append.seal(
                locked, "note", f"第{n}次进展：石料继续进场，村里派人看着，到十二月中旬能完工。"
            )
            append.append(
                locked, act="report_progress", subject="matter:3F7K29", happened_on=date(2025, 3, 3),
                entered_at=datetime(2025, 3, 3, tzinfo=UTC) + timedelta(seconds=n), entered_by="p-luo",
                key=secrets.token_hex(12), request=secrets.token_hex(32), seals=[seal],
                body={
                    "who": {"decided": {"post": "bench.2.0", "role": "clerk", "unit": UNIT, "person": "p-luo"},
                            "handled": None},
                    "data": {"task": "bench.9.0", "state": "doing", "due": None}, "sealed": {"note": seal.cited},
                    "flow": {"outcome": "", "marks": ["consulted", "published"]},
                },
            )  # fmt: skip


def hashed_bytes() -> tuple[list[bytes], list[bytes]]:
    """What verification hashes: of the entries, and of the sealed texts."""
    from shangliang.record.models import Entry, SealedText

    texts = Entry.objects.filter(book=UNIT).order_by("seq").values_list("text", flat=True)
    sealed = SealedText.objects.filter(book=UNIT).order_by("id").values_list("salt", "text")
    return [t.encode() for t in texts], [(salt + text).encode() for salt, text in sealed]


def hash_all(pieces: list[bytes]) -> None:
    for piece in pieces:
        hashlib.sha256(piece).hexdigest()


def seconds(work: Callable[[], Any]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def main() -> int:
    made = parser(__doc__, 7)
    made.add_argument("--entries", type=int, default=10_000)
    made.add_argument("--database", default="sqlite", choices=("sqlite", "postgres-embedded"))
    options = made.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        set_up(folder, options.database)
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        from shangliang.record import shangliang_verify
        from shangliang.record.chain import Chain
        from shangliang.record.export import export_book, verify_export
        from shangliang.record.verify import verify_book

        write_book(options.entries)
        entries, sealed = hashed_bytes()
        files = {with_texts: Path(folder) / f"book-{with_texts}.jsonl" for with_texts in (False, True)}
        for with_texts, file in files.items():
            with file.open("wb") as stream:
                export_book(UNIT, stream, with_texts=with_texts)

        def sound(report: Any) -> None:
            assert report.ok and report.entries == options.entries, report.problems[:3]

        def exported(with_texts: bool) -> None:
            with files[with_texts].open("rb") as stream:
                sound(verify_export(stream))

        with files[False].open("rb") as stream:
            header, *lines = map(json.loads, stream)

        def parsed() -> None:
            chain = Chain(header["book"], header["algorithm"], header["clock"])
            for line in lines:
                chain.follow(line["digest"], line["text"])
            sound(chain.finish(header["length"], header["head"]))

        sides: dict[str, tuple[list[bytes], Callable[[], Any]]] = {
            "database": (entries + sealed, lambda: sound(verify_book(UNIT))),
            "parsed": (entries, parsed),
            "exported": (entries, lambda: exported(False)),
            "with_texts": (entries + sealed, lambda: exported(True)),
            "stand_alone": (entries + sealed, lambda: shangliang_verify.verify(str(files[True]))),
        }
        shares: dict[str, list[float]] = {name: [] for name in sides}
        speeds: list[float] = []
        for _ in range(options.rounds):
            for name, (pieces, side) in sides.items():
                bare = seconds(lambda pieces=pieces: hash_all(pieces))  # type: ignore[misc]
                speeds.append(sum(map(len, pieces)) / bare)
                shares[name].append(bare / seconds(side))
    result = {
        "benchmark": "verify",
        "reference": "hashlib.sha256 over the same bytes, in memory",
        "database": options.database,
        "entries": options.entries,
        "bytes": sum(map(len, entries + sealed)),
        "bare_megabytes_per_second": median((v / 1e6 for v in speeds), 0),
        **{f"{name}_share": median(found, 4) for name, found in shares.items()},
        "targets": {"database_share": 0.04, "parsed_share": 0.08},
    }
    tell(result, options.json)
    return 0


if __name__ == "__main__":
    sys.exit(main())
