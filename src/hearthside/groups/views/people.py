"""The people in a group, for those who lead it: requests, members, the team."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from hearthside.accounts.access import signed_in
from hearthside.groups import access
from hearthside.groups.actions import load as load_actions
from hearthside.groups.actions import membership as membership_actions
from hearthside.groups.actions import roles as role_actions
from hearthside.groups.forms.people import TeamForm
from hearthside.groups.models import Membership, Role
from hearthside.groups.queries.groups import people_of
from hearthside.groups.queries.measures import under_measure


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def group_people(request: HttpRequest, slug: str) -> HttpResponse:
    """Who asks, who belongs, who leads and greets; a coordinator gives the roles."""
    group = access.group_led_by(request.user, slug)
    may_give = access.is_coordinator_of(request.user, group.site)
    form = TeamForm(request.POST or None, now=timezone.now())
    if request.method == "POST":
        if not may_give:
            raise Http404
        if form.is_valid():
            role_actions.give(
                kind=form.role_kind(),
                person=form.who(),
                group=group,
                by=signed_in(request),
                now=timezone.now(),
            )
            if form.is_too_much:
                load_actions.override(
                    person=form.who(), group=group, by=signed_in(request),
                    because=form.cleaned_data["because"], now=timezone.now(),
                )  # fmt: skip
            messages.success(request, _("%(person)s is in the team now.") % {"person": form.who()})
            return redirect("group_people", slug)
    context = {
        "group": group,
        "people": people_of(group, now=timezone.now()),
        "form": form,
        "may_give": may_give,
        "measures": under_measure(group, now=timezone.now()),
    }
    return render(request, "groups/group_people.html", context)


@login_required
@require_POST
def request_answer(request: HttpRequest, slug: str, membership_id: UUID) -> HttpResponse:
    """Let somebody in who asked, or say kindly that it can't be now."""
    group = access.group_led_by(request.user, slug)
    asked = access.request_to(group, membership_id)
    answer = request.POST.get("answer")
    if answer == "admit":
        _admit(request, asked)
    elif answer == "decline":
        membership_actions.decline(membership=asked, now=timezone.now())
        messages.success(request, _("We tell them kindly, and help them find another group."))
    return redirect("group_people", slug)


def _admit(request: HttpRequest, asked: Membership) -> None:
    try:
        membership_actions.admit(membership=asked, now=timezone.now())
    except membership_actions.NotOpen:
        # Whoever leads learns no more than who asked: that it can't be now, and who can help.
        messages.warning(request, _("That cannot be done just now. Please ask your coordinator."))
        return
    messages.success(request, _("%(person)s may come, and is told.") % {"person": asked.person})


@login_required
@require_POST
def role_end(request: HttpRequest, role_id: UUID) -> HttpResponse:
    """End a role that one gave, or step down from one's own."""
    role = access.role_for(request.user, role_id)
    person = signed_in(request)
    try:
        role_actions.end_role(role=role, by=person, now=timezone.now())
    except role_actions.MayNotGive as refused:
        raise Http404 from refused
    except role_actions.LastOperator:
        messages.warning(
            request, _("Somebody has to run the installation. Name another operator first.")
        )
        return redirect("roles")
    except role_actions.AnswersForChildren:
        messages.warning(
            request,
            _("They answer for the safety of people under 18. Name somebody else for that first."),
        )
        return redirect("roles" if access.rights(person).is_operator else "home")
    messages.success(request, _("The role has ended."))
    return _after(request, role)


def _after(request: HttpRequest, role: Role) -> HttpResponse:
    """Back to where the role was listed, if the person still sees that page."""
    if role.person_id == request.user.pk:
        return redirect("home")
    return redirect("group_people", role.group.slug) if role.group else redirect("roles")
