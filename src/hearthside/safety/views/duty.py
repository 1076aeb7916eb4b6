"""The rota of the people on duty: who is there when, what is free, and how long people have to answer."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from hearthside.accounts.access import signed_in
from hearthside.accounts.models import Person
from hearthside.notices.enums import Kind
from hearthside.notices.queries import why_not
from hearthside.safety import access
from hearthside.safety.actions import duty as actions
from hearthside.safety.forms.duty import DayForm, DaysOffForm, MinutesForm, ShiftForm
from hearthside.safety.queries import duty as queries
from hearthside.safety.views.mine import zone_of


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def duty_rota(request: HttpRequest) -> HttpResponse:
    """The coming week, the gaps in it, and every shift; whoever keeps the rota adds one with a POST."""
    person, now = signed_in(request), timezone.now()
    access.require_on_rota(person, now=now)
    if request.method != "POST":
        return _page(request)
    access.require_keeper_of_rota(person, now=now)
    form = ShiftForm(request.POST)
    if form.is_valid():
        try:
            for weekly in form.weeklies():
                actions.add_shift(person=form.who(), weekly=weekly, by=person, now=now)
        except actions.HasNoRole:
            form.add_error("person", _("They need a role here first, so that they prove twice who they are."))  # fmt: skip
        else:
            _say_added(request, form.who())
            return redirect("duty_rota")
    return _page(request, shift_form=form)


@login_required
@require_POST
def duty_minutes(request: HttpRequest) -> HttpResponse:
    """How long people have to answer a call, before the next person is called."""
    person, now = signed_in(request), timezone.now()
    access.require_keeper_of_rota(person, now=now)
    form = MinutesForm(request.POST)
    if not form.is_valid():
        return _page(request, minutes_form=form)
    actions.set_minutes(minutes=form.cleaned_data["minutes_to_answer"], now=now)
    messages.success(request, _("Saved."))
    return redirect("duty_rota")


@login_required
@require_POST
def duty_days_off(request: HttpRequest) -> HttpResponse:
    """All of one's own stints on these days are free for others."""
    person, now = signed_in(request), timezone.now()
    access.require_on_rota(person, now=now)
    form = DaysOffForm(request.POST)
    if not form.is_valid():
        return _page(request, days_form=form)
    first, last = form.cleaned_data["first"], form.cleaned_data["last"]
    freed = actions.take_days_off(person=person, first=first, last=last, now=now)
    told = ngettext(
        "%(freed)d stretch is free now, and the others are asked.",
        "%(freed)d stretches are free now, and the others are asked.",
        freed,
    )
    messages.success(request, told % {"freed": freed})
    return redirect("duty_rota")


@login_required
@require_POST
def duty_shift_end(request: HttpRequest, shift_id: UUID) -> HttpResponse:
    """A weekly shift ends; its own person may end it, and whoever keeps the rota."""
    now = timezone.now()
    shift = access.shift_for(signed_in(request), shift_id, now=now)
    actions.end_shift(shift=shift, now=now)
    messages.success(request, _("That shift has ended."))
    return redirect("duty_rota")


@login_required
@require_POST
def duty_free(request: HttpRequest, shift_id: UUID) -> HttpResponse:
    """One day of a shift is free for others to take."""
    now = timezone.now()
    shift = access.shift_for(signed_in(request), shift_id, now=now)
    form = DayForm(request.POST)
    if form.is_valid():
        try:
            actions.free_day(shift=shift, day=form.when(), now=now)
        except actions.TooLateToFree:
            messages.warning(request, _("That time is over."))
        else:
            messages.success(request, _("It is free now, and the others are asked."))
    return redirect("duty_rota")


@login_required
@require_POST
def duty_take(request: HttpRequest, shift_id: UUID) -> HttpResponse:
    """Take a day that somebody else cannot do."""
    person, now = signed_in(request), timezone.now()
    shift = access.shift_to_take_for(person, shift_id, now=now)
    form = DayForm(request.POST)
    if form.is_valid():
        try:
            actions.take_day(shift=shift, day=form.when(), by=person, now=now)
        except (actions.AlreadyTaken, actions.HasNoRole):
            messages.warning(request, _("Somebody else has it already."))
        except actions.TooLateToFree:
            messages.warning(request, _("That time is over."))
        else:
            messages.success(request, _("Thank you. It is yours."))
    return redirect("duty_rota")


def _page(request: HttpRequest, **given: forms.BaseForm) -> HttpResponse:
    person, now = signed_in(request), timezone.now()
    page: dict[str, Any] = {
        "rota": queries.rota(now=now),
        "shifts": queries.shifts(now=now),
        "on_duty": queries.on_duty(now=now),
        "person": person,
        "keeps_rota": access.keeps_rota(person, now=now),
        "is_on_rota": queries.is_on_rota(person, now=now),
        "is_unreachable": bool(why_not(person, Kind.CALL, now=now)),
        "minutes": queries.minutes_to_answer(),
        "zone": zone_of(request),
        "now": now,
        "shift_form": ShiftForm(initial={"zone": zone_of(request)}),
        "days_form": DaysOffForm(),
        "minutes_form": MinutesForm(initial={"minutes_to_answer": queries.minutes_to_answer()}),
        **given,
    }
    return render(request, "safety/duty.html", page, status=422 if given else 200)


def _say_added(request: HttpRequest, person: Person) -> None:
    messages.success(request, _("They are on duty at these hours from now on."))
    if why_not(person, Kind.CALL, now=timezone.now()):
        told = _("We cannot write to %(person)s: they have no confirmed e-mail address, or turned these e-mails off. Until then they see a call only when they open the desk.")  # fmt: skip
        messages.warning(request, told % {"person": person})
