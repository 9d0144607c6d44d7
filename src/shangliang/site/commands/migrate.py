import argparse
import json

from shangliang.site import server

name = "migrate"
help = "bring the database up to date"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def run(options: argparse.Namespace) -> int:
    applied = server.migrate()
    if options.json:
        print(json.dumps({"applied": applied}))
    else:
        print("\n".join(applied) or "the database is up to date")
    return 0
