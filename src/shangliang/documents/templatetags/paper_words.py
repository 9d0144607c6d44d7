"""The few filters that papers need."""

from __future__ import annotations

from datetime import date

from django import template
from django.conf import settings
from django.utils.safestring import SafeString

from shangliang.documents import chinese, render

register = template.Library()


@register.filter
def paper_day(when: date | None) -> str:
    """2026年11月22日, or room for a date."""
    return chinese.day(when)


@register.filter
def paper_code(path: str) -> SafeString:
    """The square code of an address of this site."""
    return render.qr(settings.PUBLIC_URL + path)
