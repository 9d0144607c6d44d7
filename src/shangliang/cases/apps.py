from django.apps import AppConfig


class Cases(AppConfig):
    name = "shangliang.cases"
    label = "cases"
