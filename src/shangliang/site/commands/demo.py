import argparse

from shangliang.site import server, terminal

name = "demo"
help = "serve a county with made-up people and matters"
environment = {"SHANGLIANG_DEMO": "1"}


def arguments(parser: argparse.ArgumentParser) -> None:
    server.arguments(parser)
    parser.add_argument(
        "--small", action="store_true", help="one town and three villages instead of the county"
    )


def run(options: argparse.Namespace) -> int:
    server.check_port(options.host, options.port)
    server.migrate()
    if is_empty():
        terminal.remark("第一次启动，正在准备演示数据", "first start: making the demonstration's data")
        _build(options.small)
        terminal.done()
    return server.serve(options)


def _build(small: bool) -> None:
    from django.utils import timezone

    from shangliang.site import demo, gatherings, places, stories_chosen
    from shangliang.site.simulate import build as county

    if small:
        demo.build(progress=terminal.progress, more=stories_chosen.STORIES)
    else:
        county.build(progress=terminal.progress, more=stories_chosen.STORIES)
    places.build(timezone.localdate(), demo.PIN, progress=terminal.progress)
    gatherings.build(timezone.localdate())


def is_empty() -> bool:
    from shangliang.units.models import Unit

    return not Unit.objects.exists()
