import argparse
import time
from datetime import date

from shangliang.site import server, terminal

name = "simulate"
help = "fill an empty database with a county's years, on a clock of its own"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--seed", type=int, help="another county of the same kind (default: 2021)")
    parser.add_argument("--until", type=_day, metavar="DAY", help="the day on which it ends (default: today)")
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def run(options: argparse.Namespace) -> int:
    from shangliang.site.simulate.build import SEED, build

    server.migrate()
    began = time.monotonic()
    built = build(options.until, SEED if options.seed is None else options.seed, terminal.progress)
    took = time.monotonic() - began
    terminal.done()
    if options.json:
        terminal.show({
            "units": built.units, "acts": built.acts, "meetings": built.meetings, "matters": built.matters,
            "seconds": round(took, 1), "acts_a_second": round(built.acts / took),
        })  # fmt: skip
    else:
        terminal.say(
            f"{built.units}个单位，{built.acts}条记录，用时{took:.0f}秒，每秒{built.acts / took:.0f}条",
            f"{built.units} units, {built.acts} entries in {took:.0f} s, {built.acts / took:.0f} a second",
        )
    return 0


def _day(text: str) -> date:
    day = date.fromisoformat(text)
    if day < date(2021, 12, 31):
        raise argparse.ArgumentTypeError("the simulated years begin with 2021; give a day from 2021-12-31")
    return day
