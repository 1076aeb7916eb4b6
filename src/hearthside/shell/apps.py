"""Names the app to Django, and tells safety which country the programme is in."""

from django.apps import AppConfig


class ShellConfig(AppConfig):
    name = "hearthside.shell"

    def ready(self) -> None:
        from hearthside.groups.queries.programme import programme
        from hearthside.safety.ports import register_home_country

        def home_country() -> str:
            found = programme()
            return found.country if found else ""

        register_home_country(home_country)
