import argparse
from pathlib import Path

from shangliang.site import server, terminal

name = "restore"
help = "load a backup into an empty database and verify it"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "file", metavar="FILE", type=Path, help="a file that backup wrote, on whichever engine"
    )
    parser.add_argument("--anyway", action="store_true", help="restore although a book does not verify")
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def run(options: argparse.Namespace) -> int:
    from shangliang.site.keeping import restore

    if not options.file.is_file():
        terminal.remark(f"没有文件{options.file}", f"no such file: {options.file}")
        return 2
    server.migrate()
    made = restore(options.file, anyway=options.anyway)
    terminal.done()
    if options.json:
        problems = [
            {"book": b, "seq": n, "column": c, "say": zh, "say_en": en} for b, n, c, zh, en in made.problems
        ]
        result = {"rows": made.counts, "entries": made.applied, "contents": made.files, "absent": made.absent}
        terminal.show({**result, "problems": problems})
    else:
        for book, seq, column, zh, en in made.problems:
            print(f"{book or '—'} #{seq} {column}: {zh} / {en}")
        zh = f"已恢复{made.applied}条记录、{made.files}个附件"
        terminal.say(zh, f"restored {made.applied} entries and {made.files} attachments")
    if made.absent:
        n = len(made.absent)
        terminal.remark(f"备份里缺{n}个附件", f"the backup lacks {n} attachments")
    return 1 if made.problems or made.absent else 0
