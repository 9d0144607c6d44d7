import argparse
from pathlib import Path

from shangliang.site import terminal

name = "docs"
help = "write the part of the documentation that is made from the code"


def arguments(parser: argparse.ArgumentParser) -> None:
    words = parser.add_subparsers(dest="word", metavar="acts", required=True)
    acts = words.add_parser("acts", help="the catalogue of acts in docs/acts.md")
    acts.add_argument("file", metavar="FILE", type=Path, help="docs/acts.md; its upper part is left as it is")
    acts.add_argument("--check", action="store_true", help="write nothing; status 1 when it is out of date")


def run(options: argparse.Namespace) -> int:
    from shangliang.site.actsdoc import document

    try:
        current = options.file.read_text("utf-8")
        fresh = document(current)
    except (OSError, ValueError) as error:
        terminal.remark(f"不能用{options.file}", f"cannot use {options.file}: {error}")
        return 2
    if fresh == current:
        return 0
    if options.check:
        terminal.remark(f"{options.file}过时了", f"{options.file} is out of date")
        return 1
    options.file.write_text(fresh, "utf-8")
    return 0
