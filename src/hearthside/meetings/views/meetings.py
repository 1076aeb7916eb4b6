"""One meeting as everyone sees it, and one person's own meetings."""

from datetime import datetime
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from hearthside.accounts.access import signed_in
from hearthside.accounts.models import Person
from hearthside.groups.queries.belonging import place_of
from hearthside.meetings import access
from hearthside.meetings.forms.meeting import SeatForm
from hearthside.meetings.models import Duty, Meeting
from hearthside.meetings.queries import seats as queries
from hearthside.meetings.queries.havens import guest_at
from hearthside.meetings.queries.instead import standing
from hearthside.meetings.queries.joining import joining
from hearthside.meetings.queries.ladder import lead_of
from hearthside.meetings.queries.leading import own_duty
from hearthside.meetings.queries.people import greeter_of
from hearthside.meetings.queries.rooms import WayIn, way_in
from hearthside.notices.enums import Kind
from hearthside.notices.queries import why_not
from hearthside.rooms.enums import Part


@require_safe
def meeting(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """When, where, what a first visit is like, and the seat."""
    found = access.meeting_for(request.user, meeting_id)
    return render(request, "meetings/meeting.html", meeting_context(request, found))


@login_required
@require_safe
def my_meetings(request: HttpRequest) -> HttpResponse:
    """Seats to come, places in line, and the last meetings."""
    person, now = signed_in(request), timezone.now()
    context = {"own": queries.own_meetings(person, now=now)}
    return render(request, "meetings/my_meetings.html", context)


def meeting_context(
    request: HttpRequest, meeting: Meeting, *, refusal: str = "", form: SeatForm | None = None
) -> dict[str, object]:
    """What the page of a meeting shows to this reader; the panel about the seat needs the same."""
    now, person = timezone.now(), request.user
    leads = access.may_edit(person, meeting.group)
    place = place_of(person, meeting.group, now=now)
    own = queries.own_seat(person, meeting)
    # Threat: somebody left the group, and the page of a meeting they once came to still finds their seat.
    is_guest = own is not None and guest_at(own.seat.person, meeting) is not None
    has_chair = own is not None and own.position is None and (place.belongs or is_guest)
    listens = place.membership is None or place.membership.is_listening_only
    duty = own_duty(person, meeting)
    # Whoever steps in from elsewhere has to find the place.
    serves = duty is not None and duty.confirmed_at is not None
    knows = leads or has_chair or serves
    return {
        "meeting": meeting,
        "group": meeting.group,
        "place": place,
        "own": own,
        "is_written_to": own is not None and _is_written_to(signed_in(request), own, now=now),
        "released": None if own else queries.seat_just_released(person, meeting, now=now),
        "fullness": queries.fullness_of(meeting),
        "joining": joining(meeting.group, belongs=place.belongs or knows, has_seat=knows),
        "greeter": greeter_of(meeting, now=now),
        "duty": duty,
        "lead": lead_of(meeting),
        "is_guest": is_guest,
        **standing(person, meeting, duty, now=now),
        "way_in": _way_in(request, meeting, duty, has_seat=has_chair, now=now),
        "last_move": meeting.moves.last() if leads else None,
        "leads": leads,
        "is_over": meeting.is_over(now=now),
        "has_begun": meeting.has_begun(now=now),
        "refusal": refusal,
        "form": form or SeatForm(initial={"is_listening_only": listens}),
    }


def _is_written_to(person: Person, own: queries.OwnSeat, *, now: datetime) -> bool:
    """Whether the letter that matters next would reach them: a seat that is free, or a reminder."""
    kind = Kind.TOMORROW if own.position is None else Kind.SEATED
    return not why_not(person, kind, now=now)


def _way_in(
    request: HttpRequest, meeting: Meeting, duty: Duty | None, *, has_seat: bool, now: datetime
) -> WayIn | None:
    """The way into the meeting's room, for its team and those with a seat; coordinating opens no door."""
    rights = access.rights(request.user)
    is_team = meeting.group_id in rights.facilitates | rights.greets
    if is_team or (duty is not None and duty.confirmed_at is not None):
        return way_in(meeting, part=Part.FACILITATOR, now=now)
    return way_in(meeting, part=Part.MEMBER, now=now) if has_seat else None
