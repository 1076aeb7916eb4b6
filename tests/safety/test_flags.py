"""Flags: a brigade of twenty silences nobody, three who do not know each other get a look at once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection
from django.utils import timezone
from tests import world
from tests.meetings.people import letters_to, reachable
from tests.world import NOW

from hearthside.accounts.models import Person
from hearthside.groups.enums import RoleKind
from hearthside.groups.models import Group
from hearthside.safety.actions import flags
from hearthside.safety.enums import LookOutcome, MeasureReason
from hearthside.safety.models import Flag, Look, Measure
from hearthside.safety.queries.flags import weighed
from hearthside.safety.queries.measures import kept_out

pytestmark = pytest.mark.django_db


def flag(by: Person, about: Person, group: Group, *, minutes: int = 0) -> Flag:
    return flags.flag(
        by=by, about=about, group=group.pk, reason=MeasureReason.UNKIND,
        now=NOW + timedelta(minutes=minutes),
    )  # fmt: skip


def longtime(group: Group, days: int) -> Person:
    """A member whose account is as old as that."""
    who = world.member(group, from_at=NOW - timedelta(days=days))
    Person.objects.filter(pk=who.pk).update(joined_at=NOW - timedelta(days=days))
    who.refresh_from_db()
    return who


def test_a_brigade_of_twenty_against_one_silences_nobody_and_asks_for_no_look() -> None:
    group = world.group()
    leader = world.role(RoleKind.FACILITATOR, reachable(), group=group)
    target = longtime(group, 300)
    for minute in range(20):
        flag(longtime(group, 1), target, group, minutes=minute)
    found = weighed(target, now=NOW + timedelta(hours=1))
    assert (found.flags, found.voices) == (20, 1)
    assert found.weight < 1.5
    assert not Look.objects.exists()
    assert letters_to(leader) == []
    assert not Measure.objects.exists()
    assert kept_out(group.pk, now=NOW + timedelta(hours=1)) == set()


def test_twenty_who_share_another_group_are_one_voice_however_long_they_wait() -> None:
    group, den = world.group(), world.group()
    target = longtime(group, 300)
    for number in range(20):
        who = longtime(group, 10 * number + 5)
        world.member(den, who)
        flag(who, target, group, minutes=number * 3000)
    assert weighed(target, now=NOW + timedelta(days=60)).voices == 1


def test_three_who_do_not_know_each_other_get_a_look_at_once_and_nothing_happens_to_the_person() -> (
    None
):
    group = world.group()
    leader = world.role(RoleKind.FACILITATOR, reachable(), group=group)
    lead = world.role(RoleKind.SAFETY_LEAD, reachable())
    target = longtime(group, 300)
    for number in range(3):
        assert not Look.objects.exists()
        flag(longtime(group, 40 * number + 20), target, group, minutes=number)
    look = Look.objects.get()
    assert (look.about, look.group, look.voices) == (target, group.pk, 3)
    assert letters_to(leader) == letters_to(lead) == ["measure"]
    assert kept_out(group.pk, now=NOW) == set()
    flag(longtime(group, 200), target, group, minutes=9)
    assert Look.objects.get().voices == 4
    assert letters_to(leader) == ["measure"]


def test_whoever_is_flagged_never_reads_it_even_if_they_lead_the_group() -> None:
    group = world.group()
    target = world.role(RoleKind.FACILITATOR, reachable(), group=group)
    for number in range(3):
        flag(longtime(group, 40 * number + 20), target, group)
    assert letters_to(target) == []
    look = Look.objects.get()
    browser = world.browser(target)
    assert browser.get(f"/safety/looks/{look.pk}/").status_code == 404
    assert "Please look at once" not in browser.get("/safety/measures/").content.decode()
    above = world.browser(world.role(RoleKind.COORDINATOR, site=group.site))
    page = above.get(f"/safety/looks/{look.pk}/").content.decode()
    # Nobody learns who flagged.
    for name in Flag.objects.values_list("by__pseudonym", flat=True):
        assert name not in page


def test_what_was_looked_at_is_not_counted_twice_and_new_voices_are() -> None:
    group, leader = world.group(), world.person()
    target = longtime(group, 300)
    for number in range(3):
        flag(longtime(group, 40 * number + 20), target, group)
    later = NOW + timedelta(hours=2)
    flags.look(look=Look.objects.get(), outcome=LookOutcome.TALKED, words="", by=leader, now=later)
    with pytest.raises(flags.AlreadyLooked):
        flags.look(
            look=Look.objects.get(), outcome=LookOutcome.NOTHING, words="", by=leader, now=later
        )
    flag(longtime(group, 150), target, group, minutes=200)
    assert weighed(target, now=later + timedelta(hours=2)).voices == 1
    assert not Look.objects.open().exists()


def test_a_second_flag_of_the_same_person_is_the_same_flag() -> None:
    group = world.group()
    target, by = longtime(group, 300), longtime(group, 20)
    assert flag(by, target, group) == flag(by, target, group, minutes=50)
    with pytest.raises(flags.Yourself):
        flag(by, by, group)


def test_one_account_cannot_flag_everybody() -> None:
    group, by = world.group(), world.person()
    for _ in range(flags.FLAGS_A_WEEK):
        flag(by, world.person(), group)
    with pytest.raises(flags.TooMany):
        flag(by, world.person(), group)


def test_flags_are_gone_after_three_months() -> None:
    group = world.group()
    flag(longtime(group, 20), longtime(group, 300), group)
    assert flags.forget_old(now=NOW + timedelta(days=89)) == 0
    assert flags.forget_old(now=NOW + timedelta(days=90)) == 1


def test_a_member_flags_somebody_they_met_in_two_taps() -> None:
    group = world.group()
    person, about = world.member(group), world.member(group, world.person("kestrel"))
    browser = world.browser(person)
    page = browser.post("/me/people/flag/", {"pseudonym": "nobody", "reason": "unkind"})
    assert "You have met nobody here" in page.content.decode()
    browser.post("/me/people/flag/", {"pseudonym": "Kestrel", "reason": "unkind"})
    made = Flag.objects.get()
    assert (made.by, made.about, made.group) == (person, about, group.pk)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("_again", range(3))
def test_three_flags_in_the_same_moment_ask_for_one_look(_again: int) -> None:
    group = world.group()
    target = longtime(group, 300)
    people = [longtime(group, 40 * number + 20) for number in range(3)]
    start = Barrier(3)

    def run(by: Person) -> None:
        try:
            start.wait(timeout=30)
            flags.flag(
                by=by, about=target, group=group.pk, reason=MeasureReason.UNKIND,
                now=timezone.now(),
            )  # fmt: skip
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as pool:
        list(pool.map(run, people))
    assert Look.objects.get().voices == 3
