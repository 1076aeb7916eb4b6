"""Operator screens for meetings: to look, not to change; changes tell people, and these screens would not."""

from django.contrib import admin
from django.db import models
from django.http import HttpRequest

from hearthside.meetings.models import Duty, Meeting, Seat, Series


class LookOnly(admin.ModelAdmin[models.Model]):
    """Rows to look at; what may be done with them is done on the site's own pages."""

    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:  # noqa: ARG002
        return False

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:  # noqa: ARG002
        return False


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
