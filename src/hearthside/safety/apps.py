"""Names the app to Django, and shows accounts what is held about a person."""

from django.apps import AppConfig


class SafetyConfig(AppConfig):
    name = "hearthside.safety"

    def ready(self) -> None:
        from hearthside.accounts.ports import register_holder
        from hearthside.safety import holdings

        register_holder("safety", holdings.SafetyHoldings())
