"""Whether a rulebook that is to be adopted can be read, is the one that is named, and is proved."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from shangliang.acts.checks.registry import check
from shangliang.acts.refusals import refusal
from shangliang.procedure import loader, proofs
from shangliang.procedure.judge import Finding
from shangliang.procedure.model import Procedure
from shangliang.procedure.say import Say

if TYPE_CHECKING:
    from shangliang.acts.scene import Scene


@check("adopt_rulebook")
def _adopt(scene: Scene) -> Iterator[Finding]:
    d = scene.given
    try:
        found, failures = _proved(d.text, d.procedure)
    except loader.ProcedureError as error:
        yield refusal("unreadable", f"规程第{error.line}行：{error.reason}", f"Line {error.line}: {error.reason}",
                      Say("请改正后再导入", "Please correct it and try again"), "text")  # fmt: skip
        return
    if (found.id, found.version) != (d.procedure, d.version):
        yield refusal(
            "other_version", f"文本是{found.id}的版本{found.version}，不是所写的那个",
            f"The text is version {found.version} of {found.id}, not the one named", field="version",
        )  # fmt: skip
    for problem in failures[:3]:
        way = "；".join(line.strip() for line in problem.path)
        yield refusal("unproved", f"规程没有通过检验：{problem.reason}", f"The procedure is not proved: {problem.reason}",
                      Say(f"走到这里出错：{way}" if way else "", f"On this path: {way}" if way else ""), "text")  # fmt: skip


@lru_cache(maxsize=8)
def _proved(text: str, ident: str) -> tuple[Procedure, tuple[proofs.Problem, ...]]:
    """The procedure a text describes, and what it fails in. Searching all its paths takes a few tenths of a second, and a
    county hands the same text to many places: each text is searched once. Raises ProcedureError."""
    found = loader.load(text, ident)
    return found, tuple(proofs.failures(proofs.check(found)))
