"""What a place looks after beside its own matters: its villages, the files, its letters, the work that was agreed."""

from django.urls import path

from shangliang.web.desk import (
    archive,
    correcting,
    files,
    letters,
    overriding,
    supervision,
    transfer,
    villages,
)

urlpatterns = [
    path("villages/", villages.villages, name="villages"),
    path("villages/<str:number>/answer/", villages.answer, name="answer_up"),
    path("villages/<str:number>/override/", overriding.override, name="override"),
    path("villages/<str:unit>/", villages.village, name="village"),
    path("archive/", archive.waiting, name="archive"),
    path("archive/transfer/", transfer.listed, name="transfer"),
    path("archive/transfer.csv", transfer.as_csv, name="transfer_csv"),
    path("archive/transfer.pdf", transfer.as_pdf, name="transfer_pdf"),
    path("archive/<str:number>/", archive.file, name="archive_matter"),
    path("letters/", letters.letters, name="letters"),
    path("letters/answer/<str:invitation>/", letters.answer, name="letter"),
    path("letters/task/<str:task>/", letters.progress, name="task"),
    path("letters/finish/<str:number>/", letters.finish, name="finish"),
    path("supervision/", supervision.overview, name="supervision"),
    path("supervision/<str:number>/", supervision.check, name="supervise"),
    path("m/<str:number>/correct/<int:seq>/", correcting.correct, name="correct"),
    path("book/<str:unit>/<int:seq>/correct/", correcting.correct_register, name="correct_register"),
    path("m/<str:number>/flags/", correcting.flags, name="flags"),
    path("m/<str:number>/papers/", files.papers, name="papers"),
    path("m/<str:number>/papers/keep/", files.keep, name="keep_paper"),
    path("m/<str:number>/papers/scan/<str:ident>/", files.scan, name="scan"),
]
