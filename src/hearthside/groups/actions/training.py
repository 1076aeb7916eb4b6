"""Working through a module: each right answer counts, and all of them together pass it."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from hearthside.accounts.models import Person
from hearthside.groups.models import ModuleWork
from hearthside.groups.queries.training_texts import Module


@transaction.atomic
def answer(
    *, person: Person, module: Module, answers: Mapping[str, str], now: datetime
) -> ModuleWork:
    """Take the answers (question to option) of one sending; right ones from before stay right.

    With all of them right, the module is passed from then on. Unknown questions and options count as not
    answered. Of wrong answers nothing is kept.
    """
    ModuleWork.objects.get_or_create(
        person=person, module=module.slug, version=module.version, defaults={"begun_at": now}
    )
    # Two sendings at once, one after the other: neither may undo what the other got right.
    work = ModuleWork.objects.select_for_update(no_key=True).get(
        person=person, module=module.slug, version=module.version
    )
    right = set(work.right) & module.question_keys()
    for question in module.questions:
        chosen = question.option(answers.get(question.key, ""))
        if chosen is not None and chosen.is_right:
            right.add(question.key)
    work.right = sorted(right)
    if right == module.question_keys() and work.passed_at is None:
        work.passed_at = now
    work.save(update_fields=["right", "passed_at"])
    return work
