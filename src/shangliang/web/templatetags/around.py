"""What stands around every page and hardly ever changes: kept ready by language, since every page asks for it."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

register = template.Library()

HERE = "\x00"
"""Stands for the address of the page itself until it is known."""


@lru_cache(maxsize=64)
def _kept(name: str, language: str, large: bool) -> str:
    return render_to_string(
        f"around/{name}.html", {"language": language, "large": large, "here": mark_safe(HERE)}
    )


@register.simple_tag(takes_context=True)
def switches(context: dict[str, Any]) -> SafeString:
    """Large text and the other language: two buttons of one form, both leading back to this page."""
    kept = _kept("switches", get_language() or "zh-hans", bool(context.get("large")))
    request = context.get("request")
    here = escape(request.get_full_path()) if request else "/"
    return mark_safe(kept.replace(HERE, here))


@register.simple_tag
def skip() -> SafeString:
    """The first link of a page, for those who use the keyboard."""
    return mark_safe(_kept("skip", get_language() or "zh-hans", False))


@register.simple_tag
def foot_links() -> SafeString:
    """Privacy, and where a printed digest is checked."""
    return mark_safe(_kept("foot", get_language() or "zh-hans", False))
