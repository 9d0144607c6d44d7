import argparse
import time
from datetime import date
from typing import Any

from shangliang.site import terminal

name = "work"
help = "carry messages, anchor the books once a day, erase contact data when its term is over"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--once", action="store_true", help="do what is due and end")
    parser.add_argument(
        "--every", type=seconds, default=30, metavar="SECONDS", help="pause (default: %(default)s)"
    )
    parser.add_argument(
        "--json", action="store_true", help="print one JSON object a round in which something was done"
    )


def seconds(word: str) -> int:
    value = int(word)
    if not 1 <= value <= 86_400:
        raise ValueError
    return value


def run(options: argparse.Namespace) -> int:
    from django.db import close_old_connections

    from shangliang.acts.act import today
    from shangliang.site import working

    chosen = working.load()
    last: date | None = None
    while True:
        outcome = working.once(chosen, with_daily=last != today())
        last = today()
        tell(outcome, options)
        if options.once:
            return 1 if outcome.problems else 0
        time.sleep(options.every)
        close_old_connections()


def tell(outcome: Any, options: argparse.Namespace) -> None:
    counts = {
        "delivered": outcome.delivered,
        "retried": outcome.retried,
        "anchored": outcome.anchored,
        "erased": outcome.erased,
        "kept_until_told": outcome.waiting,
        "swept": outcome.swept,
    }
    if not options.once and not outcome.problems and not any(counts.values()):
        return
    if options.json:
        problems = [{"where": where, "say": zh, "say_en": en} for where, zh, en in outcome.problems]
        terminal.show({**counts, "problems": problems})
        return
    for where, zh, en in outcome.problems:
        print(f"{where}: {zh} / {en}", flush=True)
    anchored = len(outcome.anchored)
    terminal.say(
        f"送出{outcome.delivered}条消息，存证{anchored}本，删除{outcome.erased}段联系方式",
        f"{outcome.delivered} messages carried, {anchored} units anchored, {outcome.erased} texts erased",
    )
