"""The catalogue of a process is as new as the tables: who changes a group changes the next search."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from hearthside.finder.models import Weighting
from hearthside.finder.queries import catalogue
from hearthside.groups.actions import roles
from hearthside.groups.actions.touching import forget_touches, touch
from hearthside.groups.enums import RoleKind
from hearthside.groups.models import Experience, Group, Role, Touch
from hearthside.meetings.actions import cancel, move, restore, take_seat
from hearthside.meetings.actions.series import end_series
from peerkit.matching import Match, Seeker
from tests import world
from tests.finder import town
from tests.meetings.people import ready

pytestmark = pytest.mark.django_db


def found() -> dict[str, Match]:
    """What the engine would answer now, by group."""
    now = timezone.now()
    ranking = catalogue.catalogue(now=now).index.rank(Seeker(), now=now)
    return {match.offer_id: match for match in (*ranking.matches, *ranking.nearest)}


def queries() -> int:
    with CaptureQueriesContext(connection) as asked:
        found()
    return len(asked)


def codes(match: Match) -> set[str]:
    return {one.code for one in (*match.reasons, *match.misses)}


def test_as_long_as_nothing_changes_one_query_is_enough() -> None:
    town.words()
    group = town.group("Thursday, sober", "alcohol")
    assert found()
    assert queries() == 1
    touch(groups=[group.pk], now=timezone.now())
    assert queries() > 1
    assert queries() == 1


def test_a_meeting_cancelled_moved_and_restored_is_seen_at_once() -> None:
    town.words()
    group = town.group("Thursday, sober", "alcohol")
    meeting, now = group.meetings.get(), timezone.now()
    begins = meeting.starts_at
    assert found()[str(group.pk)].meeting.at == begins  # type: ignore[union-attr]
    cancel(meeting=meeting, message="", by=None, now=now)
    after = found()[str(group.pk)].meeting
    assert after is not None
    assert after.at == begins + timedelta(days=7)
    restore(meeting=meeting, now=now)
    later = begins + timedelta(days=2)
    move(meeting=meeting, starts_at=later, ends_at=later + timedelta(hours=1), by=None, now=now)
    moved = found()[str(group.pk)].meeting
    assert moved is not None
    assert (moved.at, moved.minutes) == (later, 60)


def test_a_timetable_that_ends_is_seen_at_once() -> None:
    town.words()
    group = town.group("Thursday, sober", "alcohol")
    assert "no_meeting" not in codes(found()[str(group.pk)])
    end_series(series=group.series.get(), by=None, now=timezone.now())
    assert "no_meeting" in codes(found()[str(group.pk)])


def test_seats_taken_are_counted_by_the_next_search() -> None:
    town.words()
    group = town.group("Thursday, sober", "alcohol", size_max=3)
    meeting, now = group.meetings.get(), timezone.now()
    meeting.seats_max = 3
    meeting.save()
    assert found()[str(group.pk)].seats_free == 3
    take_seat(meeting=meeting, person=ready(group), now=now)
    assert found()[str(group.pk)].seats_free == 2


def test_a_greeter_given_and_ended_is_seen_at_once() -> None:
    town.words()
    group = town.group("Thursday, sober", "alcohol")
    assert "newcomers" not in codes(found()[str(group.pk)])
    operator, greeter = world.role(RoleKind.OPERATOR), world.person()
    role = roles.give(
        kind=RoleKind.GREETER, person=greeter, by=operator, group=group, now=timezone.now()
    )
    assert "newcomers" in codes(found()[str(group.pk)])
    roles.end_role(role=role, by=operator, now=timezone.now())
    assert "newcomers" not in codes(found()[str(group.pk)])


def test_a_group_that_is_gone_is_found_no_more() -> None:
    town.words()
    group, other = (town.group(name, "alcohol") for name in ("Gone", "Here"))
    assert len(found()) == 2
    key = group.pk
    touch(groups=[key], now=timezone.now())
    Group.objects.filter(pk=key).delete()
    assert found().keys() == {str(other.pk)}


def test_new_words_for_a_group_are_counted_and_old_ones_no_more() -> None:
    town.words()
    group = town.group("Thursday, sober", "alcohol")
    assert catalogue.catalogue(now=timezone.now()).counts["addiction"] == 1
    group.experiences.set(Experience.objects.filter(slug="death-parent"))
    group.save()
    counts = catalogue.catalogue(now=timezone.now()).counts
    assert (counts["addiction"], counts["alcohol"], counts["grief"]) == (0, 0, 1)


def test_weights_that_the_programme_sets_hold_from_the_next_search_on() -> None:
    town.words()
    town.group("Thursday, sober", "alcohol")
    assert found()
    Weighting.objects.create(weights={"soon": 0.9}, at=timezone.now())
    assert catalogue.catalogue(now=timezone.now()).index.weights.soon == 0.9


def test_what_time_alone_changes_is_seen_after_a_sweep() -> None:
    town.words()
    group = town.group("Thursday, sober", "alcohol")
    greeter = world.role(RoleKind.GREETER, group=group)
    assert "newcomers" in codes(found()[str(group.pk)])
    Role.objects.filter(person=greeter).update(until_at=timezone.now())
    assert "newcomers" in codes(found()[str(group.pk)])
    catalogue.sweep(now=timezone.now(), pause=0)
    assert "newcomers" not in codes(found()[str(group.pk)])


def test_what_was_told_of_changes_is_kept_for_a_day() -> None:
    group, now = world.group(), timezone.now()
    touch(groups=[group.pk], now=now - timedelta(days=2))
    touch(groups=[group.pk], now=now)
    forget_touches(now=now)
    assert Touch.objects.count() == 1


@pytest.mark.parametrize("groups", [1, 3])
def test_what_changed_is_read_again_in_the_same_few_queries(client: Client, groups: int) -> None:
    town.words()
    made = [town.group(f"Circle {number}", "alcohol") for number in range(groups)]
    found()
    touch(groups=[group.pk for group in made], now=timezone.now())
    assert queries() == 9


def test_while_everything_is_first_read_a_page_says_so_and_keeps_what_was_asked(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    town.words()
    town.group("Sober evenings", "alcohol")
    monkeypatch.setattr(catalogue.kept, "is_serving", True)
    # Reading is under way in another thread.
    reading, is_done = threading.Event(), threading.Event()

    def read() -> None:
        with catalogue.kept.lock:
            reading.set()
            is_done.wait(timeout=30)

    thread = threading.Thread(target=read)
    thread.start()
    reading.wait(timeout=30)
    try:
        sent = {"words": "drinking & “more”", "ways": ["online", "phone"]}
        waits = client.post("/find/", sent)
        swapped = client.post("/find/", sent, headers={"HX-Request": "true"})
        assert client.get("/find/").status_code == 503
        assert client.get("/help-now/").status_code == 200
    finally:
        is_done.set()
        thread.join()
    page = waits.content.decode()
    assert (waits.status_code, waits["Retry-After"]) == (503, "5")
    assert "still reading its groups" in page
    assert 'name="words" value="drinking &amp; “more”"' in page
    assert page.count('name="ways"') == 2
    assert swapped.status_code == 200
    assert "<html" not in swapped.content.decode()
    assert "1 group fits" in town.text(town.ask(client, "drinking"))
