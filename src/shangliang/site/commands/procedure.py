import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from shangliang.site import terminal

name = "procedure"
help = "list, check, show, draw, export or import a procedure"
alone = True  # all but import need neither Django nor a database


def arguments(parser: argparse.ArgumentParser) -> None:
    words = parser.add_subparsers(dest="word", metavar="list|check|show|chart|export|import", required=True)
    words.add_parser("list", help="the procedures and presets that come with us")
    check = words.add_parser("check", help="load and prove; a failed proof prints the path")
    check.add_argument(
        "file",
        nargs="*",
        metavar="FILE",
        help="a procedure or an overlay; without one, all that come with us",
    )
    check.add_argument("--json", action="store_true", help="print one JSON object")
    show = words.add_parser("show", help="print a procedure in words")
    chart = words.add_parser("chart", help="draw a procedure as SVG")
    export = words.add_parser("export", help="write a procedure with all that belongs to it into one file")
    for each in (show, chart, export):
        each.add_argument("id", metavar="ID", help="id of a procedure that comes with us, or a file")
        each.add_argument("--with", dest="overlays", action="append", default=[], metavar="OVERLAY",
                          help="lay a preset (its id) or a file on it; may be given several times")  # fmt: skip
    for each in (show, chart):
        each.add_argument("--language", choices=("zh", "en"), default="zh", help="(default: %(default)s)")
    for each in (chart, export):
        each.add_argument(
            "-o", "--output", metavar="FILE", type=Path, help="where to (default: standard output)"
        )
    take = words.add_parser("import", help="let a unit adopt a procedure from a file")
    take.add_argument("file", metavar="FILE", help="what export wrote, or a procedure of one's own")
    take.add_argument("--with", dest="overlays", action="append", default=[], metavar="OVERLAY")
    take.add_argument("--unit", required=True, help="who adopts it: everything below works by it")
    take.add_argument("--body", required=True, help="the body that adopted it, as papers call it")
    take.add_argument("--number", default="", help="the number of the document")
    take.add_argument("--on", default="", metavar="DATE", help="the day it was adopted (default: today)")
    take.add_argument("--dry-run", action="store_true", help="check it, change nothing")


def run(options: argparse.Namespace) -> int:
    from shangliang.errors import ShangliangError
    from shangliang.procedure.tables import ProcedureError

    does = {"list": known, "check": check, "show": show, "chart": chart, "export": export, "import": adopt}
    try:
        return does[options.word](options)
    except ProcedureError as error:
        print(error, file=sys.stderr)
        return 1
    except ShangliangError as error:
        terminal.remark(error.zh, error.en)
        return 1
    except BrokenPipeError:
        raise  # whoever read along has gone, as with `| head`: no file is at fault
    except OSError as error:
        terminal.remark(f"读不了{error.filename}", f"cannot read {error.filename}: {error.strerror}")
        return 2


def known(options: argparse.Namespace) -> int:
    """Each with its version, and the presets that may lie on it."""
    from shangliang.procedure import loader, tables

    for ident, procedure in sorted(loader.shipped().items()):
        print(f"{ident}  {procedure.version}  {procedure.name.zh} / {procedure.name.en}")
        for file, text in loader.presets(ident):
            own = tables.parse(text, file)
            print(f"  + {own.text('overlay')}  {own.say('name').zh}")
    return 0


def find(word: str, overlays: list[str] | None = None) -> Any:
    """A shipped procedure by its id, or the procedure in a file, with presets or files laid on it."""
    from shangliang.procedure import loader

    more = [_overlay(o) for o in overlays or ()]
    if word in loader.shipped():
        found = loader.shipped()[word]
        return loader.load(found.text, word, more) if more else found
    if Path(word).is_file():
        return loader.load(Path(word).read_text("utf-8"), word, more)
    every = "、".join(sorted(loader.shipped()))
    terminal.remark(f"没有规程{word}，现有：{every}", f"there is no procedure {word}; known: {every}")
    return None


def _overlay(word: str) -> tuple[str, str]:
    """File name and text of a packaged preset, or of a file."""
    from shangliang.procedure import loader

    packaged = [f for ident in loader.shipped() for f in loader.presets(ident)]
    return next((f for f in packaged if f[0] == f"{word}.toml"), None) or (
        word,
        Path(word).read_text("utf-8"),
    )


