"""Whether what an act points at exists, belongs to its subject and is in a state for it. Gates judge the rules; these
keep the record consistent. One file for each of the catalogue; importing this package registers them all."""

from shangliang.acts.checks import (  # noqa: F401
    change,
    consulting,
    deciding,
    gathering,
    lots,
    meeting,
    mending,
    naming,
    opinion,
    oversight,
    place,
    publication,
    rulebook,
    screening,
    tracking,
)
from shangliang.acts.checks.registry import CHECKS, check

__all__ = ["CHECKS", "check"]
