"""Ground rules: read them, accept them, write them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hearthside.accounts.access import signed_in
from hearthside.groups import access
from hearthside.groups.actions import ground_rules as actions
from hearthside.groups.forms.ground_rules import GroundRulesForm
from hearthside.groups.forms.membership import AcceptForm
from hearthside.groups.models import GroundRules
from hearthside.groups.queries.belonging import place_of, rules_accepted_before, rules_in_force
from hearthside.groups.queries.changes import changes


@require_http_methods(["GET", "HEAD", "POST"])
def ground_rules(request: HttpRequest, slug: str) -> HttpResponse:
    """The version in force, for everyone to read; what changed and a tick, for those who belong."""
    group = access.group_for(request.user, slug)
    place = place_of(request.user, group, now=timezone.now())
    rules = place.rules
    if rules is None:
        raise Http404
    form = AcceptForm(request.POST or None, initial={"ground_rules": rules.pk})
    if request.method == "POST" and place.belongs and form.is_valid():
        if form.cleaned_data["ground_rules"] == rules.pk:
            return _accept(request, rules)
        messages.warning(request, _("The ground rules have just changed. Please read them again."))
        return redirect("ground_rules", slug)
    before = rules_accepted_before(request.user, rules) if place.to_accept else None
    context = {
        "group": group,
        "rules": rules,
        "place": place,
        "form": form,
        "changes": changes(before.text, rules.text) if before else [],
    }
    return render(request, "groups/ground_rules.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def ground_rules_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Write a new version; the same text keeps the version there is."""
    group = access.group_led_by(request.user, slug)
    rules = rules_in_force(group)
    form = GroundRulesForm(request.POST or None, initial={"text": rules.text if rules else ""})
    if request.method == "POST" and form.is_valid():
        written = actions.write_version(
            group=group, text=form.cleaned_data["text"], by=signed_in(request), now=timezone.now()
        )
        if written == rules:
            messages.info(request, _("Nothing has changed, so nobody needs to accept them again."))
        else:
            messages.success(request, _("Saved. Everyone reads them before they next come."))
        return redirect("ground_rules", slug)
    context = {"group": group, "rules": rules, "form": form}
    return render(request, "groups/ground_rules_edit.html", context)


def _accept(request: HttpRequest, rules: GroundRules) -> HttpResponse:
    slug = rules.group.slug
    try:
        actions.accept(ground_rules=rules, person=signed_in(request), now=timezone.now())
    except actions.RulesHaveChanged:
        return redirect("ground_rules", slug)
    messages.success(request, _("Thank you. You can book your seat now."))
    return redirect("group", slug)
