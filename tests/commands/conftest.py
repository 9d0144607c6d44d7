"""What the tests of commands share: the command line in process, and a small village."""

import io
import json
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from tests.settled import settled

from shangliang.site import cli

ROOT = Path(__file__).resolve().parents[2]


class Ran(NamedTuple):
    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def lines(self) -> list[Any]:
        return [json.loads(line) for line in self.out.splitlines()]


Run = Callable[..., Ran]


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """``run("verify", "--json")`` as the command line does it, in this process."""

    def call(*words: object, stdin: bytes = b"") -> Ran:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
        capfd.readouterr()
        try:
            status = cli.main([str(w) for w in words])
        except SystemExit as stop:  # argparse
            status = int(stop.code or 0)
        return Ran(status, *capfd.readouterr())

    return call


def line(act: str, entered_by: str = "system", **more: Any) -> dict[str, Any]:
    return {"act": act, "entered_by": entered_by, "happened_on": "2025-03-03", **more}


VILLAGE = [
    line("found_unit", unit="county", data={"name": "东河市", "kind": "county", "procedure": "dongning"}),
    line("found_unit", unit="town", data={"name": "河口镇", "kind": "town", "parent": "county"}),
    line(
        "found_unit",
        unit="village",
        data={"name": "柳树村", "kind": "village", "parent": "town", "adults": 860},
    ),
    line(
        "appoint",
        unit="village",
        data={"role": "clerk", "person": "p-wang", "name": "王月"},
        **{"as": "clerk"},
    ),
    line("appoint", unit="village", data={"role": "party_secretary", "person": "p-li", "name": "李河"}),
]
ROAD = line(
    "intake",
    "public",
    unit="village",
    data={"words": "西胡同下雨全是泥。", "name": "老于", "phone": "13900000000"},
)


def jsonl(lines: Iterable[dict[str, Any]]) -> bytes:
    return b"".join(json.dumps(each, ensure_ascii=False).encode() + b"\n" for each in lines)


@pytest.fixture
def village(run: Run, request: pytest.FixtureRequest) -> None:
    """A county, a town, a village with a clerk and a secretary."""
    request.getfixturevalue("transactional_db" if "transactional_db" in request.fixturenames else "db")
    assert settled("commands, village", lambda: run("perform", "-", stdin=jsonl(VILLAGE)).status) == 0


def worked() -> str:
    """The worked file of docs/acts.md."""
    text = (ROOT / "docs" / "acts.md").read_text("utf-8")
    return text.partition("```jsonl\n")[2].partition("```")[0]


@pytest.fixture
def whole(run: Run, request: pytest.FixtureRequest) -> str:
    """The worked file, done; the number of its matter."""
    request.getfixturevalue("transactional_db" if "transactional_db" in request.fixturenames else "db")
    done = settled("commands, whole", lambda: run("perform", "-", "--simulated", stdin=worked().encode()))
    assert done.status == 0, [each for each in done.lines if "entry" not in each]
    subjects = [each["entry"]["subject"] for each in done.lines]
    return next(s for s in subjects if s.startswith("matter:")).partition(":")[2]
