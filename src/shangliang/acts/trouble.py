"""What the database itself may answer, in a sentence."""

from __future__ import annotations

from django.db import OperationalError

from shangliang.errors import Conflict, Full

_FULL = frozenset({"SQLITE_FULL", "53100"})
_CROSSED = frozenset({"40001", "40P01"})
# Waited in vain: for the whole database, for a row, for a free connection.
_BUSY = frozenset({"SQLITE_BUSY", "SQLITE_BUSY_SNAPSHOT", "SQLITE_BUSY_TIMEOUT", "SQLITE_LOCKED", "55P03", "57014", "53300"})  # fmt: skip


def crossed(error: OperationalError) -> bool:
    """Two transactions waited for each other and the engine ended ours: to be done again from the start."""
    return _code(error) in _CROSSED


def sentence(error: OperationalError) -> Exception:
    """What to raise instead; the error itself where it is none of the operator's everyday troubles."""
    code = _code(error)
    if code in _FULL:
        return Full("磁盘满了，这次没有记下来，请联系管理员", "The disk is full; nothing was recorded")
    if code in _BUSY | _CROSSED:
        return Conflict(
            "现在办理的人太多，这次没有记下来，请再试一次", "Too busy; nothing was recorded, please try again"
        )
    if _lost(error, code):
        return Conflict(
            "和数据库的连接断了，请先看看记下来没有，再试一次",
            "The connection to the database was lost; please look whether it was recorded, then try again",
        )
    return error


def _code(error: OperationalError) -> str:
    """The engine's own name of the trouble: SQLSTATE on PostgreSQL."""
    cause = error.__cause__
    return getattr(cause, "sqlstate", None) or getattr(cause, "sqlite_errorname", None) or ""


def _lost(error: OperationalError, code: str) -> bool:
    """PostgreSQL closed the connection, is starting or stopping, or is not there at all (no code then)."""
    if hasattr(error.__cause__, "sqlite_errorname"):
        return False
    return not code or code.startswith(("08", "57P"))
