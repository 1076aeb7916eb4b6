"""The coordinator's side of training: everybody at a glance, one person's way, what is written and signed for them."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hearthside.accounts.access import signed_in
from hearthside.accounts.models import Person
from hearthside.groups import access
from hearthside.groups.actions import load as load_actions
from hearthside.groups.actions import training_gate
from hearthside.groups.actions import training_signing as actions
from hearthside.groups.enums import SignedFor, VettingOutcome
from hearthside.groups.forms.load import LoadForm
from hearthside.groups.forms.training import GateForm, ObservationForm, SignForm, VettingForm
from hearthside.groups.models import Programme
from hearthside.groups.queries import training_desk as desk
from hearthside.groups.queries.load import programme_limits
from hearthside.groups.queries.training import gate, progress_of


@login_required
@require_safe
def facilitators(request: HttpRequest) -> HttpResponse:
    """Everyone named facilitator at one's sites: how far they are, and until when they may lead."""
    rights, now = access.require_coordinator(request.user), timezone.now()
    asked = gate()
    context = {
        "rows": desk.learners(rights, now=now),
        "gate": asked,
        "is_on": asked.is_on(now=now),
        "rights": rights,
    }
    return render(request, "groups/training_facilitators.html", context)


@login_required
@require_safe
def facilitator(request: HttpRequest, facilitator_id: UUID) -> HttpResponse:
    """One person's way: modules done, sessions seen, the vetting and the sign-off, with what is left to do."""
    learner = access.learner_for(request.user, facilitator_id)
    return _page(request, learner)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def facilitator_observed(request: HttpRequest, facilitator_id: UUID) -> HttpResponse:
    """Write down a session that one has sat in on."""
    learner, person = access.learner_watched_by(request.user, facilitator_id), signed_in(request)
    now = timezone.now()
    form = ObservationForm(
        request.POST or None, roles=desk.groups_of(learner, now=now), today=timezone.localdate(now)
    )
    if request.method == "POST" and form.is_valid():
        actions.observe(person=learner, by=person, now=now, **form.cleaned_data)
        messages.success(request, _("Written down. %(person)s can read it.") % {"person": learner})
        signs = desk.may_sign(person, learner, now=now)
        return redirect("facilitator", learner.pk) if signs else redirect("training")
    context = {"form": form, "learner": learner}
    status = 422 if form.errors else 200
    return render(request, "groups/training_observed.html", context, status=status)


@login_required
@require_POST
def facilitator_vetting(request: HttpRequest, facilitator_id: UUID) -> HttpResponse:
    """Write down the outcome of the vetting and its day; there is no place for anything more."""
    learner, now = access.learner_for(request.user, facilitator_id), timezone.now()
    form = VettingForm(request.POST, today=timezone.localdate(now))
    if not form.is_valid():
        return _page(request, learner, vetting=form, status=422)
    outcome, day = VettingOutcome(form.cleaned_data["outcome"]), form.cleaned_data["decided_on"]
    try:
        actions.vet(person=learner, by=signed_in(request), outcome=outcome, decided_on=day, now=now)
    except actions.MayNotSign as refused:
        raise Http404 from refused
    messages.success(request, _("The outcome is written down."))
    return redirect("facilitator", learner.pk)


@login_required
@require_POST
def facilitator_sign(request: HttpRequest, facilitator_id: UUID) -> HttpResponse:
    """Sign that they may lead, or say what is still missing."""
    learner, now = access.learner_for(request.user, facilitator_id), timezone.now()
    form = SignForm(request.POST, today=timezone.localdate(now))
    if not form.is_valid():
        return _page(request, learner, sign=form, status=422)
    told = {**form.cleaned_data, "basis": SignedFor(form.cleaned_data["basis"])}
    try:
        actions.sign(person=learner, by=signed_in(request), now=now, **told)
    except actions.NotComplete as refused:
        form.add_error(None, str(refused))
        return _page(request, learner, sign=form, status=422)
    except actions.MayNotSign as refused:
        raise Http404 from refused
    messages.success(request, _("Signed. %(person)s may lead from now on.") % {"person": learner})
    return redirect("facilitator", learner.pk)


@login_required
@require_POST
def facilitator_withdraw(request: HttpRequest, facilitator_id: UUID) -> HttpResponse:
    """Take the sign-off back: they lead no more from now on."""
    learner, now = access.learner_for(request.user, facilitator_id), timezone.now()
    held = progress_of(learner, language=request.LANGUAGE_CODE, now=now).sign_off
    if held is not None:
        actions.withdraw(sign_off=held, by=signed_in(request), now=now)
        messages.success(request, _("Taken back. They lead no more until somebody signs again."))
    return redirect("facilitator", learner.pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def training_gate_page(request: HttpRequest) -> HttpResponse:
    """From when only trained people lead, for how long a sign-off holds, and who could not lead yet."""
    programme, now = access.programme_for(request.user), timezone.now()
    form = GateForm(request.POST or None, gate=gate())
    load_form = LoadForm(request.POST or None, limits=programme_limits(), most=None)
    is_sent = request.method == "POST" and form.is_valid() and load_form.is_valid()
    if is_sent and _set_gate(programme, form, now=now):
        most = load_form.limits()
        load_actions.set_for_all(programme=programme, groups=most.groups, meetings=most.meetings)
        messages.success(request, _("Saved."))
        return redirect("training_gate")
    rows = desk.learners(access.rights(request.user), now=now)
    unready = [row.person for row in rows if not row.is_signed]
    context = {
        "form": form,
        "load_form": load_form,
        "gate": gate(),
        "unready": unready,
        "all": len(rows),
    }
    return render(request, "groups/training_gate.html", context)


def _set_gate(programme: Programme, form: GateForm, *, now: datetime) -> bool:
    """Whether it is set; if not, the form says why."""
    try:
        training_gate.set_gate(
            programme=programme, from_at=form.from_at(), years=form.cleaned_data["years"], now=now
        )
    except training_gate.ChildrenAreAdmitted:
        words = _("We admit people under 18, so only trained people lead, today as well.")
        form.add_error("from_day", words)
        return False
    return True


def _page(
    request: HttpRequest,
    learner: Person,
    *,
    vetting: VettingForm | None = None,
    sign: SignForm | None = None,
    status: int = 200,
) -> HttpResponse:
    person, now = signed_in(request), timezone.now()
    today = timezone.localdate(now)
    signs = desk.may_sign(person, learner, now=now)
    is_alone = person == learner and desk.may_sign_alone(person, now=now)
    context: dict[str, Any] = {
        "learner": learner,
        "roles": desk.groups_of(learner, now=now),
        "progress": progress_of(learner, language=request.LANGUAGE_CODE, now=now),
        "vetting_form": vetting or VettingForm(initial={"decided_on": today}, today=today),
        "sign_form": sign or SignForm(today=today),
        "signs": signs,
        "is_alone": is_alone,
    }
    return render(request, "groups/training_facilitator.html", context, status=status)
