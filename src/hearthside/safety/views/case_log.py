"""Who looked at safety records about me: asked by anybody, answered by a person."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from hearthside.accounts.access import signed_in
from hearthside.safety import access
from hearthside.safety.actions import case_questions as actions
from hearthside.safety.actions.cases import NotTheirs
from hearthside.safety.forms.cases import LogAnswerForm
from hearthside.safety.queries.case_log import about_asker, questions_of


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def safety_log(request: HttpRequest) -> HttpResponse:
    """My questions and their answers; POST asks."""
    person, now = signed_in(request), timezone.now()
    if request.method == "POST":
        actions.ask(person=person, now=now)
        messages.success(
            request, _("Thank you for asking. A person answers you here within thirty days.")
        )
        return redirect("safety_log")
    return render(request, "safety/cases/my_log.html", {"questions": questions_of(person)})


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def safety_log_answer(request: HttpRequest, question_id: UUID) -> HttpResponse:
    """Somebody asks: the answer, and which logs are shown."""
    person, now = signed_in(request), timezone.now()
    question = access.log_question_for(person, question_id, now=now)
    known = about_asker(question, person, now=now)
    form = LogAnswerForm(request.POST or None, cases=known)
    if request.method == "POST" and form.is_valid():
        try:
            actions.answer(
                question=question, words=form.cleaned_data["words"], cases=form.chosen(),
                by=person, now=now,
            )  # fmt: skip
        except (actions.AlreadyAnswered, NotTheirs):
            messages.info(request, _("Somebody has answered this already."))
        else:
            messages.success(request, _("Your answer is there for them to read."))
        return redirect("cases")
    return render(request, "safety/cases/log_answer.html", {"question": question, "form": form})
