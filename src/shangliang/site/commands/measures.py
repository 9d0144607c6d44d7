from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from shangliang.site import terminal

if TYPE_CHECKING:
    from shangliang.statistics.years import Years

name = "measures"
help = "every statistic of a unit and all below it, with its definition"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--unit", metavar="CODE", help="statistical code or id of a unit (default: the root)")
    parser.add_argument("--year", type=_year, metavar="YEAR", help="one year (default: all years)")
    parser.add_argument("--from", dest="first", type=_year, metavar="YEAR", help="from this year on")
    parser.add_argument("--to", dest="last", type=_year, metavar="YEAR", help="until the end of this year")
    parser.add_argument(
        "--again", action="store_true", help="throw all day facts away and make them again first"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def _year(words: str) -> int:
    if words.isascii() and words.isdigit() and 1980 <= int(words[:5]) <= 9998:
        return int(words)
    raise argparse.ArgumentTypeError(f"年份要写成2023 / not a year such as 2023: {words}")


def years_of(options: argparse.Namespace) -> Years:
    """The years that are asked for. Raises Malformed where they contradict each other."""
    from shangliang.errors import Malformed
    from shangliang.statistics.years import Years

    if options.year is not None:
        if options.first or options.last:
            raise Malformed(
                [("year", "写了 --year 就不写 --from 和 --to", "give --year, or --from and --to")]
            )
        return Years.of(options.year)
    if options.first and options.last and options.first > options.last:
        raise Malformed([("from", "起始年份在结束年份之后", "the first year lies after the last")])
    return Years(options.first, options.last)


def run(options: argparse.Namespace) -> int:
    from shangliang.acts.act import today
    from shangliang.errors import NotFound
    from shangliang.statistics import freshen, telling
    from shangliang.units.queries import access_unit

    years = years_of(options)
    unit = access_unit(options.unit)
    if unit is None:
        raise NotFound("没有这个单位", "There is no such unit")
    if options.again:
        freshen.forget()
    freshen.freshen_all(None if options.json else progress)
    report = telling.report(unit, today(), years)
    if options.json:
        terminal.show(report)
    else:
        tell(report)
    return 0


def progress(done: int, total: int) -> None:
    if total > 2_000:
        terminal.remark(f"统计{done}/{total}个单位", f"{done} of {total} units counted")


def period(first: int | None, last: int | None) -> tuple[str, str]:
    """The years in words."""
    if first is None and last is None:
        return "全部年份", "all years"
    if first == last:
        return f"{first}年", str(first)
    if first is None:
        return f"{last}年底以前", f"until the end of {last}"
    return (f"{first}—{last}年", f"{first} to {last}") if last else (f"{first}年以来", f"since {first}")


def tell(report: dict[str, Any]) -> None:
    zh, en = period(report["from"], report["to"])
    terminal.say(f"{report['unit']['name']}，{zh}，截至{report['as_of']}", f"{en}, as of {report['as_of']}")
    for m in report["measures"]:
        of = f"（{m['of']['part']}/{m['of']['whole']}）" if "of" in m else ""
        print(f"{m['n']:>8} {m['counted_in_zh']}{of}  {m['name_zh']} / {m['name_en']}")
        print(f"         {m['definition_zh']}")
        print(f"         {m['definition_en']}")
