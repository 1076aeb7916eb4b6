"""Aftercare: never without a yes, after a day and three days, by a named person; and the page for the worst day."""

from datetime import timedelta
from uuid import uuid4

import pytest
from tests import world
from tests.meetings.people import letters_to, reachable
from tests.world import NOW

from hearthside.accounts.models import Person
from hearthside.groups.enums import RoleKind
from hearthside.notices.models import Letter
from hearthside.safety.actions import care
from hearthside.safety.enums import CheckInOutcome, Lane, SubjectKind
from hearthside.safety.models import Care, CheckIn, Concern

pytestmark = pytest.mark.django_db


def concern(by: Person) -> Concern:
    return Concern.objects.create(
        lane=Lane.TELL, kind=SubjectKind.SOFTWARE, label="", raised_at=NOW, once=uuid4(), raised_by=by
    )  # fmt: skip


def test_nothing_happens_before_a_yes_and_then_twice() -> None:
    person, keeper = reachable(), reachable()
    made = care.offer(person=person, keeper=keeper, now=NOW)
    assert care.offer(person=person, keeper=keeper, now=NOW) == made
    assert letters_to(person) == ["care"]
    assert care.remind(now=NOW + timedelta(days=9)) == 0
    for _ in range(2):
        care.agree(care=made, now=NOW)
    due = list(CheckIn.objects.values_list("due_at", flat=True))
    assert due == [NOW + timedelta(hours=24), NOW + timedelta(hours=72)]
    assert care.remind(now=NOW + timedelta(hours=23)) == 0
    for _ in range(2):
        assert care.remind(now=NOW + timedelta(hours=25)) == 1
    assert letters_to(keeper) == ["care"]
    for letter in Letter.objects.filter(person=keeper):
        assert str(person) not in letter.text + letter.subject


def test_a_no_is_a_no_and_a_yes_can_be_taken_back() -> None:
    person, keeper = world.person(), world.person()
    made = care.offer(person=person, keeper=keeper, now=NOW)
    care.decline(care=made, now=NOW)
    care.agree(care=made, now=NOW)
    assert not CheckIn.objects.exists()
    # Nobody asks again right away; a month later they may, and a stop counts like a no.
    assert care.offer(person=person, keeper=keeper, now=NOW + timedelta(days=29)) == made
    assert letters_to(person).count("care") <= 1
    later = NOW + timedelta(days=31)
    again = care.offer(person=person, keeper=keeper, now=later)
    assert again != made
    care.agree(care=again, now=later)
    care.stop(person=person, now=later)
    assert care.remind(now=later + timedelta(days=9)) == 0
    assert set(CheckIn.objects.values_list("outcome", flat=True)) == {CheckInOutcome.STOPPED}
    assert care.offer(person=person, keeper=keeper, now=later + timedelta(days=1)) == again


def test_somebody_asks_their_facilitator_and_nobody_elses() -> None:
    group = world.group()
    person = world.member(group)
    leader = world.role(RoleKind.FACILITATOR, reachable(), group=group)
    stranger = world.role(RoleKind.FACILITATOR, group=world.group())
    browser = world.browser(person)
    page = browser.get("/me/care/").content.decode()
    assert str(leader) in page
    assert browser.post("/me/care/", {"keeper": str(stranger.pk)}).status_code == 404
    browser.post("/me/care/", {"keeper": str(leader.pk)})
    browser.post("/me/care/", {"keeper": str(leader.pk)})
    assert Care.objects.count() == 1
    assert CheckIn.objects.count() == 2
    assert letters_to(leader) == ["care"]
    desk = world.browser(leader)
    assert str(person) in desk.get("/safety/care/").content.decode()
    first = CheckIn.objects.order_by("due_at")[0]
    assert world.browser(stranger).post(f"/safety/care/{first.pk}/", {"outcome": "done"}).status_code == 404  # fmt: skip
    desk.post(f"/safety/care/{first.pk}/", {"outcome": "missed"})
    desk.post(f"/safety/care/{first.pk}/", {"outcome": "done"})
    first.refresh_from_db()
    assert first.outcome == CheckInOutcome.NOT_REACHED


def test_whoever_answers_a_concern_offers_it_and_the_person_decides() -> None:
    person, lead = world.person(), world.role(RoleKind.SAFETY_LEAD)
    worry = concern(person)
    desk = world.browser(lead)
    assert "Offer to be in touch" in desk.get(f"/concerns/{worry.pk}/").content.decode()
    desk.post(f"/concerns/{worry.pk}/care/")
    assert "Offer to be in touch" not in desk.get(f"/concerns/{worry.pk}/").content.decode()
    assert world.browser(person).post(f"/concerns/{worry.pk}/care/").status_code == 404
    made = Care.objects.get()
    assert world.browser(world.person()).post(f"/me/care/{made.pk}/", {"answer": "yes"}).status_code == 404  # fmt: skip
    own = world.browser(person)
    assert "would like to ask how you are" in own.get("/me/care/").content.decode()
    own.post(f"/me/care/{made.pk}/", {"answer": "yes"})
    assert CheckIn.objects.count() == 2


def test_what_is_long_over_is_forgotten_and_what_is_open_is_not() -> None:
    person, keeper = world.person(), world.person()
    made = care.offer(person=person, keeper=keeper, now=NOW)
    care.agree(care=made, now=NOW)
    later = NOW + timedelta(days=91)
    assert care.erase_old(now=later) == 0
    for one in CheckIn.objects.all():
        care.settle(check_in=one, outcome=CheckInOutcome.DONE, now=NOW)
    assert care.erase_old(now=later) > 0
    assert not Care.objects.exists()


def test_the_page_for_the_worst_day_names_help_and_no_method() -> None:
    page = world.browser(world.person()).get("/safety/after-a-death/").content.decode().lower()
    assert "/help-now/" in page
    assert "no clinician has reviewed" in page
    for word in ("overdose", "hanging", "jump", "pills", "gun", "bridge"):
        assert word not in page
    assert world.browser().get("/safety/after-a-death/").status_code == 302
