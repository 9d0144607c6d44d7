"""Official papers, made from entered data: as a page to look at and as PDF to print. Reads only."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from shangliang.cases.models import Matter, Meeting
    from shangliang.documents.papers import PaperSpec, Producible


def catalogue() -> list[PaperSpec]:
    """Every paper: ``id``, ``zh``, ``en``, ``of`` (what it is a paper of), ``public``."""
    from shangliang.documents import papers

    return papers.catalogue()


def producible(matter: Matter) -> list[Producible]:
    """The papers of one matter: ``id``, ``missing`` (why not yet, in both languages, or None), ``subjects``."""
    from shangliang.documents import papers

    return papers.producible(matter)


def wechat_text(meeting: Meeting) -> str:
    """A meeting's notice for the WeChat group, in Chinese, under 200 characters."""
    from shangliang.documents import texts

    return texts.wechat_text(meeting)


def loudspeaker_text(meeting: Meeting) -> str:
    """A meeting's notice to be read aloud, in Chinese, under 200 characters."""
    from shangliang.documents import texts

    return texts.loudspeaker_text(meeting)
