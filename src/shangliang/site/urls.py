from django.urls import include, path

urlpatterns = [path("", include("shangliang.web.urls"))]

handler400 = "shangliang.web.errors.bad_request"
handler403 = "shangliang.web.errors.forbidden"
handler404 = "shangliang.web.errors.not_found"
handler500 = "shangliang.web.errors.broken"