def check(options: argparse.Namespace) -> int:
    from shangliang.procedure import loader
    from shangliang.procedure.tables import ProcedureError

    found: list[dict[str, Any]] = []
    failed = 0
    for place in options.file or sorted(loader.shipped()):
        try:
            proofs = list(_proofs(place))
        except (ProcedureError, UnicodeDecodeError) as error:
            failed += 1
            found.append({"procedure": place, "error": str(error)})
            if not options.json:
                print(f"✗ {error}")
            continue
        for proof in proofs:
            failed += proof.failed
            found.append(_told(proof))
            if not options.json:
                _print(proof)
    if options.json:
        terminal.show({"procedures": found, "failed": failed})
    return 1 if failed else 0


def _proofs(place: str) -> Iterator[Any]:
    """Every combination of overlays on a procedure; of an overlay's file, on the procedure it lies on."""
    from shangliang.procedure import loader, proving, tables

    if place in loader.shipped():
        return proving.prove(loader.shipped()[place].text, place)
    text = Path(place).read_text("utf-8")
    own = tables.parse(text.partition("\n# ── ")[0], place)
    if not own.has("overlay"):
        return proving.prove(text, place)
    base = own.text("on", "")
    if base not in loader.shipped():
        own.fail(f'there is no procedure "{base}" to lay it on', r"on\s*=")
    return proving.prove(loader.shipped()[base].text, base, [(place, text)])


def _told(proof: Any) -> dict[str, Any]:
    told = [
        {"proof": p.proof, "level": p.level, "reason": p.reason, "path": list(p.path)} for p in proof.problems
    ]
    procedure = proof.procedure
    return {
        "procedure": procedure.id, "version": procedure.version, "overlays": list(proof.laid), "problems": told,
    }  # fmt: skip


def _print(proof: Any) -> None:
    procedure = proof.procedure
    laid = f" + {' + '.join(n.removesuffix('.toml') for n in proof.laid)}" if proof.laid else ""
    print(f"{'✗' if proof.failed else '✓'} {procedure.id}{laid} {procedure.name.zh} / {procedure.name.en}")
    for problem in proof.problems:
        print(problem)


def show(options: argparse.Namespace) -> int:
    from shangliang.procedure import show as words

    procedure = find(options.id, options.overlays)
    if procedure is None:
        return 1
    print(words.show(procedure, options.language))
    return 0


def chart(options: argparse.Namespace) -> int:
    from shangliang.procedure import chart as drawing

    procedure = find(options.id, options.overlays)
    if procedure is None:
        return 1
    return _write(drawing.chart(procedure, options.language), options.output)


def export(options: argparse.Namespace) -> int:
    """One file that another county can import: the procedure, its shared flows and its overlays."""
    procedure = find(options.id, options.overlays)
    if procedure is None:
        return 1
    return _write(procedure.text, options.output)


def _write(text: str, output: Path | None) -> int:
    if output is None:
        print(text)
        return 0
    with terminal.replacing(output) as stream:
        stream.write(text.encode())
    output.chmod(0o644)
    return 0


def adopt(options: argparse.Namespace) -> int:
    """Does the act ``adopt_rulebook`` for a unit, after the same checks that the act makes."""
    from shangliang.procedure import proofs

    procedure = find(options.file, options.overlays)
    if procedure is None:
        return 1
    failures = proofs.failures(proofs.check(procedure))
    for problem in failures:
        print(problem, file=sys.stderr)
    if failures or options.dry_run:
        return 1 if failures else 0
    return _adopt(options, procedure)


def _adopt(options: argparse.Namespace, procedure: Any) -> int:
    from datetime import date

    import django

    django.setup()
    from shangliang.acts.act import SYSTEM, Act, today
    from shangliang.acts.perform import perform

    on = date.fromisoformat(options.on) if options.on else today()
    data = {
        "procedure": procedure.id, "version": procedure.version, "text": procedure.text, "body": options.body,
        "number": options.number,
    }  # fmt: skip
    done = perform(Act("adopt_rulebook", on, SYSTEM, data, subject=options.unit, unit=options.unit))[0]
    terminal.remark(
        f"已登记：{procedure.name.zh}，版本{procedure.version}，记录簿{done.book}第{done.seq}号。",
        f"Recorded: {procedure.name.en}, version {procedure.version}, book {done.book} entry {done.seq}.",
    )
    return 0
