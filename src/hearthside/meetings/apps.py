"""Names the app to Django, and fills what rooms, groups and accounts ask of it."""

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "hearthside.meetings"

    def ready(self) -> None:
        from hearthside.accounts.ports import register_holder
        from hearthside.groups import ports
        from hearthside.meetings import holdings, seating
        from hearthside.meetings.actions import release_all, rooms
        from hearthside.meetings.queries.seats import visits_of
        from hearthside.meetings.views import panels
        from hearthside.rooms.ports import register_seating

        register_holder("meetings", holdings.MeetingHoldings())
        ports.register_panel("meetings", panels.group_panel)
        ports.register_site_panel("meetings", panels.site_panel)
        ports.register_visits("meetings", visits_of)
        ports.register_leaver("meetings", release_all)
        ports.register_leaver("rooms of meetings", rooms.follow_leaving)
        ports.register_ender("meetings", holdings.wind_up)
        ports.register_role_follower("meetings", rooms.follow_role)
        register_seating(seating.MeetingSeating())
