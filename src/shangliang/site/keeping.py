"""A backup as one file that fits every engine, and its way back.

A tar of JSON Lines: ``manifest.json`` first, ``tables/<model>.jsonl`` for what cannot be made again (books, entries,
sealed texts, the texts of procedures, accounts, boxes, messages), ``content/<digest>`` for each attachment. Rows that
entries make are not kept: ``restore`` makes them again, as ``replay`` does. The manifest names each part's digest and
count. Sessions and rendered copies are left out.

Restoring writes what acts wrote, word for word, into an empty database: it is the one place outside acts that does.
"""

import hashlib
import json
import os
import tarfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import IO, Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.management.color import no_style
from django.db import DatabaseError, connection, models, transaction
from django.utils import timezone

from shangliang import __version__
from shangliang.acts import replay
from shangliang.errors import Broken, Conflict
from shangliang.record import content
from shangliang.record.digests import digest as digest_of
from shangliang.record.verify import verify_all
from shangliang.site import terminal

FORMAT, VERSION = "shangliang-backup", 1
KEPT = (
    "record.Book",
    "record.Entry",
    "record.SealedText",
    "record.Content",
    "cases.Rulebook",
    "cases.MeToo",
    "cases.Answer",
    "cases.SurveyAnswer",
    "people.Account",
    "notify.Message",
)
"""What cannot be made again from the entries, in the order in which it is loaded."""
LEFT_OUT = frozenset(
    {
        "cases.Copy",
        "statistics.DayFact",
        "statistics.DayTotal",
        "statistics.MonthTotal",
        "statistics.Seen",
        "statistics.Mark",
    }
)
"""Neither kept nor made from entries: it comes again by itself."""
CHUNK = 500

Progress = Callable[[str], None]


@dataclass(slots=True)
class Outcome:
    counts: dict[str, int] = field(default_factory=dict)
    files: int = 0
    absent: list[str] = field(default_factory=list)
    problems: list[tuple[str, int, str, str, str]] = field(
        default_factory=list
    )  # book, entry, column, zh, en
    applied: int = 0


# ── backup ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def backup(target: Path, progress: Progress = terminal.progress) -> Outcome:
    """Write everything as it is at one moment; the server may go on working. The file appears complete or not at all."""
    made = Outcome()
    parts: dict[str, IO[bytes]] = {}
    try:
        with one_moment():
            stated: dict[str, Any] = {}
            for name in KEPT:
                progress(name)
                parts[_member(name)], stated[_member(name)] = _dump(apps.get_model(name), target)
                made.counts[name] = stated[_member(name)]["count"]
            algorithms = dict(_contents())
        manifest = {
            "format": FORMAT, "version": VERSION, "software": __version__, "engine": connection.vendor,
            "made_at": timezone.now().isoformat(timespec="seconds"), "parts": stated, "contents": algorithms,
        }  # fmt: skip
        with terminal.replacing(target) as stream, tarfile.open(fileobj=stream, mode="w") as packed:
            _add(packed, "manifest.json", json.dumps(manifest, ensure_ascii=False, indent=1).encode())
            for name, part in parts.items():
                _add_file(packed, name, part)
            for digest in algorithms:
                _add_content(packed, digest, made, progress)
    finally:
        for part in parts.values():
            part.close()
    return made


@contextmanager
def one_moment() -> Iterator[None]:
    """A transaction that only reads, sees one state of the database, and holds up nobody who writes."""
    connection.ensure_connection()
    if connection.vendor != "sqlite":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield
        return
    mode = getattr(connection, "transaction_mode", None)
    connection.transaction_mode = "DEFERRED"  # IMMEDIATE would take the writers' lock
    try:
        with transaction.atomic():
            yield
    finally:
        connection.transaction_mode = mode


def _member(name: str) -> str:
    return f"tables/{name.lower()}.jsonl"


