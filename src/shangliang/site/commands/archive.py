import argparse
from pathlib import Path
from typing import Any

from shangliang.site import terminal

name = "archive"
help = "write a matter's file as one ZIP, or verify such a file"


def arguments(parser: argparse.ArgumentParser) -> None:
    words = parser.add_subparsers(dest="word", metavar="export|verify", required=True)
    export = words.add_parser("export", help="write the file of a matter that has ended, and test it")
    export.add_argument("matter", metavar="MATTER", help="number of the matter")
    export.add_argument("-o", "--output", metavar="FILE", type=Path, required=True, help="where to")
    verify = words.add_parser("verify", help="the four tests: authentic, complete, usable, safe")
    verify.add_argument("file", metavar="FILE", type=Path)
    for each in (export, verify):
        each.add_argument("--json", action="store_true", help="print one JSON object")


def run(options: argparse.Namespace) -> int:
    return export(options) if options.word == "export" else verify(options)


def export(options: argparse.Namespace) -> int:
    from shangliang.archive.check import check_package
    from shangliang.archive.package import package
    from shangliang.cases.models import Matter

    matter = Matter.objects.select_related("unit", "title").filter(pk=options.matter.upper()).first()
    if matter is None:
        terminal.remark(f"没有编号{options.matter}", f"there is no matter {options.matter}")
        return 1
    if not options.output.absolute().parent.is_dir():
        terminal.remark(f"没有目录{options.output.parent}", f"no such folder: {options.output.parent}")
        return 2
    papers = papers_of(matter) if matter.ended else []
    data = package(matter, papers, gatherings_of(matter) if matter.ended else ())
    with terminal.replacing(options.output) as stream:
        stream.write(data)
    return tell(options, options.output, check_package(data), papers=len(papers))


def papers_of(matter: Any) -> list[Any]:
    """Every paper of the matter that can be made, as PDF."""
    from shangliang import documents
    from shangliang.archive.package import Rendered
    from shangliang.documents import chinese, papers, render

    found = []
    names = {spec.id: spec.zh for spec in documents.catalogue()}
    for paper in documents.producible(matter):
        if paper.missing:
            continue
        for subject, extra in paper.subjects:
            terminal.progress(names[paper.id])
            sheet = papers.make(paper.id, subject)
            apart = extra if isinstance(extra, str) else chinese.day(extra)
            found.append(Rendered(paper.id, names[paper.id], render.pdf(sheet), sheet.on, apart))
    terminal.done()
    return found


def gatherings_of(matter: Any) -> list[Any]:
    """What its opinion gatherings showed, as published."""
    from shangliang.site.gathering_file import shown

    return shown(matter)


def verify(options: argparse.Namespace) -> int:
    from shangliang.archive.check import check_package

    if not options.file.is_file():
        terminal.remark(f"没有文件{options.file}", f"no such file: {options.file}")
        return 2
    return tell(options, options.file, check_package(options.file))


def tell(options: argparse.Namespace, file: Path, problems: list[Any], **more: int) -> int:
    from shangliang.archive.check import NAMES

    if options.json:
        rows = [{"test": p.test, "part": p.part, "say": p.zh, "say_en": p.en} for p in problems]
        terminal.show({"file": str(file), **more, "problems": rows})
    else:
        for test, zh in NAMES.items():
            mine = [p for p in problems if p.test == test]
            terminal.say(
                f"{zh}：{'有问题' if mine else '合格'}", f"{test}: {'problems' if mine else 'sound'}"
            )
            for p in mine:
                print(f"  {p.part or '—'}: {p.zh} / {p.en}")
    return 1 if problems else 0
