from django.apps import AppConfig


class Documents(AppConfig):
    name = "shangliang.documents"
    label = "documents"
