"""Pages a second against an empty view behind the same middleware and server, in the same run.

    python -m bench.pages [--rounds N] [--seconds S] [--connections N] [--database sqlite|postgres-embedded] [--json]

The reference, `empty`, is a Django view that returns nothing, under the site's settings and middleware, by granian with two
workers. `copy` is a village's public page from its rendered copy, `list` the desk's list of matters for a logged-in clerk,
both with the demonstration's data. The load comes from one process of its own over keep-alive connections; on a small
machine it takes part of the processor from all three alike. Also: the public page's bytes over the wire, with headers, and
those of every style sheet and script it asks for.
"""

from __future__ import annotations

import argparse
import gzip
import http.client
import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.common import build_demo, median, parser, set_up, tell

ROOT = Path(__file__).resolve().parents[1]
PUBLIC, LIST = "/u/liuhe/", "/desk/matters/"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def log_in(login: str) -> str:
    """The session cookie of a clerk."""
    from django.conf import settings
    from django.test import Client

    from shangliang.people.models import Account

    browser = Client()
    browser.force_login(Account.objects.get(login=login), backend="shangliang.people.backend.CardBackend")
    return f"{settings.SESSION_COOKIE_NAME}={browser.cookies[settings.SESSION_COOKIE_NAME].value}"


def get(port: int, path: str, cookie: str = "") -> tuple[int, bytes]:
    """(bytes over the wire, headers included; the body as text)."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request(
        "GET", path, headers={"Accept-Encoding": "gzip"} | ({"Cookie": cookie} if cookie else {})
    )
    answer = connection.getresponse()
    body = answer.read()
    assert answer.status == 200, (path, answer.status)
    wire = len(body) + len(f"HTTP/1.1 200 OK\r\n{answer.headers.as_string()}".encode())
    connection.close()
    return wire, gzip.decompress(body) if answer.headers["Content-Encoding"] == "gzip" else body


def wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        assert server.poll() is None, "the server did not start"
        try:
            get(port, "/empty/")
            return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("the server does not answer")


def a_second(port: int, path: str, options: argparse.Namespace, cookie: str = "") -> float:
    words = [str(port), path, str(options.connections), str(options.seconds), "50000"]
    done = subprocess.run(
        [sys.executable, "-m", "bench.load", *words, *([f"Cookie: {cookie}"] if cookie else [])],
        capture_output=True, text=True, check=True, cwd=ROOT, timeout=options.seconds + 40,
    )  # fmt: skip
    found = json.loads(done.stdout)
    return float(found["answers"] / found["seconds"])


def measure(port: int, options: argparse.Namespace, cookie: str) -> dict[str, object]:
    wire, page = get(port, PUBLIC)
    again, _ = get(port, PUBLIC)  # from its copy
    linked = re.findall(rb'<link rel="stylesheet" href="([^"]+)"|<script[^>]* src="([^"]+)"', page)
    files = sum(get(port, (style or script).decode())[0] for style, script in linked)
    sides = {"empty": ("/empty/", ""), "copy": (PUBLIC, ""), "list": (LIST, cookie)}
    get(port, LIST, cookie)
    for path, with_cookie in sides.values():
        a_second(port, path, argparse.Namespace(connections=options.connections, seconds=0.5), with_cookie)
    seen: dict[str, list[float]] = {name: [] for name in sides}
    for _ in range(options.rounds):
        for name, (path, with_cookie) in sides.items():
            seen[name].append(a_second(port, path, options, with_cookie))
    return {
        **{f"{name}_per_second": median(found, 0) for name, found in seen.items()},
        "copy_share": median((c / e for c, e in zip(seen["copy"], seen["empty"], strict=True)), 3),
        "list_share": median((c / e for c, e in zip(seen["list"], seen["empty"], strict=True)), 3),
        "page_bytes": max(wire, again),
        "page_bytes_with_style": max(wire, again) + files,
    }


def main() -> int:
    made = parser(__doc__, 5)
    made.add_argument("--seconds", type=float, default=2.0, help="load on each side in each round")
    made.add_argument("--connections", type=int, default=8)
    made.add_argument("--database", default="sqlite", choices=("sqlite", "postgres-embedded"))
    options = made.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        set_up(folder, options.database, "bench.page_settings")
        build_demo()
        cookie = log_in("wang")
        from django.db import connections

        connections.close_all()
        port = free_port()
        server = subprocess.Popen(
            [sys.executable, "-m", "shangliang", "serve", "--port", str(port), "--workers", "2"], cwd=ROOT,
            env=os.environ | {"PYTHONPATH": f"{ROOT}:{ROOT / 'src'}"}, stdout=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            wait_for(port, server)
            found = measure(port, options, cookie)
        finally:
            server.terminate()
            server.wait(20)
    tell(
        {
            "benchmark": "pages",
            "reference": "an empty view, same middleware and server",
            "database": options.database,
            **found,
            "targets": {"copy_share": 0.5, "list_share": 0.1, "page_bytes_with_style": 30_000},
        },
        options.json,
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
