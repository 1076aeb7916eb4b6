"""Keep two people apart, and end it: written by somebody responsible, told to neither of the two."""

from datetime import datetime, timedelta
from typing import Final

from django.db import IntegrityError, transaction

from hearthside.accounts.models import Person
from hearthside.safety.models import KeepApart

BACK_WITHIN: Final = timedelta(minutes=10)


class OnePerson(Exception):
    """Nobody can be kept apart from themselves."""


class OwnAffair(Exception):
    """Whoever is one of the two is not the one who decides."""


class TooLate(Exception):
    """What ended longer ago is written anew, with its own date and author."""


@transaction.atomic
def keep_apart(*, one: Person, other: Person, because: str, by: Person, now: datetime) -> KeepApart:
    """The two sit in no group together from now on; the same row if they are kept apart already.

    Nobody is moved: where both belong to a group already, a person has to act. Raises OnePerson or OwnAffair.
    """
    if one == other:
        raise OnePerson
    # Threat: a coordinator names themselves and somebody they look for, and watches which groups close.
    if by in (one, other):
        raise OwnAffair
    first, second = sorted((one, other), key=lambda person: person.pk)
    pair, _is_new = KeepApart.objects.get_or_create(
        one=first,
        other=second,
        until_at=None,
        defaults={"because": because, "by": by, "from_at": now},
    )
    return pair


def end(*, pair: KeepApart, now: datetime) -> None:
    """The two may meet again; the row stays as the record. Twice changes nothing."""
    KeepApart.objects.filter(pk=pair.pk, until_at=None).update(until_at=now)


def take_back(*, pair: KeepApart, now: datetime) -> None:
    """They are kept apart as if it had not ended. Raises TooLate after ten minutes."""
    ended = KeepApart.objects.filter(pk=pair.pk, until_at__gt=now - BACK_WITHIN)
    try:
        with transaction.atomic():
            if not ended.update(until_at=None) and pair.until_at is not None:
                raise TooLate
    except IntegrityError:
        # Somebody has written the same two down again since then: that is what was wanted.
        return
