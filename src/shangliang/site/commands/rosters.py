import argparse
from pathlib import Path
from typing import Any

from shangliang.site import terminal

name = "rosters"
help = "import units, posts, venues, links, changes and old ledgers from a county's workbook"


def arguments(parser: argparse.ArgumentParser) -> None:
    words = parser.add_subparsers(dest="word", metavar="import|template", required=True)
    load = words.add_parser("import", help="check a workbook and show what it would do; with --yes do it")
    load.add_argument(
        "file", metavar="FILE", type=Path, help="XLSX with the sheets of the template; or one sheet as CSV"
    )
    load.add_argument("--yes", action="store_true", help="do it, if there is no problem; otherwise only show")
    load.add_argument("--json", action="store_true", help="print one JSON object")
    empty = words.add_parser("template", help="write the empty workbook that the county office fills in")
    empty.add_argument("file", metavar="FILE", type=Path)


def run(options: argparse.Namespace) -> int:
    if options.word == "template":
        return _template(options.file)
    if not options.file.is_file():
        terminal.remark(f"没有文件{options.file}", f"no such file: {options.file}")
        return 2
    from shangliang.site.rosters import doing, plan, sheets

    planned = plan.plan(sheets.read(options.file))
    problems, done = planned.problems, False
    if options.yes and not problems:
        try:
            total = len(planned.steps)
            doing.do(planned, lambda n: terminal.progress(f"{n}/{total}"))
            done = True
        except doing.Stopped as stopped:
            problems = stopped.problems
        terminal.done()
    _tell(options, planned, problems, done)
    return 1 if problems else 0


def _template(file: Path) -> int:
    from shangliang.site.rosters import template

    with terminal.replacing(file) as stream:
        template.write(stream)
    terminal.say(f"已写好空表{file}", f"wrote the empty workbook {file}")
    return 0


_ACTS = {
    "found_unit": ("建立单位", "units founded"), "amend_unit": ("更改资料", "units amended"),
    "end_unit": ("撤并单位", "units ended"), "appoint": ("任职", "posts taken up"), "release": ("卸任", "posts given up"),
    "equip_venue": ("登记议事室", "venues registered"), "import_meeting": ("补录会议", "past meetings entered"),
}  # fmt: skip


def _tell(options: argparse.Namespace, planned: Any, problems: list[Any], done: bool) -> None:
    if options.json:
        steps = [
            {"sheet": s.sheet, "line": s.line, "act": s.act.name, "unit": s.act.unit} for s in planned.steps
        ]
        terminal.show({
            "acts": dict(planned.acts), "unchanged": dict(planned.unchanged), "steps": steps,
            "problems": [p._asdict() for p in problems], "done": done,
        })  # fmt: skip
        return
    for p in problems:
        where = f"“{p.sheet}”第{p.line}行" if p.line else f"“{p.sheet}”"
        print(f"{where}{p.column}：{p.zh}。 / {p.sheet} line {p.line}, {p.column or 'whole line'}: {p.en}.")
    if problems:
        terminal.say(
            f"有{len(problems)}处问题，什么也没有导入", f"{len(problems)} problems; nothing was imported"
        )
        return
    for act, n in sorted(planned.acts.items()):
        terminal.say(f"{_ACTS[act][0]}：{n}", f"{_ACTS[act][1]}: {n}")
    if same := sum(planned.unchanged.values()):
        terminal.say(f"没有变化：{same}行", f"unchanged: {same} lines")
    if not done:
        terminal.say("加 --yes 执行", "add --yes to do it")
