"""Which procedure a unit works by, and the pinned version a running matter keeps."""

from __future__ import annotations

from functools import lru_cache

from django.db import transaction

from shangliang.acts import rows
from shangliang.cases.models import Rulebook
from shangliang.errors import Broken, Refused
from shangliang.procedure import loader
from shangliang.procedure.model import GateUse, Procedure
from shangliang.units.models import Unit
from shangliang.units.queries import ancestor_paths


def known() -> frozenset[str]:
    return frozenset(loader.shipped())


def of_unit(unit: Unit) -> Procedure:
    """The procedure of a unit: its own, or that of the nearest unit above it. Raises Refused where none is set."""
    ident, edition = unit.procedure, unit.edition
    if not ident:
        ident, edition = _above(unit)
    if not ident:
        from shangliang.acts.refusals import refusal

        raise Refused(
            [refusal("no_procedure", f"{unit.name}还没有定规程", f"{unit.name} has no procedure yet")]
        )
    return pinned(ident, edition)


def _above(unit: Unit) -> tuple[str, str]:
    """(procedure, edition) of the nearest unit above that has one."""
    paths = ancestor_paths(unit.path)[:-1]
    if not paths:
        return "", ""
    above = f"t.path IN ({', '.join(['%s'] * len(paths))}) AND t.procedure <> ''"
    found = rows.values(Unit, ("procedure", "edition"), above, paths, order="t.path DESC LIMIT 1")
    return (found[0][0], found[0][1]) if found else ("", "")


_kept: set[str] = set()


def keep(procedure: Procedure) -> None:
    """Keeps the text of a procedure under its version, so that its matters can go on by it when a newer one is shipped."""
    if procedure.version in _kept:
        return
    keep_text(procedure.version, procedure.id, procedure.text)
    transaction.on_commit(lambda: _kept.add(procedure.version))


def keep_text(version: str, ident: str, text: str) -> None:
    """Keeps a procedure's text under its version, once."""
    if not rows.exists(Rulebook, "t.version = %s", [version]):
        rows.insert(Rulebook, version=version, procedure=ident, text=text)


@lru_cache(maxsize=64)
def pinned(ident: str, version: str) -> Procedure:
    """The version a matter was opened under; new versions apply to new matters. Raises Broken when it is not here."""
    found = loader.shipped().get(ident)
    if found is None or (version and found.version != version):
        kept = Rulebook.objects.filter(version=version).first()
        if kept is None:
            raise Broken(
                f"找不到规程{ident}的版本{version[:12]}", f"Version {version[:12]} of {ident} is missing"
            )
        return loader.load(kept.text, f"{ident} {version[:12]}")
    return found


def gate(procedure: Procedure, ident: str) -> GateUse | None:
    """The gate of this id, wherever it hangs."""
    for flow in procedure.flows.values():
        for stage in flow.stages.values():
            for use in (*stage.gates, *(g for a in stage.acts for g in a.gates)):
                if use.id == ident:
                    return use
    return next((g for g in procedure.gates if g.id == ident), None)


def stages_with(act: str) -> tuple[str, ...]:
    """The ids of all shipped procedures' own stages that offer an act."""
    return tuple(
        sorted(
            {
                s.id
                for p in loader.shipped().values()
                for s in p.root.stages.values()
                if s.act(act) is not None
            }
        )
    )
