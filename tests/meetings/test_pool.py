"""The pool: who may be asked, whoever says yes first, and how often."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from hearthside.accounts.models import Person
from hearthside.groups.enums import RoleKind
from hearthside.groups.models import Group, Programme
from hearthside.meetings import actions
from hearthside.meetings.actions import ladder
from hearthside.meetings.enums import DutyKind
from hearthside.meetings.models import Climb, Duty, Meeting, Reserve
from hearthside.meetings.queries.duties import answer_token
from hearthside.meetings.queries.ladder import duties_of, reserves_for
from hearthside.notices.models import Letter
from hearthside.safety.models import KeepApart
from tests import world
from tests.meetings.people import leader, reachable, ready
from tests.meetings.test_pages import page, post
from tests.meetings.test_seats_raced import at_once
from tests.world import NOW

HOUR = timedelta(hours=1)


def reserve(person: Person | None = None, **fields: Any) -> Person:
    """Somebody of the pool who can be written to."""
    person = reachable(person)
    defaults: dict[str, Any] = {
        "since": NOW,
        "weekdays": list(range(7)),
        "from_hour": 0,
        "until_hour": 24,
    }
    sites = fields.pop("sites", [])
    made = Reserve.objects.create(person=person, **{**defaults, **fields})
    made.sites.set(sites)
    return person


def unled(group: Group, hours: float = 20, at: Any = NOW) -> Meeting:
    """A meeting whose only facilitator cannot."""
    meeting = world.meeting(group, starts_at=at + hours * HOUR)
    actions.decline(meeting=meeting, person=leader(group), kind=DutyKind.LEAD, now=at)
    return meeting


def asked(meeting: Meeting) -> set[Person]:
    return {
        duty.person
        for duty in Duty.objects.filter(meeting=meeting, way="pool").select_related("person")
    }


def fit(meeting: Meeting) -> set[Person]:
    return {each.person for each in reserves_for(meeting, duties_of(meeting), now=NOW)}


@pytest.mark.django_db
def test_three_are_asked_at_a_time_the_first_yes_leads_and_the_others_hear_kindly() -> None:
    meeting = unled(world.group(format="online"))
    people = [reserve() for _ in range(5)]
    ladder.climb(meeting=meeting, now=NOW)
    first, *others = sorted(asked(meeting), key=people.index)
    assert len(others) == 2
    duty = actions.confirm(meeting=meeting, person=first, kind=DutyKind.LEAD, now=NOW)
    assert duty.confirmed_at == NOW
    for person in others:
        assert (
            Letter.objects.filter(person=person, subject__startswith="Somebody was found").count()
            == 1
        )
    late = actions.confirm(meeting=meeting, person=others[0], kind=DutyKind.LEAD, now=NOW)
    assert (late.confirmed_at, late.freed_at) == (None, NOW)
    assert Duty.objects.leading().confirmed().count() == 1


@pytest.mark.django_db
def test_the_team_never_reads_who_of_the_pool_said_no() -> None:
    meeting = unled(world.group(format="online"))
    coordinator = world.role(RoleKind.COORDINATOR, reachable(), site=meeting.group.site)
    person = reserve()
    ladder.climb(meeting=meeting, now=NOW)
    told = Letter.objects.filter(person=coordinator).count()
    ladder.cannot(meeting=meeting, person=person, kind=DutyKind.LEAD, now=NOW)
    assert Letter.objects.filter(person=coordinator).count() == told
    assert (
        not Letter.objects.filter(text__contains=person.pseudonym).exclude(person=person).exists()
    )


@pytest.mark.django_db
def test_nobody_is_asked_where_they_did_not_say_or_should_not_be() -> None:
    site, elsewhere = world.site(), world.site("York")
    meeting = world.meeting(world.group(site=site))
    here = reserve(sites=[site])
    reserve(sites=[elsewhere])
    reserve(sites=[site], weekdays=[5])
    reserve(sites=[site], until_hour=12)
    reserve(sites=[site], is_own_only=True)
    busy = reserve(sites=[site])
    world.seat(world.meeting(world.group(), starts_at=meeting.starts_at), busy)
    foe, member = reserve(sites=[site]), world.member(meeting.group)
    one, other = sorted([foe, member], key=lambda each: each.pk)
    KeepApart.objects.create(one=one, other=other, from_at=NOW)
    assert fit(meeting) == {here}


@pytest.mark.django_db
def test_whoever_stepped_in_often_enough_this_month_is_left_in_peace() -> None:
    meeting = world.meeting(world.group(format="online"))
    person = reserve(most_a_month=1)
    assert fit(meeting) == {person}
    earlier = world.meeting(world.group(), starts_at=NOW - 5 * 24 * HOUR)
    Duty.objects.create(
        meeting=earlier, person=person, kind="lead", way="pool", asked_at=NOW, confirmed_at=NOW
    )
    assert fit(meeting) == set()


@pytest.mark.django_db
def test_where_only_trained_people_lead_nobody_else_is_asked() -> None:
    meeting = world.meeting(world.group(format="online"))
    reserve()
    Programme.objects.update(training_from=NOW - HOUR)
    assert fit(meeting) == set()


@pytest.mark.django_db
def test_groups_without_a_team_are_led_elsewhere_and_never_called_off() -> None:
    meeting = world.meeting(world.group(), starts_at=NOW + HOUR / 30)
    assert ladder.climb_all(now=NOW) == 0
    assert not Climb.objects.filter(meeting=meeting).exists()


@pytest.mark.django_db
def test_somebody_of_a_team_says_where_they_can_step_in_and_takes_it_back() -> None:
    group = world.group()
    person = leader(group)
    client = world.browser(person)
    said = {
        "sites": [str(group.site.pk)],
        "weekdays": ["0", "3"],
        "from_hour": "17",
        "until_hour": "21",
        "most_a_month": "2",
    }
    assert "The second hour must be later" in post(client, "pool", **{**said, "until_hour": "9"})
    assert "Choose a place, or tick online" in post(client, "pool", **{**said, "sites": []})
    assert "We ask you only when nobody else can." in post(client, "pool", **said)
    assert Reserve.objects.get().weekdays == [0, 3]
    assert "We ask you no more." in post(client, "pool_end")
    assert not Reserve.objects.exists()


@pytest.mark.django_db
def test_a_member_cannot_put_themselves_forward() -> None:
    client = world.browser(ready(world.group()))
    assert client.get(reverse("pool")).status_code == 404


@pytest.mark.django_db
def test_pool_members_answer_and_get_into_the_room_without_a_role() -> None:
    now = timezone.now()
    meeting = unled(world.group(format="online"), hours=0.5, at=now)
    person = reserve(is_short_notice=True)
    ladder.climb(meeting=meeting, now=now)
    client = world.browser(person)
    assert "We count on you" in post(client, "duty_confirm", meeting.pk, kind="lead")
    assert "Enter the room" in page(client, "meeting", meeting.pk)
    assert client.get(reverse("roster", args=[meeting.pk])).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_of_two_of_the_pool_who_say_yes_at_once_one_leads() -> None:
    meeting = unled(world.group(format="online"))
    people = [reserve() for _ in range(3)]
    ladder.climb(meeting=meeting, now=NOW)

    def yes(person: Person) -> Callable[[], Duty]:
        return lambda: actions.confirm(meeting=meeting, person=person, kind=DutyKind.LEAD, now=NOW)

    results = at_once(*(yes(person) for person in people))
    assert not [each for each in results if isinstance(each, Exception)]
    assert Duty.objects.leading().confirmed().count() == 1
    assert Duty.objects.filter(freed_at__isnull=False).count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_workers_climb_each_rung_once() -> None:
    meeting = unled(world.group(format="online"))
    people = [reserve() for _ in range(3)]
    results = at_once(*([lambda: ladder.climb(meeting=meeting, now=NOW)] * 3))
    assert sorted(each for each in results if isinstance(each, int)) == [0, 0, 1]
    assert Climb.objects.count() == 1
    assert Letter.objects.filter(person__in=people).count() == 3


@pytest.mark.django_db
def test_a_coordinator_need_not_lead_to_be_in_the_pool() -> None:
    person = world.role(RoleKind.COORDINATOR, reachable(), site=world.site())
    assert world.browser(person).get(reverse("pool")).status_code == 200


@pytest.mark.django_db
def test_whoever_steps_in_finds_the_place_and_whoever_was_only_asked_does_not() -> None:
    group = world.group(
        "Bag club", venue="Garth House", address="41 Garth Lane", is_venue_hidden=True
    )
    meeting = unled(group, at=timezone.now())
    helper = reserve(sites=[group.site])
    ladder.climb(meeting=meeting, now=timezone.now())
    client = world.browser(helper)
    assert "Garth House" not in page(client, "meeting", meeting.pk)
    actions.confirm(meeting=meeting, person=helper, kind=DutyKind.LEAD, now=timezone.now())
    assert "Garth House" in page(client, "meeting", meeting.pk)
    answered = page(client, "duty_answer", answer_token(Duty.objects.get(person=helper)))
    assert meeting.get_absolute_url() in answered
    assert "Garth House" not in answered
