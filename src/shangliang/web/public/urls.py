"""The public addresses: short enough to print, and nothing personal in any of them."""

from django.urls import path

from shangliang.web.public import board, check, matter, place, say, voice

urlpatterns = [
    path("u/<str:ident>/", board.board, name="board"),
    path("u/<str:ident>/all/", board.everything, name="board_all"),
    path("u/<str:ident>/say/", say.say, name="say"),
    path("u/<str:ident>/poster/", place.poster, name="poster"),
    path("u/<str:ident>/rules/", place.rules, name="rules"),
    path("u/<str:ident>/record/", check.heads, name="heads"),
    path("slip/<str:number>/", say.slip, name="slip"),
    path("find/", check.find, name="find"),
    path("check/", check.check, name="check"),
    path("privacy/", place.privacy, name="privacy"),
    path("m/<str:number>/", matter.matter, name="public_matter"),
    path("m/<str:number>/too/", voice.too, name="metoo"),
    path("m/<str:number>/object/", voice.object_, name="object"),
    path("m/<str:number>/solved/", voice.solved, name="solved"),
    path("m/<str:number>/withdraw/", voice.withdraw, name="withdraw"),
]
