"""``shangliang COMMAND …``: finds the command's module, starts Django and runs it."""

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pkgutil import iter_modules
from typing import Protocol

import django
from django.core.exceptions import ImproperlyConfigured

from shangliang import __version__
from shangliang.errors import ShangliangError
from shangliang.site import commands


class Command(Protocol):
    name: str
    help: str

    def arguments(self, parser: argparse.ArgumentParser) -> None: ...
    def run(self, options: argparse.Namespace) -> int: ...


def registry() -> dict[str, Command]:
    names = [found.name for found in iter_modules(commands.__path__)]
    modules = [import_module(f"{commands.__name__}.{name}") for name in names]
    return {module.name: module for module in modules}


def parser(known: dict[str, Command]) -> argparse.ArgumentParser:
    top = argparse.ArgumentParser("shangliang", description="商量: consultation by the rules, on the record.")
    top.add_argument("--version", action="version", version=__version__)
    words = top.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name, command in known.items():
        command.arguments(words.add_parser(name, help=command.help, description=command.help))
    return top


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status; what it refuses becomes one line on stderr and status 1."""
    known = registry()
    options = parser(known).parse_args(argv)
    command = known[options.command]
    os.environ.update(getattr(command, "environment", {}))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shangliang.site.settings")
    try:
        if not getattr(command, "alone", False):
            django.setup()
        status = command.run(options)
        sys.stdout.flush()  # a reader that has gone is met here, not while Python ends
        return status
    except ShangliangError as error:
        print(f"shangliang: {error.zh}\nshangliang: {error.en}", file=sys.stderr)
        return 1
    except ImproperlyConfigured as error:
        print(f"shangliang: {error}", file=sys.stderr)
        return 1
    except BrokenPipeError:  # whoever read our output has gone, as with `| head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
