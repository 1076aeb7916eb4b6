"""Supervision: between the two, read by nobody else, whoever they are, and gone after a year."""

from datetime import datetime, timedelta

import pytest
from django.contrib import admin
from django.urls import reverse
from django.utils import timezone

from hearthside.accounts import ports
from hearthside.accounts.models import Person
from hearthside.groups.actions import supervision as actions
from hearthside.groups.enums import RoleKind
from hearthside.groups.models import Group, Supervision, SupervisionNote
from tests import world

pytestmark = pytest.mark.django_db
SECRET = "I dread Tuesdays."


@pytest.fixture
def group() -> Group:
    return world.group()


@pytest.fixture
def fay(group: Group) -> Person:
    return world.role(RoleKind.FACILITATOR, world.person("Fay"), group=group)


@pytest.fixture
def sage() -> Person:
    return world.person("Sage")


def agreed(fay: Person, sage: Person, now: datetime) -> Supervision:
    held = actions.ask(person=fay, supervisor=sage, now=now)
    actions.accept(supervision=held, by=sage, now=now)
    return held


def test_nothing_is_shared_before_the_other_says_yes(
    fay: Person, sage: Person, now: datetime
) -> None:
    held = actions.ask(person=fay, supervisor=sage, now=now)
    with pytest.raises(actions.NotAgreed):
        actions.write(supervision=held, by=fay, text=SECRET, now=now)
    for other in (fay, world.person()):
        with pytest.raises(actions.NotAgreed):
            actions.accept(supervision=held, by=other, now=now)
    with pytest.raises(actions.HasOne):
        actions.ask(person=fay, supervisor=world.person(), now=now)
    actions.accept(supervision=held, by=sage, now=now)
    actions.write(supervision=held, by=fay, text=SECRET, now=now)


def test_nobody_but_the_two_reads_a_note_whatever_role_they_hold(
    group: Group, fay: Person, sage: Person
) -> None:
    now = timezone.now()
    held = agreed(fay, sage, now)
    actions.write(supervision=held, by=fay, text=SECRET, now=now)
    page = reverse("supervision_notes", args=[held.pk])
    for reader in (fay, sage):
        assert SECRET in world.browser(reader).get(page).content.decode()
    for reader in (
        world.role(RoleKind.OPERATOR),
        world.role(RoleKind.COORDINATOR, site=group.site),
        world.role(RoleKind.SAFETY_LEAD),
        world.role(RoleKind.FACILITATOR, group=group),
        world.person(),
    ):
        client = world.browser(reader)
        assert client.get(page).status_code == 404
        assert client.post(page, {"text": "x"}).status_code == 404
        for name in ("supervision_accept", "supervision_end"):
            assert client.post(reverse(name, args=[held.pk])).status_code == 404
    assert SupervisionNote.objects.count() == 1
    # Nor do the operator's own screens show them.
    assert not {SupervisionNote, Supervision} & set(admin.site._registry)


def test_either_ends_it_and_then_nobody_writes_any_more(
    fay: Person, sage: Person, now: datetime
) -> None:
    held = agreed(fay, sage, now)
    world.browser(sage).post(reverse("supervision_end", args=[held.pk]))
    with pytest.raises(actions.NotAgreed):
        actions.write(supervision=held, by=fay, text=SECRET, now=timezone.now())
    assert actions.ask(person=fay, supervisor=world.person(), now=now).accepted_at is None


def test_a_note_goes_after_a_year(fay: Person, sage: Person, now: datetime) -> None:
    held = agreed(fay, sage, now)
    actions.write(supervision=held, by=sage, text="Rest.", now=now)
    actions.erase_expired(now=now + timedelta(days=364))
    assert SupervisionNote.objects.exists()
    actions.erase_expired(now=now + timedelta(days=365))
    assert not SupervisionNote.objects.exists()


@pytest.mark.parametrize("leaver", ["Fay", "Sage"])
def test_all_of_it_goes_when_one_of_the_two_deletes_their_account(
    leaver: str, fay: Person, sage: Person, now: datetime
) -> None:
    held = agreed(fay, sage, now)
    actions.write(supervision=held, by=fay, text=SECRET, now=now)
    gone = Person.objects.get(pseudonym=leaver)
    holder = ports.holders()["facilitating"]
    assert SECRET in str([part.rows for part in holder.held(gone)])
    holder.erase(gone, now=now)
    assert not Supervision.objects.exists()
    assert not SupervisionNote.objects.exists()


def test_what_was_typed_stays_and_oneself_is_no_supervisor(fay: Person, sage: Person) -> None:
    client = world.browser(fay)
    answer = client.post(reverse("supervision"), {"supervisor": "Fay"})
    assert answer.status_code == 422
    assert 'value="Fay"' in answer.content.decode()
    client.post(reverse("supervision"), {"supervisor": "Sage"})
    held = Supervision.objects.get()
    too_long = world.browser(sage).post(reverse("supervision_accept", args=[held.pk]))
    assert too_long.status_code == 302
    again = client.post(reverse("supervision_notes", args=[held.pk]), {"text": "x" * 4001})
    assert again.status_code == 422
    assert "x" * 4001 in again.content.decode()
