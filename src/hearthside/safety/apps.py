"""Names the app to Django."""

from django.apps import AppConfig


class SafetyConfig(AppConfig):
    name = "hearthside.safety"
