"""What was decided about me: what, why, until when; and my appeal."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from hearthside.accounts.access import signed_in
from hearthside.safety.actions import measure_appeals as actions
from hearthside.safety.forms.measures import AppealForm
from hearthside.safety.queries.measures import measures_of


@login_required
@never_cache
@require_safe
def my_measures(request: HttpRequest) -> HttpResponse:
    """Everything that counts for me, or did until not long ago."""
    found = measures_of(signed_in(request), now=timezone.now())
    return render(request, "safety/measures.html", {"lines": found})


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def my_measure(request: HttpRequest, measure_id: UUID) -> HttpResponse:
    """One of them; POST says that it is wrong."""
    person, now = signed_in(request), timezone.now()
    line = next((one for one in measures_of(person, now=now) if one.measure.pk == measure_id), None)
    if line is None:
        raise Http404
    form = AppealForm(request.POST or None) if line.may_be_appealed else None
    if request.method == "POST" and (form is None or form.is_valid()):
        words = form.cleaned_data["words"] if form else ""
        try:
            actions.appeal(measure=line.measure, person=person, words=words, now=now)
        except actions.NothingToAppeal:
            messages.info(request, _("It is over already, so there is nothing to ask for."))
        else:
            messages.success(
                request, _("Thank you. Somebody who did not decide it answers you here.")
            )
        return redirect("my_measure", measure_id)
    return render(request, "safety/measure.html", {"line": line, "form": form})
