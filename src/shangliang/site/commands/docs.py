import argparse
from collections.abc import Callable
from functools import partial
from pathlib import Path

from shangliang.site import terminal

name = "docs"
help = "write the part of the documentation that is made from the code"


def arguments(parser: argparse.ArgumentParser) -> None:
    words = parser.add_subparsers(dest="word", metavar="acts|measures|procedures", required=True)
    for word, what in (
        ("acts", "the catalogue of acts"),
        ("measures", "the definitions of all figures"),
        ("procedures", "what a procedure file may name"),
    ):
        made = words.add_parser(word, help=f"{what} in docs/{word}.md")
        made.add_argument(
            "file", metavar="FILE", type=Path, help=f"docs/{word}.md; its upper part is left as it is"
        )
        made.add_argument(
            "--check", action="store_true", help="write nothing; status 1 when it is out of date"
        )


def run(options: argparse.Namespace) -> int:
    from shangliang.site import actsdoc, proceduredoc
    from shangliang.statistics import document as measuresdoc

    made: dict[str, Callable[[str], str]] = {
        "acts": actsdoc.document,
        "measures": measuresdoc.document,
        "procedures": partial(proceduredoc.document, language=proceduredoc.language_of(options.file)),
    }
    document = made[options.word]
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
