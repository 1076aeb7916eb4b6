"""Operator screens for people: enough to close an account, and nothing that tells who somebody is."""

import allauth.account.admin
import allauth.mfa.admin
import allauth.usersessions.admin  # noqa: F401 imported so that what they registered can be taken out below
from allauth.account.decorators import secure_admin_login
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import admin
from django.http import HttpRequest

from hearthside.accounts.models import Person, Retained

# E-mail addresses, keys and sessions with internet addresses are nobody's to browse, not even an operator's.
for private in (EmailAddress, Authenticator, UserSession):
    if admin.site.is_registered(private):
        admin.site.unregister(private)

# The operator's screens have no door of their own: one sign-in, one throttle, one second factor.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]


@admin.register(Person)
class PersonAdmin(admin.ModelAdmin[Person]):
    """Pseudonyms, and whether an account is open; accounts are made and deleted by their owners."""

    list_display = ("pseudonym", "is_active", "is_staff", "joined_at")
    search_fields = ("pseudonym",)
    fields = ("pseudonym", "is_active", "is_staff", "is_superuser", "joined_at")
    readonly_fields = ("pseudonym", "joined_at")

    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Person | None = None) -> bool:  # noqa: ARG002
        return False


@admin.register(Retained)
class RetainedAdmin(admin.ModelAdmin[Retained]):
    """What is kept after a deletion, and when it goes."""

    list_display = ("what", "reason", "kept_from", "erase_on")
    readonly_fields = ("what", "reason", "kept_from", "erase_on")

    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002
        return False
