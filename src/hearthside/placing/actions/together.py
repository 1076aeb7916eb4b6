"""Two people who want the same group say so to us: one makes a code, the other types it in."""

from datetime import datetime

from django.db import transaction

from hearthside.accounts.models import Person
from hearthside.placing.actions.refusals import AlreadyTogether, NotThatCode
from hearthside.placing.models import Together
from hearthside.placing.queries.pairs import CODE_LASTS, pair_of
from hearthside.placing.wordlist import as_code, new_code

TRIES = 20


@transaction.atomic
def make_code(*, person: Person, language: str, now: datetime) -> Together:
    """A new code in place of any that nobody has typed in. Raises AlreadyTogether."""
    _lock(person)
    if pair_of(person):
        raise AlreadyTogether
    Together.objects.filter(asked_by=person).delete()
    return Together.objects.create(asked_by=person, code=_unused(language), asked_at=now)


@transaction.atomic
def agree(*, person: Person, typed: str, now: datetime) -> Together:
    """The person goes with whoever made this code; it works once. Raises NotThatCode or AlreadyTogether."""
    _lock(person)
    if pair_of(person):
        raise AlreadyTogether
    open_codes = Together.objects.filter(
        code=as_code(typed), other=None, asked_at__gt=now - CODE_LASTS
    ).exclude(asked_by=person)
    # The update decides, so that of two who type it in at the same moment one is the other.
    if not open_codes.update(other=person, agreed_at=now):
        raise NotThatCode
    Together.objects.filter(asked_by=person, other=None).delete()
    return Together.objects.get(other=person)


@transaction.atomic
def undo(*, person: Person) -> None:
    """Neither of the two is bound to the other any more; a code that nobody typed in goes too."""
    Together.objects.of(person).delete()


def tidy(*, now: datetime) -> int:
    """Delete codes that nobody typed in in time; how many."""
    return Together.objects.filter(other=None, asked_at__lte=now - CODE_LASTS).delete()[0]


def _unused(language: str) -> str:
    codes = (new_code(language=language) for _ in range(TRIES))
    return next(code for code in codes if not Together.objects.filter(code=code).exists())


def _lock(person: Person) -> None:
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)
