"""Operator screens for meetings: to look, not to change; changes tell people, and these screens would not."""

from django.contrib import admin

from hearthside.kit.admin import LookOnly
from hearthside.meetings.models import Duty, Meeting, Seat, Series


@admin.register(Series)
class SeriesAdmin(LookOnly):
    list_display = ["group", "starts_local", "zone", "rule", "ended_at"]
    list_select_related = ["group"]
    search_fields = ["group__name", "group__slug"]
    list_filter = ["zone"]


@admin.register(Meeting)
class MeetingAdmin(LookOnly):
    list_display = ["group", "starts_at", "zone", "moved_from", "revision", "seats_max"]
    list_select_related = ["group"]
    search_fields = ["group__name", "group__slug"]
    date_hierarchy = "starts_at"


@admin.register(Seat)
class SeatAdmin(LookOnly):
    """Without names: an operator sees that seats are given out rightly, not who has them."""

    list_display = ["meeting", "number", "asked_at", "seated_at", "released_at"]
    list_select_related = ["meeting__group"]
    fields = ["meeting", "number", "asked_at", "seated_at", "released_at"]


@admin.register(Duty)
class DutyAdmin(LookOnly):
    list_display = ["meeting", "kind", "person", "asked_at", "confirmed_at", "declined_at"]
    list_select_related = ["meeting__group", "person"]
