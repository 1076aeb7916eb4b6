"""What exchange holds about a person is shown to them, and goes when they go."""

from datetime import timedelta

import pytest

from hearthside.accounts.ports import holders
from hearthside.exchange.actions import calendars
from hearthside.exchange.models import CalendarLink, Import
from hearthside.groups.models import Group
from tests import world
from tests.exchange.lists import bring_in, packed, row

pytestmark = pytest.mark.django_db


def test_everything_held_is_shown_and_erased_and_the_groups_stay() -> None:
    person = world.person()
    holder = holders()["exchange"]
    assert not any(held.rows for held in holder.held(person))
    calendars.make_link(person=person, is_discreet=True, now=world.NOW)
    bring_in(packed(row()), by=person)
    assert [len(held.rows) for held in holder.held(person)] == [1, 1]

    holder.erase(person, now=world.NOW + timedelta(days=1))
    assert not any(held.rows for held in holder.held(person))
    assert not CalendarLink.objects.exists()
    assert Import.objects.get().read_by is None
    assert Group.objects.count() == 1
