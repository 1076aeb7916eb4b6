"""The pages of meetings, through the door: what each reader sees, and what they can do."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from hearthside.groups.enums import RoleKind, Stage
from hearthside.groups.models import Acceptance
from hearthside.meetings import actions
from hearthside.meetings.models import Meeting, Seat
from tests import world
from tests.meetings.people import leader, ready

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


def meeting_soon(**fields: Any) -> Meeting:
    """A meeting tomorrow, by the real clock that pages read."""
    of_group = {
        key: fields.pop(key)
        for key in ("format", "link", "is_venue_hidden", "stage")
        if key in fields
    }
    group = world.group(**of_group)
    start = timezone.now().replace(microsecond=0) + timedelta(hours=20)
    return world.meeting(group, starts_at=start, **fields)


def page(client: Client, name: str, *args: object) -> str:
    answer = client.get(reverse(name, args=args))
    assert answer.status_code == 200
    return answer.content.decode()


def post(client: Client, name: str, *args: object, **data: object) -> str:
    answer = client.post(reverse(name, args=args), data, follow=True)
    return answer.content.decode()


def test_anyone_may_look_at_a_meeting_and_is_led_to_the_group_to_join() -> None:
    meeting = meeting_soon()
    text = page(Client(), "meeting", meeting.pk)
    assert "12 seats left" in text
    assert reverse("membership", args=[meeting.group.slug]) in text
    assert "Take a seat" not in text


def test_a_meeting_of_a_draft_group_is_not_there_for_strangers() -> None:
    meeting = meeting_soon(stage=Stage.DRAFT)
    for client in (Client(), world.browser(ready(meeting.group))):
        assert client.get(meeting.get_absolute_url()).status_code == 404
    assert world.browser(leader(meeting.group)).get(meeting.get_absolute_url()).status_code == 200


def test_a_member_takes_a_seat_gives_it_up_and_takes_it_back_with_plain_forms() -> None:
    meeting = meeting_soon()
    client = world.browser(ready(meeting.group))
    assert "Take a seat" in page(client, "meeting", meeting.pk)
    assert "You have a seat." in post(client, "seat", meeting.pk, is_listening_only="on")
    assert "You gave your seat up" in post(client, "seat_release", meeting.pk)
    assert "You have a seat." in post(client, "seat_take_back", meeting.pk)


def test_with_htmx_the_same_tap_answers_with_the_panel_alone() -> None:
    meeting = meeting_soon()
    client = world.browser(ready(meeting.group))
    answer = client.post(reverse("seat", args=[meeting.pk]), headers=HTMX)
    assert answer.content.decode().strip().startswith('<section id="seat"')
    assert not Seat.objects.get().is_listening_only


def test_whoever_waits_learns_their_place_in_line_and_nobody_elses() -> None:
    meeting = meeting_soon(seats_max=1)
    names = []
    for _ in range(2):
        person = ready(meeting.group)
        names.append(person.pseudonym)
        actions.take_seat(meeting=meeting, person=person, now=timezone.now())
    client = world.browser(ready(meeting.group))
    assert "Full, 1 waiting." in page(client, "meeting", meeting.pk)
    text = post(client, "seat", meeting.pk)
    assert "You are number 2 in line" in text
    assert not [name for name in names if name in text]


def test_the_ground_rules_come_first() -> None:
    meeting = meeting_soon()
    person = ready(meeting.group)
    Acceptance.objects.all().delete()
    client = world.browser(person)
    assert "Read the ground rules" in page(client, "meeting", meeting.pk)
    answer = client.post(reverse("seat", args=[meeting.pk]))
    assert answer["Location"] == reverse("ground_rules", args=[meeting.group.slug])


def test_a_clash_is_said_in_words() -> None:
    meeting, other = meeting_soon(), meeting_soon()
    person = ready(other.group, ready(meeting.group))
    actions.take_seat(meeting=other, person=person, now=timezone.now())
    client = world.browser(person)
    assert "You already have a place at" in post(client, "seat", meeting.pk)
    answer = client.post(reverse("seat", args=[meeting.pk]), headers=HTMX)
    assert "You already have a place at" in answer.content.decode()


def test_the_link_is_shown_to_those_with_a_seat_only() -> None:
    link = "https://rooms.example.org/quiet"
    meeting = meeting_soon(format="online", link=link)
    client = world.browser(ready(meeting.group))
    assert link not in page(client, "meeting", meeting.pk)
    assert link in post(client, "seat", meeting.pk)


def test_a_hidden_address_is_shown_to_those_who_belong_only() -> None:
    meeting = meeting_soon(is_venue_hidden=True)
    assert "1 Harbour Lane" not in page(Client(), "meeting", meeting.pk)
    assert "1 Harbour Lane" in page(world.browser(ready(meeting.group)), "meeting", meeting.pk)


def test_a_newcomer_reads_who_will_say_hello() -> None:
    meeting = meeting_soon()
    greeter = leader(meeting.group, RoleKind.GREETER)
    assert f"{greeter} looks out for newcomers" in page(Client(), "meeting", meeting.pk)


def test_my_meetings_lists_seats_places_in_line_and_the_past() -> None:
    client = world.browser(person := world.person())
    assert "No seats yet" in page(client, "my_meetings")
    seated, waiting = meeting_soon(), meeting_soon()
    past = world.meeting(world.group("Grief"), starts_at=timezone.now() - timedelta(days=2))
    world.seat(seated, person)
    world.seat(waiting, person, number=None)
    world.seat(past, person)
    text = page(client, "my_meetings")
    assert "Give up my seat" in text
    assert "You are next in line." in text
    assert "Grief" in text


def test_a_cancelled_meeting_offers_no_seat() -> None:
    meeting = meeting_soon()
    actions.cancel(meeting=meeting, message="Snow.", by=None, now=timezone.now())
    text = page(world.browser(ready(meeting.group)), "meeting", meeting.pk)
    assert "This meeting is cancelled" in text
    assert "Snow." in text
    assert "Take a seat" not in text


def test_seats_are_for_those_who_are_signed_in() -> None:
    meeting = meeting_soon()
    answer = Client().post(reverse("seat", args=[meeting.pk]))
    assert answer["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize("stage", [Stage.OPEN, Stage.PAUSED, Stage.ENDED])
def test_who_has_left_no_longer_reads_the_way_in_on_the_page_of_a_past_meeting(
    stage: Stage,
) -> None:
    room, door = "https://rooms.example/42", "SECRET DOOR"
    group = world.group(
        format="hybrid", link=room, venue=door, joining_notes="code 1234", is_venue_hidden=True
    )
    meeting = world.meeting(group, starts_at=timezone.now() - timedelta(days=7))
    came = ready(group)
    world.seat(meeting, came)
    assert room in page(world.browser(came), "meeting", meeting.pk)
    group.memberships.update(until_at=timezone.now())
    group.stage = stage
    group.save()
    text = page(world.browser(came), "meeting", meeting.pk)
    assert not [secret for secret in (room, door, "code 1234") if secret in text]


def test_whoever_cannot_be_written_to_is_told_so_beside_their_seat() -> None:
    meeting = meeting_soon()
    told, silent = ready(meeting.group), world.member(meeting.group)
    Acceptance.objects.create(
        person=silent, ground_rules=meeting.group.ground_rules.get(), accepted_at=world.NOW
    )
    for who, is_silent in ((told, False), (silent, True)):
        browser = world.browser(who)
        text = post(browser, "seat", meeting.pk)
        assert "You have a seat." in text
        assert ("We do not write to you" in text) is is_silent


def test_a_cancelled_meeting_asks_nothing_of_anyone() -> None:
    meeting = meeting_soon()
    leads, comes = leader(meeting.group), ready(meeting.group)
    actions.take_seat(meeting=meeting, person=comes, is_listening_only=True, now=timezone.now())
    actions.ask_all(now=timezone.now())
    actions.cancel(meeting=meeting, by=leads, message="", now=timezone.now())
    text = page(world.browser(comes), "meeting", meeting.pk)
    assert "You need not do anything." in text
    assert "You have a seat." not in text
    assert "Will you lead this meeting?" not in page(world.browser(leads), "meeting", meeting.pk)


def test_the_tab_of_someone_signed_in_does_not_name_the_group() -> None:
    meeting = meeting_soon()
    browser, name = world.browser(ready(meeting.group)), meeting.group.name
    for address in (meeting.get_absolute_url(), meeting.group.get_absolute_url()):
        title = browser.get(address).content.decode().split("<title>")[1].split("</title>")[0]
        assert title
        assert name not in title
