"""People who want the same group say so to us, two by two: one makes a code, the other types it in."""

from datetime import datetime

from django.db import transaction

from hearthside.accounts.models import Person
from hearthside.placing.actions.refusals import AlreadyTogether, NotThatCode, TooManyTogether
from hearthside.placing.models import Together
from hearthside.placing.queries.pairs import CODE_LASTS, COMPANY_MOST, company_of
from hearthside.placing.wordlist import as_code, new_code

TRIES = 20


@transaction.atomic
def make_code(*, person: Person, language: str, now: datetime) -> Together:
    """A new code in place of any that nobody has typed in. Raises TooManyTogether in a full company."""
    if len(_locked_company(person)) >= COMPANY_MOST:
        raise TooManyTogether
    Together.objects.filter(asked_by=person, other=None).delete()
    return Together.objects.create(asked_by=person, code=_unused(language), asked_at=now)


@transaction.atomic
def agree(*, person: Person, typed: str, now: datetime) -> Together:
    """The person, with those they go with, goes with whoever made this code; it works once.

    Raises NotThatCode, AlreadyTogether or TooManyTogether.
    """
    open_codes = Together.objects.filter(
        code=as_code(typed), other=None, asked_at__gt=now - CODE_LASTS
    ).exclude(asked_by=person)
    pair = open_codes.select_related("asked_by").first()
    if pair is None:
        raise NotThatCode
    company = _locked_company(person, pair.asked_by)
    if pair.asked_by_id in company_of([person.pk]):
        raise AlreadyTogether
    if len(company) > COMPANY_MOST:
        raise TooManyTogether
    # The update decides, so that of two who type it in at the same moment one is the other.
    if not open_codes.update(other=person, agreed_at=now):
        raise NotThatCode
    Together.objects.filter(asked_by=person, other=None).delete()
    pair.refresh_from_db()
    return pair


@transaction.atomic
def undo(*, person: Person) -> None:
    """The person goes with nobody; those who went with them stay together. Their open code goes too."""
    _locked_company(person)
    Together.objects.filter(asked_by=person, other=None).delete()
    pairs = list(Together.objects.agreed().of(person).order_by("agreed_at", "pk"))
    first: object = None
    for pair in pairs:
        kept = pair.other_id if pair.asked_by_id == person.pk else pair.asked_by_id
        if first is None:
            first = kept
            pair.delete()
        else:
            Together.objects.filter(pk=pair.pk).update(asked_by=first, other=kept)


def tidy(*, now: datetime) -> int:
    """Delete codes that nobody typed in in time; how many."""
    return Together.objects.filter(other=None, asked_at__lte=now - CODE_LASTS).delete()[0]


def _unused(language: str) -> str:
    codes = (new_code(language=language) for _ in range(TRIES))
    return next(code for code in codes if not Together.objects.filter(code=code).exists())


def _locked_company(*people: Person) -> set[object]:
    """Everybody who goes with one of these, locked in one order, so that two changes never wait for each other.

    Who came between looking and locking is looked for again, with all locks given back: one more lock on top of
    those held could stand before them in the order.
    """
    own = [one.pk for one in people]
    company = company_of(own)
    while True:
        with transaction.atomic():
            rows = Person.objects.filter(pk__in=company).order_by("pk")
            list(rows.select_for_update(no_key=True).values_list("pk", flat=True))
            found = company_of(own)
            if found <= company:
                return set(found)
            company |= found
            transaction.set_rollback(True)
