from django.apps import AppConfig


class People(AppConfig):
    name = "shangliang.people"
    label = "people"
