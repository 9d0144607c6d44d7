"""The desk, in three parts: what is done with a matter, with a meeting, and what a place looks after."""

from shangliang.web.desk import consulting, core, meetings, places

urlpatterns = [*meetings.urlpatterns, *places.urlpatterns, *consulting.urlpatterns, *core.urlpatterns]
