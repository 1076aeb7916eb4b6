"""The page that makes the first operator."""

from allauth.account.internal.flows.login import perform_password_login
from allauth.account.internal.flows.reauthentication import reauthenticate_by_password
from allauth.account.models import Login
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from hearthside.accounts.actions.people import Newcomer, PseudonymIsTaken
from hearthside.accounts.enums import Purpose
from hearthside.accounts.models import Person
from hearthside.groups.actions.programme import AlreadyFounded
from hearthside.shell import actions
from hearthside.shell import first_run as invitation
from hearthside.shell.forms import FirstRunForm


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def first_run(request: HttpRequest, token: str) -> HttpResponse:
    """Once: the programme, its first site and its first operator, for whoever has the console's address."""
    # Threat: whoever finds this page on a fresh install would own it; without the token there is no page.
    if not invitation.is_offered(token):
        raise Http404
    form = FirstRunForm(request.POST or None)
    operator = _set_up(form) if form.is_valid() else None
    if operator is None:
        status = 422 if form.is_bound else 200
        return render(request, "shell/first_run.html", {"form": form}, status=status)
    messages.success(request, _("Your programme is set up. Now make your own account safe."))
    credentials = {"username": operator.pseudonym, "password": form.cleaned_data["password"]}
    answer: HttpResponse = perform_password_login(
        request, credentials, Login(user=operator, signup=True)
    )
    # The password was chosen a second ago: the next page, which sets up the second factor, need not ask again.
    reauthenticate_by_password(request)
    return answer


def _set_up(form: FirstRunForm) -> Person | None:
    told = {
        name: value
        for name, value in form.cleaned_data.items()
        if name not in ("pseudonym", "terms")
    }
    newcomer = Newcomer(
        pseudonym=form.cleaned_data["pseudonym"],
        purposes=(Purpose.TERMS,),
        language=get_language() or "",
        time_zone=told["site_zone"],
    )
    try:
        return actions.set_up(newcomer=newcomer, **told, now=timezone.now())
    except PseudonymIsTaken:
        form.add_error("pseudonym", _("Somebody already goes by that name. Please choose another."))
    except AlreadyFounded:
        form.add_error(
            None, _("This installation already has a programme. Please sign in instead.")
        )
    return None