def _dump(model: type[models.Model], target: Path) -> tuple[IO[bytes], dict[str, Any]]:
    names = [f.attname for f in model._meta.concrete_fields]
    part, seal, count = terminal.scratch(target), hashlib.sha256(), 0
    for row in model._default_manager.order_by("pk").values_list(*names).iterator(chunk_size=CHUNK):
        line = (
            json.dumps(dict(zip(names, map(_plain, row), strict=True)), ensure_ascii=False).encode() + b"\n"
        )
        part.write(line)
        seal.update(line)
        count += 1
    return part, {"count": count, "sha256": seal.hexdigest()}


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, str | int):
        return value
    if isinstance(value, datetime | date):
        return value.isoformat()
    raise TypeError(f"a {type(value).__name__} does not fit into a backup")


def _contents() -> Iterator[tuple[str, str]]:
    model = apps.get_model("record.Content")
    yield from model._default_manager.filter(erased_on=None).order_by("pk").values_list("digest", "algorithm")


def _add(packed: tarfile.TarFile, name: str, data: bytes) -> None:
    import io

    info = tarfile.TarInfo(name)
    info.size, info.mode = len(data), 0o600
    packed.addfile(info, io.BytesIO(data))


def _add_file(packed: tarfile.TarFile, name: str, part: IO[bytes]) -> None:
    info = tarfile.TarInfo(name)
    info.size, info.mode = part.seek(0, os.SEEK_END), 0o600
    part.seek(0)
    packed.addfile(info, part)


def _add_content(packed: tarfile.TarFile, digest: str, made: Outcome, progress: Progress) -> None:
    try:
        with content.path(digest).open("rb") as stream:
            _add_file(packed, f"content/{digest}", stream)
    except FileNotFoundError:  # erased since, or lost: `verify` tells which
        made.absent.append(digest)
        return
    made.files += 1
    progress(f"content {made.files}")


# ── restore ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def restore(source: Path, *, anyway: bool = False, progress: Progress = terminal.progress) -> Outcome:
    """Load a backup into an empty database, make the rows from the entries and verify every book.

    Everything happens in one transaction. Raises Conflict when the database holds anything, Broken naming the part
    that is damaged, and Broken when a book does not verify, unless ``anyway``: then the problems are in the outcome.
    """
    _refuse_full()
    made = Outcome()
    try:
        with tarfile.open(source, mode="r:") as packed:
            parts = Parts(packed)
            manifest = _manifest(parts)
            _check(parts, manifest, progress)
            written: list[Path] = []
            try:
                with transaction.atomic():
                    for name in KEPT:
                        progress(name)
                        made.counts[name] = _load(parts, name)
                    written += _load_contents(parts, manifest, made)
                    made.applied = _rebuild(progress)
                    _verify(made, anyway)
            except BaseException:
                for path in written:
                    path.unlink(missing_ok=True)
                raise
    except (tarfile.TarError, EOFError) as error:
        raise Broken(f"备份文件损坏：{error}", f"The backup is damaged: {error}") from None
    return made


def _refuse_full() -> None:
    names = [n for n in (*KEPT, "units.Unit", "cases.Matter") if apps.get_model(n)._default_manager.exists()]
    if names:
        zh = f"数据库不是空的（{names[0]}里有内容），备份只能恢复到空的数据库"
        raise Conflict(
            zh, f"The database is not empty ({names[0]}); a backup is restored into an empty one only"
        )


class Parts:
    """The parts of a backup by name."""

    def __init__(self, packed: tarfile.TarFile) -> None:
        self._packed = packed
        self._members = {m.name: m for m in packed if m.isfile()}

    def read(self, name: str) -> IO[bytes]:
        """Raises Broken, naming the part, when it is not there."""
        stream = self._packed.extractfile(self._members[name]) if name in self._members else None
        if stream is None:
            raise damaged(name)
        return stream

    def content(self, digest: str) -> bytes | None:
        name = f"content/{digest}"
        return self.read(name).read() if name in self._members else None


