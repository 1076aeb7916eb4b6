"""The off-hours shield: letters wait for the hours that somebody chose, and members read what to expect."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from hearthside.accounts import ports
from hearthside.groups.actions import shield as actions
from hearthside.groups.actions.letters import tell_leaders
from hearthside.groups.enums import Contact, RoleKind, Standing
from hearthside.groups.models import Membership, Shield
from hearthside.groups.queries.shield import Hours, contact_words, letters_from
from hearthside.notices.models import Letter
from tests import world
from tests.meetings.people import leader

MOMENTS = st.datetimes(
    min_value=datetime(2026, 1, 1),  # noqa: DTZ001 Hypothesis adds the zone
    max_value=datetime(2027, 12, 31),  # noqa: DTZ001
    timezones=st.just(UTC),
)
ZONES = st.sampled_from(["Europe/London", "America/New_York", "Asia/Kathmandu", "Pacific/Apia"])
DAYS = st.sets(st.integers(0, 6), min_size=1)
HOURS = st.tuples(st.integers(0, 23), st.integers(1, 24)).filter(lambda two: two[0] < two[1])


@given(MOMENTS, ZONES, DAYS, HOURS)
def test_a_letter_comes_within_the_hours_never_early_and_never_a_week_late(
    now: datetime, name: str, days: set[int], hours: tuple[int, int]
) -> None:
    zone = ZoneInfo(name)
    at = Hours(days, *hours).next_at(now, zone)
    assert now <= at <= now + timedelta(days=8)
    local = at.astimezone(zone)
    assert local.weekday() in days
    # In the hour that a clock skips in spring, the day begins an hour later.
    assert hours[0] <= local.hour < hours[1] or local.hour == hours[0] + 1


@given(MOMENTS, ZONES, DAYS, HOURS)
def test_within_the_hours_nothing_waits(
    now: datetime, name: str, days: set[int], hours: tuple[int, int]
) -> None:
    at = Hours(days, *hours).next_at(now, ZoneInfo(name))
    assert Hours(days, *hours).next_at(at, ZoneInfo(name)) == at


def test_no_days_chosen_holds_nothing(now: datetime) -> None:
    assert Hours((), 9, 17).next_at(now, ZoneInfo("Europe/London")) == now


@pytest.mark.django_db
def test_a_request_to_join_waits_for_the_hours_of_whoever_leads(now: datetime) -> None:
    group = world.group()
    lead = leader(group, who=world.person(time_zone="Europe/London"))
    actions.choose(
        person=lead, contact=Contact.HOURS, days=[1], from_hour=9, until_hour=17, now=now
    )
    world.member(group, standing=Standing.ASKED)
    tell_leaders(membership=Membership.objects.get(), now=now)
    # It is Monday noon; they read on Tuesdays.
    assert Letter.objects.get().due_at == datetime(2026, 11, 24, 9, tzinfo=UTC)


@pytest.mark.django_db
def test_what_concerns_a_meeting_of_tomorrow_is_never_held_back(now: datetime) -> None:
    lead = world.person(time_zone="Europe/London")
    assert letters_from(lead, now=now) == now
    actions.choose(person=lead, contact=Contact.NONE, days=[6], from_hour=9, until_hour=10, now=now)
    sunday = datetime(2026, 11, 29, 9, tzinfo=UTC)
    assert letters_from(lead, now=now) == sunday
    assert letters_from(lead, now=now, before=now + timedelta(hours=20)) == now
    soon = now + timedelta(days=3)
    assert letters_from(lead, now=now, before=soon) == soon - timedelta(days=1)


@pytest.mark.django_db
def test_members_read_it_on_the_groups_page_and_strangers_do_not() -> None:
    group = world.group()
    fay = world.role(RoleKind.FACILITATOR, world.person("Fay"), group=group)
    page = reverse("group", args=[group.slug])
    member = world.browser(world.member(group))
    assert "Fay: not between meetings" in member.get(page).content.decode()
    assert "Fay: not" not in world.browser(world.person()).get(page).content.decode()
    answers = {
        "contact": "hours",
        "days": ["0", "1", "2", "3", "4"],
        "from_hour": 9,
        "until_hour": 17,
    }
    world.browser(fay).post(reverse("shield"), answers)
    assert "Fay reads messages on weekdays, from 9 to 17" in member.get(page).content.decode()


@pytest.mark.django_db
def test_hours_without_days_or_upside_down_are_shown_again_as_written() -> None:
    fay = world.role(RoleKind.FACILITATOR, group=world.group())
    for answers in (
        {"contact": "hours", "from_hour": 9, "until_hour": 17},
        {"contact": "none", "from_hour": 17, "until_hour": 8},
    ):
        answer = world.browser(fay).post(reverse("shield"), answers)
        assert answer.status_code == 422
        assert 'value="17"' in answer.content.decode()
    assert not Shield.objects.exists()


@pytest.mark.django_db
def test_nobody_without_a_role_has_a_page_for_it_and_the_choice_goes_with_the_account() -> None:
    assert world.browser(world.person()).get(reverse("my_care")).status_code == 404
    who = world.role(RoleKind.FACILITATOR, group=world.group())
    actions.choose(
        person=who, contact=Contact.ANY, days=[], from_hour=9, until_hour=17, now=timezone.now()
    )
    assert "reads messages between meetings" in contact_words(who)
    holder = ports.holders()["facilitating"]
    assert any(part.rows for part in holder.held(who))
    holder.erase(who, now=timezone.now())
    assert not Shield.objects.exists()
