"""Names the app to Django, and fills what accounts and safety ask of it."""

from django.apps import AppConfig


class GroupsConfig(AppConfig):
    name = "hearthside.groups"

    def ready(self) -> None:
        from hearthside.accounts import ports
        from hearthside.groups import access, facilitating, holdings
        from hearthside.groups.facts import FactsOfGroups
        from hearthside.groups.queries.programme import countries_served, home_country
        from hearthside.groups.stewards import RoleStewards
        from hearthside.groups.subjects import GroupSubjects, PersonSubjects
        from hearthside.safety.enums import SubjectKind
        from hearthside.safety.ports import (
            register_group_facts,
            register_home_country,
            register_served_countries,
            register_stewards,
            register_subjects,
        )

        ports.register_holder("groups", holdings.GroupHoldings())
        ports.register_holder("facilitating", facilitating.FacilitatorHoldings())
        ports.register_sees_others(access.sees_others)
        ports.register_consent_ends(holdings.leave_groups)
        register_home_country(home_country)
        register_served_countries(countries_served)
        register_stewards(RoleStewards())
        register_subjects(SubjectKind.GROUP, GroupSubjects())
        register_subjects(SubjectKind.PERSON, PersonSubjects())
        register_group_facts(FactsOfGroups())
