"""Saying in two taps that something about a person was not all right."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from hearthside.accounts.access import signed_in
from hearthside.safety.actions import flags as actions
from hearthside.safety.forms.flags import FlagForm
from hearthside.safety.ports import group_facts


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def flag(request: HttpRequest) -> HttpResponse:
    """Whom it is about and what it was; the answer is the same whatever comes of it."""
    person, now = signed_in(request), timezone.now()
    form = FlagForm(request.POST or None, by=person)
    if request.method == "POST" and form.is_valid():
        about = form.cleaned_data["pseudonym"]
        try:
            actions.flag(
                by=person, about=about, group=group_facts().last_met(person, about),
                reason=form.chosen(), now=now,
            )  # fmt: skip
        except actions.Yourself:
            form.add_error("pseudonym", _("That is you."))
        except actions.TooMany:
            form.add_error(None, _("You told us about many people this week. Please tell us in words what is going on."))  # fmt: skip
        else:
            messages.success(request, _("Thank you. They are not told, and nor is anybody else that it was you."))  # fmt: skip
            return redirect("blocks")
    return render(request, "safety/flag.html", {"form": form})
