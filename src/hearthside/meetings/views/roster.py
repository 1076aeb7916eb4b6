"""The roster: one tap per person, those who came without a seat, and the note."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from hearthside.accounts.access import signed_in
from hearthside.accounts.models import Person
from hearthside.meetings import access, actions
from hearthside.meetings.actions.refusals import NoteHoldsNames, Refusal
from hearthside.meetings.enums import Mark
from hearthside.meetings.forms.meeting import MarkForm, NoteForm, WalkInForm
from hearthside.meetings.models import Meeting
from hearthside.meetings.queries import roster as queries


@login_required
@require_safe
def roster(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Everyone who is expected, and how it went."""
    meeting = access.meeting_led_by(request.user, meeting_id)
    return _page(request, meeting)


@login_required
@require_POST
def mark(request: HttpRequest, meeting_id: UUID, person_id: UUID) -> HttpResponse:
    """One tap writes a mark down; the same tap again takes it away; a time makes it exact."""
    meeting = access.meeting_led_by(request.user, meeting_id)
    person = access.person_on_roster(meeting, person_id)
    form = MarkForm(request.POST)
    if not form.is_valid():
        return redirect("roster", meeting.pk)
    wanted, at = Mark(form.cleaned_data["mark"]), form.moment(meeting)
    line = queries.line_of(meeting, person)
    try:
        if line and line.mark == wanted and at is None:
            actions.unmark(meeting=meeting, person=person)
        else:
            actions.mark(
                meeting=meeting, person=person, mark=wanted, at=at,
                by=signed_in(request), now=timezone.now(),
            )  # fmt: skip
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    if request.htmx:  # type: ignore[attr-defined]
        return render(request, "meetings/roster.html#people", _context(meeting))
    return redirect("roster", meeting.pk)


@login_required
@require_POST
def walk_in(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Someone of the group came without a seat."""
    meeting, now = access.meeting_led_by(request.user, meeting_id), timezone.now()
    form = WalkInForm(request.POST)
    if form.is_valid():
        person = queries.member_called(form.cleaned_data["pseudonym"], meeting.group, now=now)
        if person is None:
            form.add_error(
                "pseudonym", _("Nobody in this group goes by that name. They can join first.")
            )
        else:
            return _walked_in(request, meeting, person)
    return _page(request, meeting, walk_in=form, status=422)


@login_required
@require_POST
def note(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """How it went, without names; a refused text stays on the page."""
    meeting = access.meeting_led_by(request.user, meeting_id)
    form = NoteForm(request.POST)
    if form.is_valid():
        text = form.cleaned_data["text"]
        try:
            actions.write_note(
                meeting=meeting, text=text, by=signed_in(request), now=timezone.now()
            )
        except NoteHoldsNames as refusal:
            form.add_error("text", str(refusal))
        else:
            messages.success(request, _("Your note is kept."))
            return redirect("roster", meeting.pk)
    return _page(request, meeting, note=form, status=422)


def _walked_in(request: HttpRequest, meeting: Meeting, person: Person) -> HttpResponse:
    try:
        actions.mark(
            meeting=meeting,
            person=person,
            mark=Mark.CAME,
            by=signed_in(request),
            now=timezone.now(),
        )
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    return redirect("roster", meeting.pk)


def _page(
    request: HttpRequest,
    meeting: Meeting,
    *,
    walk_in: WalkInForm | None = None,
    note: NoteForm | None = None,
    status: int = 200,
) -> HttpResponse:
    kept = queries.note_of(meeting)
    context = {
        **_context(meeting),
        "walk_in": walk_in or WalkInForm(),
        "note": note or NoteForm(initial={"text": kept.text if kept else ""}),
        "kept": kept,
        "names": queries.names_to_add(meeting, now=timezone.now()),
    }
    return render(request, "meetings/roster.html", context, status=status)


def _context(meeting: Meeting) -> dict[str, object]:
    return {
        "meeting": meeting,
        "group": meeting.group,
        "roster": queries.roster_of(meeting),
        "marks": Mark.choices,
        "may_mark": actions.may_mark(meeting=meeting, now=timezone.now()),
    }
