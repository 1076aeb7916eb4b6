"""Operator screens for groups: mostly to look things up; the pages do the rest."""

from django.contrib import admin
from django.db import models
from django.http import HttpRequest

from hearthside.groups.models import (
    Experience,
    ExperienceName,
    GroundRules,
    Group,
    Programme,
    Role,
    Site,
    StageChange,
)
from hearthside.kit.admin import LookOnly


@admin.register(Programme)
class ProgrammeAdmin(admin.ModelAdmin[Programme]):
    list_display = ("name", "country", "visits")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return super().has_add_permission(request) and not Programme.objects.exists()

    def has_delete_permission(self, request: HttpRequest, obj: Programme | None = None) -> bool:  # noqa: ARG002
        return False


@admin.register(Site)
class SiteAdmin(admin.ModelAdmin[Site]):
    list_display = ("name", "country", "time_zone", "contact_email")
    search_fields = ("name", "slug")


@admin.register(Group)
class GroupAdmin(admin.ModelAdmin[Group]):
    list_display = ("name", "site", "stage", "format", "openness", "source", "changed_at")
    list_filter = ("stage", "format", "openness", "site", "source")
    list_select_related = ("site",)
    search_fields = ("name", "slug", "source_slug")
    autocomplete_fields = ("site", "experiences")
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
    # A stage moves by its page, where what is missing is checked and who moved it is kept.
    # So is whoever may be in it by age: that is decided on the group's own form, with what it asks for.
    readonly_fields = ("stage", "opened_at", "changed_at", "age_from", "age_until")

    def get_readonly_fields(self, request: HttpRequest, obj: Group | None = None) -> list[str]:
        young = ["format", "link"] if obj is not None and obj.is_young() else []
        return [*map(str, super().get_readonly_fields(request, obj)), *young]


@admin.register(StageChange)
class StageChangeAdmin(LookOnly):
    list_display = ("group", "stage", "by", "at")
    list_select_related = ("group", "by")
    date_hierarchy = "at"


@admin.register(GroundRules)
class GroundRulesAdmin(LookOnly):
    """A version that somebody accepted stays as they read it."""

    list_display = ("group", "version", "written_by", "written_at")
    list_select_related = ("group", "written_by")
    search_fields = ("group__name",)


@admin.register(Role)
class RoleAdmin(LookOnly):
    """Roles are given on their page, so that who gave them is kept. Who belongs to a group is nobody's to browse."""

    list_display = ("person", "kind", "group", "site", "given_by", "from_at", "until_at")
    list_filter = ("kind",)
    list_select_related = ("person", "group", "site", "given_by")
    search_fields = ("person__pseudonym",)


class ExperienceNameInline(admin.TabularInline[ExperienceName, Experience]):
    model = ExperienceName
    extra = 0


@admin.register(Experience)
class ExperienceAdmin(admin.ModelAdmin[Experience]):
    list_display = ("slug", "parent", "mesh", "icd11", "proposed_at", "reviewed_at")
    list_select_related = ("parent",)
    search_fields = ("slug", "names__text")
    autocomplete_fields = ("parent", "beside", "related")
    inlines = (ExperienceNameInline,)
