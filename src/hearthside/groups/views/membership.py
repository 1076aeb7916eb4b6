"""One's own place in a group: join, stay, listen, leave."""

from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from hearthside.accounts.access import safe_next, signed_in
from hearthside.accounts.actions import consents
from hearthside.accounts.enums import Purpose
from hearthside.groups import access
from hearthside.groups.actions import membership as actions
from hearthside.groups.actions.ground_rules import RulesHaveChanged
from hearthside.groups.enums import Standing
from hearthside.groups.forms.membership import JoinForm
from hearthside.groups.models import Group, Membership
from hearthside.groups.queries.belonging import place_of
from hearthside.groups.queries.groups import team_of
from hearthside.groups.queries.joining import Joining, joining


@require_http_methods(["GET", "HEAD", "POST"])
def membership(request: HttpRequest, slug: str) -> HttpResponse:
    """The way into the group, or for those who are in it, their own place there."""
    group = access.group_for(request.user, slug)
    if not request.user.is_authenticated:
        # Most people who come this way are new, so sign-up first; it leads back here.
        return redirect_to_login(request.get_full_path(), reverse("account_signup"))
    now = timezone.now()
    place = place_of(request.user, group, now=now)
    if place.membership is not None:
        context = {"group": group, "place": place, "team": team_of(group, now=now)}
        return render(request, "groups/membership.html", context)
    needs = joining(signed_in(request), group, rules=place.rules, now=now)
    form = JoinForm(request.POST or None, joining=needs, initial=_initial(request, needs))
    if request.method == "POST" and form.is_valid():
        return _join(request, group, needs, form)
    context = {"group": group, "form": form, "joining": needs, "team": team_of(group, now=now)}
    return render(request, "groups/join.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def membership_end(request: HttpRequest, slug: str) -> HttpResponse:
    """Leave, in one tap, without a question."""
    own = access.membership_for(request.user, slug)
    if request.method != "POST":
        return render(request, "groups/leave.html", {"group": own.group, "membership": own})
    actions.leave(membership=own, now=timezone.now())
    messages.success(request, _("You have left, and nobody is told. Come back any time."))
    return redirect("group", slug) if own.group.is_findable() else redirect("home")


@login_required
@require_POST
def membership_stay(request: HttpRequest, slug: str) -> HttpResponse:
    """A visitor becomes a member, in one tap."""
    own = access.membership_for(request.user, slug)
    actions.become_member(membership=own)
    messages.success(request, _("It is good to have you with us."))
    return redirect("group", slug)


@login_required
@require_POST
def membership_listening(request: HttpRequest, slug: str) -> HttpResponse:
    """Would rather listen, or is ready to talk."""
    own = access.membership_for(request.user, slug)
    wants = request.POST.get("is_listening_only") == "yes"
    actions.set_listening_only(membership=own, is_listening_only=wants)
    messages.success(
        request,
        _("You are down as listening.") if wants else _("You are down as ready to talk."),
    )
    return redirect("membership", slug)


def _join(request: HttpRequest, group: Group, needs: Joining, form: JoinForm) -> HttpResponse:
    try:
        made = _visit(request, group, needs, form)
    except actions.NotOpen:
        messages.warning(request, _("This group takes nobody new just now."))
        return redirect("find")
    except actions.OnABreak:
        messages.warning(
            request, _("You are on a break from this group. Here is what was decided.")
        )
        return redirect("my_measures")
    except RulesHaveChanged:
        messages.warning(request, _("The ground rules have just changed. Please read them again."))
        return redirect("membership", group.slug)
    if made.standing == Standing.ASKED:
        messages.success(request, _("We have passed on that you would like to come."))
        return redirect("group", group.slug)
    back = safe_next(request)
    if back:
        # Whoever came from a meeting goes back to that meeting.
        messages.success(request, _("You are welcome here. Now you can take a seat."))
        return redirect(back)
    messages.success(request, _("You are welcome here. Now choose a meeting to come to."))
    return redirect("group", group.slug)


@transaction.atomic
def _visit(request: HttpRequest, group: Group, needs: Joining, form: JoinForm) -> Membership:
    person, now = signed_in(request), timezone.now()
    if not form.read_newest():
        raise RulesHaveChanged
    if needs.consent:
        language = get_language() or "en"
        consents.give(person=person, purpose=Purpose.HEALTH, language=language, now=now)
    leaving = form.left()
    act = (
        partial(actions.visit, person=person)
        if leaving is None
        else partial(actions.switch, leaving=leaving)
    )
    return act(
        group=group,
        ground_rules=needs.rules,
        says_it_fits=form.says_it_fits(),
        is_listening_only=form.is_listening(),
        now=now,
    )


def _initial(request: HttpRequest, needs: Joining) -> dict[str, object]:
    """Whoever comes from another group's leaving page finds that group chosen."""
    wanted = request.GET.get("leaving", "")
    return {"leaving": next((one.pk for one in needs.others if one.group.slug == wanted), None)}
