"""A member, or somebody without an account, turns what keeps people safe against them: floods, second accounts, mail."""

from datetime import timedelta

import pytest
from tests import world
from tests.meetings.people import letters_to, reachable
from tests.safety.concerned import about, called, fresh, lead, on_duty, raised
from tests.world import NOW

from hearthside.accounts.models import Person
from hearthside.accounts.ports import holders
from hearthside.groups.enums import RoleKind
from hearthside.groups.models import Group, Membership
from hearthside.notices.enums import UNNAMED
from hearthside.notices.models import Letter
from hearthside.safety.actions import blocks, care, concerns, duty_calls, flags
from hearthside.safety.enums import ConcernState, Done, MeasureReason, StepKind
from hearthside.safety.models import Concern, ConcernStep, Flag, Look
from hearthside.safety.queries.blocks import reaches, veiled_for

pytestmark = pytest.mark.django_db
AN_HOUR = timedelta(hours=1)


def nights(count: int, by: Person | None) -> list[bool]:
    """Somebody calls as often as wakes people, hour after hour; for each hour, whether anybody was woken."""
    most = duty_calls.CALLS_AN_HOUR if by else duty_calls.VISITOR_CALLS_AN_HOUR
    woken = []
    for hour in range(count):
        calls = [called(by, now=NOW + hour * AN_HOUR) for _ in range(most)]
        woken.append(not all(each.is_call_held_back for each in calls))
    return woken


def test_calls_every_hour_of_a_night_wake_people_a_few_times_and_others_still_reach_them() -> None:
    kim, harasser = on_duty(), world.person()
    woken = nights(12, harasser)
    assert letters_to(kim).count("call") == duty_calls.CALLS_A_DAY
    assert woken == [True] * 4 + [False] * 8
    # All of it stands on the desk, says so, and nobody else is held back for it.
    assert Concern.objects.filter(is_call_held_back=True).count() == 36 - duty_calls.CALLS_A_DAY
    assert not called(world.person(), now=NOW + 11 * AN_HOUR).is_call_held_back
    assert not called(None, now=NOW + 11 * AN_HOUR).is_call_held_back
    assert not called(harasser, now=NOW + timedelta(hours=25)).is_call_held_back


def test_visitors_who_call_all_night_hold_back_no_member() -> None:
    kim = on_duty()
    nights(10, None)
    assert letters_to(kim).count("call") == duty_calls.VISITOR_CALLS_A_DAY
    assert not called(world.person(), now=NOW + 9 * AN_HOUR).is_call_held_back


def test_a_day_of_concerns_does_not_bury_the_leads_under_letters() -> None:
    safety, harasser = lead(), world.person()
    for hour in range(6):
        for _ in range(concerns.CONCERNS_AN_HOUR):
            raised(harasser, subject=about(), now=NOW + hour * AN_HOUR)
    # Each of the first ten, and then one an hour.
    assert len(letters_to(safety)) == concerns.LETTERS_A_DAY + 5
    assert Concern.objects.count() == 60
    before = len(letters_to(safety))
    raised(world.person(), now=NOW + 5 * AN_HOUR)
    assert len(letters_to(safety)) == before + 1


def test_second_looks_at_one_answer_are_asked_for_once() -> None:
    safety, other, robin = lead(), lead(), world.person()
    concern = raised(robin)
    concerns.close(concern=concern, done=Done.WATCH, words="We look.", by=safety, now=NOW)
    browser, path = world.browser(robin), f"/concerns/{concern.pk}/appeal/"
    codes = [browser.post(path, {"words": "Again."}).status_code for _ in range(5)]
    assert codes == [302, 422, 422, 422, 422]
    assert ConcernStep.objects.filter(kind=StepKind.APPEALED).count() == 1
    assert letters_to(other).count("report") == 2


def test_whoever_asks_for_care_and_stops_again_and_again_writes_one_letter_a_day() -> None:
    group = world.group()
    keeper = world.role(RoleKind.FACILITATOR, reachable(), group=group)
    person = world.member(group)
    for minute in range(20):
        now = NOW + timedelta(minutes=minute)
        care.ask(person=person, keeper=keeper, now=now)
        care.stop(person=person, now=now)
    assert letters_to(keeper) == ["care"]


