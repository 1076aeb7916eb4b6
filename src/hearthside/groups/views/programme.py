"""The programme, and the roles in it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hearthside.groups import access
from hearthside.groups.actions import programme as programme_actions
from hearthside.groups.actions import roles as role_actions
from hearthside.groups.forms.people import RoleForm
from hearthside.groups.forms.programme import ProgrammeForm
from hearthside.groups.queries.programme import roles_in_force


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def programme(request: HttpRequest) -> HttpResponse:
    """What the programme says of itself, and where the rest of it is run from."""
    found = access.programme_for(request.user)
    form = ProgrammeForm(request.POST or None, instance=access.programme_for(request.user))
    if request.method == "POST" and form.is_valid():
        programme_actions.change_programme(programme=found, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("programme")
    context = {"programme": found, "form": form, "rights": access.rights(request.user)}
    return render(request, "groups/programme.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def roles(request: HttpRequest) -> HttpResponse:
    """Every role over a site or the programme; operators give and end them."""
    operator = access.require_operator(request.user)
    form = RoleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        role_actions.give(
            kind=form.role_kind(),
            person=form.who(),
            site=form.cleaned_data["site"],
            by=operator,
            now=timezone.now(),
        )
        messages.success(request, _("%(person)s has the role now.") % {"person": form.who()})
        return redirect("roles")
    context = {"roles": roles_in_force(now=timezone.now()), "form": form}
    return render(request, "groups/roles.html", context)
