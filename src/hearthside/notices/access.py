"""Whom the address in a letter speaks for."""

import uuid

from django.core import signing
from django.http import Http404

from hearthside.accounts.models import Person
from hearthside.notices import queries
from hearthside.notices.enums import Kind


def stop_for(token: str) -> tuple[Person | None, Kind]:
    """Whom a token speaks for (nobody, if the account is gone) and the kind; 404 if it is not ours."""
    try:
        owner, _, kind = queries.STOP.unsign(token).partition(".")
        return Person.objects.filter(pk=uuid.UUID(owner)).first(), Kind(kind)
    except (signing.BadSignature, ValueError) as error:
        raise Http404 from error
