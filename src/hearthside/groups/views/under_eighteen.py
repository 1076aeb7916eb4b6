"""The programme's word on people under 18: admitted or not, and who answers for them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hearthside.accounts.access import signed_in
from hearthside.groups import access
from hearthside.groups.actions import under_eighteen as actions
from hearthside.groups.ages import YOUNG_FROM_LEAST, YOUNG_UNTIL_MOST
from hearthside.groups.forms.under_eighteen import UnderEighteenForm
from hearthside.groups.queries.training import gate
from hearthside.groups.queries.under_eighteen import admission, safety_leads, young_groups


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def under_eighteen(request: HttpRequest) -> HttpResponse:
    """Turn it on or off, and read first what that means."""
    access.programme_for(request.user)
    now = timezone.now()
    # A box that is not ticked sends nothing, so an empty form is an answer too.
    form = UnderEighteenForm(request.POST if request.method == "POST" else None, now=now)
    if request.method == "POST" and form.is_valid() and _is_done(request, form):
        messages.success(request, _("Saved."))
        return redirect("under_eighteen")
    found, leads = admission(), list(safety_leads(now=now))
    context = {
        "form": form,
        "admission": found,
        "is_lead_away": found is not None and found.lead not in leads,
        "has_leads": bool(leads),
        "trains": gate().is_on(now=now),
        "young_groups": young_groups(),
        "least": YOUNG_FROM_LEAST,
        "most": YOUNG_UNTIL_MOST,
        "rights": access.rights(request.user),
    }
    return render(
        request, "groups/under_eighteen.html", context, status=422 if form.errors else 200
    )


def _is_done(request: HttpRequest, form: UnderEighteenForm) -> bool:
    """Whether it is as the form says now; if not, the form says why."""
    person, now = signed_in(request), timezone.now()
    try:
        if form.cleaned_data["admits"]:
            actions.admit(lead=form.cleaned_data["lead"], by=person, now=now)
        else:
            actions.stop_admitting(by=person, now=now)
    except actions.NoSafetyLead:
        form.add_error("lead", _("They do not lead safety any more. Choose somebody else."))
    except actions.TrainingIsNotAsked:
        form.add_error(
            "admits", _("First ask that only trained people lead, from today or earlier.")
        )
    except actions.YoungGroupsRemain as refused:
        names = ", ".join(group.name for group in refused.groups)
        form.add_error("admits", _("End these groups first: %(names)s.") % {"names": names})
    return not form.errors
