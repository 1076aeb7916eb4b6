"""One quiet question after a visit: how it felt. Asked of the person, answered to nobody else."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from hearthside.finder import access
from hearthside.finder.actions import impressions as actions
from hearthside.finder.enums import Felt
from hearthside.finder.queries import impressions
from hearthside.finder.queries.wishes import reader_language
from hearthside.groups.models import Group

TAKEN_BACK = "undo"


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def felt(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """The question, or what was said and what may come next."""
    visit = access.visit_for(request.user, meeting_id)
    now = timezone.now()
    if request.method == "POST":
        said = request.POST.get("felt", "")
        if said in Felt.values:
            actions.say(visit=visit, felt=Felt(said), now=now)
        elif said == TAKEN_BACK:
            actions.take_back(visit=visit)
        if not request.htmx:  # type: ignore[attr-defined]
            return redirect("felt", meeting_id)
    follow_up = impressions.follow_up(visit, language=reader_language(), now=now)
    context = {"visit": visit, "follow_up": follow_up}
    part = bool(request.htmx)  # type: ignore[attr-defined]
    return render(request, "finder/parts/felt.html" if part else "finder/felt.html", context)


def group_panel(request: HttpRequest, group: Group) -> SafeString:
    """On a group's page, for somebody who was there lately: the question, once."""
    visit = impressions.visit_to_ask_about(request.user, now=timezone.now(), group=group)
    if visit is None:
        return SafeString("")
    return render_to_string("finder/parts/felt.html", {"visit": visit}, request)
