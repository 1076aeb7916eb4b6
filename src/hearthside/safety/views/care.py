"""Aftercare: offered, agreed to or not, and the list of those who said that they would be in touch."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hearthside.accounts.access import signed_in
from hearthside.safety import access
from hearthside.safety.actions import care as actions
from hearthside.safety.enums import CheckInOutcome
from hearthside.safety.queries.care import care_desk as desk_of
from hearthside.safety.queries.care import check_in_of, may_offer, own_care


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def care(request: HttpRequest) -> HttpResponse:
    """What was offered to me, what I agreed to, and whom I can ask; POST asks one of them."""
    person, now = signed_in(request), timezone.now()
    own = own_care(person, now=now)
    if request.method == "POST":
        keeper = next(
            (one for one in own.keepers if str(one.pk) == request.POST.get("keeper")), None
        )
        if keeper is None:
            raise Http404
        actions.ask(person=person, keeper=keeper, now=now)
        messages.success(request, _("Thank you for asking. They are told, and will be in touch."))
        return redirect("care")
    return render(request, "safety/care.html", {"own": own})


@login_required
@require_POST
def care_answer(request: HttpRequest, care_id: UUID) -> HttpResponse:
    """Yes, please; or no, thank you."""
    now = timezone.now()
    offer = next(
        (one for one in own_care(signed_in(request), now=now).offers if one.pk == care_id), None
    )
    if offer is None:
        raise Http404
    if request.POST.get("answer") == "yes":
        actions.agree(care=offer, now=now)
        messages.success(request, _("They will be in touch tomorrow, and in three days."))
    else:
        actions.decline(care=offer, now=now)
        messages.success(request, _("That is fine. Nobody asks why."))
    return redirect("care")


@login_required
@require_POST
def care_stop(request: HttpRequest) -> HttpResponse:
    """I would rather not any more."""
    actions.stop(person=signed_in(request), now=timezone.now())
    messages.success(request, _("That is fine. Nobody will be in touch."))
    return redirect("care")


@login_required
@require_POST
def care_offer(request: HttpRequest, concern_id: UUID) -> HttpResponse:
    """Ask whoever raised a concern whether one may be in touch."""
    person, now = signed_in(request), timezone.now()
    concern = access.concern_to_answer_for(person, concern_id, now=now).concern
    if concern.raised_by is None or not may_offer(concern, person, now=now):
        raise Http404
    actions.offer(person=concern.raised_by, keeper=person, now=now)
    messages.success(request, _("They are asked. Nothing happens before they say yes."))
    return redirect("concern", concern_id)


@login_required
@never_cache
@require_safe
def care_desk(request: HttpRequest) -> HttpResponse:
    """Whom I said I would be in touch with."""
    desk = desk_of(signed_in(request), now=timezone.now())
    return render(request, "safety/care_desk.html", {"desk": desk})


@login_required
@require_POST
def check_in(request: HttpRequest, check_in_id: UUID) -> HttpResponse:
    """We were in touch, or I could not reach them."""
    found = check_in_of(signed_in(request), check_in_id)
    outcome = request.POST.get("outcome")
    if found is None or outcome not in (CheckInOutcome.DONE, CheckInOutcome.NOT_REACHED):
        raise Http404
    actions.settle(check_in=found, outcome=CheckInOutcome(outcome), now=timezone.now())
    messages.success(request, _("Thank you for being there."))
    return redirect("care_desk")
