from django.urls import include, path

urlpatterns = [path("", include("shangliang.web.urls"))]
