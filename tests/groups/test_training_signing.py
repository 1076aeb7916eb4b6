"""Who may write and sign what for somebody's training, and what somebody may lead without it."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from hearthside.accounts.models import Person
from hearthside.groups.actions import training_signing as signing
from hearthside.groups.actions.groups import open_draft, open_group
from hearthside.groups.actions.programme import found_programme
from hearthside.groups.actions.training_signing import MayNotSign, NotComplete
from hearthside.groups.enums import (
    Format,
    ObservedPoint,
    RoleKind,
    SignedFor,
    Stage,
    VettingOutcome,
)
from hearthside.groups.models import Group, ModuleWork, Observation, Programme, SignOff, Vetting
from hearthside.groups.queries.training import may_lead
from hearthside.groups.queries.training_texts import module
from tests import world
from tests.groups import training

pytestmark = pytest.mark.django_db


@pytest.fixture
def group() -> Group:
    return world.group()


@pytest.fixture
def coordinator(group: Group) -> Person:
    return world.role(RoleKind.COORDINATOR, site=group.site)


def leads(who: Person, now: datetime) -> bool:
    return who.pk in may_lead([who.pk], now=now)


def test_where_nobody_asks_for_training_everyone_named_may_lead(
    group: Group, now: datetime
) -> None:
    assert leads(training.named(group), now)


def test_once_it_is_asked_for_only_a_signature_in_force_lets_lead(
    group: Group, coordinator: Person, now: datetime
) -> None:
    training.gate_on(now)
    who = training.complete(training.named(group), coordinator, now)
    assert not leads(who, now)
    made = signing.sign(person=who, by=coordinator, now=now)
    assert leads(who, now)
    assert made.until_at == now.replace(year=now.year + 2)
    assert leads(who, made.until_at - timedelta(seconds=1))
    assert not leads(who, made.until_at)


def test_a_day_to_come_leaves_everyone_time(group: Group, now: datetime) -> None:
    training.gate_on(now, training_from=now + timedelta(days=30))
    who = training.named(group)
    assert leads(who, now)
    assert not leads(who, now + timedelta(days=30))


def test_nobody_signs_what_is_not_complete(
    group: Group, coordinator: Person, now: datetime
) -> None:
    who = training.named(group)
    for _step in range(3):
        with pytest.raises(NotComplete) as refused:
            signing.sign(person=who, by=coordinator, now=now)
        if "modules" in refused.value.lacks:
            training.passed(who, now)
        elif "observed" in refused.value.lacks:
            training.seen(who, coordinator, now)
        else:
            training.vetted(who, coordinator, now)
    assert signing.sign(person=who, by=coordinator, now=now).basis == SignedFor.HERE


def test_a_session_counts_with_all_five_points_and_not_when_it_is_too_old(
    group: Group, coordinator: Person, now: datetime
) -> None:
    who = training.passed(training.named(group), now)
    training.vetted(who, coordinator, now)
    training.seen(who, coordinator, now, held_on=now.date() - timedelta(days=800))
    signing.observe(
        person=who, by=coordinator, group=group, held_on=now.date(),
        met=[ObservedPoint.OPENED, "made up"], words="Nearly.", now=now,
    )  # fmt: skip
    assert Observation.objects.get(words="Nearly.").met == ["opened"]
    with pytest.raises(NotComplete):
        signing.sign(person=who, by=coordinator, now=now)


def test_vetting_that_says_not_for_now_holds_a_signature_back(
    group: Group, coordinator: Person, now: datetime
) -> None:
    who = training.complete(training.named(group), coordinator, now)
    training.vetted(who, coordinator, now + timedelta(hours=1), outcome=VettingOutcome.NOT_CLEAR)
    with pytest.raises(NotComplete):
        signing.sign(person=who, by=coordinator, now=now)


def test_vetting_has_no_place_for_papers_or_words() -> None:
    fields = {field.name for field in Vetting._meta.get_fields()}
    assert fields == {"id", "person", "outcome", "decided_on", "by", "written_at"}


def test_a_course_elsewhere_stands_for_modules_and_session_but_not_for_the_vetting(
    group: Group, coordinator: Person, now: datetime
) -> None:
    who, day = training.named(group), date(2025, 5, 1)
    told: dict[str, Any] = {
        "basis": SignedFor.ELSEWHERE,
        "course": "Mind, level 2",
        "course_on": day,
    }
    with pytest.raises(NotComplete) as refused:
        signing.sign(person=who, by=coordinator, now=now, **told)
    assert refused.value.lacks.keys() == {"vetting"}
    training.vetted(who, coordinator, now)
    made = signing.sign(person=who, by=coordinator, now=now, **told)
    assert (made.course, made.course_on, made.is_own) == ("Mind, level 2", day, False)


def test_nobody_signs_for_themselves_while_somebody_else_could(
    group: Group, coordinator: Person, now: datetime
) -> None:
    world.role(RoleKind.FACILITATOR, coordinator, group=group)
    training.complete(coordinator, world.person(), now)
    world.role(RoleKind.OPERATOR)
    with pytest.raises(MayNotSign):
        signing.sign(person=coordinator, by=coordinator, now=now)
    with pytest.raises(MayNotSign):
        signing.vet(
            person=coordinator, by=coordinator, outcome=VettingOutcome.CLEAR,
            decided_on=now.date(), now=now,
        )  # fmt: skip
    with pytest.raises(MayNotSign):
        signing.observe(
            person=coordinator, by=coordinator, group=group, held_on=now.date(),
            met=ObservedPoint.values, words="I was great.", now=now,
        )  # fmt: skip


def test_the_database_itself_refuses_a_hidden_signature_for_oneself(now: datetime) -> None:
    who = world.person()
    with pytest.raises(IntegrityError), transaction.atomic():
        training.signed(who, now, by=who)
    with pytest.raises(IntegrityError), transaction.atomic():
        training.seen(who, who, now)


def test_strangers_facilitators_and_coordinators_elsewhere_sign_nothing(
    group: Group, now: datetime
) -> None:
    who = training.complete(training.named(group), world.person(), now)
    for by in (
        world.person(),
        training.named(group),
        world.role(RoleKind.COORDINATOR, site=world.site("York")),
        world.role(RoleKind.SAFETY_LEAD),
    ):
        with pytest.raises(MayNotSign):
            signing.sign(person=who, by=by, now=now)
    assert not SignOff.objects.exists()


def test_a_signed_facilitator_of_the_same_group_may_watch_and_no_other(
    group: Group, now: datetime
) -> None:
    who, beside, elsewhere = (
        training.named(group), training.named(group), training.named(world.group()),
    )  # fmt: skip
    page = reverse("facilitator_observed", args=[who.pk])
    answers = {"held_on": "2026-11-20", "met": ObservedPoint.values, "words": "Warm."}
    for by in (beside, elsewhere):
        assert world.browser(by).get(page).status_code == 404
    training.signed(beside, now)
    training.signed(elsewhere, now)
    assert world.browser(elsewhere).post(page, answers).status_code == 404
    world.browser(beside).post(page, answers)
    assert Observation.objects.get().by == beside
    # Watching shows nothing else of theirs.
    assert world.browser(beside).get(reverse("facilitator", args=[who.pk])).status_code == 404


def test_a_coordinator_elsewhere_and_a_member_see_nobodys_way(group: Group, now: datetime) -> None:
    who = training.complete(training.named(group, "in-the-middle"), world.person(), now)
    for reader in (
        world.person(), training.named(group), world.role(RoleKind.COORDINATOR, site=world.site("York")),
    ):  # fmt: skip
        client = world.browser(reader)
        assert client.get(reverse("facilitator", args=[who.pk])).status_code == 404
        assert client.get(reverse("facilitator_observed", args=[who.pk])).status_code == 404
        for name in ("facilitator_sign", "facilitator_vetting", "facilitator_withdraw"):
            assert client.post(reverse(name, args=[who.pk]), {"basis": "here"}).status_code == 404
        assert b"in-the-middle" not in client.get(reverse("facilitators")).content
    assert not SignOff.objects.exists()


def test_a_coordinator_reads_what_is_done_and_never_what_was_answered(
    group: Group, coordinator: Person, now: datetime
) -> None:
    who = training.named(group)
    training.passed(who, now, but=1)
    ModuleWork.objects.create(
        person=who, module="endings", version=1, right=["late", "door"], begun_at=now
    )
    page = world.browser(coordinator).get(reverse("facilitator", args=[who.pk])).content.decode()
    assert page.count(">Done<") == 6
    assert "You see what is done, never what they answered." in page
    assert not any(ask.ask in page for ask in module("endings", "en").questions)


def test_a_founder_who_is_alone_signs_on_record_and_others_can_see_it() -> None:
    now, founder = timezone.now(), world.person("harbour-master")
    site = found_programme(
        name="Harbour", country="GB", site_name="Leeds", site_zone="Europe/London",
        operator=founder, now=now,
    )  # fmt: skip
    group = open_draft(
        site=site, leader=founder, by=founder, now=now, name="Tea", format=Format.PHONE,
        phone="0113 496 0000", languages=["en"], summary="For all.",
    )  # fmt: skip
    assert Programme.objects.get().training_from == now
    assert not leads(founder, now)
    # Opening stays possible, and the page says what is missing.
    client = world.browser(founder)
    stage = client.get(reverse("group_stage", args=[group.slug])).content.decode()
    assert "Nobody may lead its meetings yet" in stage
    open_group(group=group, by=founder, now=now)
    assert group.stage == Stage.OPEN
    with pytest.raises(NotComplete):
        signing.sign(person=founder, by=founder, now=now)
    address = reverse("facilitator_sign", args=[founder.pk])
    client.post(address, {"basis": "elsewhere", "course": "A course", "course_on": "2024-02-01"})
    made = SignOff.objects.get()
    assert (made.is_own, made.lacked) == (True, ["vetting"])
    assert leads(founder, made.from_at)
    later = world.role(RoleKind.COORDINATOR, site=site)
    page = world.browser(later).get(reverse("facilitator", args=[founder.pk])).content.decode()
    assert "Signed by themselves: nobody else was there" in page
    assert "There was no vetting." in page
    # From now on there is somebody else.
    with pytest.raises(MayNotSign):
        signing.sign(person=founder, by=founder, now=now)


def test_a_new_signature_ends_the_one_before_and_taking_it_back_ends_it_at_once(
    group: Group, coordinator: Person, now: datetime
) -> None:
    training.gate_on(now)
    who = training.complete(training.named(group), coordinator, now)
    first = signing.sign(person=who, by=coordinator, now=now)
    second = signing.sign(person=who, by=coordinator, now=now + timedelta(days=1))
    first.refresh_from_db()
    assert first.until_at == now + timedelta(days=1)
    signing.withdraw(sign_off=second, by=coordinator, now=now + timedelta(days=2))
    assert not leads(who, now + timedelta(days=2))
    with pytest.raises(MayNotSign):
        signing.withdraw(sign_off=second, by=world.person(), now=now)
