"""How a group wants its rooms: its own page, and the panel that leads there."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hearthside.groups.access import group_led_by, may_edit
from hearthside.groups.enums import Format
from hearthside.groups.models import Group
from hearthside.rooms.actions import rooms
from hearthside.rooms.forms.rules import RoomRulesForm
from hearthside.rooms.queries.rules import rules_of, run_sheet_of


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def room_rules(request: HttpRequest, slug: str) -> HttpResponse:
    """The door, rounds and run-sheet of the group's meetings in the room."""
    group = group_led_by(request.user, slug)
    rules = rules_of(group)
    form = RoomRulesForm(request.POST or None, rules=rules)
    if request.method == "POST" and form.is_valid():
        rooms.set_rules(group=group, details=form.details())
        messages.success(
            request, _("Saved. It holds from now on, in a meeting that is on as well.")
        )
        return redirect("room_rules", slug)
    context = {"group": group, "form": form, "sheet": run_sheet_of(rules)}
    return render(request, "rooms/rules.html", context)


def group_panel(request: HttpRequest, group: Group) -> SafeString:
    """For those who lead a group that meets in our own room: the way to its rules."""
    if group.format != Format.ONLINE or not may_edit(request.user, group):
        return SafeString("")
    return render_to_string("rooms/group_panel.html", {"group": group}, request)
