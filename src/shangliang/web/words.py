"""The Chinese of every screen: what the sources say in English, and what ``django.po`` says for it.

For contributors (needs polib)::

    python -m shangliang.web.words missing            # English texts without Chinese, and where they stand
    python -m shangliang.web.words unused             # Chinese that no source uses any more
    python -m shangliang.web.words add "Back" "返回"   # several pairs may follow one another
    python -m shangliang.web.words add --from FILE    # lines "English<TAB>Chinese"; "-" is standard input
    python -m shangliang.web.words stubs              # appends what is missing with empty Chinese
    python -m shangliang.web.words prune              # removes what is unused

``add`` takes ``--plural "%(n)s days"`` and ``--context "verb"`` for its pairs. Every writing command holds a
lock and keeps the file in alphabetical order, so several people may use them at the same time.
"""

from __future__ import annotations

import argparse
import ast
import fcntl
import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import polib

SOURCES = Path(__file__).resolve().parents[1]
PO = Path(__file__).resolve().parent / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"

#: function → (position of context, of the text, of the plural)
CALLS = {
    "gettext": (None, 0, None),
    "ngettext": (None, 0, 1),
    "pgettext": (0, 1, None),
    "npgettext": (0, 1, 2),
}
_NAMES = {name + tail: name for name in CALLS for tail in ("", "_lazy")} | {
    "gettext_noop": "gettext",
    "_": "gettext",
}
_LITERAL = r"""u?(?:'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")"""
_IN_TEMPLATE = re.compile(rf"\b(n?p?gettext|_)\((\s*{_LITERAL}\s*(?:,\s*{_LITERAL}\s*)*)")


class Word(NamedTuple):
    """What is translated: the English text, its plural and its context (empty when there is none)."""

    text: str
    plural: str = ""
    context: str = ""


class NotLiteral(ValueError):
    """A text to translate that is put together at run time, so that nobody can translate it."""


def words_of_python(source: str, name: str) -> Iterator[tuple[Word, int]]:
    """Each text handed to gettext and its relatives, with its line. Raises ``NotLiteral`` on an f-string."""
    tree = ast.parse(source, name)
    names = dict(_NAMES)
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation":
            names |= {a.asname: _NAMES[a.name] for a in node.names if a.asname and a.name in _NAMES}
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if called not in names:
            continue
        found: list[str] = []
        for place in CALLS[names[called]]:
            arg = node.args[place] if place is not None and place < len(node.args) else None
            if isinstance(arg, ast.JoinedStr | ast.BinOp):
                raise NotLiteral(f"{name}:{node.lineno}: translate a plain text and fill it in afterwards")
            found.append(arg.value if isinstance(arg, ast.Constant) and isinstance(arg.value, str) else "")
        context, text, plural = found
        if text:
            yield Word(text, plural, context), node.lineno


def words_of_template(source: str, name: str) -> Iterator[tuple[Word, int]]:
    """Each text of ``{% translate %}``, ``{% blocktranslate %}`` and ``_("…")``, with its line."""
    from django.utils.translation.template import templatize

    code = templatize(source, origin=name)
    for found in _IN_TEMPLATE.finditer(code):
        args = ast.literal_eval(f"[{found[2]}]")
        context, text, plural = (
            args[place] if place is not None and place < len(args) else ""
            for place in CALLS[_NAMES[found[1]]]
        )
        yield Word(text, plural, context), code.count("\n", 0, found.start()) + 1


def used(sources: Path = SOURCES) -> dict[Word, list[str]]:
    """Every text of the sources and the places ("web/forms.py:12") that use it. Raises ``SyntaxError``."""
    words: dict[Word, list[str]] = {}
    for path in sorted(
        p
        for p in sources.rglob("*")
        if p.suffix == ".py" or (p.suffix in (".html", ".txt") and "templates" in p.parts)
    ):
        read = words_of_python if path.suffix == ".py" else words_of_template
        name = path.relative_to(sources).as_posix()
        for word, line in read(path.read_text(encoding="utf-8"), name):
            words.setdefault(word, []).append(f"{name}:{line}")
    return words


def _word(entry: polib.POEntry) -> Word:
    return Word(entry.msgid, entry.msgid_plural or "", entry.msgctxt or "")


def _is_done(entry: polib.POEntry) -> bool:
    texts = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
    return not entry.obsolete and not entry.fuzzy and bool(texts) and all(t.strip() for t in texts)


