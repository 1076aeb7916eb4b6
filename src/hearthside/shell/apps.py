"""Names the app to Django."""

from django.apps import AppConfig


class ShellConfig(AppConfig):
    name = "hearthside.shell"
