import argparse

from shangliang.site import terminal

name = "replay"
help = "make the present state again from the entries and compare"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def run(options: argparse.Namespace) -> int:
    from shangliang.acts.replay import replay

    count, found = replay(progress=lambda n: terminal.progress(f"{n}"))
    terminal.done()
    if options.json:
        rows = [{"model": d.model, "id": d.pk, "what": d.what, "say": d.zh, "say_en": d.en} for d in found]
        terminal.show({"entries": count, "differences": rows})
    else:
        for d in found:
            print(f"{d.model} {d.pk}: {d.zh} / {d.en}")
        result = (
            (f"{len(found)}处不一致", f"{len(found)} differences") if found else ("完全一致", "no difference")
        )
        terminal.say(f"{count}条记录，{result[0]}", f"{count} entries, {result[1]}")
    return 1 if found else 0
