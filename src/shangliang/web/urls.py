"""All addresses. Public ones are short enough to print; none holds anything personal."""

from django.urls import include, path

from shangliang.web import enter
from shangliang.web.robots import robots

urlpatterns = [
    path("", enter.home, name="home"),
    path("login/", enter.log_in, name="login"),
    path("leave/", enter.leave, name="leave"),
    path("no-entry/", enter.no_entry, name="no_entry"),
    path("demo/", enter.people, name="people"),
    path("demo/<str:name>/", enter.enter_as, name="enter_as"),
    path("language/", enter.language, name="language"),
    path("large/", enter.large, name="large"),
    path("robots.txt", robots, name="robots"),
    path("", include("shangliang.web.public.urls")),
    path("", include("shangliang.web.gathering.urls")),
    path("", include("shangliang.web.lots.urls")),
    path("desk/", include("shangliang.web.desk.urls")),
    path("progress/", include("shangliang.web.oversight.urls")),
    path("month/", include("shangliang.web.month.urls")),
    path("", include("shangliang.web.papers")),
]
