"""Everything held about a person: to read, to take along, to delete."""

import io
import json
import zipfile
from datetime import datetime
from typing import Any

from allauth.account.decorators import reauthentication_required
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from hearthside.accounts import access, queries
from hearthside.accounts.actions import people
from hearthside.accounts.forms.me import EraseForm
from hearthside.accounts.models import Person
from hearthside.accounts.ports import Held


@never_cache
@login_required
def my_data(request: HttpRequest) -> HttpResponse:
    """All of it, on one page."""
    held = queries.everything_held(access.signed_in(request))
    return render(request, "accounts/my_data.html", {"all_held": held})


@never_cache
@login_required
def my_data_export(request: HttpRequest) -> HttpResponse:
    """A zip of two files: one for people (HTML), one for programs (JSON)."""
    person, now = access.signed_in(request), timezone.now()
    answer = HttpResponse(_archive(person, now=now), content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="my-data-{now:%Y-%m-%d}.zip"'
    return answer


@never_cache
@login_required
@reauthentication_required(allow_get=True)  # type: ignore[untyped-decorator]
def account_erase(request: HttpRequest) -> HttpResponse:
    """Says what goes and what must stay; typing the pseudonym does it."""
    person = access.signed_in(request)
    form = EraseForm(request.POST or None, person=person)
    if form.is_valid():
        people.erase(person=person, now=timezone.now())
        logout(request)
        return redirect("goodbye")
    held = queries.everything_held(person)
    context = {
        "form": form,
        "goes": [each for each in held if each.rows and not each.stays_because],
        "stays": [each for each in held if each.stays_because],
    }
    return render(request, "accounts/erase.html", context)


def goodbye(request: HttpRequest) -> HttpResponse:
    """A kind last word."""
    return render(request, "accounts/goodbye.html")


def _archive(person: Person, *, now: datetime) -> bytes:
    held = queries.everything_held(person)
    context = {"all_held": held, "person": person, "now": now}
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            _("my-data") + ".html", render_to_string("accounts/my_data_export.html", context)
        )
        archive.writestr(
            _("my-data") + ".json",
            json.dumps(_plain(held), indent=2, ensure_ascii=False, cls=DjangoJSONEncoder),
        )
    return file.getvalue()


def _plain(all_held: list[Held]) -> list[dict[str, Any]]:
    return [
        {
            "heading": held.heading,
            "why": held.why,
            "rows": list(held.rows),
            "stays_because": held.stays_because,
            "stays_until": held.stays_until,
        }
        for held in all_held
    ]
