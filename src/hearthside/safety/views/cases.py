"""Cases: read and written by those who are named in them; every look is a line in the log."""

from datetime import datetime, time
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from hearthside.accounts.access import signed_in
from hearthside.safety import access
from hearthside.safety.actions import case_requests
from hearthside.safety.actions import cases as actions
from hearthside.safety.enums import CaseAct, CaseRequestKind
from hearthside.safety.forms.cases import NameForm, NoteForm, RequestForm, StepForm, TakeUpForm
from hearthside.safety.models import Case
from hearthside.safety.queries.cases import CaseView, view_of


@login_required
@never_cache
@require_safe
def cases(request: HttpRequest) -> HttpResponse:
    """One's own cases by what is due first; for safety leads, that there are others."""
    desk = access.case_desk_for(signed_in(request), now=timezone.now())
    return render(request, "safety/cases/cases.html", {"desk": desk})


@login_required
@never_cache
@require_safe
def case(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """All of it: the matter, the clock, notes, who is named, what waits for a second name, the log."""
    found = _named(request, case_id)
    person, now = signed_in(request), timezone.now()
    actions.write_down(case=found, person=person, act=CaseAct.LOOKED, now=now)
    return _page(request, view_of(found, person, now=now))


@login_required
@require_POST
def case_open(request: HttpRequest, concern_id: UUID) -> HttpResponse:
    """A case from a concern that one looks after."""
    person, now = signed_in(request), timezone.now()
    concern = access.concern_to_answer_for(person, concern_id, now=now).concern
    try:
        made = actions.open_case(concern=concern, by=person, now=now)
    except actions.NotTheirs as refused:
        raise Http404 from refused
    messages.success(
        request, _("The case is open. Only you can read it, until you let somebody in.")
    )
    return redirect("case", made.pk)


@login_required
@require_POST
def case_notes(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Write something down."""
    found, form = _named(request, case_id), NoteForm(request.POST)
    if not form.is_valid():
        return _again(request, found, note=form)
    try:
        actions.note(
            case=found, words=form.cleaned_data["words"], by=signed_in(request), now=timezone.now()
        )
    except actions.IsClosed:
        messages.warning(request, _("The case is closed, so nothing was written."))
    else:
        messages.success(request, _("Your note is kept, sealed."))
    return redirect("case", case_id)


@login_required
@require_POST
def case_step(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """What is next, and by when."""
    found, form = _named(request, case_id), _step_form(request)
    if not form.is_valid():
        return _again(request, found, step=form)
    # Until the end of that day, on the reader's own clock.
    due_at = timezone.make_aware(datetime.combine(form.cleaned_data["due_on"], time(23, 59)))
    try:
        actions.plan(
            case=found, step=form.cleaned_data["step"], due_at=due_at, by=signed_in(request),
            now=timezone.now(),
        )  # fmt: skip
    except actions.IsClosed:
        messages.warning(request, _("The case is closed, so nothing was written."))
    else:
        messages.success(request, _("The next step is set."))
    return redirect("case", case_id)


@login_required
@require_POST
def case_people(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Let somebody in, by name."""
    found, form = _named(request, case_id), NameForm(request.POST)
    if form.is_valid():
        try:
            actions.let_in(
                case=found, person=form.cleaned_data["pseudonym"], by=signed_in(request),
                now=timezone.now(),
            )  # fmt: skip
        except actions.NeedsARole:
            form.add_error("pseudonym", _("They need a role here first, so that they prove twice who they are."))  # fmt: skip
        except actions.NotTheirs:
            form.add_error("pseudonym", _("This person cannot be let in: the case is about them, or you may not let people in."))  # fmt: skip
        else:
            messages.success(request, _("They can read the case now."))
            return redirect("case", case_id)
    return _again(request, found, name=form)


@login_required
@require_POST
def case_person_end(request: HttpRequest, case_id: UUID, person_id: UUID) -> HttpResponse:
    """Somebody reads it no more."""
    found, person = _named(request, case_id), signed_in(request)
    other = access.named_in(found, person_id, now=timezone.now())
    try:
        actions.let_out(case=found, person=other, by=person, now=timezone.now())
    except actions.LastOne:
        messages.warning(request, _("Somebody has to be able to read an open case."))
        return redirect("case", case_id)
    except actions.NotTheirs as refused:
        raise Http404 from refused
    messages.success(request, _("They can read it no more."))
    return redirect("cases" if other == person else "case", *([] if other == person else [case_id]))


@login_required
@require_POST
def case_request(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Ask for a second name: to close it, or to keep it longer."""
    found, form = _named(request, case_id), RequestForm(request.POST)
    if not form.is_valid():
        return _again(request, found, ask=form)
    try:
        case_requests.ask(
            case=found, kind=form.chosen(), words=form.cleaned_data["words"],
            by=signed_in(request), now=timezone.now(),
        )  # fmt: skip
    except case_requests.NothingToAsk:
        messages.info(request, _("That is done already."))
    else:
        messages.success(request, _("The others who are named are asked for a second name."))
    return redirect("case", case_id)


@login_required
@require_POST
def case_signature(request: HttpRequest, case_id: UUID, request_id: UUID) -> HttpResponse:
    """A second person agrees, or whoever asked takes it back."""
    found, person = _named(request, case_id), signed_in(request)
    asked = access.case_request_in(found, request_id)
    if asked.by_id == person.pk:
        case_requests.take_back(request=asked, by=person)
        messages.success(request, _("You asked no more."))
        return redirect("case", case_id)
    try:
        case_requests.sign(request=asked, by=person, now=timezone.now())
    except (case_requests.NothingToSign, actions.NotTheirs):
        messages.info(request, _("That is done already."))
    else:
        messages.success(request, _("Signed. It is done."))
    return redirect("case", case_id)


@login_required
@require_POST
def case_take_up(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """A safety lead who is not named lets themselves in, for a reason that all who are named read."""
    person, now = signed_in(request), timezone.now()
    found, form = access.case_to_take_up(person, case_id, now=now), TakeUpForm(request.POST)
    if not form.is_valid():
        messages.warning(request, _("Please say why you need to read it."))
        return redirect("cases")
    try:
        actions.take_up(case=found, words=form.cleaned_data["words"], by=person, now=now)
    except actions.NotTheirs as refused:
        raise Http404 from refused
    return redirect("case", case_id)


def _named(request: HttpRequest, case_id: UUID) -> Case:
    """The case, for somebody who is named in it; 404 for everybody else, and a line in its log."""
    person, now = signed_in(request), timezone.now()
    found, is_named = access.case_at(person, case_id, now=now)
    # Threat: somebody with the address tries whether there is a case, and nobody ever knows that they tried.
    if not is_named:
        actions.write_down(case=found, person=person, act=CaseAct.REFUSED, now=now)
        raise Http404
    return found


def _again(request: HttpRequest, found: Case, **forms: object) -> HttpResponse:
    """The page once more, with what was typed."""
    view = view_of(found, signed_in(request), now=timezone.now())
    return _page(request, view, status=422, **forms)


def _page(request: HttpRequest, view: CaseView, status: int = 200, **forms: object) -> HttpResponse:
    kind = CaseRequestKind.EXTEND if view.case.closed_at else CaseRequestKind.CLOSE
    context = {
        "view": view,
        "case": view.case,
        "note": NoteForm(),
        "step": _step_form(),
        "name": NameForm(),
        "ask": RequestForm(initial={"kind": kind}),
        "kind": kind,
        **forms,
    }
    return render(request, "safety/cases/case.html", context, status=status)


def _step_form(request: HttpRequest | None = None) -> StepForm:
    return StepForm(request.POST if request else None, today=timezone.localdate())
