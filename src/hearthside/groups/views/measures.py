"""Measures: decided, signed, ended and looked at again by those who lead, coordinate or answer for safety."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hearthside.accounts.access import signed_in
from hearthside.groups import access
from hearthside.groups.forms.measures import (
    JudgementForm,
    LookForm,
    MeasureForm,
    SuspensionForm,
)
from hearthside.groups.queries.measures import desk_of
from hearthside.safety.actions import flags, measure_appeals
from hearthside.safety.actions import measures as actions
from hearthside.safety.enums import MeasureKind
from hearthside.safety.queries.flags import look_lines
from hearthside.safety.queries.measures import MeasureLine, lines, may_judge


@login_required
@never_cache
@require_safe
def measures(request: HttpRequest) -> HttpResponse:
    """What needs a second name, what is appealed, what counts now and what is over."""
    rights = access.require_decider(request.user)
    desk = desk_of(signed_in(request), rights, now=timezone.now())
    context = {"desk": desk, "may_suspend": rights.is_safety_lead or rights.is_operator}
    return render(request, "groups/measures.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def measure_new(request: HttpRequest, slug: str, person_id: UUID) -> HttpResponse:
    """Listening only, or a break from meetings, for somebody of a group that one leads."""
    group, person = access.group_and_person(request.user, slug, person_id)
    form, now = MeasureForm(request.POST or None), timezone.now()
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.decide(
                kind=form.measure_kind(), person=person, group=group.pk, grounds=form.grounds(),
                until_at=form.until(now=now), by=signed_in(request), now=now,
            )  # fmt: skip
        except actions.HoldsAnOffice:
            form.add_error(None, _holds_office())
        else:
            messages.success(request, _("It counts from now on, and they are told."))
            return redirect("measure", made.pk)
    return render(
        request, "groups/measure_new.html", {"group": group, "person": person, "form": form}
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def suspension_new(request: HttpRequest) -> HttpResponse:
    """A break from all groups: written by one, and signed by another within three days."""
    access.require_suspender(request.user)
    form, now, by = SuspensionForm(request.POST or None), timezone.now(), signed_in(request)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.decide(
                kind=MeasureKind.SUSPEND, person=form.who(), group=None, grounds=form.grounds(),
                until_at=form.until(now=now), by=by, now=now,
            )  # fmt: skip
        except actions.HoldsAnOffice:
            form.add_error("person", _holds_office())
        except actions.OwnAffair:
            form.add_error("person", _("You cannot decide this for yourself."))
        else:
            messages.success(request, _("It counts from now on, and they are told."))
            return redirect("measure", made.pk)
    return render(request, "groups/measure_suspend.html", {"form": form})


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def measure(request: HttpRequest, measure_id: UUID) -> HttpResponse:
    """All of one measure; POST answers the appeal against it."""
    found = access.measure_for(request.user, measure_id)
    line, person = lines([found], now=timezone.now())[0], signed_in(request)
    is_judge = _is_to_judge(line) and may_judge(person, found)
    form = JudgementForm(request.POST or None) if is_judge else None
    if request.method == "POST" and form is not None and form.is_valid():
        _answer(request, line, form)
        return redirect("measure", measure_id)
    context = {
        "line": line,
        "measure": found,
        "form": form,
        "may_sign": line.waits_for_a_second and may_judge(person, found),
    }
    return render(request, "groups/measure.html", context)


@login_required
@require_POST
def measure_signature(request: HttpRequest, measure_id: UUID) -> HttpResponse:
    """A second person agrees."""
    found = access.measure_for(request.user, measure_id)
    try:
        actions.sign(measure=found, by=signed_in(request), now=timezone.now())
    except actions.OwnAffair:
        messages.warning(request, _("A second person has to sign, other than whoever decided it."))
    except actions.NothingToSign:
        messages.warning(request, _("There is nothing to sign any more."))
    else:
        messages.success(request, _("Signed. It lasts until the later date, and they are told."))
    return redirect("measure", measure_id)


@login_required
@require_POST
def measure_end(request: HttpRequest, measure_id: UUID) -> HttpResponse:
    """It is over before its time."""
    found = access.measure_for(request.user, measure_id)
    actions.end(measure=found, by=signed_in(request), now=timezone.now())
    messages.success(request, _("It is over, and they are told."))
    return redirect("measure", measure_id)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def look(request: HttpRequest, look_id: UUID) -> HttpResponse:
    """People who do not seem to know each other flagged somebody: what to do, and what came of it."""
    found = access.look_for(request.user, look_id)
    form = LookForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            flags.look(
                look=found, outcome=form.chosen(), words=form.cleaned_data["words"],
                by=signed_in(request), now=timezone.now(),
            )  # fmt: skip
        except flags.AlreadyLooked:
            messages.info(request, _("Somebody was faster, and has looked."))
        else:
            messages.success(request, _("Thank you for looking."))
        return redirect("measures")
    context = {"line": look_lines([found])[0], "form": form}
    return render(request, "groups/measure_look.html", context)


def _answer(request: HttpRequest, line: MeasureLine, form: JudgementForm) -> None:
    assert line.appeal is not None
    try:
        measure_appeals.answer(
            appeal=line.appeal, verdict=form.chosen(), words=form.cleaned_data["words"],
            by=signed_in(request), now=timezone.now(),
        )  # fmt: skip
    except (measure_appeals.AlreadyAnswered, measure_appeals.NotTheirs):
        messages.warning(request, _("Somebody has answered this already."))
    else:
        messages.success(request, _("Your answer is there for them to read."))


def _is_to_judge(line: MeasureLine) -> bool:
    return line.appeal is not None and line.appeal.answered_at is None


def _holds_office() -> str:
    return _("They hold a role over the whole programme. An operator ends that role first.")
