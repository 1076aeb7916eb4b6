"""When a group meets: begun, changed, ended; always looked at before it is saved."""

from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hearthside.accounts.access import signed_in
from hearthside.groups.models import Group
from hearthside.meetings import access, actions
from hearthside.meetings.forms.series import SeriesForm, first_values, values_of
from hearthside.meetings.models import Series
from hearthside.meetings.queries.schedule import (
    is_sayable,
    preview,
    recurrence_words,
    seats_to_come,
)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def series_new(request: HttpRequest, slug: str) -> HttpResponse:
    """A timetable for a group: choose, look at the dates, save."""
    group, now = access.group_led_by(request.user, slug), timezone.now()
    today = now.astimezone(ZoneInfo(group.site.time_zone)).date()
    form = SeriesForm(request.POST or None, initial=first_values(group, today=today))
    if _is_looked_at(request, form):
        actions.start_series(group=group, recurrence=form.recurrence(), now=now)
        messages.success(request, _("Saved. The next meetings are open for seats."))
        return redirect(group)
    return _form_page(request, group, form, now, series=None)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def series_edit(request: HttpRequest, series_id: UUID) -> HttpResponse:
    """Another timetable for the meetings to come; people keep their seats and are told."""
    series, now = access.series_led_by(request.user, series_id), timezone.now()
    form = SeriesForm(request.POST or None, initial=values_of(series, now=now))
    if _is_looked_at(request, form):
        actions.change_series(
            series=series, recurrence=form.recurrence(), by=signed_in(request), now=now
        )
        messages.success(request, _("Saved. Whoever has a seat at a meeting that moved is told."))
        return redirect(series.group)
    return _form_page(request, series.group, form, now, series=series)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def series_end(request: HttpRequest, series_id: UUID) -> HttpResponse:
    """The group meets at these times no longer."""
    series, now = access.series_led_by(request.user, series_id), timezone.now()
    if request.method == "POST":
        actions.end_series(series=series, by=signed_in(request), now=now)
        messages.success(request, _("Ended. Whoever had a seat is told."))
        return redirect(series.group)
    context = {"series": series, "group": series.group, "seats": seats_to_come(series, now=now)}
    return render(request, "meetings/series_end.html", context)


def _is_looked_at(request: HttpRequest, form: SeriesForm) -> bool:
    """True if the person saves the very timetable whose dates they have just seen."""
    return request.method == "POST" and form.is_valid() and form.was_seen()


def _form_page(
    request: HttpRequest, group: Group, form: SeriesForm, now: datetime, *, series: Series | None
) -> HttpResponse:
    context: dict[str, object] = {
        "group": group,
        "form": form,
        "series": series,
        "loses_detail": series is not None and not is_sayable(series),
    }
    if form.is_bound and form.is_valid():
        recurrence = form.recurrence()
        context["words"] = recurrence_words(recurrence)
        context["dates"] = dates = preview(recurrence, now=now)
        context["has_shift"] = any(each.is_shifted for each in dates)
        context["zone"] = recurrence.zone
    return render(request, "meetings/series_form.html", context)
