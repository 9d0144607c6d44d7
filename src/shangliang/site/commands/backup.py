import argparse
from pathlib import Path

from shangliang.site import terminal

name = "backup"
help = "write everything into one file; the server may go on working"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "file", metavar="FILE", type=Path, help="where to; an older file of this name is replaced"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def run(options: argparse.Namespace) -> int:
    from shangliang.site.keeping import backup

    if not options.file.absolute().parent.is_dir():
        terminal.remark(f"没有目录{options.file.parent}", f"no such folder: {options.file.parent}")
        return 2
    made = backup(options.file)
    terminal.done()
    entries = made.counts["record.Entry"]
    if options.json:
        terminal.show(
            {"file": str(options.file), "rows": made.counts, "contents": made.files, "absent": made.absent}
        )
    else:
        zh = f"{options.file}：{entries}条记录，{made.files}个附件"
        terminal.say(zh, f"{options.file}: {entries} entries, {made.files} attachments")
    if made.absent:
        n = len(made.absent)
        terminal.remark(f"有{n}个附件的文件不在，请运行 verify", f"{n} attachments have no file; run verify")
    return 1 if made.absent else 0
