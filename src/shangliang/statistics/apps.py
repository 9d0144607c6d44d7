from django.apps import AppConfig


class Statistics(AppConfig):
    name = "shangliang.statistics"
    label = "statistics"
