import argparse
from pathlib import Path
from typing import Any

from shangliang.site import terminal

name = "verify"
help = "verify the record books here, or an exported book"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "file", nargs="*", metavar="FILE", help="an exported book; without one, the books here"
    )
    parser.add_argument("--export", metavar="FILE", action="append", default=[], help="the same as FILE")
    parser.add_argument(
        "--book", metavar="UNIT", action="append", default=[], help="only the book of this unit"
    )
    parser.add_argument(
        "--head", metavar="DIGEST", help="a digest from a notice that must be in the exported book"
    )
    parser.add_argument(
        "--with-texts", action="store_true", help="the exported book must hold the sealed texts"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def run(options: argparse.Namespace) -> int:
    from shangliang.record import verify

    def show(report: Any) -> None:
        if report.book:
            terminal.progress(f"{report.book}: {report.entries}")

    files = [Path(f) for f in (*options.file, *options.export)]
    found: list[tuple[str, Any]] = []
    for file in files:
        if not file.is_file():
            terminal.remark(f"没有文件{file}", f"no such file: {file}")
            return 2
        found.append((str(file), exported(file, options)))
    if options.book:
        found += [(unit, verify.verify_book(unit)) for unit in options.book]
    elif not files:
        found += [(r.book, r) for r in verify.verify_all(progress=show)]
    terminal.done()
    return tell(found, options.json)


def exported(file: Path, options: argparse.Namespace) -> Any:
    from shangliang.record.export import verify_export

    with file.open("rb") as stream:
        report = verify_export(stream, options.head)
    if options.with_texts and report.book:
        for seq, ident in lacking(file):
            report.say(seq, "sealed", f"文件里没有封存文字 {ident}", f"The file lacks sealed text {ident}")
    return report


def lacking(file: Path) -> list[tuple[int, str]]:
    """Number of the entry and id of every sealed text that an exported book cites and does not hold."""
    import json

    cited: dict[str, int] = {}
    with file.open(encoding="utf-8", errors="replace") as lines:
        for raw in lines:
            try:
                line = json.loads(raw)
                if "sealed" in line:
                    cited.pop(line["sealed"], None)
                elif "text" in line:
                    body = json.loads(line["text"])
                    cited |= {each["id"]: body["seq"] for each in body.get("sealed", {}).values()}
            except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
                continue  # the verification has named this line
    return [(seq, ident) for ident, seq in cited.items()]


def tell(found: list[tuple[str, Any]], as_json: bool) -> int:
    problems = [
        {"file": place, "book": r.book, "seq": p.seq, "column": p.column, "say": p.zh, "say_en": p.en}
        for place, r in found
        for p in r.problems
    ]
    books, entries = sum(bool(r.book) for _, r in found), sum(r.entries for _, r in found)
    if as_json:
        heads = [{"book": r.book, "entries": r.entries, "head": r.head} for _, r in found if r.book]
        terminal.show({"books": books, "entries": entries, "heads": heads, "problems": problems})
    else:
        for p in problems:
            place = p["book"] or p["file"] or "—"
            print(f"{place} #{p['seq']} {p['column']}: {p['say']} / {p['say_en']}")
        result = (
            ("完好", "sound") if not problems else (f"有{len(problems)}处问题", f"{len(problems)} problems")
        )
        terminal.say(f"{books}本，{entries}条，{result[0]}", f"{books} books, {entries} entries, {result[1]}")
    return 1 if problems else 0
