"""Room safety: the pool is asked where the team has nobody for it, and whoever leads hears the truth before."""

from datetime import datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from hearthside.accounts.models import Person
from hearthside.groups.enums import RoleKind
from hearthside.meetings import actions, room_safety
from hearthside.meetings.actions import ladder
from hearthside.meetings.actions import room_safety as watching
from hearthside.meetings.enums import DutyKind
from hearthside.meetings.models import Climb, Duty, Meeting
from hearthside.meetings.queries.chairs import chair_of
from hearthside.meetings.queries.duties import answer_token
from hearthside.meetings.room_safety import TOLD_BEFORE, WAVES, Watch
from hearthside.meetings.rungs import Act, Answer, Rung
from hearthside.meetings.rungs import Climb as Climbed
from hearthside.notices.models import Letter
from hearthside.rooms.enums import Part
from tests import world
from tests.meetings.people import leader, reachable
from tests.meetings.test_pages import page
from tests.meetings.test_pool import reserve
from tests.world import NOW

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


def led(hours: float = 20, *, now: datetime = NOW, **group: str) -> tuple[Meeting, Person]:
    """A meeting in so many hours in a room, and whoever said that they lead it; nobody else is of the team."""
    meeting = world.meeting(
        world.group(**{"format": "online", **group}), starts_at=now + hours * HOUR
    )
    person = leader(meeting.group)
    actions.confirm(meeting=meeting, person=person, kind=DutyKind.LEAD, now=now)
    return meeting, person


def asked(meeting: Meeting) -> set[Person]:
    rows = Duty.objects.keeping_safe().filter(meeting=meeting).select_related("person")
    return {duty.person for duty in rows}


def says(meeting: Meeting, person: Person, *, yes: bool, now: datetime = NOW) -> Duty:
    act = actions.confirm if yes else ladder.cannot
    return act(meeting=meeting, person=person, kind=DutyKind.SAFETY, now=now)


def subjects(person: Person) -> list[str]:
    return list(Letter.objects.filter(person=person).values_list("subject", flat=True))


@given(st.lists(st.tuples(st.integers(0, 600), st.integers(0, 9), st.booleans()), max_size=30))
def test_it_comes_to_rest_asks_at_most_two_waves_and_the_lead_hears_unless_somebody_does(
    events: list[tuple[int, int, bool]],
) -> None:
    starts = NOW + 30 * HOUR
    people: dict[object, Answer] = {}
    climbs: tuple[Climbed, ...] = ()
    now = NOW
    for minutes, who, yes in [*events, (30 * 60, 9, False)]:
        now = min(now + minutes * MINUTE, starts - MINUTE)
        if who in people:
            people[who] = Answer.YES if yes else Answer.NO
        while True:
            others = tuple(n for n in range(9) if n not in people)
            watch = Watch(starts, is_led=True, answers=tuple(people.values()), others=others, climbs=climbs)  # fmt: skip
            step = room_safety.next_step(watch, now=now)
            if step.act in (Act.WAIT, Act.DONE):
                break
            assert step.rung is not None
            climbs = (*climbs, Climbed(step.rung, now, step.wave))
            people |= dict.fromkeys(step.people, Answer.OPEN)
    assert sum(climb.rung == Rung.SAFETY for climb in climbs) <= WAVES
    is_told = any(climb.rung == Rung.ALONE for climb in climbs)
    assert is_told or Answer.YES in people.values()
    assert all(climb.at <= starts - MINUTE for climb in climbs)


def test_nobody_is_asked_while_nobody_leads() -> None:
    watch = Watch(NOW + HOUR, is_led=False, others=("spare",))
    assert room_safety.next_step(watch, now=NOW).act == Act.WAIT


@pytest.mark.django_db
def test_the_pool_is_asked_the_first_yes_counts_and_the_others_hear_kindly() -> None:
    meeting, lead = led()
    for _ in range(4):
        reserve()
    watching.watch_all(now=NOW)
    first, second, third = sorted(asked(meeting), key=str)
    assert lead.pseudonym in Letter.objects.get(person=first).text
    assert says(meeting, first, yes=True).confirmed_at == NOW
    assert any(subject.startswith("Somebody was found") for subject in subjects(third))
    late = says(meeting, second, yes=True)
    assert (late.confirmed_at, late.freed_at) == (None, NOW)
    assert watching.watch_all(now=NOW + 19.5 * HOUR) == 0
    assert not any("Nobody keeps" in subject for subject in subjects(lead))
    chair = chair_of(first, meeting, now=NOW)
    assert chair is not None
    assert chair.part == Part.GREETER
    # Thanked and free, they may still say no.
    assert says(meeting, second, yes=False).declined_at == NOW


