"""Names the app to Django."""

from django.apps import AppConfig


class FinderConfig(AppConfig):
    name = "hearthside.finder"
