"""Reports: the way to their concerns, and what was said, as these show it."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from hearthside.accounts.access import signed_in
from hearthside.rooms import access
from hearthside.rooms.models import Report


@login_required
@require_safe
def reports(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - every door is given its request
    """What one reported stands with everything else that one raised."""
    return redirect("concerns")


@login_required
@require_safe
def report(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """What was said, and what came of it, is on the page of its concern."""
    concern = access.concern_of_report(signed_in(request), report_id, now=timezone.now())
    return redirect("concern", concern.pk)


def shown(request: HttpRequest, report_id: UUID) -> SafeString:
    """The disclosed messages, each with what its proof says; for those who may read the concern."""
    found = access.report_with_group(report_id)
    if found is None:
        return SafeString()
    context = {"report": found, "said": _said(found)}
    return render_to_string("rooms/report.html", context, request)


def _said(report: Report) -> list[dict[str, Any]]:
    return [
        {**each, "at": parse_datetime(each["at"]) if each["at"] else None}
        for each in report.messages
    ]
