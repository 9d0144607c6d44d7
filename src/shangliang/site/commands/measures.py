import argparse
from typing import Any

from shangliang.site import terminal

name = "measures"
help = "every statistic of a unit and all below it, with its definition"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--unit", metavar="CODE", help="statistical code or id of a unit (default: the root)")
    parser.add_argument("--year", type=int, metavar="YEAR", help="one year (default: all years)")
    parser.add_argument(
        "--again", action="store_true", help="throw all day facts away and make them again first"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def run(options: argparse.Namespace) -> int:
    from shangliang.acts.act import today
    from shangliang.errors import NotFound
    from shangliang.statistics import freshen, telling
    from shangliang.units.queries import access_unit

    unit = access_unit(options.unit)
    if unit is None:
        raise NotFound("没有这个单位", "There is no such unit")
    if options.again:
        freshen.forget()
    freshen.freshen_all(None if options.json else progress)
    report = telling.report(unit, today(), options.year)
    if options.json:
        terminal.show(report)
    else:
        tell(report)
    return 0


def progress(done: int, total: int) -> None:
    if total > 2_000:
        terminal.remark(f"统计{done}/{total}个单位", f"{done} of {total} units counted")


def tell(report: dict[str, Any]) -> None:
    unit, year = report["unit"], report["year"]
    zh = f"{unit['name']}，{year}年" if year else f"{unit['name']}，全部年份"
    terminal.say(f"{zh}，截至{report['as_of']}", f"{year or 'all years'}, as of {report['as_of']}")
    for m in report["measures"]:
        of = f"（{m['of']['part']}/{m['of']['whole']}）" if "of" in m else ""
        print(f"{m['n']:>8} {m['counted_in_zh']}{of}  {m['name_zh']} / {m['name_en']}")
        print(f"         {m['definition_zh']}")
        print(f"         {m['definition_en']}")
