"""The first page: for visitors what this is, for people with an account what comes next."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from hearthside.accounts.models import Person
from hearthside.finder.queries.impressions import visit_to_ask_about
from hearthside.finder.queries.wishes import wish_of
from hearthside.groups.queries.belonging import memberships_of
from hearthside.meetings.queries.seats import own_meetings
from hearthside.placing.queries.outlook import home_cards

SHOWN = 3


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """For a visitor, what this is and the way to a group; for a member, what comes next."""
    if not isinstance(request.user, Person):
        return render(request, "shell/home.html")
    now = timezone.now()
    own = own_meetings(request.user, now=now)
    coming = sorted([*own.seated, *own.waiting], key=lambda each: each.meeting.starts_at)
    page = {
        "waits": home_cards(request.user, now=now),
        "coming": coming[:SHOWN],
        "more": len(coming) > SHOWN,
        "has_been": bool(own.past),
        "visit": visit_to_ask_about(request.user, now=now),
        "wish": wish_of(request.user),
        "memberships": memberships_of(request.user, now=now),
    }
    return render(request, "shell/home_member.html", page)
