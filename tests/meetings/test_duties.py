"""Who leads, covers and keeps the room safe: asked in turn, one lead, changing places, and the link in a letter."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from hearthside.accounts.models import Person
from hearthside.groups.enums import RoleKind
from hearthside.groups.models import Group
from hearthside.meetings import actions
from hearthside.meetings.actions import duties, ladder
from hearthside.meetings.actions.refusals import NotAskedToSwap
from hearthside.meetings.enums import DutyKind
from hearthside.meetings.models import Duty, Meeting
from hearthside.meetings.queries.duties import answer_token
from hearthside.notices.models import Letter
from tests import world
from tests.meetings.people import leader, reachable, ready
from tests.meetings.test_pages import page, post
from tests.world import NOW

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def parts(meeting: Meeting) -> dict[Person, str]:
    return {duty.person: duty.kind for duty in meeting.duties.select_related("person")}


def soon(group: Group, hours: float = 72) -> Meeting:
    return world.meeting(group, starts_at=timezone.now() + timedelta(hours=hours))


def asked_two(meeting: Meeting) -> tuple[Person, Person]:
    """Whoever of a team of two is asked to lead, and whoever is asked to cover."""
    for _ in range(2):
        leader(meeting.group)
    actions.ask_all(now=timezone.now())
    kinds = {kind: person for person, kind in parts(meeting).items()}
    return kinds["lead"], kinds["cover"]


def test_a_team_is_asked_in_turn_and_whoever_led_longest_ago_leads() -> None:
    group = world.group(format="online")
    team = [leader(group) for _ in range(4)]
    meetings = [world.meeting(group, starts_at=NOW + n * DAY) for n in (1, 2, 3)]
    actions.ask_all(now=NOW)
    assert sorted(parts(meetings[0]).values()) == ["cover", "cover", "lead", "safety"]
    leads = [meeting.duties.get(kind=DutyKind.LEAD).person for meeting in meetings]
    assert len(set(leads)) == len(leads)
    assert set(leads) < set(team)


def test_a_meeting_without_a_room_asks_nobody_to_keep_one_safe() -> None:
    meeting = world.meeting(world.group())
    for _ in range(3):
        leader(meeting.group)
    actions.ask_all(now=NOW)
    assert sorted(parts(meeting).values()) == ["cover", "cover", "lead"]


def test_the_second_yes_to_lead_covers() -> None:
    meeting = world.meeting(world.group())
    first, second = leader(meeting.group), leader(meeting.group)
    for person in (first, second, first):
        actions.confirm(meeting=meeting, person=person, kind=DutyKind.LEAD, now=NOW)
    assert parts(meeting) == {first: "lead", second: "cover"}
    assert Duty.objects.confirmed().count() == 2


def test_i_cant_passes_on_to_cover_at_once() -> None:
    meeting = soon(world.group())
    first, second = asked_two(meeting)
    for person, kind in ((first, DutyKind.LEAD), (second, DutyKind.COVER)):
        actions.confirm(meeting=meeting, person=person, kind=kind, now=timezone.now())
    post(world.browser(first), "duty_decline", meeting.pk)
    led = Duty.objects.leading().confirmed().get()
    assert led.person == second
    assert Letter.objects.filter(person=second, subject__startswith="You lead now").count() == 1
    assert f"{second} leads this meeting." in page(
        world.browser(ready(meeting.group)), "meeting", meeting.pk
    )


def test_changing_places_needs_both_and_never_makes_two_leads() -> None:
    meeting = soon(world.group())
    first, second = asked_two(meeting)
    actions.confirm(meeting=meeting, person=first, kind=DutyKind.LEAD, now=timezone.now())
    with pytest.raises(NotAskedToSwap):
        duties.swap(meeting=meeting, person=second, now=timezone.now())
    assert "They are asked." in post(world.browser(first), "duty_swap", meeting.pk)
    other = world.browser(second)
    assert f"{first} asks you to change places" in page(other, "duties")
    assert "You lead this meeting now." in post(other, "duty_swap", meeting.pk)
    assert parts(meeting) == {first: "cover", second: "lead"}
    assert Duty.objects.leading().confirmed().count() == 1


def test_the_link_in_a_letter_shows_first_and_answers_on_a_second_tap() -> None:
    meeting = soon(world.group())
    person = leader(meeting.group)
    actions.ask_all(now=timezone.now())
    duty = Duty.objects.get()
    address = reverse("duty_answer", args=[answer_token(duty)])
    assert address in Letter.objects.get(person=person).text
    visitor = Client()
    assert "Can you be there?" in visitor.get(address).content.decode()
    duty.refresh_from_db()
    assert duty.confirmed_at is None
    answer = visitor.post(address, {"answer": "yes"}, follow=True).content.decode()
    assert "You said yes. You lead this meeting." in answer
    answer = visitor.post(address, {"answer": "no"}, follow=True).content.decode()
    assert "You said that you cannot." in answer


def test_a_link_for_another_time_or_of_another_hand_leads_nowhere() -> None:
    meeting = soon(world.group())
    leader(meeting.group)
    actions.ask_all(now=timezone.now())
    token = answer_token(Duty.objects.select_related("meeting").get())
    assert Client().get(reverse("duty_answer", args=[token[:-1] + "_"])).status_code == 404
    Meeting.objects.update(
        starts_at=meeting.starts_at + timedelta(minutes=30), ends_at=meeting.ends_at + DAY
    )
    assert Client().post(reverse("duty_answer", args=[token]), {"answer": "yes"}).status_code == 404


def test_a_duty_of_somebody_else_cannot_be_answered() -> None:
    meeting = soon(world.group())
    leader(meeting.group)
    actions.ask_all(now=timezone.now())
    stranger = world.browser(ready(meeting.group))
    for name in ("duty_confirm", "duty_decline"):
        assert stranger.post(reverse(name, args=[meeting.pk])).status_code == 404
    assert Duty.objects.get().confirmed_at is None


def test_the_week_says_in_words_who_has_not_answered() -> None:
    group = world.group()
    sure, near, far = soon(group, 30), soon(group, 20), soon(group, 50)
    person = leader(group, who=world.person("night-owl"))
    actions.ask_all(now=timezone.now())
    actions.confirm(meeting=sure, person=person, kind=DutyKind.LEAD, now=timezone.now())
    client = world.browser(world.role(RoleKind.COORDINATOR, reachable(), site=group.site))
    text = page(client, "duty_week", group.site.slug)
    assert "night-owl was asked to lead and has not answered." in text
    order = [text.index(str(meeting.pk)) for meeting in (near, far, sure)]
    assert order == sorted(order)
    for words in ("Needs somebody", "Not yet", "Sure"):
        assert words in text
    assert (
        world.browser(person).get(reverse("duty_week", args=[group.site.slug])).status_code == 404
    )


def test_the_coordinator_is_told_at_each_rung_and_once() -> None:
    meeting = world.meeting(world.group(), starts_at=NOW + timedelta(hours=23))
    for _ in range(2):
        leader(meeting.group)
    coordinator = world.role(RoleKind.COORDINATOR, reachable(), site=meeting.group.site)
    actions.ask_all(now=NOW)
    cover = meeting.duties.get(kind=DutyKind.COVER).person
    for _ in range(3):
        ladder.climb_all(now=NOW)
    subjects = list(Letter.objects.filter(person=coordinator).values_list("subject", flat=True))
    assert len(subjects) == 1
    assert "A meeting needs somebody" in subjects[0]
    assert Letter.objects.filter(person=cover, subject__startswith="Can you step in?").count() == 1
    assert set(parts(meeting).values()) == {"lead"}
