"""Operator screens for rows that are looked at there and changed only where people are told."""

from django.contrib import admin
from django.db import models
from django.http import HttpRequest


class LookOnly(admin.ModelAdmin[models.Model]):
    """Rows to look at; what may be done with them is done on the site's own pages."""

    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:  # noqa: ARG002
        return False

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:  # noqa: ARG002
        return False
