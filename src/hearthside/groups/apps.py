"""Names the app to Django, and fills what accounts and safety ask of it."""

from django.apps import AppConfig


class GroupsConfig(AppConfig):
    name = "hearthside.groups"

    def ready(self) -> None:
        from hearthside.accounts import ports
        from hearthside.groups import access, holdings
        from hearthside.groups.queries.programme import home_country
        from hearthside.safety.ports import register_home_country

        ports.register_holder("groups", holdings.GroupHoldings())
        ports.register_sees_others(access.sees_others)
        ports.register_consent_ends(holdings.leave_groups)
        register_home_country(home_country)
