"""Names the app to Django, and fills what rooms, groups and accounts ask of it."""

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "hearthside.meetings"

    def ready(self) -> None:
        from hearthside.accounts.ports import register_holder
        from hearthside.groups import ports
        from hearthside.meetings import afterwards, holdings, measures, seating
        from hearthside.meetings.actions import release_all, rooms
        from hearthside.meetings.queries.debrief_signs import meetings_in_week, signs_of
        from hearthside.meetings.queries.seats import visits_of
        from hearthside.meetings.subjects import MeetingSubjects
        from hearthside.meetings.views import panels
        from hearthside.rooms.ports import register_seating
        from hearthside.safety.enums import SubjectKind
        from hearthside.safety.ports import register_measure_follower, register_subjects

        register_holder("meetings", holdings.MeetingHoldings())
        register_holder("after meetings", afterwards.AfterwardsHoldings())
        ports.register_signs("meetings", signs_of)
        ports.register_weekly("meetings", meetings_in_week)
        ports.register_panel("meetings", panels.group_panel)
        ports.register_site_panel("meetings", panels.site_panel)
        ports.register_visits("meetings", visits_of)
        ports.register_leaver("meetings", release_all)
        ports.register_leaver("rooms of meetings", rooms.follow_leaving)
        ports.register_ender("meetings", holdings.wind_up)
        ports.register_role_follower("meetings", rooms.follow_role)
        register_seating(seating.MeetingSeating())
        register_measure_follower("meetings", measures.MeetingsFollowMeasures())
        register_subjects(SubjectKind.MEETING, MeetingSubjects())
