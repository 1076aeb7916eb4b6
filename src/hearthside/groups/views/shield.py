"""My care: how much I lead, signs that only I see, my hours, and my supervision."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hearthside.accounts.access import signed_in
from hearthside.groups import access, ports
from hearthside.groups.actions import load as load_actions
from hearthside.groups.actions import shield as actions
from hearthside.groups.actions import supervision as supervision_actions
from hearthside.groups.enums import Contact
from hearthside.groups.forms.load import LoadForm
from hearthside.groups.forms.shield import ShieldForm
from hearthside.groups.queries import load as loads
from hearthside.groups.queries.shield import contact_words, shield_of
from hearthside.groups.queries.supervision import supervision_of


@login_required
@never_cache
@require_safe
def care(request: HttpRequest) -> HttpResponse:
    """What looks after me while I lead; nobody else sees this page."""
    access.require_team(request.user)
    person, now = signed_in(request), timezone.now()
    context = {
        "signs": ports.signs_of(person, now=now),
        "load": loads.load_of(person, now=now),
        "overrides": loads.overrides_of(person),
        "contact": contact_words(person),
        "shield": shield_of(person),
        "supervision": supervision_of(person),
    }
    return render(request, "groups/care.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def shield(request: HttpRequest) -> HttpResponse:
    """Which contact I allow between meetings, and when letters reach me."""
    access.require_team(request.user)
    person = signed_in(request)
    form = ShieldForm(request.POST or None, kept=shield_of(person))
    if request.method == "POST" and form.is_valid():
        told = {**form.cleaned_data, "contact": Contact(form.cleaned_data["contact"])}
        actions.choose(person=person, now=timezone.now(), **told)
        messages.success(request, _("Saved. Members of your groups see it."))
        return redirect("my_care")
    return render(request, "groups/shield.html", {"form": form}, status=_status(form.errors))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def load(request: HttpRequest) -> HttpResponse:
    """How much I want to lead at most."""
    access.require_team(request.user)
    person, most = signed_in(request), loads.programme_limits()
    form = LoadForm(request.POST or None, limits=loads.limits_of(person), most=most)
    if request.method == "POST" and form.is_valid():
        wanted = form.limits().within(most)
        load_actions.set_own(
            person=person, groups=wanted.groups, meetings=wanted.meetings, now=timezone.now()
        )
        messages.success(request, _("Saved. Coordinators are warned before they ask for more."))
        return redirect("my_care")
    return render(request, "groups/load.html", {"form": form}, status=_status(form.errors))


@login_required
@require_POST
def strain_share(request: HttpRequest) -> HttpResponse:
    """Show one sign to one's supervisor: by a tap, as a note between the two."""
    person, now = signed_in(request), timezone.now()
    held = supervision_of(person)
    signs = {sign.key: sign for sign in ports.signs_of(person, now=now)}
    sign = signs.get(request.POST.get("sign", ""))
    if sign is not None and held is not None and held.accepted_at:
        supervision_actions.write(supervision=held, by=person, text=sign.words, now=now)
        messages.success(
            request, _("%(person)s can read it now, and nobody else.") % {"person": held.supervisor}
        )
    return redirect("my_care")


def _status(errors: object) -> int:
    return 422 if errors else 200
