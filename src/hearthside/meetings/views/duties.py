"""One's own duties: the link in a letter, the list, changing places; and a site's week."""

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hearthside.accounts.access import safe_next, signed_in
from hearthside.groups.access import site_for
from hearthside.meetings import access, duty_words
from hearthside.meetings.actions import arrivals, duties, ladder
from hearthside.meetings.actions.refusals import Refusal
from hearthside.meetings.models import Duty
from hearthside.meetings.queries.duties import (
    may_say_here,
    own_duties,
    own_duty_at,
    swap_asked_of,
)
from hearthside.meetings.queries.week import week_of


@login_required
@require_safe
def own(request: HttpRequest) -> HttpResponse:
    """Everything that the person is asked to do at meetings to come."""
    person, now = signed_in(request), timezone.now()
    context = {
        "duties": own_duties(person, now=now),
        "in_pool": access.is_in_pool(person),
        "may_pool": access.is_of_a_team(person),
    }
    return render(request, "meetings/duties.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def duty_answer(request: HttpRequest, duty_token: str) -> HttpResponse:
    """The link in a letter: GET shows the question, a tap on yes or no answers it. No sign-in.

    Threat: a mail program that opens every link says yes for somebody. So looking changes nothing.
    """
    duty, now = access.duty_by_token(duty_token), timezone.now()
    if request.method == "POST":
        _answer(request, duty, request.POST.get("answer", ""), now=now)
        return redirect("duty_answer", duty_token)
    # The question that the letter asked, and no other part that they have there.
    held = own_duty_at(duty.person, duty.meeting, now=now)
    own = [each for each in held if each.duty == duty]
    say_here = duty.here_at is None and may_say_here(duty, duty.meeting, now=now)
    context = {"duties": own, "meeting": duty.meeting, "say_here": say_here}
    return render(request, "meetings/duty_answer.html", context)


@login_required
@require_POST
def duty_here(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """I am here: nobody needs to look for somebody else."""
    meeting = access.meeting_to_be_at(request.user, meeting_id)
    try:
        duty = arrivals.arrive(meeting=meeting, person=signed_in(request), now=timezone.now())
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, duty_words.here(duty))
    return redirect(safe_next(request) or "today")


@login_required
@require_POST
def duty_swap(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Whoever leads asks whoever covers to change places; whoever covers says yes."""
    person, now = signed_in(request), timezone.now()
    meeting = access.meeting_for(person, meeting_id)
    try:
        if swap_asked_of(person, meeting) is not None:
            duties.swap(meeting=meeting, person=person, now=now)
            messages.success(request, duty_words.swapped())
        elif duties.ask_to_swap(meeting=meeting, person=person, now=now) is not None:
            messages.success(request, duty_words.swap_asked())
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    return redirect(safe_next(request) or "duties")


def _answer(request: HttpRequest, duty: Duty, said: str, *, now: datetime) -> None:
    """Yes, no, or: I am here."""
    meeting, person, kind = duty.meeting, duty.person, access.kind_of(duty)
    try:
        if said == "here" and may_say_here(duty, meeting, now=now):
            words = duty_words.here(arrivals.arrive(meeting=meeting, person=person, now=now))
        else:
            act = duties.confirm if said in ("yes", "here") else ladder.cannot
            words = duty_words.thanks(act(meeting=meeting, person=person, kind=kind, now=now))
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, words)


@login_required
@require_safe
def duty_week(request: HttpRequest, slug: str) -> HttpResponse:
    """A site's next seven days: where it is sure that somebody leads, and where not, and why."""
    site = site_for(request.user, slug)
    rows = week_of(site, now=timezone.now())
    return render(request, "meetings/week.html", {"site": site, "rows": rows})
