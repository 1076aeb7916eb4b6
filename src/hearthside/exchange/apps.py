"""Names the app to Django, and fills what accounts and groups ask of it."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "hearthside.exchange"

    def ready(self) -> None:
        from hearthside.accounts.ports import register_holder
        from hearthside.exchange import holdings, panels
        from hearthside.groups.ports import register_panel, register_site_panel

        register_holder("exchange", holdings.ExchangeHoldings())
        register_panel("calendar", panels.calendar_panel)
        register_site_panel("lists", panels.lists_panel)