@pytest.mark.django_db
def test_if_nobody_can_the_meeting_opens_and_the_lead_and_coordinator_know_before() -> None:
    meeting, lead = led()
    coordinator = world.role(RoleKind.COORDINATOR, reachable(), site=meeting.group.site)
    spare = reserve()
    watching.watch_all(now=NOW)
    assert watching.watch_all(now=meeting.starts_at - TOLD_BEFORE - MINUTE) == 0
    for _twice in range(2):
        watching.watch_all(now=meeting.starts_at - TOLD_BEFORE)
    letter = Letter.objects.get(person=lead, subject__startswith="Nobody keeps the room safe")
    assert "The meeting is held" in letter.text
    assert Letter.objects.filter(person=coordinator).count() == 1
    meeting.refresh_from_db()
    assert not meeting.is_cancelled()
    # Late is better than never.
    assert says(meeting, spare, yes=True).confirmed_at is not None


@pytest.mark.django_db
def test_with_nobody_to_ask_the_lead_knows_at_once_and_so_does_whoever_leads_instead() -> None:
    meeting, lead = led()
    cover = leader(meeting.group)
    actions.confirm(meeting=meeting, person=cover, kind=DutyKind.LEAD, now=NOW)
    watching.watch_all(now=NOW)
    assert any(subject.startswith("Nobody keeps") for subject in subjects(lead))
    ladder.cannot(meeting=meeting, person=lead, kind=DutyKind.LEAD, now=NOW)
    watching.watch_all(now=NOW)
    assert any(subject.startswith("Nobody keeps") for subject in subjects(cover))


@pytest.mark.django_db
def test_whoever_said_yes_and_then_cannot_is_replaced_at_once() -> None:
    meeting, lead = led()
    for _ in range(4):
        reserve()
    watching.watch_all(now=NOW)
    first = min(asked(meeting), key=str)
    says(meeting, first, yes=True)
    before = asked(meeting)
    says(meeting, first, yes=False, now=NOW + 4 * HOUR)
    assert len(asked(meeting) - before) == 1
    assert any(subject.startswith("Someone cannot be there") for subject in subjects(lead))


@pytest.mark.django_db
def test_a_month_s_last_turn_is_kept_for_meetings_that_nobody_leads() -> None:
    meeting, _lead = led()
    reserve(most_a_month=1)
    twice = reserve(most_a_month=2)
    watching.watch_all(now=NOW)
    assert asked(meeting) == {twice}


@pytest.mark.django_db
def test_nobody_is_asked_where_there_is_no_room_or_somebody_of_the_team_does_it() -> None:
    in_person, _lead = led(format="in_person")
    kept, _other = led()
    far, _third = led(25)
    says(kept, leader(kept.group), yes=True)
    reserve()
    reserve(sites=[in_person.group.site])
    assert watching.watch_all(now=NOW) == 0
    assert asked(in_person) | asked(far) == set()
    assert len(asked(kept)) == 1


@pytest.mark.django_db
def test_the_team_never_reads_who_of_the_pool_said_no() -> None:
    meeting, lead = led()
    spare = reserve()
    watching.watch_all(now=NOW)
    says(meeting, spare, yes=False)
    assert not Letter.objects.filter(person=lead, text__contains=spare.pseudonym).exists()
    # The only one who was asked cannot: the lead hears it at once.
    assert Climb.objects.filter(meeting=meeting, rung="alone").exists()


@pytest.mark.django_db
def test_pages_say_who_keeps_the_room_safe_and_that_nobody_does() -> None:
    now = timezone.now()
    meeting, lead = led(now=now)
    spare = reserve()
    client = world.browser(lead)
    assert "Nobody has said yet that they keep the room safe." in page(client, "today")
    watching.watch_all(now=now)
    token = answer_token(Duty.objects.get(person=spare))
    assert "leads this meeting" not in page(world.browser(), "duty_answer", token)
    says(meeting, spare, yes=True, now=now)
    assert f"Room kept safe by {spare}" in page(client, "today")
    coordinator = world.browser(world.role(RoleKind.COORDINATOR, site=meeting.group.site))
    week = page(coordinator, "duty_week", meeting.group.site.slug)
    assert f"{spare} keeps the room safe." in week
    assert reverse("duty_swap", args=[meeting.pk]) not in page(world.browser(spare), "duties")
