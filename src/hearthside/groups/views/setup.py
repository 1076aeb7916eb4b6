"""Set up a group, change it, and move it from stage to stage."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hearthside.accounts.access import signed_in
from hearthside.groups import access
from hearthside.groups.actions import groups as actions
from hearthside.groups.enums import Stage
from hearthside.groups.forms.group import GroupForm, NewGroupForm
from hearthside.groups.models import Group
from hearthside.groups.queries.experiences import phrases, tree
from hearthside.groups.queries.groups import gaps_before_opening, team_of
from hearthside.groups.queries.programme import sites_open_to


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def group_new(request: HttpRequest) -> HttpResponse:
    """One page, mostly filled in already; a name is enough to keep it as a draft."""
    rights = access.require_leader(request.user)
    person = signed_in(request)
    form = NewGroupForm(
        request.POST or None, rights=rights, person=person, initial=_initial(request)
    )
    if request.method == "POST" and form.is_valid():
        group = actions.open_draft(
            site=form.cleaned_data["site"],
            leader=form.led_by(),
            by=person,
            now=timezone.now(),
            **form.details(),
        )
        messages.success(request, _("Your draft is kept. Only you and your coordinators see it."))
        return _onward(request, group)
    return _form_page(request, form, group=None)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def group_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Change what the group says of itself."""
    group = access.group_led_by(request.user, slug)
    # The form writes into its own copy, so that a refused change is not shown as made.
    form = GroupForm(request.POST or None, instance=access.group_led_by(request.user, slug))
    if request.method == "POST" and form.is_valid():
        actions.change(group=group, by=signed_in(request), now=timezone.now(), **form.details())
        messages.success(request, _("Saved."))
        return _onward(request, group)
    return _form_page(request, form, group=group)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def group_stage(request: HttpRequest, slug: str) -> HttpResponse:
    """Open, pause or end the group, with a clear list of what is still missing."""
    group = access.group_led_by(request.user, slug)
    may_open = access.may_open(request.user, group)
    may_end = access.is_coordinator_of(request.user, group.site)
    if request.method == "POST":
        _move(request, group, may_open=may_open, may_end=may_end)
        # A group that has just opened is shown as others see it, with the way to plan its meetings.
        return redirect("group" if group.stage == Stage.OPEN else "group_stage", slug)
    context = {
        "group": group,
        "may_open": may_open,
        "may_end": may_end,
        "gaps": gaps_before_opening(group, now=timezone.now()),
        "team": team_of(group, now=timezone.now()),
        "latest": group.stage_changes.select_related("by").first(),
    }
    return render(request, "groups/group_stage.html", context)


def _move(request: HttpRequest, group: Group, *, may_open: bool, may_end: bool) -> None:
    wanted, person, now = request.POST.get("stage"), signed_in(request), timezone.now()
    try:
        if wanted == Stage.OPEN and may_open:
            actions.open_group(group=group, by=person, now=now)
            messages.success(request, _("The group is open. People can find it now."))
        elif wanted == Stage.PAUSED:
            actions.pause(group=group, by=person, now=now)
            messages.success(request, _("The group is taking a break. Nobody new will find it."))
        elif wanted == Stage.ENDED and may_end:
            actions.end(group=group, by=person, now=now)
            messages.success(request, _("The group has ended. Thank you for all it was."))
        else:
            raise Http404
    except actions.NotReady:
        messages.warning(request, _("A few things are still missing. They are listed below."))
    except actions.WrongStage:
        messages.info(request, _("Somebody changed this a moment before you."))


def _onward(request: HttpRequest, group: Group) -> HttpResponse:
    """Where the person goes after saving: on with the form, to the preview, or to what is next."""
    wanted = request.POST.get("next")
    if wanted == "preview" or group.stage == Stage.OPEN:
        return redirect("group", group.slug)
    return redirect("group_stage" if wanted == "done" else "group_edit", group.slug)


def _form_page(request: HttpRequest, form: GroupForm, *, group: Group | None) -> HttpResponse:
    branches = tree()
    context = {
        "form": form,
        "group": group,
        "branches": branches,
        "phrases": phrases(branches, language=_language(request)),
    }
    return render(request, "groups/group_form.html", context)


def _initial(request: HttpRequest) -> dict[str, object]:
    """The reader's own language, and the site that they come from."""
    site = (
        sites_open_to(access.rights(request.user)).filter(slug=request.GET.get("site", "")).first()
    )
    return {"languages": [_language(request)], "site": site}


def _language(request: HttpRequest) -> str:
    return request.LANGUAGE_CODE.split("-")[0]
