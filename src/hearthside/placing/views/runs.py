"""The page of one run: how far it is, what it proposes, and the buttons that accept it or take it back."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from hearthside.accounts.access import signed_in
from hearthside.placing import access, inviting
from hearthside.placing.actions import accepting, openings, runs
from hearthside.placing.choices import Choices
from hearthside.placing.choosing import AcceptForm
from hearthside.placing.enums import Stand
from hearthside.placing.models import Run
from hearthside.placing.queries import desk, diffs, standing
from hearthside.placing.queries.helping import by_help


@login_required
@never_cache
@require_safe
def placing_run(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """While it is worked on: how far. Then: what would change, by group."""
    run, now = access.run_for(request.user, run_id), timezone.now()
    is_over = run.stand in (Stand.DONE, Stand.FAILED) or standing.is_dead(run, now)
    under_way = standing.inviting(run)
    if request.htmx and under_way:  # type: ignore[attr-defined]
        return render(request, "placing/parts/inviting.html", {"run": run, "inviting": under_way})
    if request.htmx and is_over:  # type: ignore[attr-defined]
        return HttpResponse(headers={"HX-Refresh": "true"})
    if not is_over:
        part = "#progress" if request.htmx else ""  # type: ignore[attr-defined]
        context = {"run": run, "pace": standing.pace_of(run, now=now)}
        return render(request, f"placing/run_at_work.html{part}", context)
    if run.stand != Stand.DONE:
        return render(request, "placing/run_failed.html", _failed(run))
    diff = diffs.diff_of(run, now=now)
    context = {
        "run": run,
        "inviting": under_way,
        "opened": _key(request.GET.get("group", "")),
        "diff": diff,
        "helps": by_help(diff.waiting),
        "choices": Choices.unpacked(run.settings),
        "was_undone": not (diff.invited or under_way) and standing.has_invited(run),
        # Who is being invited just now is no surprise.
        "stale": [] if under_way else standing.changes(run, now=now),
        "sums": standing.sums_of(run),
        "clashes": desk.clashes_in(run.result.get("clashes", [])),
    }
    return render(request, "placing/run.html", context)


@login_required
@require_POST
def placing_stop(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """End it now, with the best it has found."""
    run = access.run_for(request.user, run_id)
    runs.stop(run=run, now=timezone.now())
    return redirect("placing_run", run.pk)


@login_required
@require_POST
def placing_again(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """Another run with the same settings, from how things are now."""
    run = access.run_for(request.user, run_id)
    made = runs.ask(
        site=run.site,
        choices=Choices.unpacked(run.settings),
        by=signed_in(request),
        now=timezone.now(),
    )
    return redirect("placing_run", made.pk)


@login_required
@require_POST
def placing_accept(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """Invite those who are ticked, many of them in the background; the run says who could not be, and why."""
    run = access.run_for(request.user, run_id)
    form = AcceptForm(request.POST, run=run)
    if not form.is_valid() or not form.chosen():
        messages.warning(request, _("Nobody was ticked, so nobody is invited."))
        return redirect("placing_run", run.pk)
    done = inviting.accept(
        run=run,
        chosen=form.chosen(),
        by=signed_in(request),
        now=timezone.now(),
    )
    _tell(request, done)
    return redirect("placing_run", run.pk)


@login_required
@require_POST
def placing_undo(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """Take back every invitation of this run that nobody has answered."""
    run = access.run_for(request.user, run_id)
    count = accepting.undo(run=run, now=timezone.now())
    said = ngettext(
        "%d invitation is taken back. That person waits as before.",
        "%d invitations are taken back. Those people wait as before.",
        count,
    )
    messages.success(request, said % count if count else _("There was nothing to take back."))
    return redirect("placing_run", run.pk)


@login_required
@require_POST
def placing_opening(request: HttpRequest, run_id: UUID, opening_id: UUID) -> HttpResponse:
    """Make a draft of a group that could open, and go to where it is finished."""
    run = access.run_for(request.user, run_id)
    opening = access.opening_in(run, opening_id)
    group = openings.draft(opening=opening, by=signed_in(request), now=timezone.now())
    messages.success(
        request,
        _("The draft is made, with its hour. Say who leads it and where it meets, then open it."),
    )
    return redirect("group_edit", group.slug)


def _key(told: str) -> UUID | None:
    """The group whose fold is open, as the address says."""
    try:
        return UUID(told)
    except ValueError:
        return None


def _failed(run: Run) -> dict[str, Any]:
    code = run.result.get("code", "died")
    clashes = desk.clashes_in(run.result.get("clashes", []))
    return {"run": run, "code": code, "clashes": clashes}


def _tell(request: HttpRequest, done: accepting.Accepted) -> None:
    count = len(done.invited)
    if count:
        said = ngettext(
            "%d person is invited. The place is kept for a week.",
            "%d people are invited. Their places are kept for a week.",
            count,
        )
        messages.success(request, said % count)
    if done.to_come:
        messages.info(request, _("The others are being invited now. You can leave this page."))
    if not count and not done.to_come:
        messages.warning(request, _("Nobody was invited. The page says why."))
