"""Giving a consent and taking it back."""

from datetime import datetime

from django.db import transaction

from hearthside.accounts import ports
from hearthside.accounts.enums import Purpose
from hearthside.accounts.models import Consent, Person
from hearthside.accounts.wordings import wording


def give(*, person: Person, purpose: Purpose, language: str, now: datetime) -> Consent:
    """Record a yes to the words in force; a second yes to the same words changes nothing."""
    version = wording(purpose, language=language).version
    with transaction.atomic():
        given = (
            Consent.objects.select_for_update()
            .filter(person=person, purpose=purpose, until_at=None)
            .first()
        )
        if given and given.version == version:
            return given
        if given:
            given.until_at = now
            given.save(update_fields=["until_at"])
        return Consent.objects.create(person=person, purpose=purpose, version=version, from_at=now)


def withdraw(*, person: Person, purpose: Purpose, now: datetime) -> bool:
    """Take a yes back and tell every floor, so that what rested on it ends; False if there was none."""
    with transaction.atomic():
        ended = Consent.objects.filter(person=person, purpose=purpose, until_at=None).update(
            until_at=now
        )
        if ended:
            ports.consent_ended(person, purpose=purpose, now=now)
    return bool(ended)
