"""What the benchmarks share: a county to work on, and how a result is told."""

from __future__ import annotations

import argparse
import json
import os
import statistics
from collections.abc import Iterable, Mapping
from typing import Any


def set_up(folder: str, database: str = "sqlite", settings: str = "shangliang.site.settings") -> None:
    """Starts Django on a database of its own in ``folder``."""
    os.environ.update(
        SHANGLIANG_DATA_DIR=folder,
        SHANGLIANG_DATABASE=database,
        SHANGLIANG_DEMO="1",
        DJANGO_SETTINGS_MODULE=settings,
    )
    import django

    django.setup()


def build_demo() -> None:
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from shangliang.site import demo

    demo.build()


def parser(about: str | None, rounds: int) -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    made.add_argument("--rounds", type=int, default=rounds, help="alternating rounds (default: %(default)s)")
    made.add_argument("--json", action="store_true", help="one JSON object on standard output")
    return made


def median(values: Iterable[float], digits: int) -> float:
    return round(statistics.median(values), digits)


def tell(result: Mapping[str, Any], as_json: bool) -> None:
    print(json.dumps(result) if as_json else "\n".join(f"{k:32} {v}" for k, v in result.items()))
