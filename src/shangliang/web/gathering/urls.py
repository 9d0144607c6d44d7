"""Addresses of opinion gatherings: short public ones under the matter's number, and those of the desk."""

from django.urls import path

from shangliang.web.gathering import opinion_map, paper, result, running, taking_part

public = [
    path("m/<str:number>/gather/", taking_part.gather, name="gather"),
    path("m/<str:number>/gather/answer/", taking_part.answer, name="gather_answer"),
    path("m/<str:number>/gather/mine/", taking_part.done, name="gather_done"),
    path("m/<str:number>/gather/own/", taking_part.own, name="gather_own"),
    path("m/<str:number>/gather/slip/<str:code>/", taking_part.with_code, name="gather_code"),
    path("m/<str:number>/gather/result/<int:n>/", result.gather_result, name="gather_result"),
]
desk = [
    path("desk/gather/<str:number>/", running.gathering, name="gathering"),
    path("desk/gather/<str:number>/open/", running.opening, name="gather_open"),
    path("desk/gather/<str:number>/screen/<int:n>/", running.screening, name="gather_screen"),
    path("desk/gather/<str:number>/more-slips/", running.more_slips, name="gather_more_slips"),
    path("desk/gather/<str:number>/close/", running.close, name="gather_close"),
    path("desk/gather/<str:number>/sheet/", paper.sheet, name="gather_sheet"),
    path("desk/gather/<str:number>/slips/", paper.slips, name="gather_slips"),
    path("desk/gather/<str:number>/paper/", paper.typing, name="gather_paper"),
    path("desk/gather/<str:number>/map/<int:n>/", opinion_map.gathering_map, name="gathering_map"),
    path("desk/gather/<str:number>/answers/<int:n>.csv", opinion_map.box, name="gather_box"),
]
urlpatterns = [*public, *desk]
