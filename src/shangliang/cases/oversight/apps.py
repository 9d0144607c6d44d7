from django.apps import AppConfig


class Oversight(AppConfig):
    name = "shangliang.cases.oversight"
    label = "oversight"
