import argparse
import sys
import time
from pathlib import Path
from typing import Any

from shangliang.site import terminal

name = "panel"
help = "draw a panel by lot: check, solve, draw, verify, replace"
alone = True  # a panel needs neither Django nor a database
environment = {"OPENBLAS_NUM_THREADS": "1"}  # its matrices are small: threads would only wait for each other


def arguments(parser: argparse.ArgumentParser) -> None:
    words = parser.add_subparsers(dest="word", metavar="check|solve|draw|verify|replace", required=True)
    check_ = words.add_parser("check", help="can the quotas be met, and what is the best smallest chance")
    solve_ = words.add_parser("solve", help="the fairest lottery, with its certificate")
    draw_ = words.add_parser("draw", help="the panel that a public seed chooses from a published file")
    verify_ = words.add_parser("verify", help="check a published file, and repeat its draw")
    replace_ = words.add_parser("replace", help="a new lottery for those who were drawn and cannot come")
    for each in (check_, solve_):
        _pool(each)
    _solving(solve_)
    _solving(replace_)
    for each in (draw_, verify_, replace_):
        each.add_argument("file", metavar="PUBLISHED.json", type=Path, help="the published lottery")
        each.add_argument(
            "--seed", metavar="TEXT", help="what was thrown or drawn in public, as “3 5 1 6 2 4 1 5 3 3”"
        )
        each.add_argument("--digest", metavar="HEX", help="the SHA-256 that was announced")
    draw_.add_argument(
        "--respondents", metavar="FILE", type=Path, help="the list, to write out who was drawn"
    )
    draw_.add_argument("--id-column", metavar="NAME", help="the list's column with the id")
    draw_.add_argument(
        "-o", "--output", metavar="FILE.csv", type=Path, help="rows of the list that were drawn"
    )
    verify_.add_argument("--number", metavar="N", type=int, help="the number that was announced as drawn")
    replace_.add_argument("--gone", metavar="ID", nargs="+", required=True, help="who cannot come")
    replace_.add_argument(
        "--reason", metavar="TEXT", required=True, help="why; it is published, so name nobody"
    )
    for each in (check_, solve_, draw_, verify_, replace_):
        each.add_argument("--json", action="store_true", help="print one JSON object")


def _pool(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "categories", metavar="CATEGORIES", type=Path, help="quotas: category,feature,min,max (CSV, XLSX)"
    )
    parser.add_argument(
        "respondents", metavar="RESPONDENTS", type=Path, help="people: id and a column a category"
    )
    parser.add_argument("--size", metavar="N", type=int, required=True, help="how many seats")
    parser.add_argument(
        "--id-column", metavar="NAME", help="the column with the id (default: id, 编号 or the first)"
    )
    parser.add_argument(
        "--same-address", metavar="NAME", nargs="+", default=[], help="columns of the address: one seat each"
    )
    parser.add_argument("--must", metavar="ID", nargs="+", default=[], help="people who sit in any case")
    parser.add_argument("--without", metavar="ID", nargs="+", default=[], help="people who are recused")


def _solving(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--objective",
        choices=("leximin", "maximin", "nash"),
        default="leximin",
        help="(default: %(default)s)",
    )
    parser.add_argument(
        "--time-limit",
        metavar="S",
        type=float,
        default=300.0,
        help="seconds; then the best so far (default: %(default)g)",
    )
    parser.add_argument(
        "--panels", metavar="N", type=int, default=1000, help="how many to publish (default: %(default)s)"
    )
    parser.add_argument(
        "-o", "--output", metavar="FILE", type=Path, help="the solution: .json, .csv or .xlsx"
    )
    parser.add_argument(
        "--publish", metavar="FILE.json", type=Path, help="the lottery to publish before the draw"
    )
    parser.add_argument(
        "--report", metavar="FILE.html", type=Path, help="one page with the chances by group (.html or .svg)"
    )
    parser.add_argument(
        "--language", choices=("zh", "en"), default="zh", help="of the report (default: %(default)s)"
    )


def run(options: argparse.Namespace) -> int:
    from shangliang.panel import Infeasible, PanelError

    try:
        return {"check": check, "solve": solve, "draw": draw, "verify": verify, "replace": replace}[
            options.word
        ](options)
    except (PanelError, Infeasible) as error:
        if not options.json:
            raise
        terminal.show({"error": {"zh": error.zh, "en": error.en, "changes": _changes(error)}})
        return 1
    except OSError as error:
        terminal.remark(
            f"读写不了{error.filename}", f"cannot read or write {error.filename}: {error.strerror}"
        )
        return 2


def _changes(error: Exception) -> list[dict[str, Any]]:
    return [
        {"category": c.quota.category, "value": c.quota.value, "end": {"low": "min", "high": "max"}[c.end],
         "from": c.quota.low if c.end == "low" else c.quota.high, "to": c.to}
        for c in getattr(error, "changes", ())
    ]  # fmt: skip


def _problem(options: argparse.Namespace) -> Any:
    from shangliang.site import panel_reading

    return panel_reading.problem(
        options.categories, options.respondents, options.size, id_column=options.id_column,
        address=options.same_address, must=options.must, without=options.without,
    )  # fmt: skip


def _told(step: str, bound: float, achieved: float) -> None:
    terminal.progress(f"{step}: 上限 bound {bound:.6f}，做到 achieved {achieved:.6f}")


