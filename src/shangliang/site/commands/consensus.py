import argparse
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from shangliang.site import terminal

if TYPE_CHECKING:
    from shangliang.consensus import OpinionMap
    from shangliang.site.consensus_reading import Conversation

name = "consensus"
help = "make an opinion map of many answers, or compare two methods"
alone = True  # files in, files out: neither Django nor a database


def arguments(parser: argparse.ArgumentParser) -> None:
    words = parser.add_subparsers(dest="word", metavar="map|compare", required=True)
    making = words.add_parser(
        "map", help="write a map as JSON, CSV tables and a report in Chinese and English"
    )
    making.add_argument(
        "--method", choices=("shangliang", "polis"), default="shangliang", help="(default: %(default)s)"
    )
    making.add_argument(
        "--public",
        action="store_true",
        help="write only what may be published: nothing about fewer than 5 people",
    )
    comparing = words.add_parser("compare", help="set our method beside that of Polis, on the same answers")
    for each in (making, comparing):
        each.add_argument(
            "file", nargs="+", metavar="FILE", type=Path,
            help="votes.csv or participants-votes.csv, and comments.csv; a folder with them; or a plain CSV",
        )  # fmt: skip
        each.add_argument(
            "-o", "--output", metavar="FOLDER", type=Path, help="where to (default: print a summary)"
        )
        each.add_argument("--seed", type=int, default=0, help="of everything drawn (default: %(default)s)")
        each.add_argument("--title", default="", help="of the report")
        each.add_argument("--accepted", action="store_true", help="leave out statements a moderator refused")
        each.add_argument("--json", action="store_true", help="print one JSON object")


def run(options: argparse.Namespace) -> int:
    try:
        found = read(options)
        return {"map": make, "compare": compare}[options.word](found, options)
    except BrokenPipeError:
        raise
    except OSError as error:
        terminal.remark(
            f"读写不了{error.filename}", f"cannot read or write {error.filename}: {error.strerror}"
        )
        return 2
    finally:
        terminal.done()


def read(options: argparse.Namespace) -> "Conversation":
    from shangliang.site.consensus_reading import read

    def told(path: Path, part: float) -> None:
        terminal.progress(f"{path.name} [{'=' * int(30 * part):30}] {part:.0%}")

    begin = time.perf_counter()
    found = read(options.file, told)
    options.reading = time.perf_counter() - begin
    if options.accepted and found.rejected:
        found = found.without(found.rejected)
    return found


def map_of(found: "Conversation", options: argparse.Namespace, method: str) -> "OpinionMap":
    from shangliang.consensus import map_opinions

    terminal.progress(f"{len(found.votes)} …")
    return map_opinions(
        found.participants, found.statements, found.votes,
        method=method,  # type: ignore[arg-type]
        seed=options.seed, times=found.times, clock=time.perf_counter,
    )  # fmt: skip


def make(found: "Conversation", options: argparse.Namespace) -> int:
    from shangliang.consensus import as_json, publishable

    opinions = map_of(found, options, options.method)
    if options.public:
        opinions = publishable(opinions)
    told = as_json(opinions, found.texts, people=not options.public)
    told["timings"] = {"reading": round(options.reading, 6), **told["timings"]}
    if found.names and not options.public:
        told["participant_names"] = found.names
    if options.output is not None:
        write(options.output, {**files(opinions, found, options), "map.json": dumped(told)})
    if options.json:
        terminal.show(told if options.output is None else summary(opinions))
    else:
        tell(opinions, found)
    return 0


def files(opinions: "OpinionMap", found: "Conversation", options: argparse.Namespace) -> dict[str, bytes]:
    from shangliang.site.consensus_report import Report
    from shangliang.site.consensus_tables import tables

    written = tables(opinions, found.texts, people=not options.public)
    for lang in ("zh", "en"):
        written[f"report.{lang}.html"] = Report(opinions, found.texts, lang, options.title).html()
    return written


def write(folder: Path, contents: dict[str, bytes]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for file, content in contents.items():
        with terminal.replacing(folder / file) as stream:
            stream.write(content)


def dumped(value: Any) -> bytes:
    import json

    return json.dumps(value, ensure_ascii=False).encode() + b"\n"


def summary(opinions: "OpinionMap") -> dict[str, Any]:
    from shangliang.consensus import as_json

    told = as_json(opinions, people=False)
    return {key: told[key] for key in ("method", "counts", "sureness", "agreed", "divided", "timings")} | {
        "groups": [{"id": g["id"], "size": g["size"], "stability": g["stability"]} for g in told["groups"]]
    }


def tell(opinions: "OpinionMap", found: "Conversation") -> None:
    o = opinions
    terminal.done()
    terminal.say(
        f"{o.votes.people}人，{o.votes.width}条看法，{len(o.votes.value)}次回答",
        f"{o.votes.people} people, {o.votes.width} statements, {len(o.votes.value)} answers",
    )
    if o.groups:
        sizes = "、".join(str(g.size) for g in o.groups)
        terminal.say(f"{len(o.groups)}组：{sizes}人", f"{len(o.groups)} groups: {sizes}")
    else:
        terminal.say("不分组", f"no groups ({o.sureness.reason})")
    terminal.say(f"{len(o.agreed)}条大家都同意或都反对", f"{len(o.agreed)} points of agreement")
    for p in o.agreed[:5]:
        print(
            f"  {'+' if p.agrees else '−'} {p.value:.0%} ({p.low:.0%}–{p.high:.0%})  {found.texts.get(p.statement, p.statement)}"
        )
    terminal.say(f"{len(o.divided)}条意见不一", f"{len(o.divided)} points of division")
    for p in o.divided[:5]:
        print(f"  ± {p.value:.0%} ({p.low:.0%}–{p.high:.0%})  {found.texts.get(p.statement, p.statement)}")


def compare(found: "Conversation", options: argparse.Namespace) -> int:
    from shangliang.site import consensus_comparing as comparing

    ours, theirs = (map_of(found, options, method) for method in ("shangliang", "polis"))
    told = comparing.compare(found, ours, theirs, options.seed, terminal.progress)
    if options.output is not None:
        pages = {f"compare.{lang}.html": comparing.html(told, ours, theirs, found.texts, lang, options.title)
                 for lang in ("zh", "en")}  # fmt: skip
        write(options.output, {**pages, "compare.json": dumped(told)})
    terminal.done()
    if options.json:
        terminal.show(told)
    else:
        for line in comparing.lines(told):
            print(line)
    return 0
