"""Brings the database up to date and serves the site with granian."""

import argparse
import socket

from django.core.exceptions import ImproperlyConfigured


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    parser.add_argument("--port", type=int, default=8000, help="port to listen on (default: %(default)s)")
    parser.add_argument("--workers", type=int, default=2, help="number of processes (default: %(default)s)")


def migrate() -> list[str]:
    """Apply the migrations that are missing; return their names."""
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan:
        call_command("migrate", interactive=False, verbosity=0)
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def check_port(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            message = f"cannot listen on {host}:{port}: {error.strerror}; try --port"
            raise ImproperlyConfigured(message) from None


def serve(options: argparse.Namespace) -> int:
    """Serve until told to stop."""
    from django.db import connections
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    connections.close_all()
    host = f"[{options.host}]" if ":" in options.host else options.host
    print(f"http://{host}:{options.port}/", flush=True)
    Granian(
        "shangliang.site.wsgi:application",
        address=options.host,
        port=options.port,
        interface=Interfaces.WSGI,
        workers=options.workers,
        blocking_threads=8,  # requests at work in one process, and so its database connections
        websockets=False,
        log_level=LogLevels.error,
        respawn_failed_workers=True,
    ).serve()
    return 0
