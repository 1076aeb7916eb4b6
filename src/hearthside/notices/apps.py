"""Names the app to Django, and says what it holds about people."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "hearthside.notices"

    def ready(self) -> None:
        from hearthside.accounts import ports
        from hearthside.notices import holdings

        ports.register_holder("notices", holdings.NoticeHoldings())
