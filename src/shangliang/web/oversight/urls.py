"""Addresses of 工作推进. They name units and measures, nothing personal."""

from django.urls import path

from shangliang.web.oversight import counted, late, overview, places, reminding, replying, sampling

urlpatterns = [
    path("", overview.overview, name="progress"),
    path("reminder/<str:pk>/", replying.reminder, name="reminder"),
    path("reminder/<str:pk>/letter/", replying.urging, name="urging"),
    path("reminder/<str:pk>/letter.pdf", replying.urging_pdf, name="urging_pdf"),
    path("call-back/<str:number>/", sampling.call_back, name="call_back"),
    path("<str:unit>/", overview.overview, name="progress_of"),
    path("<str:unit>/coverage/", places.coverage, name="coverage"),
    path("<str:unit>/clocks/", places.clocks, name="clocks"),
    path("<str:unit>/late/", late.late, name="late"),
    path("<str:unit>/remind/", reminding.remind, name="remind"),
    path("<str:unit>/reminders/", replying.reminders, name="reminders"),
    path("<str:unit>/samples/", sampling.samples, name="samples"),
    path("<str:unit>/of/<str:measure>/", counted.counted, name="counted"),
]
