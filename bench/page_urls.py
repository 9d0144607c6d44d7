from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from shangliang.site.urls import handler400, handler403, handler404, handler500  # noqa: F401


def empty(request: HttpRequest) -> HttpResponse:
    return HttpResponse(b"")


urlpatterns = [path("empty/", empty), path("", include("shangliang.site.urls"))]