def _manifest(parts: Parts) -> dict[str, Any]:
    try:
        manifest = json.loads(parts.read("manifest.json").read())
        if manifest["format"] != FORMAT or not isinstance(manifest["parts"], dict):
            raise ValueError
        dict.items(manifest["contents"])
        version = manifest["version"]
    except (ValueError, KeyError, TypeError, RecursionError):
        raise damaged("manifest.json") from None
    if version != VERSION:
        raise Broken(f"不认识的备份版本{version}", f"Backups of version {version} are not known here")
    return dict(manifest)


def damaged(part: str) -> Broken:
    return Broken(f"备份里的{part}损坏或缺失", f"{part} of the backup is damaged or missing")


def _check(parts: Parts, manifest: dict[str, Any], progress: Progress) -> None:
    """Every part is there and has its digest, before anything is written."""
    known = {_member(name) for name in KEPT}
    if strange := set(manifest["parts"]) - known:
        name = sorted(strange)[0]
        raise Broken(f"备份里的{name}是别的版本写的", f"{name} of the backup was written by another version")
    for name, stated in manifest["parts"].items():
        progress(f"check {name}")
        seal = hashlib.sha256()
        with parts.read(name) as stream:
            while data := stream.read(1 << 20):
                seal.update(data)
        if seal.hexdigest() != stated.get("sha256"):
            raise damaged(name)
    for digest, algorithm in manifest["contents"].items():
        if (member := parts.content(digest)) is not None and digest_of(algorithm, member) != digest:
            raise damaged(f"content/{digest}")


def _load(parts: Parts, name: str) -> int:
    model = apps.get_model(name)
    fields = {f.attname: f for f in model._meta.concrete_fields}
    count, waiting = 0, list[models.Model]()
    stream = parts.read(_member(name))
    for raw in stream:
        try:
            row = {k: fields[k].to_python(v) for k, v in json.loads(raw).items()}
        except (ValueError, KeyError, AttributeError, ValidationError, RecursionError):
            raise damaged(_member(name)) from None
        waiting.append(model(**row))
        count += 1
        if len(waiting) == CHUNK:
            _insert(model, waiting)
    _insert(model, waiting)
    if model._meta.auto_field is not None:
        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(no_style(), [model]):
                cursor.execute(statement)
    return count


def _insert(model: type[models.Model], waiting: list[models.Model]) -> None:
    try:
        model._default_manager.bulk_create(waiting)
    except (DatabaseError, ValueError) as error:
        label = model._meta.label
        raise Broken(
            f"备份里的{label}装不进去：{error}", f"{label} of the backup cannot be loaded: {error}"
        ) from None
    waiting.clear()


def _load_contents(parts: Parts, manifest: dict[str, Any], made: Outcome) -> list[Path]:
    written = []
    for digest in manifest["contents"]:
        data, target = parts.content(digest), content.path(digest)
        if data is None:
            made.absent.append(digest)
            continue
        made.files += 1
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            with terminal.replacing(target) as stream:
                stream.write(data)
            written.append(target)
    return written


def _rebuild(progress: Progress) -> int:
    try:
        return replay.rebuild(lambda n: progress(f"{n}"))
    except (
        DatabaseError,
        KeyError,
        ValueError,
        TypeError,
        AttributeError,
        models.ObjectDoesNotExist,
    ) as error:
        raise Broken(
            f"按记录重做时出错，没有恢复：{error}",
            f"The entries cannot be applied; nothing was restored: {error}",
        ) from error


def _verify(made: Outcome, anyway: bool) -> None:
    for report in verify_all():
        made.problems += [(report.book, p.seq, p.column, p.zh, p.en) for p in report.problems]
    made.problems = [p for p in made.problems if p[2] not in made.absent]
    if made.problems and not anyway:
        book, seq, column, zh, en = made.problems[0]
        raise Broken(
            f"备份里的记录簿验证不过，没有恢复（{book} #{seq} {column}：{zh}）；确实要恢复，请加 --anyway",
            f"A book of the backup does not verify, nothing was restored ({book} #{seq} {column}: {en});"
            " --anyway restores it all the same",
        )
