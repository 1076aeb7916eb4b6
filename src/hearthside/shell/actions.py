"""The one thing that shell writes: the very first operator, programme and site."""

from datetime import datetime

from django.db import transaction

from hearthside.accounts.actions.people import Newcomer, sign_up_with_password
from hearthside.accounts.models import Person
from hearthside.groups.actions.programme import found_programme
from hearthside.shell import first_run


def set_up(
    *,
    newcomer: Newcomer,
    password: str,
    name: str,
    country: str,
    site_name: str,
    site_zone: str,
    now: datetime,
) -> Person:
    """Make the operator, the programme and its first site; the invitation is then used up.

    Raises PseudonymIsTaken or AlreadyFounded, and then nothing was made.
    """
    with transaction.atomic():
        operator = sign_up_with_password(newcomer=newcomer, password=password, now=now)
        found_programme(
            name=name,
            country=country,
            site_name=site_name,
            site_zone=site_zone,
            operator=operator,
            now=now,
        )
    first_run.take_back()
    return operator
