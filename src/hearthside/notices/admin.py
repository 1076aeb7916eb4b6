"""Operator screens for letters: what waits and what failed, without a word of what they say."""

from django.contrib import admin
from django.http import HttpRequest

from hearthside.notices.models import Letter


@admin.register(Letter)
class LetterAdmin(admin.ModelAdmin[Letter]):
    """The outbox by kind and state; no person, no subject, no text."""

    list_display = (
        "kind",
        "written_at",
        "due_at",
        "tries",
        "sent_at",
        "dropped_at",
        "dropped_because",
    )
    list_filter = ("kind", "sent_at", "dropped_at")
    date_hierarchy = "due_at"
    fields = list_display
    readonly_fields = list_display

    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002
        return False

    def has_change_permission(self, request: HttpRequest, obj: Letter | None = None) -> bool:  # noqa: ARG002
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Letter | None = None) -> bool:  # noqa: ARG002
        return False
