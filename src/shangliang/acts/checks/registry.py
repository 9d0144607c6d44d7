"""Where the checks of all acts are kept, by the name of the act."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from shangliang.procedure.judge import Finding

if TYPE_CHECKING:
    from shangliang.acts.scene import Scene

Check = Callable[["Scene"], Iterator[Finding]]
CHECKS: dict[str, Check] = {}


def check(*names: str) -> Callable[[Check], Check]:
    """Registers the check of one act or several; an act has one."""

    def register(function: Check) -> Check:
        for name in names:
            if name in CHECKS:
                raise RuntimeError(f"two checks for {name!r}")
            CHECKS[name] = function
        return function

    return register
