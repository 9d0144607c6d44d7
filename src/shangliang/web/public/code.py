"""The codes that lead from a paper or a screen to one of our pages."""

from __future__ import annotations

import segno
from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe


def qr(name: str, *args: str, width: int = 88) -> SafeString:
    """The code of one of our pages as inline SVG of so many pixels, without style or script."""
    made = segno.make(settings.PUBLIC_URL + reverse(name, args=args), error="m", micro=False)
    drawn = made.svg_inline(border=2, omitsize=True, svgclass=None, lineclass=None)
    return mark_safe(drawn.replace("<svg ", f'<svg width="{width}" height="{width}" ', 1))
