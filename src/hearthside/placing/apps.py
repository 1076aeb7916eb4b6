"""Names the app to Django, and tells the floors below what it holds."""

from django.apps import AppConfig


class PlacingConfig(AppConfig):
    name = "hearthside.placing"

    def ready(self) -> None:
        from hearthside.accounts.ports import register_consent_ends, register_holder
        from hearthside.finder.ports import register_wish_ends
        from hearthside.groups import ports
        from hearthside.placing import holdings
        from hearthside.placing.actions import requests
        from hearthside.placing.queries.pairs import companies_among
        from hearthside.placing.views import panels
        from hearthside.safety.ports import register_companies

        register_holder("placing", holdings.PlacingHoldings())
        register_consent_ends(holdings.stop_waiting)
        register_wish_ends("placing", requests.forget_search)
        ports.register_site_panel("placing", panels.site_panel)
        register_companies(companies_among)
