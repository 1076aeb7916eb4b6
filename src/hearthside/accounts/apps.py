"""Names the app to Django, and says what it holds about people."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "hearthside.accounts"

    def ready(self) -> None:
        from hearthside.accounts import holdings, ports

        ports.register_holder("accounts", holdings.AccountHoldings())
