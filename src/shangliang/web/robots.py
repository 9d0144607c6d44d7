"""What is said to search engines: public boards and rules may be found, what people fill in or hold a number of may not."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from shangliang.web.access import anyone

NOT_SEARCHED = ("/desk/", "/progress/", "/month/", "/demo/", "/find/?n=", "/check/?d=")
"""Pages of the desk, and those that answer a number or a digest."""
WORDS = "User-agent: *\n" + "".join(f"Disallow: {at}\n" for at in NOT_SEARCHED)


@anyone
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """The file that crawlers ask for first."""
    return HttpResponse(WORDS, content_type="text/plain; charset=utf-8")
