"""Offer aftercare, say yes or no, be in touch, stop it: a person for a person, never without a yes."""

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrPromise

from hearthside.accounts.models import Person
from hearthside.notices.actions import tell
from hearthside.notices.enums import Kind
from hearthside.safety.enums import CheckInOutcome
from hearthside.safety.models import Care, CheckIn
from hearthside.safety.models.care import AFTER
from hearthside.safety.queries.care import keepers_for, refused_lately

KEPT: Final = timedelta(days=90)


class NotTheirs(Exception):
    """This person cannot be asked for that."""


@transaction.atomic
def offer(*, person: Person, keeper: Person, now: datetime) -> Care:
    """Somebody who looked after a concern asks whether they may be in touch; the same offer while it is open.

    The same, too, where the person said no or stopped it not long ago. Raises NotTheirs for oneself.
    """
    if person == keeper:
        raise NotTheirs
    # Threat: somebody asks again and again, until the other cannot say no any more.
    if (refused := refused_lately(person, keeper, now=now)) is not None:
        return refused
    made, is_new = Care.objects.get_or_create(
        person=person, keeper=keeper, agreed_at=None, declined_at=None, defaults={"offered_at": now}
    )
    if is_new:
        _tell_offered(made, now=now)
    return made


@transaction.atomic
def ask(*, person: Person, keeper: Person, now: datetime) -> Care:
    """The person asks one of those who lead their groups, or a safety lead. That is a yes. Raises NotTheirs."""
    if keeper not in keepers_for(person, now=now):
        raise NotTheirs
    # Locked, so that two taps are one wish.
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    running = CheckIn.objects.open().filter(care__person=person, care__keeper=keeper)
    if (there := running.select_related("care").first()) is not None:
        return there.care
    made, _is_new = Care.objects.get_or_create(
        person=person, keeper=keeper, agreed_at=None, declined_at=None, defaults={"offered_at": now}
    )
    agree(care=made, now=now)
    made.refresh_from_db()
    # Threat: somebody asks and stops, asks and stops, to fill the mailbox of whoever leads their group.
    _tell_keeper(made, about=f"care:{person.pk}:{now:%Y%m%d}", now=now)
    return made


@transaction.atomic
def agree(*, care: Care, now: datetime) -> None:
    """Yes, please: a day and three days from now. Twice changes nothing."""
    if Care.objects.unanswered().filter(pk=care.pk).update(agreed_at=now):
        CheckIn.objects.bulk_create(CheckIn(care=care, due_at=now + after) for after in AFTER)


def decline(*, care: Care, now: datetime) -> None:
    """No, thank you; nobody asks why."""
    Care.objects.unanswered().filter(pk=care.pk).update(declined_at=now)


def stop(*, person: Person, now: datetime) -> None:
    """The person would rather not any more: nobody is in touch from now on."""
    open_ = CheckIn.objects.open().filter(care__person=person)
    open_.update(outcome=CheckInOutcome.STOPPED, done_at=now)


def settle(*, check_in: CheckIn, outcome: CheckInOutcome, now: datetime) -> None:
    """The keeper was in touch, or tried. Done already: nothing changes."""
    CheckIn.objects.open().filter(pk=check_in.pk).update(outcome=outcome, done_at=now)


def remind(*, now: datetime) -> int:
    """Write to every keeper whose check-in is due, once; how many are due."""
    due = list(CheckIn.objects.due(now=now).select_related("care__keeper"))
    for one in due:
        _tell_keeper(one.care, about=f"check-in:{one.pk}", now=now)
    return len(due)


def erase_old(*, now: datetime) -> int:
    """Delete what was offered three months ago, and what came of it; how many."""
    old = Care.objects.filter(offered_at__lte=now - KEPT)
    return old.exclude(check_ins__in=CheckIn.objects.open()).delete()[0]


def _tell_offered(care: Care, *, now: datetime) -> None:
    _write(
        care.person,
        f"care:{care.pk}",
        _("Somebody would like to ask how you are"),
        _("You can say yes or no here: %(url)s"),
        "care",
        now=now,
    )


def _tell_keeper(care: Care, *, about: str, now: datetime) -> None:
    # Neither who, nor why: whoever glances at a phone learns nothing.
    _write(
        care.keeper,
        about,
        _("Somebody counts on you"),
        _("You said that you would be in touch with somebody. Please look here: %(url)s"),
        "care_desk",
        now=now,
    )


def _write(
    person: Person, about: str, subject: StrPromise, text: StrPromise, page: str, *, now: datetime
) -> None:
    tell(
        person=person, kind=Kind.CARE, about=about, subject=subject, text=text, path=reverse(page),
        now=now,
    )  # fmt: skip
