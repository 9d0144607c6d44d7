"""Addresses of draws by lot: public ones under the matter's number, and those of the desk."""

from django.urls import path

from shangliang.web.lots import running, seats, shown

urlpatterns = [
    path("m/<str:number>/lots/", shown.lots_public, name="lots_public"),
    path("m/<str:number>/lots/<int:n>.json", shown.file, name="lots_file"),
    path("desk/lots/<str:number>/who/", seats.seats, name="seats"),
    path("desk/lots/<str:number>/", running.lots, name="lots"),
    path("desk/lots/<str:number>/up/", running.put_up, name="lots_up"),
    path("desk/lots/<str:number>/draw/", running.draw, name="lots_draw"),
    path("desk/lots/<str:number>/replace/", running.replace, name="lots_replace"),
]
