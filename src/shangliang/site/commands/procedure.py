import argparse
import sys
from pathlib import Path
from typing import Any

from shangliang.site import terminal

name = "procedure"
help = "check, show or draw a procedure"
alone = True  # the procedure needs neither Django nor a database


def arguments(parser: argparse.ArgumentParser) -> None:
    words = parser.add_subparsers(dest="word", metavar="check|show|chart", required=True)
    check = words.add_parser("check", help="load and prove; a failed proof prints the path")
    check.add_argument(
        "file", nargs="*", metavar="FILE", help="a procedure; without one, all that come with us"
    )
    check.add_argument("--json", action="store_true", help="print one JSON object")
    show = words.add_parser("show", help="print a procedure in words")
    chart = words.add_parser("chart", help="draw a procedure as SVG")
    for each in (show, chart):
        each.add_argument("id", metavar="ID", help="id of a procedure that comes with us, or a file")
        each.add_argument("--language", choices=("zh", "en"), default="zh", help="(default: %(default)s)")
    chart.add_argument(
        "-o", "--output", metavar="FILE.svg", type=Path, help="where to (default: standard output)"
    )


def run(options: argparse.Namespace) -> int:
    from shangliang.procedure.tables import ProcedureError

    try:
        return {"check": check, "show": show, "chart": chart}[options.word](options)
    except ProcedureError as error:
        print(error, file=sys.stderr)
        return 1
    except OSError as error:
        terminal.remark(f"读不了{error.filename}", f"cannot read {error.filename}: {error.strerror}")
        return 2


def find(word: str) -> Any:
    """A shipped procedure by its id, or the procedure in a file."""
    from shangliang.procedure import loader

    if word in loader.shipped():
        return loader.shipped()[word]
    if Path(word).is_file():
        return loader.load(Path(word).read_text("utf-8"), word)
    known = "、".join(sorted(loader.shipped()))
    terminal.remark(f"没有规程{word}，现有：{known}", f"there is no procedure {word}; known: {known}")
    return None


def check(options: argparse.Namespace) -> int:
    from shangliang.procedure import loader, proofs
    from shangliang.procedure.tables import ProcedureError

    found: list[dict[str, Any]] = []
    failed = 0
    for place in options.file or sorted(loader.shipped()):
        try:
            procedure = (
                loader.load(Path(place).read_text("utf-8"), place)
                if options.file
                else loader.shipped()[place]
            )
        except (ProcedureError, UnicodeDecodeError) as error:
            failed += 1
            found.append({"procedure": place, "error": str(error)})
            if not options.json:
                print(f"✗ {error}")
            continue
        problems = proofs.check(procedure)
        failed += bool(proofs.failures(problems))
        told = [
            {"proof": p.proof, "level": p.level, "reason": p.reason, "path": list(p.path)} for p in problems
        ]
        found.append({"procedure": procedure.id, "version": procedure.version, "problems": told})
        if not options.json:
            good = not proofs.failures(problems)
            print(f"{'✓' if good else '✗'} {procedure.id} {procedure.name.zh} / {procedure.name.en}")
            for p in problems:
                print(p)
    if options.json:
        terminal.show({"procedures": found, "failed": failed})
    return 1 if failed else 0


def show(options: argparse.Namespace) -> int:
    from shangliang.procedure import show as words

    procedure = find(options.id)
    if procedure is None:
        return 1
    print(words.show(procedure, options.language))
    return 0


def chart(options: argparse.Namespace) -> int:
    from shangliang.procedure import chart as drawing

    procedure = find(options.id)
    if procedure is None:
        return 1
    svg = drawing.chart(procedure, options.language)
    if options.output is None:
        print(svg)
        return 0
    with terminal.replacing(options.output) as stream:
        stream.write(svg.encode())
    options.output.chmod(0o644)
    return 0
