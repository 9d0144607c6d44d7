import argparse

from shangliang.site import server

name = "serve"
help = "serve the site, after bringing the database up to date"
arguments = server.arguments


def run(options: argparse.Namespace) -> int:
    server.check_port(options.host, options.port)
    server.migrate()
    return server.serve(options)
