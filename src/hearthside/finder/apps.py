"""Names the app to Django, and fills what accounts and groups ask of it."""

from django.apps import AppConfig


class FinderConfig(AppConfig):
    name = "hearthside.finder"

    def ready(self) -> None:
        from hearthside.accounts.ports import register_consent_ends, register_holder
        from hearthside.finder import holdings
        from hearthside.finder.actions import wishes
        from hearthside.finder.views import felt, why
        from hearthside.groups import ports

        register_holder("finder", holdings.FinderHoldings())
        register_consent_ends(holdings.forget_what_was_told)
        ports.register_panel("finder", felt.group_panel)
        ports.register_panel("why", why.group_panel)
        ports.register_merger("finder", wishes.carry_over)
