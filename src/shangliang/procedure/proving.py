"""Proving a procedure under every combination of the overlays that may lie on it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, combinations

from shangliang.procedure.loader import Files, load, presets
from shangliang.procedure.model import Procedure
from shangliang.procedure.proofs import Problem, check, failures


@dataclass(frozen=True, slots=True)
class Proof:
    """One combination: the procedure with these presets and settings on it, and what the proofs found."""

    laid: tuple[str, ...]
    procedure: Procedure
    problems: tuple[Problem, ...]

    @property
    def failed(self) -> bool:
        return bool(failures(self.problems))


def prove(text: str, source: str, more: Files = ()) -> Iterator[Proof]:
    """The procedure alone, and with every combination of the packaged presets and of ``more``.

    Overlays of the law are part of the procedure; they only add gates, so each combination of those that a matter
    switches on is covered by one search of the paths and a look at the floors.

    Raises:
        ProcedureError: where a combination cannot be laid.
    """
    plain = load(text, source)
    offered = [*presets(plain.id), *more]
    for chosen in _subsets(offered):
        found = load(text, source, chosen) if chosen else plain
        of_law = [o for o in found.laid if o.kind == "law"]
        yield Proof(tuple(name for name, _ in chosen), found, tuple(check(found, of_law)))


def _subsets(files: Files) -> Iterator[Sequence[tuple[str, str]]]:
    """All of them, the empty one first; in the order of the files."""
    return chain.from_iterable(combinations(files, n) for n in range(len(files) + 1))
