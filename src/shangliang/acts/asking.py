"""What is asked for: one act read, with the ids of what earlier acts of the same call made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from shangliang.acts.act import Act, check_shape
from shangliang.acts.scene import understand
from shangliang.acts.vocabulary import Data, Spec
from shangliang.errors import NotFound
from shangliang.record.canonical import canonical
from shangliang.record.digests import digest


class Asked(NamedTuple):
    """An act whose shape is right; ``request`` is the digest of what was asked."""

    act: Act
    spec: Spec
    data: Data
    request: str


def ask(act: Act, labels: Mapping[str, str]) -> Asked:
    """Reads an act. ``labels`` are the ids of earlier acts of the call. Raises Malformed, NotFound, Refused."""
    check_shape(act)
    asked = canonical(_asked(act))
    request = digest("sha256", asked)
    if '"@' in asked:
        act = _resolve(act, labels)
    return Asked(act, *understand(act), request)


def _asked(act: Act) -> dict[str, Any]:
    return {
        "act": act.name, "subject": act.subject, "unit": act.unit, "happened": act.happened_on,
        "by": act.entered_by, "decided": act.decided_by or None,
        "handled": act.handled_by, "data": act.data,
        "reasons": act.reasons,
    }  # fmt: skip


_REFERENCES = frozenset(
    {"meeting", "into", "post", "party", "task", "objection", "invitation", "opinion", "flag", "parties", "guests", "absent",
     "convener", "recorder", "poster", "witness", "participant", "participants", "suggestion", "dispatch", "body", "seat",
     "selection", "survey", "question", "voters", "other"}
)  # fmt: skip
"""Fields that point at something an earlier act of the same call may have made."""


def _resolve(act: Act, labels: Mapping[str, str]) -> Act:
    """Puts the ids of earlier acts of the same call in the place of their labels ("@road")."""
    pointing = _REFERENCES.intersection(act.data)

    def put(value: Any) -> Any:
        if _is_label(value):
            if value[1:] not in labels:
                raise NotFound(f"前面没有叫“{value}”的办理", f"No earlier act is labelled {value}")
            return labels[value[1:]]
        if isinstance(value, Mapping):
            return {k: put(v) for k, v in value.items()}
        if isinstance(value, list):
            return [put(v) for v in value]
        return value

    data = {k: put(v) if k in pointing else v for k, v in act.data.items()}
    return replace(act, subject=put(act.subject), unit=put(act.unit), data=data)


def _is_label(value: Any) -> bool:
    return isinstance(value, str) and value.startswith("@") and len(value) <= 40
