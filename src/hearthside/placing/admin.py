"""Operator screens for placing: to look, not to change, and without names."""

from django.contrib import admin

from hearthside.kit.admin import LookOnly
from hearthside.placing.models import Invitation, Request, Run


@admin.register(Request)
class RequestAdmin(LookOnly):
    """How many wait where and since when; not who, and not for what."""

    list_display = ["site", "from_at", "until_at", "ended", "told_at"]
    list_select_related = ["site"]
    list_filter = ["ended", "site"]
    fields = ["site", "from_at", "until_at", "ended", "told_at"]


@admin.register(Invitation)
class InvitationAdmin(LookOnly):
    """That places are offered and given back rightly; not to whom, and not in which group."""

    list_display = ["at", "expires_at", "answered_at", "withdrawn_at"]
    date_hierarchy = "at"
    fields = ["at", "expires_at", "answered_at", "withdrawn_at"]


@admin.register(Run)
class RunAdmin(LookOnly):
    """Runs that were asked for, and whether they were finished."""

    list_display = ["site", "asked_at", "stand", "begun_at", "finished_at"]
    list_select_related = ["site"]
    list_filter = ["stand"]
    fields = ["site", "asked_at", "stand", "begun_at", "finished_at"]
