"""Names the app to Django."""

from django.apps import AppConfig


class KitConfig(AppConfig):
    name = "hearthside.kit"