def test_what_a_browser_fetches_ahead_has_been_seen_by_nobody() -> None:
    safety, concern = lead(), raised(world.person())
    browser, path = world.browser(safety), f"/concerns/{concern.pk}/"
    for purpose in ("prefetch", "prefetch;prerender"):
        assert browser.get(path, headers={"sec-purpose": purpose}).status_code == 200
    browser.head(path)
    assert fresh(concern).state == ConcernState.RECEIVED
    browser.get(path)
    assert fresh(concern).state == ConcernState.SEEN


def test_a_call_is_answered_by_nothing_that_a_mail_scanner_opens() -> None:
    kim = on_duty()
    concern = called(world.person())
    address = Letter.objects.get(person=kim).text.split()[-1]
    path = address[address.index("/concerns/") :]
    for browser in (world.browser(), world.browser(kim)):
        browser.get(path)
        browser.get(f"{path}here/")
    assert fresh(concern).state == ConcernState.RECEIVED
    world.browser(kim).post(f"{path}here/")
    assert fresh(concern).state == ConcernState.SEEN


def two_accounts_of(group: Group) -> tuple[Person, Person]:
    """Two accounts of one person, with nothing between them that we could see."""
    return world.member(group), world.member(group)


def test_a_second_account_tells_the_blocked_person_nothing_of_the_block() -> None:
    group = world.group()
    owner, (first, second) = world.member(group), two_accounts_of(group)
    blocks.block(owner=owner, other=first, now=NOW)
    pages = []
    for who in (first, second):
        browser = world.browser(who)
        found = [
            browser.get(path) for path in (group.get_absolute_url(), "/groups/", "/me/people/")
        ]
        told = b"".join(page.content for page in found).decode()
        pages.append([page.status_code for page in found])
        assert str(owner) not in told
    assert pages[0] == pages[1]
    # What each of them sends is kept for them alike; only one of the two reaches the owner.
    assert not reaches(first, owner, now=NOW)
    assert reaches(second, owner, now=NOW)
    # As far as it can be seen: the owner meets the second account in the room, and veils it there, too.
    assert set(veiled_for([owner.pk, first.pk, second.pk], now=NOW)[owner.pk]) == {first.pk}
    sent = {"pseudonym": str(second), "kind": "block"}
    assert world.browser(owner).post("/me/people/", sent).status_code == 302
    assert not reaches(second, owner, now=NOW)


def test_second_accounts_made_for_it_are_one_voice() -> None:
    group = world.group()
    target = world.member(group)
    accounts = [world.member(group) for _ in range(12)]
    for number, account in enumerate(accounts):
        account.joined_at = NOW - timedelta(hours=number)
        account.save(update_fields=["joined_at"])
        now = NOW + timedelta(minutes=10 * number)
        flags.flag(by=account, about=target, group=group.pk, reason=MeasureReason.RULES, now=now)
    assert Flag.objects.count() == 12
    assert not Look.objects.exists()
    assert Membership.objects.belonging(now=NOW).filter(person=target).exists()


def test_the_one_of_whom_somebody_told_reads_in_their_mail_that_nothing_was_told() -> None:
    safety, victim = lead(), reachable()
    concern = raised(victim)
    concerns.say(concern=concern, words="When was it?", by=safety, now=NOW)
    concerns.close(concern=concern, done=Done.HELP, words="Here is help.", by=safety, now=NOW)
    letters = Letter.objects.filter(person=victim)
    assert letters.count() == 2
    for letter in letters:
        said = f"{letter.subject} {letter.text}".lower()
        assert not any(word in said for word in ("concern", "told us", "safety", "report"))
        assert letter.kind in UNNAMED
    path = "/read/" + letters[0].text.split("/read/")[1]
    answer = world.browser(victim).get(path)
    assert answer.headers["Location"] == f"/concerns/{concern.pk}/"
    assert world.browser(safety).get(path).status_code == 404
    assert world.browser(world.person()).get(path).status_code == 404
    assert "/account/" in world.browser().get(path).headers["Location"]


def test_ones_own_data_names_whom_one_flagged_and_not_who_flagged_oneself() -> None:
    group = world.group()
    one, other = world.member(group), world.member(group, world.person("heron"))
    flags.flag(by=one, about=other, group=group.pk, reason=MeasureReason.RULES, now=NOW)
    rows = [row for part in holders()["measures"].held(one) for row in part.rows]
    assert [row["Pseudonym"] for row in rows] == ["heron"]
    assert not [row for part in holders()["measures"].held(other) for row in part.rows]
