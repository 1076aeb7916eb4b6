"""One's own training: how far one is, and the modules with their checks."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from hearthside.accounts.access import signed_in
from hearthside.groups import access
from hearthside.groups.actions import training as actions
from hearthside.groups.forms.training import CheckForm
from hearthside.groups.queries.training import progress_of, work_on
from hearthside.groups.queries.training_desk import groups_of, may_sign_alone


@login_required
@require_safe
def training(request: HttpRequest) -> HttpResponse:
    """My training: the next step, the seven modules, what others wrote, and until when I may lead."""
    person, now = signed_in(request), timezone.now()
    context = {
        "progress": progress_of(person, language=request.LANGUAGE_CODE, now=now),
        "is_alone": may_sign_alone(person, now=now),
        "roles": groups_of(person, now=now),
    }
    return render(request, "groups/training.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def training_module(request: HttpRequest, slug: str) -> HttpResponse:
    """One module: to read, then to check; every answer gets its why, and what was right stays right."""
    person, now = signed_in(request), timezone.now()
    module = access.module_called(slug, request.LANGUAGE_CODE)
    work = work_on(person, module)
    was_right = frozenset(work.right if work else ())
    form = CheckForm(request.POST or None, module=module, right=was_right)
    if request.method == "POST" and form.is_valid():
        work = actions.answer(person=person, module=module, answers=form.answers(), now=now)
        if work.passed_at == now:
            messages.success(request, _("All right. This module is done."))
    right = frozenset(work.right if work else ())
    context = {
        "module": module,
        "asked": form.asked(right),
        "is_answered": form.is_bound,
        "left": len(module.questions) - len(right & module.question_keys()),
        "work": work,
        "progress": progress_of(person, language=request.LANGUAGE_CODE, now=now),
    }
    return render(request, "groups/training_module.html", context)
