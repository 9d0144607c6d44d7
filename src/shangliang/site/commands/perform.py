import argparse
import sys
from pathlib import Path

from shangliang.site import terminal

name = "perform"
help = "do the acts of a JSON Lines file, one a line, and print one result a line"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="one act a line (docs/acts.md); - reads standard input")
    parser.add_argument("--stop", action="store_true", help="stop at the first line that is not done")
    parser.add_argument(
        "--simulated",
        action="store_true",
        help='each line may say when it was entered ("entered_at"); only where no book runs on the real clock',
    )
    parser.add_argument("--json", action="store_true", help="results are JSON in any case")


def run(options: argparse.Namespace) -> int:
    if options.file == "-":
        return work(sys.stdin.buffer, options)
    try:
        with Path(options.file).open("rb") as stream:
            return work(stream, options)
    except OSError as error:
        terminal.remark(f"打不开{options.file}", f"cannot read {options.file}: {error.strerror}")
        return 2


def work(stream, options: argparse.Namespace) -> int:
    from shangliang.site.lines import results

    done = failed = 0
    for result in results(stream, simulated=options.simulated):
        terminal.done()
        terminal.show(result)
        if "entry" in result:
            done += 1
        else:
            failed += 1
        terminal.progress(f"第{result['line']}行 / line {result['line']}")
        if failed and options.stop:
            break
    terminal.done()
    if sys.stderr.isatty():
        terminal.remark(f"办了{done}件，没办成{failed}件", f"{done} done, {failed} not done")
    return 1 if failed else 0
