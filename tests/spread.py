"""How tests are spread over several workers: a file as a whole, so that what its tests share is made once; all journeys on one
worker, since they share a running demonstration and a browser and mostly wait for it; long ones first, so that no worker is
left with one at the end."""

from __future__ import annotations

from typing import Any

import pytest

JOURNEYS = "tests/journeys"
LONG = (
    JOURNEYS, "tests/web/test_forms_places.py", "tests/acts/test_walks.py", "tests/simulate/test_county.py",
    "tests/acts/test_every_act.py", "tests/web/test_forms.py",
    "tests/documents/test_papers.py", "tests/commands/test_keeping.py", "tests/robust/test_together.py",
    "tests/documents/test_consulting_papers.py", "tests/robust/test_hostile.py", "tests/site/test_places.py",
    "tests/site/test_stories_chosen.py", "tests/robust/test_killed.py", "tests/consensus/test_reference.py",
    "tests/consensus/test_groups.py", "tests/acts/test_walks_systems.py", "tests/site/test_cli.py", "tests/web/test_gathering.py",
)  # fmt: skip
"""By the processor time they take, the longest first; a name that is missing here costs some idle seconds, no more."""
_PLACES = {name: n for n, name in enumerate(LONG)}


def group(nodeid: str) -> str:
    """What stays together on one worker."""
    file = nodeid.partition("::")[0]
    return JOURNEYS if file.startswith(f"{JOURNEYS}/") else file


def place(nodeid: str) -> int:
    """When it is handed out; those not named keep their order at the end."""
    return _PLACES.get(group(nodeid), len(LONG))


def scheduler(config: pytest.Config, log: Any) -> Any:
    """Hands out groups one by one, in the order in which they were collected."""
    from xdist.scheduler import LoadScopeScheduling

    class Spread(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return group(nodeid)

    config.option.loadscopereorder = False
    return Spread(config, log)
