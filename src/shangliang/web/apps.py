from django.apps import AppConfig


class Web(AppConfig):
    name = "shangliang.web"
    label = "web"
