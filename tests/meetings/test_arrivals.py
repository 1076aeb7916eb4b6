"""“I am here”: whoever leads a meeting without a room of ours taps it; if nobody does, others are asked."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from hearthside.accounts.models import Person
from hearthside.groups.enums import RoleKind
from hearthside.meetings import actions
from hearthside.meetings.actions import arrivals, ladder
from hearthside.meetings.actions.refusals import TooEarlyToBeHere
from hearthside.meetings.enums import DutyKind, Mark
from hearthside.meetings.models import Attendance, Climb, Duty, Meeting
from hearthside.meetings.queries.duties import answer_token
from hearthside.notices.models import Letter
from tests import world
from tests.meetings.people import leader, reachable
from tests.meetings.test_pages import page, post
from tests.meetings.test_pool import reserve
from tests.world import NOW

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def led(minutes: float, now: datetime = NOW, **group: str) -> tuple[Meeting, Person]:
    """A meeting in so many minutes, and whoever said that they lead it."""
    meeting = world.meeting(world.group(**group), starts_at=now + minutes * MINUTE)
    person = leader(meeting.group)
    actions.confirm(meeting=meeting, person=person, kind=DutyKind.LEAD, now=now - MINUTE)
    return meeting, person


def rungs(meeting: Meeting) -> list[str]:
    return list(Climb.objects.filter(meeting=meeting).values_list("rung", flat=True))


def subjects(person: Person) -> list[str]:
    return list(Letter.objects.filter(person=person).values_list("subject", flat=True))


def test_whoever_leads_is_asked_at_the_door_once_and_the_letter_leads_to_the_tap() -> None:
    meeting, person = led(15)
    online, elsewhere = led(15, format="online")
    for _twice in range(2):
        arrivals.ask_at_the_door(now=NOW)
    letter = Letter.objects.get(person=person, subject__startswith="It is nearly time")
    token = answer_token(Duty.objects.get(meeting=meeting))
    assert "I am here" in letter.text
    assert reverse("duty_answer", args=[token]) in letter.text
    assert not any("nearly time" in subject for subject in subjects(elsewhere)), online


def test_a_tap_in_time_and_nobody_else_is_asked() -> None:
    meeting, person = led(14)
    here, spare = leader(meeting.group), reserve(sites=[meeting.group.site], is_short_notice=True)
    duty = arrivals.arrive(meeting=meeting, person=person, now=NOW)
    assert duty.here_at == NOW
    assert ladder.climb(meeting=meeting, now=NOW + 5 * MINUTE) == 0
    assert [subject for subject in subjects(spare) + subjects(here) if "step in" in subject] == []


def test_without_a_tap_the_same_rung_follows_and_the_meeting_is_not_called_off() -> None:
    meeting, person = led(20)
    spare = reserve(sites=[meeting.group.site], is_short_notice=True)
    coordinator = world.role(RoleKind.COORDINATOR, reachable(), site=meeting.group.site)
    assert ladder.climb_all(now=NOW + 9 * MINUTE) == 0
    ladder.climb_all(now=NOW + 10 * MINUTE)
    assert rungs(meeting) == ["late"]
    letter = Letter.objects.get(person=spare, subject__startswith="Can you step in?")
    assert "nobody who leads has said that they are there" in letter.text
    assert "They may be." in Letter.objects.get(person=coordinator).text
    # Whoever taps late frees those who were asked.
    arrivals.arrive(meeting=meeting, person=person, now=NOW + 12 * MINUTE)
    assert any(subject.startswith("Somebody was found") for subject in subjects(spare))
    ladder.climb_all(now=NOW + 26 * MINUTE)
    assert rungs(meeting) == ["late", "led"]


def test_somebody_who_never_taps_is_believed() -> None:
    meeting, _person = led(12)
    for minutes in (3, 13, 18):
        ladder.climb_all(now=NOW + minutes * MINUTE)
    assert rungs(meeting) == ["late", "led"]
    meeting.refresh_from_db()
    assert not meeting.is_cancelled()


def test_marking_the_roster_says_that_somebody_is_there() -> None:
    meeting, person = led(12)
    member = world.member(meeting.group)
    Attendance.objects.create(
        meeting=meeting, person=member, mark=Mark.CAME, recorded_by=world.person(), recorded_at=NOW
    )
    assert ladder.climb(meeting=meeting, now=NOW + 3 * MINUTE) == 1
    Climb.objects.all().delete()
    Attendance.objects.update(recorded_by=person)
    assert ladder.climb(meeting=meeting, now=NOW + 3 * MINUTE) == 0


def test_an_hour_before_and_not_earlier_and_saying_no_takes_it_back() -> None:
    meeting, person = led(61)
    with pytest.raises(TooEarlyToBeHere):
        arrivals.arrive(meeting=meeting, person=person, now=NOW)
    arrivals.arrive(meeting=meeting, person=person, now=NOW + MINUTE)
    duty = actions.decline(meeting=meeting, person=person, kind=DutyKind.LEAD, now=NOW + MINUTE)
    assert duty.here_at is None
    actions.confirm(meeting=meeting, person=person, kind=DutyKind.LEAD, now=NOW + MINUTE)
    arrivals.arrive(meeting=meeting, person=person, now=NOW + MINUTE)
    actions.move(
        meeting=meeting, starts_at=meeting.starts_at + 60 * MINUTE,
        ends_at=meeting.ends_at + 60 * MINUTE, by=leader(meeting.group), now=NOW + MINUTE,
    )  # fmt: skip
    assert Duty.objects.get(person=person).here_at is None


def test_the_tap_stands_on_today_and_on_the_meetings_page_and_under_the_letter() -> None:
    now = timezone.now()
    meeting, person = led(30, now)
    far, _other = led(90, now)
    client = world.browser(person)
    for at in (reverse("today"), meeting.get_absolute_url(), reverse("duties")):
        assert reverse("duty_here", args=[meeting.pk]) in client.get(at).content.decode()
    assert (
        reverse("duty_here", args=[far.pk])
        not in client.get(far.get_absolute_url()).content.decode()
    )
    link = reverse("duty_answer", args=[answer_token(Duty.objects.get(meeting=meeting))])
    assert "I am here" in Client().get(link).content.decode()
    assert Duty.objects.get(meeting=meeting).here_at is None
    Client().post(link, {"answer": "here"})
    assert Duty.objects.get(meeting=meeting).here_at is not None
    text = client.get(reverse("duties")).content.decode()
    assert "You are there" in text
    assert reverse("duty_here", args=[meeting.pk]) not in text


def test_only_whoever_leads_or_covers_may_say_it_and_never_for_a_room() -> None:
    now = timezone.now()
    meeting, _person = led(30, now)
    online, host = led(30, now, format="online")
    greeter = leader(meeting.group, RoleKind.GREETER)
    for who, at in ((greeter, meeting), (world.member(meeting.group), meeting), (host, online)):
        answer = world.browser(who).post(reverse("duty_here", args=[at.pk]))
        assert answer.status_code == 404
    assert not Duty.objects.exclude(here_at=None).exists()
    # Somebody of the team who had not answered says yes by it.
    beside = leader(meeting.group)
    post(world.browser(beside), "duty_here", meeting.pk)
    duty = Duty.objects.get(person=beside)
    assert (duty.kind, duty.confirmed_at is None, duty.here_at is None) == ("cover", False, False)


def test_the_week_says_who_is_there_and_when_nobody_has_tapped() -> None:
    now = timezone.now()
    meeting, person = led(9, now)
    client = world.browser(world.role(RoleKind.COORDINATOR, site=meeting.group.site))
    text = page(client, "duty_week", meeting.group.site.slug)
    assert "Nobody has tapped “I am here”." in text
    assert "Not yet" in text
    arrivals.arrive(meeting=meeting, person=person, now=now)
    text = page(client, "duty_week", meeting.group.site.slug)
    assert f"{person} is there." in text
    assert "Not yet" not in text
