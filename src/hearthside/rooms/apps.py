"""Names the app to Django, and fills what groups and accounts ask of it."""

from django.apps import AppConfig


class RoomsConfig(AppConfig):
    name = "hearthside.rooms"

    def ready(self) -> None:
        from hearthside.accounts.ports import register_holder
        from hearthside.groups import ports
        from hearthside.rooms import holdings
        from hearthside.rooms.subjects import ReportSubjects
        from hearthside.rooms.views import reports, rules
        from hearthside.safety.enums import SubjectKind
        from hearthside.safety.ports import register_shown, register_subjects

        register_holder("rooms", holdings.RoomHoldings())
        ports.register_panel("rooms", rules.group_panel)
        register_subjects(SubjectKind.MESSAGE, ReportSubjects())
        register_shown(SubjectKind.MESSAGE, reports.shown)
