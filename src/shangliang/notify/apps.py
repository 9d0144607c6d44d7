from django.apps import AppConfig


class Notify(AppConfig):
    name = "shangliang.notify"
    label = "notify"
