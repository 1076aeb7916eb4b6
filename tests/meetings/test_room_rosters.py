"""What the roster is told when a room closes: who came, late, left early, or did not come."""

from datetime import timedelta

import pytest

from hearthside.accounts.models import Person
from hearthside.meetings import actions
from hearthside.meetings.enums import Mark
from hearthside.meetings.models import Attendance, Meeting
from hearthside.meetings.queries.roster import roster_of
from hearthside.meetings.seating import MeetingSeating
from hearthside.notices.models import Letter
from hearthside.rooms.actions.closing import close
from hearthside.rooms.models import Entry
from tests import world
from tests.meetings.in_rooms import START, begin, inside, meeting_in_room, online, room_in, seated
from tests.meetings.people import leader
from tests.world import NOW

pytestmark = pytest.mark.django_db

END = START + timedelta(minutes=90)


def was_here(meeting: Meeting, who: Person, *, since: float = 0, until: float = 90) -> Person:
    """The person was in the room, in minutes from the start."""
    inside(meeting, who)
    Entry.objects.filter(person=who).update(
        first_here_at=START + timedelta(minutes=since),
        last_here_at=START + timedelta(minutes=until),
        left_at=START + timedelta(minutes=until),
    )
    return who


def mark_of(person: Person) -> Mark:
    return Mark(Attendance.objects.get(person=person).mark)


@pytest.mark.parametrize(
    ("since", "until", "mark"),
    [
        (-5, 90, Mark.CAME),
        (10, 80, Mark.CAME),
        (10.5, 90, Mark.LATE),
        (0, 79.5, Mark.LEFT),
        (30, 40, Mark.LEFT),
        (85, 100, Mark.LATE),
    ],
)
def test_ten_minutes_of_grace_at_both_ends(since: float, until: float, mark: Mark) -> None:
    meeting = meeting_in_room()
    person = was_here(meeting, seated(meeting), since=since, until=until)
    close(room=begin(meeting), by=leader(meeting.group), now=END + timedelta(minutes=5))
    assert mark_of(person) == mark


def test_times_are_kept_of_those_who_were_late_or_left_and_of_nobody_else() -> None:
    meeting = meeting_in_room()
    on_time = was_here(meeting, seated(meeting))
    both = was_here(meeting, seated(meeting), since=20, until=60)
    close(room=begin(meeting), by=None, now=END)
    kept = Attendance.objects.get(person=both)
    assert kept.arrived_at == START + timedelta(minutes=20)
    assert kept.left_at == START + timedelta(minutes=60)
    plain = Attendance.objects.get(person=on_time)
    assert (plain.arrived_at, plain.left_at) == (None, None)


def test_nobody_is_late_for_a_meeting_that_itself_began_late() -> None:
    meeting = meeting_in_room()
    person = was_here(meeting, seated(meeting), since=25)
    close(room=begin(meeting, opened_at=START + timedelta(minutes=20)), by=None, now=END)
    assert mark_of(person) == Mark.CAME


def test_who_stays_to_the_end_of_a_meeting_that_closed_early_did_not_leave_early() -> None:
    meeting = meeting_in_room()
    person = was_here(meeting, seated(meeting), until=45)
    close(room=begin(meeting), by=None, now=START + timedelta(minutes=50))
    assert mark_of(person) == Mark.CAME


def test_who_had_a_seat_and_did_not_come_is_missed_and_hears_of_it_the_next_day() -> None:
    meeting = meeting_in_room()
    absent = seated(meeting)
    gave_it_up = seated(meeting, released_at=NOW)
    world.seat(meeting, number=None)
    close(room=begin(meeting), by=leader(meeting.group), now=END)
    assert mark_of(absent) == Mark.MISSED
    assert not Attendance.objects.filter(person=gave_it_up).exists()
    assert Attendance.objects.count() == 1
    actions.remind(now=END + timedelta(hours=17))
    assert Letter.objects.get(kind="missed").person == absent


def test_who_gave_up_a_seat_in_the_middle_came_all_the_same() -> None:
    meeting = meeting_in_room()
    person = was_here(meeting, seated(meeting, released_at=START), until=30)
    close(room=begin(meeting), by=None, now=END)
    assert mark_of(person) == Mark.LEFT


def test_a_mark_that_a_facilitator_made_stays() -> None:
    meeting = meeting_in_room()
    lead = leader(meeting.group)
    absent, came = seated(meeting), was_here(meeting, seated(meeting))
    actions.mark(meeting=meeting, person=absent, mark=Mark.CAME, by=lead, now=START)
    actions.mark(meeting=meeting, person=came, mark=Mark.LEFT, by=lead, now=START)
    close(room=begin(meeting), by=None, now=END)
    assert (mark_of(absent), mark_of(came)) == (Mark.CAME, Mark.LEFT)
    assert set(Attendance.objects.values_list("recorded_by", flat=True)) == {lead.pk}


def test_the_team_is_not_written_down_and_who_closed_the_room_is_answerable() -> None:
    meeting = meeting_in_room()
    lead = was_here(meeting, leader(meeting.group))
    person = was_here(meeting, seated(meeting))
    close(room=begin(meeting), by=lead, now=END)
    assert [line.person for line in roster_of(meeting).lines] == [person]
    assert Attendance.objects.get().recorded_by == lead


def test_nobody_missed_a_meeting_that_never_began() -> None:
    meeting = meeting_in_room()
    was_here(meeting, seated(meeting), until=20)
    seated(meeting)
    close(room=room_in(meeting), by=None, now=END)
    assert not Attendance.objects.exists()


def test_a_roster_told_twice_says_the_same() -> None:
    meeting = meeting_in_room()
    seated(meeting)
    room = begin(meeting)
    for _ in range(2):
        MeetingSeating().held(room, stays=[], by=None, now=END)
    assert Attendance.objects.count() == 1


def test_the_room_knows_the_page_of_its_meeting_and_when_the_group_meets_next() -> None:
    meeting = meeting_in_room(online())
    off = world.meeting(meeting.group, starts_at=START + timedelta(days=3))
    actions.cancel(meeting=off, message="", by=None, now=NOW)
    world.meeting(online(), starts_at=START + timedelta(days=4))
    seating, room = MeetingSeating(), room_in(meeting)
    assert seating.address(room) == meeting.get_absolute_url()
    assert seating.next_meeting(room, now=NOW) is None
    following = world.meeting(meeting.group, starts_at=START + timedelta(days=7))
    assert seating.next_meeting(room, now=NOW) == (
        following.starts_at,
        following.get_absolute_url(),
    )
    meeting.room = None
    meeting.save()
    assert seating.address(room) == meeting.group.get_absolute_url()
    assert seating.chairs(room, now=NOW) == []