def check(options: argparse.Namespace) -> int:
    from shangliang.panel import Watch
    from shangliang.panel import solve as solved

    problem = _problem(options)
    found = solved(problem, "maximin", Watch(now=time.monotonic, limit=60.0, told=_told))
    terminal.done()
    open_ = sum(len(members) for members in found.shape.members)
    if options.json:
        terminal.show({
            "feasible": True, "size": problem.size, "people": open_, "types": found.shape.types,
            "bound": found.bound, "achieved": found.achieved, "nowhere": list(found.nowhere),
        })  # fmt: skip
        return 0
    terminal.say(
        f"名额可以满足：{open_} 人里抽 {problem.size} 人，机会最小的人能有 {found.achieved:.2%}",
        f"the quotas can be met: {problem.size} of {open_} people, the smallest chance can be {found.achieved:.2%}",
    )
    if found.nowhere:
        ids = " ".join(found.nowhere[:20])
        terminal.say(
            f"有 {len(found.nowhere)} 人怎么也坐不进去：{ids}",
            f"{len(found.nowhere)} people fit no panel: {ids}",
        )
    return 0


def solve(options: argparse.Namespace) -> int:
    return _solve(options, _problem(options), None)


def _solve(options: argparse.Namespace, problem: Any, after: dict[str, Any] | None) -> int:
    from shangliang.panel import Watch, publish, report
    from shangliang.panel import solve as solved
    from shangliang.site import panel_writing as writing

    if options.panels < 1:
        terminal.remark("至少要公示 1 组", "at least one panel has to be published")
        return 2
    began = time.perf_counter()
    watch = Watch(now=time.perf_counter, limit=options.time_limit, told=_told)
    solution = solved(problem, options.objective, watch)
    took = time.perf_counter() - began
    published = publish(solution, Watch(now=time.perf_counter, limit=60.0), options.panels, after)
    terminal.done()
    if options.output:
        writing.solution_file(options.output, solution, published, took)
    if options.publish:
        writing.write(options.publish, published.text.encode())
    if options.report:
        drawing = options.report.suffix.lower() == ".svg"
        text = (
            report.svg(solution, options.language)
            if drawing
            else report.page(solution, published, options.language)
        )
        writing.write(options.report, text.encode())
    if options.json:
        terminal.show({
            key: value for key, value in writing.solution_json(solution, published, took).items()
            if key not in ("chances", "panels", "types", "mixture")
        } | {"published": {"sha256": published.digest, "panels": len(published.panels), "least": published.least}})  # fmt: skip
        return 0
    _say(solution, published, took)
    return 0


def _say(solution: Any, published: Any, took: float) -> None:
    terminal.say(
        f"机会最小的人 {solution.achieved:.4%}，任何办法的上限 {solution.bound:.4%}，相差 {solution.gap:.1e}，用时 {took:.2f} 秒",
        f"smallest chance {solution.achieved:.4%}, bound {solution.bound:.4%}, gap {solution.gap:.1e}, {took:.2f} s",
    )
    if solution.proven:
        terminal.say("已证明没有更公平的抽法", "proven: there is no fairer lottery")
    else:
        terminal.say("时间用完，没有全部证明", "time ran out before all of it was proven")
    if solution.nowhere:
        ids = " ".join(solution.nowhere[:20])
        terminal.say(
            f"有 {len(solution.nowhere)} 人怎么也坐不进去：{ids}",
            f"{len(solution.nowhere)} people fit no panel: {ids}",
        )
    terminal.say(
        f"公示 {len(published.panels)} 组，机会最小的人在 {published.least} 组里，指纹 {published.digest}",
        f"{len(published.panels)} panels, the least favoured person sits in {published.least}, SHA-256 {published.digest}",
    )


def _examined(options: argparse.Namespace) -> dict[str, Any]:
    from shangliang.panel.shangliang_panel_verify import clean, examine

    seed = options.seed if options.seed is None or clean(options.seed) else None
    told = examine(options.file.read_bytes(), options.digest, seed)
    if options.seed is not None and seed is None:
        told["problems"].append(("没有抽签数字", "the seed is empty"))
    return told


def draw(options: argparse.Namespace) -> int:
    if options.seed is None:
        terminal.remark("请用 --seed 写下当众掷出的数字", "--seed is needed: what was thrown in public")
        return 2
    told = _examined(options)
    if not told["problems"] and options.output:
        _write_drawn(options, told["panel"])
    return _show(told, options)


def _write_drawn(options: argparse.Namespace, panel: list[str]) -> None:
    from shangliang.site import panel_reading as reading
    from shangliang.site import panel_writing as writing

    if options.respondents is None:
        writing.write(options.output, writing.sheet([["id"], *[[one] for one in panel]]))
        return
    source = reading.table(options.respondents)
    own = source.column(options.id_column) if options.id_column else source.column(*reading.IDS)
    rows = [cells for _, cells in source.rows if cells[own or 0] in panel]
    writing.write(options.output, writing.sheet([source.head, *rows]))


def verify(options: argparse.Namespace) -> int:
    told = _examined(options)
    if options.number is not None and told.get("number") != options.number:
        told["problems"].append(("抽中的组号与公布的不同", "the number drawn is not the one announced"))
    return _show(told, options)


def _show(told: dict[str, Any], options: argparse.Namespace) -> int:
    from shangliang.panel.shangliang_panel_verify import show as shown

    if options.json:
        terminal.show(told | {"problems": [{"zh": zh, "en": en} for zh, en in told["problems"]]})
    else:
        shown(told)
        sys.stdout.flush()
    return 1 if told["problems"] else 0


def replace(options: argparse.Namespace) -> int:
    import json

    from shangliang.panel.replace import after, replacement

    if options.seed is None:
        terminal.remark("请用 --seed 写下上次的数字", "--seed is needed: that of the earlier draw")
        return 2
    told = _examined(options)
    if told["problems"]:
        return _show(told, options)
    lottery = json.loads(options.file.read_bytes())
    problem = replacement(lottery, told["number"], options.gone)
    return _solve(options, problem, after(told["digest"], told["number"], options.gone, options.reason))