def missing(po: Path = PO, sources: Path = SOURCES) -> dict[Word, list[str]]:
    """Texts of the sources that have no finished Chinese, with their places."""
    done = {_word(e) for e in polib.pofile(str(po)) if _is_done(e)}
    # gettext looks a text up by context and singular alone, so a plural entry also serves the singular call.
    done |= {w._replace(plural="") for w in done}
    return {w: places for w, places in used(sources).items() if w not in done}


def unused(po: Path = PO, sources: Path = SOURCES) -> list[Word]:
    """Entries of the .po that no source uses."""
    words = used(sources)
    return [w for w in map(_word, polib.pofile(str(po))) if w not in words]


@contextmanager
def _writing(po: Path) -> Iterator[polib.POFile]:
    """The .po under an exclusive lock; saved in order, whole or not at all."""
    folder = os.open(po.parent, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        book = polib.pofile(str(po), wrapwidth=10_000)
        yield book
        kept = {_word(e): e for e in book}
        book[:] = sorted(kept.values(), key=lambda e: (e.msgid.casefold(), e.msgid, e.msgctxt or ""))
        half = po.with_name(f".{po.name}.{os.getpid()}")
        half.write_text(f"{book}\n", encoding="utf-8")
        half.replace(po)
    finally:
        os.close(folder)


def add(pairs: list[tuple[Word, str]], po: Path = PO) -> None:
    """Writes each pair; a text that is there already gets the new Chinese, unless that is empty."""
    with _writing(po) as book:
        there = {_word(e): e for e in book}
        for word, chinese in pairs:
            entry = there.get(word)
            if entry is not None and not chinese:
                continue  # a stub never wipes what somebody has just written
            if entry is None:
                entry = polib.POEntry(msgid=word.text, msgid_plural=word.plural, msgctxt=word.context or None)
                book.append(entry)
                there[word] = entry
            entry.flags = [f for f in entry.flags if f not in ("fuzzy", "python-format")]
            if word.plural:
                entry.msgstr_plural = {0: chinese}
            else:
                entry.msgstr = chinese


def prune(po: Path = PO, sources: Path = SOURCES) -> int:
    """Removes what no source uses; tells how many."""
    with _writing(po) as book:
        words = used(sources)
        gone = [e for e in book if _word(e) not in words]
        for entry in gone:
            book.remove(entry)
    return len(gone)


def _pairs(args: argparse.Namespace) -> list[tuple[Word, str]]:
    if args.file:
        text = sys.stdin.read() if args.file == "-" else Path(args.file).read_text(encoding="utf-8")
        rows = [line.split("\t") for line in text.splitlines() if line.strip()]
        if bad := [r for r in rows if len(r) != 2]:
            raise SystemExit(f"not “English<TAB>Chinese”: {bad[0]}")
        return [
            (Word(english.replace("\\n", "\n")), chinese.replace("\\n", "\n")) for english, chinese in rows
        ]
    if not args.words or len(args.words) % 2:
        raise SystemExit("give pairs: English, Chinese")
    return [
        (Word(english, args.plural, args.context), chinese)
        for english, chinese in zip(args.words[::2], args.words[1::2], strict=True)
    ]


def main(argv: list[str] | None = None) -> int:
    """Exit status 1 when ``missing`` or ``unused`` finds something."""
    parser = argparse.ArgumentParser(prog="words", description="The Chinese of every screen.")
    commands = parser.add_subparsers(dest="command", required=True)
    for name in ("missing", "unused", "stubs", "prune"):
        commands.add_parser(name)
    adding = commands.add_parser("add")
    adding.add_argument("words", nargs="*")
    adding.add_argument("--from", dest="file")
    adding.add_argument("--plural", default="")
    adding.add_argument("--context", default="")
    args = parser.parse_args(argv)
    if args.command == "missing":
        lacking = missing()
        for word, places in lacking.items():
            print(places[0], *(repr(part) for part in word if part), sep="\t")
        return 1 if lacking else 0
    if args.command == "unused":
        left = unused()
        print(*(repr(w.text) for w in left), sep="\n")
        return 1 if left else 0
    if args.command == "stubs":
        add([(word, "") for word in missing()])
    elif args.command == "prune":
        print(f"{prune()} removed")
    else:
        add(_pairs(args))
    return 0


if __name__ == "__main__":
    sys.exit(main())
