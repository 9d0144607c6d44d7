import argparse
from importlib.util import find_spec

from shangliang.site import server

name = "demo"
help = "serve a county with made-up people and matters"
arguments = server.arguments
environment = {"SHANGLIANG_DEMO": "1"}


def run(options: argparse.Namespace) -> int:
    server.check_port(options.host, options.port)
    server.migrate()
    if find_spec("shangliang.site.demo") is None:
        print("There is no demonstration data yet; the site starts empty.")
    elif is_empty():
        from shangliang.site import demo

        demo.build()
    return server.serve(options)


def is_empty() -> bool:
    from shangliang.units.models import Unit

    return not Unit.objects.exists()
