"""One's own duties: the link in a letter, the list, changing places; and a site's week."""

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
from hearthside.meetings.actions import duties, ladder
from hearthside.meetings.actions.refusals import Refusal
from hearthside.meetings.queries.duties import own_duties, own_duty_at, swap_asked_of
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
        act = duties.confirm if request.POST.get("answer") == "yes" else ladder.cannot
        try:
            said = act(meeting=duty.meeting, person=duty.person, kind=access.kind_of(duty), now=now)
        except Refusal as refusal:
            messages.warning(request, str(refusal))
        else:
            messages.success(request, duty_words.thanks(said))
        return redirect("duty_answer", duty_token)
    own = own_duty_at(duty.person, duty.meeting, now=now)
    context = {"duties": own, "meeting": duty.meeting}
    return render(request, "meetings/duty_answer.html", context)


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


@login_required
@require_safe
def duty_week(request: HttpRequest, slug: str) -> HttpResponse:
    """A site's next seven days: where it is sure that somebody leads, and where not, and why."""
    site = site_for(request.user, slug)
    rows = week_of(site, now=timezone.now())
    return render(request, "meetings/week.html", {"site": site, "rows": rows})
