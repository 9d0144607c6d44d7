import argparse
from pathlib import Path
from typing import Any

from shangliang.site import terminal

name = "units"
help = "import units and posts from a table"


def arguments(parser: argparse.ArgumentParser) -> None:
    words = parser.add_subparsers(dest="word", metavar="import", required=True)
    load = words.add_parser(
        "import", help="check a table of units and posts; with --yes found and appoint them"
    )
    load.add_argument(
        "file", metavar="FILE", type=Path, help="CSV (UTF-8 or GBK) or XLSX; its second sheet: posts"
    )
    load.add_argument(
        "--posts", metavar="FILE", type=Path, help="the posts, when they are a file of their own"
    )
    load.add_argument("--only-posts", action="store_true", help="FILE itself is a table of posts")
    load.add_argument("--yes", action="store_true", help="do it, if there is no problem; otherwise only show")
    load.add_argument("--json", action="store_true", help="print one JSON object")


def run(options: argparse.Namespace) -> int:
    from shangliang.errors import Refused, ShangliangError
    from shangliang.site import importing
    from shangliang.statistics.freshen import freshen_all

    for file in filter(None, (options.file, options.posts)):
        if not file.is_file():
            terminal.remark(f"没有文件{file}", f"no such file: {file}")
            return 2
    plan = importing.plan(*tables(options))
    refused: list[dict[str, str]] = []
    done = False
    if options.yes and not plan.problems:
        try:
            plan.do(progress)
            done = True
            freshen_all(progress)
        except Refused as error:
            refused = [{"say": f.say.zh, "say_en": f.say.en} for f in error.findings]
        except ShangliangError as error:
            refused = [{"say": error.zh, "say_en": error.en}]
    tell(options, plan, refused, done)
    return 1 if plan.problems or refused else 0


SHOWN = 500
"""Units named one by one before they are founded."""


def progress(done: int, total: int) -> None:
    terminal.progress(f"{done} / {total}" if done < total else "")


def tables(options: argparse.Namespace) -> tuple[Any, Any]:
    from shangliang.site import importing

    if options.only_posts:
        return None, importing.read_posts(options.file)
    posts = None
    if options.posts:
        posts = importing.read_posts(options.posts)
    elif importing.second_sheet(options.file):
        posts = importing.read_posts(options.file, sheet=1)
    return importing.read_units(options.file), posts


def tell(options: argparse.Namespace, plan: Any, refused: list[dict[str, str]], done: bool) -> None:
    if options.json:
        units = [
            {"line": u.line, "id": u.id, "name": u.name, "kind": u.kind, "parent": u.parent}
            for u in plan.units
        ]
        posts = [{"line": p.line, "unit": p.unit, "role": p.role, "person": p.person} for p in plan.posts]
        problems = [p._asdict() for p in plan.problems]
        terminal.show(
            {"units": units, "posts": posts, "problems": problems, "refused": refused, "done": done}
        )
        return
    for p in plan.problems:
        place = f"第{p.line}行" if p.line else p.file
        where = f"{p.file} line {p.line}" if p.line else p.file
        print(f"{place}“{p.column}”：{p.zh}。 / {where}, {p.column or 'whole line'}: {p.en}.")
    for r in refused:
        print(f"{r['say']} / {r['say_en']}")
    n_units, n_posts = len(plan.units), len(plan.posts)
    if plan.problems:
        n = len(plan.problems)
        terminal.say(f"有{n}处问题，什么也没有导入", f"{n} problems; nothing was imported")
    elif refused:
        terminal.say("没有导入", "nothing was imported")
    elif done:
        terminal.say(
            f"已建立{n_units}个单位、{n_posts}个职务", f"founded {n_units} units, appointed {n_posts} posts"
        )
    else:
        for u in plan.units[:SHOWN]:
            print(f"+ {u.name} ({u.kind}) {u.code}".rstrip())
        if n_units > SHOWN:
            terminal.say(f"……还有{n_units - SHOWN}个", f"… and {n_units - SHOWN} more")
        zh = f"将建立{n_units}个单位、{n_posts}个职务；加 --yes 执行"
        terminal.say(zh, f"would found {n_units} units and appoint {n_posts} posts; add --yes to do it")
