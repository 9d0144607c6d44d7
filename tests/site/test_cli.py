"""The command line says in one line what it refuses."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from shangliang import __version__

Migrated = tuple[Path, "subprocess.CompletedProcess[str]"]


def run(folder: Path, *words: str, **variables: str) -> subprocess.CompletedProcess[str]:
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("SHANGLIANG_", "PYTEST_"))
    }
    kept |= {"SHANGLIANG_DATA_DIR": str(folder)} | variables
    command = [sys.executable, "-m", "shangliang", *words]
    return subprocess.run(command, env=kept, capture_output=True, text=True, timeout=300)


@pytest.fixture(scope="module")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Migrated:
    """A folder in which `migrate` has been run, and what it said."""
    folder = tmp_path_factory.mktemp("migrated")
    return folder, run(folder, "migrate", "--json", SHANGLIANG_DEMO="1")


def test_version(tmp_path: Path) -> None:
    assert run(tmp_path, "--version").stdout.strip() == __version__


def test_help_lists_the_commands(tmp_path: Path) -> None:
    page = run(tmp_path, "--help").stdout
    assert all(f"\n    {word} " in page for word in ("demo", "migrate", "serve"))


def test_migrate_twice(migrated: Migrated) -> None:
    folder, first = migrated
    assert '"applied": ["' in first.stdout, first.stderr
    assert run(folder, "migrate", "--json").stdout == '{"applied": []}\n'


def test_files_are_the_owners_alone(migrated: Migrated) -> None:
    modes = {path.name: path.stat().st_mode & 0o777 for path in migrated[0].iterdir()}
    assert modes["secret_key"] == modes["shangliang.sqlite3"] == 0o600


@pytest.mark.parametrize(
    ("variables", "words"),
    [
        ({}, "SHANGLIANG_SECRET_KEY"),
        ({"SHANGLIANG_SECRET_KEY": "short"}, "too short"),
        ({"SHANGLIANG_DEMO": "1", "SHANGLIANG_DATABASE": "oracle"}, "SHANGLIANG_DATABASE"),
        ({"SHANGLIANG_DEMO": "1", "SHANGLIANG_PUBLIC_URL": "here"}, "SHANGLIANG_PUBLIC_URL"),
    ],
)
def test_a_wrong_setting_is_one_line(tmp_path: Path, variables: dict[str, str], words: str) -> None:
    done = run(tmp_path, "migrate", **variables)
    assert done.returncode == 1
    assert words in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_taken_port_is_one_line(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = run(tmp_path, "serve", "--port", port, SHANGLIANG_DEMO="1")
    assert done.returncode == 1
    assert f"127.0.0.1:{port}" in done.stderr
    assert done.stderr.count("\n") == 1
