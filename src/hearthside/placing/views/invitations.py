"""A place that somebody was offered: what it is, yes, not this one, and undo."""

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
from hearthside.groups.actions.ground_rules import RulesHaveChanged
from hearthside.groups.queries.belonging import rules_in_force
from hearthside.groups.queries.joining import joining
from hearthside.meetings.actions.refusals import Refusal
from hearthside.meetings.queries.seats import own_seat
from hearthside.placing import access
from hearthside.placing.actions import invitations as actions
from hearthside.placing.enums import Because
from hearthside.placing.forms import YesForm
from hearthside.placing.models import Invitation
from hearthside.placing.queries.suggestion import Suggestion, suggestion_of
from hearthside.placing.queries.waiting import first_meeting, may_undo_no, may_undo_yes


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, invitation_id: UUID) -> HttpResponse:
    """The group, why it fits, what does not; POST is a yes."""
    own, now = access.invitation_for(request.user, invitation_id), timezone.now()
    if not own.stands(now=now):
        return render(request, "placing/invitation_over.html", _over(own))
    seen = suggestion_of(own, now=now)
    rules = rules_in_force(own.group)
    needs = joining(signed_in(request), own.group, rules=rules, now=now)
    form = YesForm(request.POST or None, joining=needs, has_meeting=seen.meeting is not None)
    if request.method == "POST" and form.is_valid():
        return _yes(request, own, seen, form)
    context = {"own": own, "seen": seen, "form": form, "joining": needs, "group": own.group}
    return render(request, "placing/invitation.html", context)


@login_required
@require_POST
def invitation_no(request: HttpRequest, invitation_id: UUID) -> HttpResponse:
    """Not this one. Sent once more with a reason, it keeps that reason for the next proposal."""
    own = access.invitation_for(request.user, invitation_id)
    because = request.POST.get("because", "")
    try:
        actions.decline(
            invitation=own, because=because if because in Because.values else "", now=timezone.now()
        )
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    return redirect("invitation", own.pk)


@login_required
@require_POST
def invitation_undo(request: HttpRequest, invitation_id: UUID) -> HttpResponse:
    """Take the answer back."""
    own = access.invitation_for(request.user, invitation_id)
    try:
        is_kept = _taken_back(own)
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(
            request,
            _("Undone. You are waiting, as before.")
            if is_kept
            else _("Undone. This place is not kept for you any more."),
        )
    return redirect("invitation", own.pk)


def _taken_back(own: Invitation) -> bool:
    """Undo the answer; True if the place is kept for the person again."""
    now = timezone.now()
    if own.is_accepted():
        return actions.take_back_yes(invitation=own, now=now)
    actions.take_back_no(invitation=own, now=now)
    return True


def _yes(request: HttpRequest, own: Invitation, seen: Suggestion, form: YesForm) -> HttpResponse:
    if not form.read_newest():
        messages.warning(request, _("The ground rules have just changed. Please read them again."))
        return redirect("invitation", own.pk)
    try:
        taken = actions.accept(
            invitation=own,
            ground_rules=form.joining.rules,
            says_it_fits=form.says_it_fits(),
            is_listening_only=form.is_listening(),
            seat_at=seen.meeting if form.wants_seat() else None,
            now=timezone.now(),
        )
    except RulesHaveChanged:
        messages.warning(request, _("The ground rules have just changed. Please read them again."))
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    else:
        if taken.no_seat_because:
            messages.warning(request, taken.no_seat_because)
    return redirect("invitation", own.pk)


def _over(own: Invitation) -> dict[str, object]:
    now = timezone.now()
    meeting = first_meeting(own) if own.is_accepted() else None
    return {
        "own": own,
        "group": own.group,
        "meeting": meeting,
        "seat": own_seat(own.request.person, meeting) if meeting else None,
        "has_lapsed": own.has_lapsed(now=now),
        "may_undo": may_undo_yes(own, now=now) or may_undo_no(own, now=now),
        "reasons": Because.choices,
    }
