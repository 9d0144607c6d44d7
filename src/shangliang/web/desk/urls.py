"""The desk, in three parts: what is done with a matter, with a meeting, and what a place looks after."""

from shangliang.web.desk import bodies, consulting, core, meetings, places

urlpatterns = [
    *meetings.urlpatterns,
    *places.urlpatterns,
    *consulting.urlpatterns,
    *bodies.urlpatterns,
    *core.urlpatterns,
]
