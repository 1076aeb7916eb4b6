"""The pages of measures: who reaches which, what each reader is shown, and what nobody learns."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from tests import world
from tests.safety import measuring

from hearthside.accounts.ports import holders
from hearthside.groups.enums import RoleKind
from hearthside.groups.queries.measures import desk_of
from hearthside.groups.queries.rights import rights_of
from hearthside.safety.models import Appeal, Measure

pytestmark = pytest.mark.django_db
TOLD = {
    "kind": "hold", "days": "14", "reason": "unkind",
    "told": "Some words hurt others.", "note": "Wren told me.",
}  # fmt: skip


def test_a_facilitator_decides_and_the_person_reads_why_and_appeals_and_is_answered() -> None:
    group = world.group()
    person = world.member(group)
    leader = world.browser(world.role(RoleKind.FACILITATOR, group=group))
    people = leader.get(f"/groups/{group.slug}/people/").content.decode()
    assert "Listening only, or a break" in people
    page = leader.post(f"/groups/{group.slug}/people/{person.pk}/measure/", TOLD, follow=True)
    assert "It counts from now on, and they are told." in page.content.decode()
    held = Measure.objects.get()

    own = world.browser(person)
    shown = own.get(f"/me/decisions/{held.pk}/").content.decode()
    assert "Words that hurt others" in shown
    assert "Some words hurt others." in shown
    assert "Wren told me." not in shown
    own.post(f"/me/decisions/{held.pk}/", {"words": "It was meant as a joke."})
    assert "answers you here by" in own.get(f"/me/decisions/{held.pk}/").content.decode()

    shown = leader.get(f"/safety/measures/{held.pk}/").content.decode()
    assert "It was meant as a joke." in shown
    assert "cannot answer" in shown
    answer = {"verdict": "lifted", "words": "Thank you for telling us."}
    leader.post(f"/safety/measures/{held.pk}/", answer)
    assert Appeal.objects.get().answered_at is None
    judge = world.browser(world.role(RoleKind.COORDINATOR, site=group.site))
    assert "Somebody asks you to look again" in judge.get("/safety/measures/").content.decode()
    judge.post(f"/safety/measures/{held.pk}/", answer)
    shown = own.get(f"/me/decisions/{held.pk}/").content.decode()
    assert "Thank you for telling us." in shown
    assert "This is over" in shown


def test_the_form_keeps_what_was_typed_when_something_is_missing() -> None:
    group = world.group()
    person = world.member(group)
    leader = world.browser(world.role(RoleKind.FACILITATOR, group=group))
    path = f"/groups/{group.slug}/people/{person.pk}/measure/"
    page = leader.post(path, {**TOLD, "reason": ""}).content.decode()
    assert "Some words hurt others." in page
    assert not Measure.objects.exists()


def test_a_facilitator_reaches_nobody_of_another_group_and_no_colleague() -> None:
    group, other = world.group(), world.group()
    stranger, colleague = world.member(other), world.role(RoleKind.FACILITATOR, group=group)
    leader = world.role(RoleKind.FACILITATOR, group=group)
    browser = world.browser(leader)
    for slug, person in (
        (group.slug, stranger),
        (other.slug, stranger),
        (group.slug, colleague),
        (group.slug, leader),
    ):
        path = f"/groups/{slug}/people/{person.pk}/measure/"
        assert browser.get(path).status_code == 404
        assert browser.post(path, TOLD).status_code == 404
    above = world.browser(world.role(RoleKind.COORDINATOR, site=group.site))
    above.post(f"/groups/{group.slug}/people/{colleague.pk}/measure/", TOLD)
    assert Measure.objects.get().person == colleague


def test_nobody_reads_the_desk_about_themselves_whatever_role_they_hold() -> None:
    group, now = world.group(), timezone.now()
    lead = world.role(RoleKind.FACILITATOR, world.member(group), group=group)
    made = measuring.restrict(lead, group, by=world.person(), now=now)
    browser = world.browser(lead)
    assert browser.get(f"/safety/measures/{made.pk}/").status_code == 404
    assert browser.post(f"/safety/measures/{made.pk}/end/").status_code == 404
    assert browser.post(f"/safety/measures/{made.pk}/signature/").status_code == 404
    assert str(lead) + ":" not in browser.get("/safety/measures/").content.decode()


def test_a_suspension_is_written_and_signed_by_those_who_answer_for_safety_only() -> None:
    world.person("kestrel")
    told = {**TOLD, "person": "kestrel", "days": "30"}
    group = world.group()
    for who in (
        world.role(RoleKind.FACILITATOR, group=group),
        world.role(RoleKind.COORDINATOR, site=group.site),
        world.person(),
    ):
        assert world.browser(who).post("/safety/measures/new/", told).status_code == 404
    lead = world.browser(world.role(RoleKind.SAFETY_LEAD))
    page = lead.post("/safety/measures/new/", told, follow=True).content.decode()
    made = Measure.objects.get()
    assert "Waits for a second name" in page
    assert "I agree, and sign" not in page
    lead.post(f"/safety/measures/{made.pk}/signature/")
    made.refresh_from_db()
    assert made.signed_by is None
    coordinator = world.browser(world.role(RoleKind.COORDINATOR, site=group.site))
    assert coordinator.get(f"/safety/measures/{made.pk}/").status_code == 404
    operator = world.browser(world.role(RoleKind.OPERATOR))
    assert "A second name is needed" in operator.get("/safety/measures/").content.decode()
    operator.post(f"/safety/measures/{made.pk}/signature/")
    made.refresh_from_db()
    assert made.until_at == made.wanted_until_at


def test_somebody_elses_decision_looks_like_none_at_all() -> None:
    group = world.group()
    made = measuring.hold(
        world.member(group), group, by=world.person(), now=timezone.now() - timedelta(days=1)
    )
    other = world.browser(world.member(group))
    assert other.get(f"/me/decisions/{made.pk}/").status_code == 404
    assert other.post(f"/me/decisions/{made.pk}/", {"words": "x"}).status_code == 404
    assert "There is nothing" in other.get("/me/decisions/").content.decode()


def test_what_is_held_is_shown_without_the_note_and_goes_with_the_account() -> None:
    group, now = world.group(), timezone.now()
    person, author = world.member(group), world.person()
    measuring.hold(person, group, by=author, now=now)
    holder = holders()["measures"]
    about, made, _flags = holder.held(person)
    assert about.rows[0]["What you read"] == "Some words hurt others."
    assert "Wren" not in str(about.rows)
    assert not made.rows
    assert "Wren told me." in str(holder.held(author)[1].rows)
    holder.erase(person, now=now)
    assert not Measure.objects.exists()


@pytest.mark.parametrize("count", [1, 3])
def test_the_desk_takes_three_queries_however_long_it_is(
    count: int, django_assert_num_queries: Any
) -> None:
    lead, now = world.role(RoleKind.SAFETY_LEAD), timezone.now()
    rights = rights_of(lead, now=now)
    for _ in range(count):
        group = world.group()
        measuring.hold(world.member(group), group, by=world.person(), now=now)
    with django_assert_num_queries(3):
        desk = desk_of(lead, rights, now=now)
        assert {line.place for line in desk.in_force} == {"Living with a stoma"}
    assert len(desk.in_force) == count
