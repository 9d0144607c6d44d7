import argparse
import sys
from pathlib import Path

from shangliang.site import terminal

name = "book"
help = "export a record book as one file that anyone can verify"


def arguments(parser: argparse.ArgumentParser) -> None:
    words = parser.add_subparsers(dest="word", metavar="export", required=True)
    export = words.add_parser("export", help="write the book of a unit")
    export.add_argument("unit", metavar="UNIT", help="id of the unit")
    export.add_argument(
        "-o", "--output", metavar="FILE", default="-", help="where to (default: standard output)"
    )
    export.add_argument(
        "--with-texts",
        action="store_true",
        help="with names, telephones and words: only for those who may read them",
    )
    export.add_argument("--json", action="store_true", help="print one JSON object when done")


def run(options: argparse.Namespace) -> int:
    from shangliang.record.export import export_book

    if options.output == "-":
        export_book(options.unit, sys.stdout.buffer, with_texts=options.with_texts)
        sys.stdout.buffer.flush()
        return 0
    with terminal.replacing(Path(options.output)) as stream:
        count = export_book(options.unit, stream, with_texts=options.with_texts)
    if options.json:
        terminal.show({"book": options.unit, "entries": count, "file": options.output})
    else:
        terminal.say(f"{options.output}：{count}条", f"{options.output}: {count} entries")
    return 0
