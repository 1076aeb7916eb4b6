"""After a meeting: two private questions, and a call for whoever wants one."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from hearthside.accounts.access import signed_in
from hearthside.meetings import access
from hearthside.meetings.actions import debrief as actions
from hearthside.meetings.enums import CallFrom
from hearthside.meetings.forms.debrief import CallForm, DebriefForm
from hearthside.meetings.queries import debrief as queries


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def debrief(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """How heavy was it, and does anything need a person? Whoever had a role reads their own answers, and nobody else."""
    meeting, person = access.meeting_to_debrief(request.user, meeting_id), signed_in(request)
    kept = queries.debrief_of(person, meeting)
    form = DebriefForm(request.POST or None, kept=kept)
    if request.method == "POST" and form.is_valid():
        actions.write(meeting=meeting, person=person, now=timezone.now(), **form.cleaned_data)
        messages.success(request, _("Kept, for you alone. Thank you for being there."))
        return redirect("debrief", meeting.pk)
    context = {
        "meeting": meeting,
        "form": form,
        "kept": kept,
        "call_form": CallForm(groups=[meeting.group]),
        "calls": queries.own_calls(person),
    }
    status = 422 if form.errors else 200
    return render(request, "meetings/debrief.html", context, status=status)


@login_required
@require_POST
def debrief_forget(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Take one's answers back."""
    meeting, person = access.meeting_to_debrief(request.user, meeting_id), signed_in(request)
    kept = queries.debrief_of(person, meeting)
    if kept is not None:
        actions.forget(debrief=kept)
        messages.success(request, _("Your answers are gone."))
    return redirect("debrief", meeting.pk)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def calls(request: HttpRequest) -> HttpResponse:
    """Ask for a call, see who calls; and for those who answer: who waits for one."""
    person, now = signed_in(request), timezone.now()
    groups = access.groups_to_call_for(request.user)
    form = CallForm(request.POST or None, groups=groups)
    if request.method == "POST" and form.is_valid():
        told = {**form.cleaned_data, "of": CallFrom(form.cleaned_data["of"])}
        try:
            actions.ask_for_call(person=person, now=now, **told)
        except actions.NobodyToCall:
            messages.warning(request, _("Nobody here can call you. Please use the lines below."))
            return redirect("crisis")
        messages.success(request, _("They know. You see here who calls you."))
        return redirect("calls")
    context = {
        "form": form if groups else None,
        "own": queries.own_calls(person),
        "waiting": queries.calls_for(person, now=now),
    }
    return render(request, "meetings/calls.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def call_take(request: HttpRequest, call_id: UUID) -> HttpResponse:
    """I will call them."""
    call = access.call_to_answer(request.user, call_id)
    try:
        actions.take_call(call=call, by=signed_in(request), now=timezone.now())
    except actions.TakenAlready:
        messages.info(request, _("Somebody else was a moment faster."))
    else:
        messages.success(request, _("They read that you will call."))
    return redirect("calls")


@login_required
@require_POST
def call_done(request: HttpRequest, call_id: UUID) -> HttpResponse:
    """It is done, or not wanted any more."""
    call = access.call_to_finish(request.user, call_id)
    actions.finish_call(call=call, now=timezone.now())
    messages.success(request, _("Closed. How to reach them is erased."))
    return redirect("calls")
