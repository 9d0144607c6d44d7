from django.apps import AppConfig


class Units(AppConfig):
    name = "shangliang.units"
    label = "units"
