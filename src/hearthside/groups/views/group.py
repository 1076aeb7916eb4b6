"""The public page of a group."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from hearthside.groups import access, ports
from hearthside.groups.queries.belonging import hard_rules, place_of
from hearthside.groups.queries.groups import team_of
from hearthside.groups.queries.shield import contact_words


@require_safe
def group(request: HttpRequest, slug: str) -> HttpResponse:
    """Who it is for, what will happen, when, how and where; and the way in."""
    found = access.group_for(request.user, slug)
    now = timezone.now()
    place = place_of(request.user, found, now=now)
    team = team_of(found, now=now)
    context = {
        "group": found,
        "place": place,
        "team": team,
        # Threat: a grown-up and a child write to each other alone, between meetings.
        "contacts": []
        if found.is_young()
        else [contact_words(role.person) for role in team.facilitators],
        "rules": place.rules,
        "hard_rules": hard_rules(found),
        "knows_where": access.may_know_where(request.user, found, place=place),
        "may_edit": access.may_edit(request.user, found),
        "panels": ports.panels(request, found),
    }
    return render(request, "groups/group.html", context)
