"""Which acts of one call can be done at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby, islice

from shangliang.acts.act import SYSTEM, Act
from shangliang.acts.vocabulary import Catalogue

MOST = 500  # acts together: engines limit how many values a statement may look for


def runs(acts: Iterable[Act]) -> Iterator[list[Act]]:
    """The acts in their order: neighbours of one kind that can be done at once stand together, every other alone.

    Together go the operator's acts that open books of their own (``Spec.many``) and name nobody who decides or handles
    them: judging such an act needs no posts. An act with a label stands alone, because a later one may name it. Such acts
    tell nobody and change no page that was shown before.
    """
    for _, some in groupby(acts, lambda act: act.name if _goes_along(act) else object()):
        while lot := list(islice(some, MOST)):
            yield lot


def _goes_along(act: Act) -> bool:
    if act.entered_by != SYSTEM or act.label or act.decided_by or act.handled_by:
        return False
    spec = Catalogue.acts.get(act.name)
    return spec is not None and spec.many is not None and not spec.tells
