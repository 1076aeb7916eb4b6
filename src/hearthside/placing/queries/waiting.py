"""Who waits for what: places left in a group, the place kept for somebody, groups that are out of the question."""

from datetime import datetime
from uuid import UUID

from hearthside.accounts.models import Person
from hearthside.groups.models import Group, Membership, Site
from hearthside.groups.queries.apart import NOBODY, sitting
from hearthside.meetings.models import Meeting, Seat
from hearthside.placing.enums import Verdict
from hearthside.placing.models import Decision, Invitation, Request
from hearthside.safety.queries.blocks import not_put_together_with


def places_left(group: Group, *, now: datetime) -> int:
    """How many more people may be offered a place: each offer that stands keeps one."""
    inside = Membership.objects.belonging(now=now).filter(group=group)
    kept = Invitation.objects.standing(now=now).filter(group=group)
    # Whoever came in by themselves meanwhile needs no second place.
    kept = kept.exclude(request__person__in=inside.values("person"))
    return max(group.size_max - inside.count() - kept.count(), 0)


def open_requests(person: Person) -> list[Request]:
    """What the person waits for now, the longest first."""
    return list(Request.objects.open().of(person).select_related("site", "wish"))


def open_request(person: Person, site: Site) -> Request | None:
    """The person's request at the site, if they wait there."""
    return Request.objects.open().of(person).at(site).select_related("site", "wish").first()


def standing_invitation(request: Request, *, now: datetime) -> Invitation | None:
    """The place kept for this request, if one is; never more than one at a time."""
    return request.invitations.standing(now=now).select_related("group__site").first()


def never_again(person: Person) -> set[UUID]:
    """The keys of groups that the person said no to: they are not offered again."""
    return set(Invitation.objects.of(person).declined().values_list("group", flat=True))


def ruled_out(request: Request) -> set[UUID]:
    """The keys of groups that must not be proposed: by the person's own no, or a coordinator's word."""
    forbidden = Decision.objects.filter(request=request, verdict=Verdict.FORBID)
    return never_again(request.person) | set(forbidden.values_list("group", flat=True))


def is_kept_apart(person: Person, group: Group, *, now: datetime) -> bool:
    """True if somebody sits or leads in the group, or is offered a place there, whom the person must not meet.

    Threat: an answer that takes longer for whoever is kept apart from somebody tells them so. The same
    queries are asked for everybody.
    """
    avoided = list(not_put_together_with(person, now=now))
    is_inside = sitting(group, avoided, now=now)
    # For no keys at all the database would not be asked.
    keys = [*avoided, NOBODY]
    offered = Invitation.objects.standing(now=now).filter(group=group, request__person__in=keys)
    return offered.exists() or is_inside


def first_meeting(invitation: Invitation) -> Meeting | None:
    """The first meeting after somebody's yes: the one they took a seat at, else the group's next."""
    coming = Meeting.objects.standing().filter(
        group=invitation.group_id, starts_at__gt=invitation.answered_at or invitation.at
    )
    own = Seat.objects.open().of(invitation.request.person_id)
    seated = coming.filter(pk__in=own.values("meeting")).order_by("starts_at").first()
    return seated or coming.order_by("starts_at").first()


def may_undo_yes(invitation: Invitation, *, now: datetime) -> bool:
    """Until the first meeting has begun, a yes can be taken back as if it had never been said."""
    if not invitation.is_accepted():
        return False
    first = first_meeting(invitation)
    return first is None or not first.has_begun(now=now)


def may_undo_no(invitation: Invitation, *, now: datetime) -> bool:
    """As long as the place was to be kept, a no can be taken back if there still is one."""
    if not invitation.is_declined() or invitation.expires_at <= now:
        return False
    request, group = invitation.request, invitation.group
    if not request.is_open() or not group.is_findable():
        return False
    if standing_invitation(request, now=now) is not None or not places_left(group, now=now):
        return False
    return not is_kept_apart(request.person, group, now=now)
