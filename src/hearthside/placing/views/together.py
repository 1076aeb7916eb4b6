"""Up to four people who want to come to the same group: a code made, a code typed in, and undo."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from hearthside.accounts.access import is_too_often, signed_in, slow_down
from hearthside.meetings.actions.refusals import Refusal
from hearthside.placing.actions import together as actions
from hearthside.placing.forms import CodeForm
from hearthside.placing.queries.pairs import CODE_LASTS, COMPANY_MOST, code_of, companions_of
from hearthside.placing.queries.waiting import open_requests


@never_cache
@login_required
@sensitive_post_parameters("words")
@require_http_methods(["GET", "HEAD", "POST"])
def together(request: HttpRequest) -> HttpResponse:
    """Whom one goes with, or one's own code; POST types in the other's."""
    person, form = signed_in(request), CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        # Threat: whoever guesses codes would tie themselves to a stranger and read their pseudonym.
        if is_too_often(request, action="together", key=str(person.pk)):
            return slow_down(request)
        try:
            actions.agree(person=person, typed=form.cleaned_data["words"], now=timezone.now())
        except Refusal as refusal:
            form.add_error("words", str(refusal))
        else:
            return redirect("together")
    return render(request, "placing/together.html", _page(request, form))


@login_required
@require_POST
def together_code(request: HttpRequest) -> HttpResponse:
    """A new code, in place of any that nobody has typed in."""
    try:
        actions.make_code(
            person=signed_in(request), language=get_language() or "en", now=timezone.now()
        )
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    return redirect("together")


@login_required
@require_POST
def together_end(request: HttpRequest) -> HttpResponse:
    """The person goes on their own again; the others stay together."""
    actions.undo(person=signed_in(request))
    messages.success(request, _("Done. You are on your own again."))
    return redirect("together")


def _page(request: HttpRequest, form: CodeForm) -> dict[str, object]:
    person, now = signed_in(request), timezone.now()
    companions = companions_of(person)
    return {
        "form": form,
        "companions": companions,
        "may_add": len(companions) + 1 < COMPANY_MOST,
        "code": code_of(person, now=now),
        "days": CODE_LASTS.days,
        "waits": open_requests(person),
    }
