"""After a meeting: two answers that nobody else ever reads, signs shown to the person first, and a call."""

from datetime import datetime, timedelta

import pytest
from django.contrib import admin
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from hearthside.accounts import ports
from hearthside.accounts.models import Person
from hearthside.groups.actions import supervision
from hearthside.groups.enums import RoleKind
from hearthside.groups.models import Group, SupervisionNote
from hearthside.meetings.actions import debrief as actions
from hearthside.meetings.enums import CallFrom, DutyKind
from hearthside.meetings.models import CallAsked, Debrief, Duty, Meeting
from hearthside.meetings.queries.debrief import answering, waiting_for
from hearthside.meetings.queries.debrief_signs import signs_of
from hearthside.notices.models import Letter
from tests import world
from tests.meetings.people import leader, reachable

pytestmark = pytest.mark.django_db
HOUR, WEEK = timedelta(hours=1), timedelta(days=7)


@pytest.fixture
def group() -> Group:
    return world.group()


def over(group: Group, ago: timedelta = 3 * HOUR, now: datetime | None = None) -> Meeting:
    return world.meeting(group, starts_at=(now or timezone.now()) - ago)


def answered(meeting: Meeting, person: Person, weight: int, *, needs: bool = False) -> Debrief:
    return actions.write(
        meeting=meeting, person=person, weight=weight, needs_person=needs, now=timezone.now()
    )


def test_who_led_answers_in_two_taps_and_can_change_and_erase_it(group: Group) -> None:
    meeting, fay = over(group), leader(group)
    client, page = world.browser(fay), reverse("debrief", args=[meeting.pk])
    assert reverse("debrief", args=[meeting.pk]) in client.get("/today/").content.decode()
    assert client.post(page, {"weight": "9"}).status_code == 422
    client.post(page, {"weight": "4", "needs_person": "yes"})
    kept = Debrief.objects.get()
    assert (kept.weight, kept.needs_person) == (4, True)
    client.post(page, {"weight": "2", "needs_person": "no"})
    assert Debrief.objects.get().weight == 2
    client.post(reverse("debrief_forget", args=[meeting.pk]))
    assert not Debrief.objects.exists()


def test_nobody_else_reads_or_writes_somebodys_answers(group: Group) -> None:
    meeting, fay = over(group), leader(group)
    beside = leader(group)
    answered(meeting, fay, 5, needs=True)
    page = reverse("debrief", args=[meeting.pk])
    for reader in (
        world.role(RoleKind.COORDINATOR, site=group.site),
        world.role(RoleKind.OPERATOR),
        world.role(RoleKind.SAFETY_LEAD),
        world.role(RoleKind.GREETER, group=group),
        world.member(group),
    ):
        assert world.browser(reader).get(page).status_code == 404
        assert world.browser(reader).post(page, {"weight": "1"}).status_code == 404
    # A co-facilitator has a page of their own there, and it is empty.
    assert "checked" not in world.browser(beside).get(page).content.decode().split("<form")[-1]
    assert not {Debrief, CallAsked} & set(admin.site._registry)
    assert Debrief.objects.get().weight == 5


def test_a_meeting_that_is_not_over_or_was_declined_asks_nothing(group: Group) -> None:
    fay = leader(group)
    ahead, declined = world.meeting(group, starts_at=timezone.now() + HOUR), over(group)
    Duty.objects.create(
        meeting=declined, person=fay, kind=DutyKind.LEAD, asked_at=timezone.now(),
        declined_at=timezone.now(),
    )  # fmt: skip
    for meeting in (ahead, declined, over(group, timedelta(days=20))):
        page = reverse("debrief", args=[meeting.pk])
        assert world.browser(fay).get(page).status_code == 404
    assert waiting_for(fay, now=timezone.now()) == []


def test_the_two_questions_come_by_letter_once_and_not_to_who_answered(group: Group) -> None:
    now = timezone.now()
    meeting = over(group)
    fay, quick = leader(group), leader(group)
    for who in (fay, quick):
        Duty.objects.create(
            meeting=meeting, person=who, kind=DutyKind.LEAD, asked_at=now, confirmed_at=now
        )
    answered(meeting, quick, 1)
    for _twice in range(2):
        actions.ask_after_meetings(now=now)
    letter = Letter.objects.get(about__startswith="debrief")
    assert letter.person == fay
    assert group.name not in letter.subject + letter.text


def test_answers_go_after_a_year_and_with_the_person(group: Group) -> None:
    fay = leader(group)
    kept = answered(over(group), fay, 3)
    actions.erase_expired(now=kept.written_at + timedelta(days=364))
    assert Debrief.objects.exists()
    holder = ports.holders()["after meetings"]
    assert [len(part.rows) for part in holder.held(fay)] == [1, 0]
    actions.erase_expired(now=kept.written_at + timedelta(days=366))
    assert not Debrief.objects.exists()
    answered(over(group), fay, 3)
    holder.erase(fay, now=timezone.now())
    assert not Debrief.objects.exists()


def test_the_database_refuses_a_sixth_weight(group: Group) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        answered(over(group), leader(group), 6)


@pytest.mark.parametrize(
    ("weights", "is_seen"), [((4, 5, 4), True), ((4, 5, 3), False), ((4, 5), False)]
)
def test_three_heavy_meetings_in_a_row_are_a_sign(
    group: Group, weights: tuple[int, ...], *, is_seen: bool
) -> None:
    fay = leader(group)
    for number, weight in enumerate(weights):
        answered(over(group, timedelta(days=number, hours=3)), fay, weight)
    signs = {sign.key for sign in signs_of(fay, now=timezone.now())}
    assert ("heavy" in signs) == is_seen


def test_eight_weeks_without_a_free_one_are_a_sign_and_a_week_off_is_none(group: Group) -> None:
    fay, now = leader(group), timezone.now()
    made = [over(group, number * WEEK + 3 * HOUR) for number in range(8)]
    assert [sign.key for sign in signs_of(fay, now=now)] == ["on_end"]
    Duty.objects.create(
        meeting=made[3], person=fay, kind=DutyKind.LEAD, asked_at=now, declined_at=now
    )
    assert signs_of(fay, now=now) == []


def test_signs_stand_on_ones_own_page_alone_and_are_shared_by_a_tap(group: Group) -> None:
    fay, sage, now = leader(group), world.person("Sage"), timezone.now()
    for number in range(3):
        answered(over(group, timedelta(days=number, hours=3)), fay, 5)
    words = "Your last three meetings were heavy for you."
    own = world.browser(fay)
    assert words in own.get(reverse("my_care")).content.decode()
    # Without a supervisor, a tap shows it to nobody.
    own.post(reverse("strain_share"), {"sign": "heavy"})
    assert not SupervisionNote.objects.exists()
    held = supervision.ask(person=fay, supervisor=sage, now=now)
    supervision.accept(supervision=held, by=sage, now=now)
    coordinator = world.browser(world.role(RoleKind.COORDINATOR, site=group.site))
    for page in (reverse("facilitator", args=[fay.pk]), reverse("facilitators"), reverse("calls")):
        assert words not in coordinator.get(page).content.decode()
    own.post(reverse("strain_share"), {"sign": "made up"})
    assert not SupervisionNote.objects.exists()
    own.post(reverse("strain_share"), {"sign": "heavy"})
    assert SupervisionNote.objects.get().text == words


def test_a_call_is_asked_for_taken_once_and_its_number_erased(group: Group) -> None:
    fay = leader(group)
    heron, robin = (
        reachable(world.role(RoleKind.COORDINATOR, world.person(name), site=group.site))
        for name in ("Heron", "Robin")
    )
    own, first, second = (world.browser(each) for each in (fay, heron, robin))
    wish = {"of": "coordinator", "group": group.pk, "reach": "0113 496 0000, after six"}
    for _twice in range(2):
        own.post(reverse("calls"), wish)
    call = CallAsked.objects.get()
    assert Letter.objects.filter(about=f"call:{call.pk}").count() == 2
    assert fay.pseudonym not in Letter.objects.filter(person=heron)[0].text
    assert "0113 496 0000" in first.get(reverse("calls")).content.decode()
    take = reverse("call_take", args=[call.pk])
    first.post(take)
    second.post(take)
    call.refresh_from_db()
    assert call.taken_by == heron
    assert "Heron will call you." in own.get(reverse("calls")).content.decode()
    assert second.post(reverse("call_done", args=[call.pk])).status_code == 404
    first.post(reverse("call_done", args=[call.pk]))
    call.refresh_from_db()
    assert (call.reach, call.done_at is None) == ("", False)


def test_strangers_neither_see_nor_take_a_call(group: Group) -> None:
    fay = leader(group)
    world.role(RoleKind.COORDINATOR, site=group.site)
    call = actions.ask_for_call(
        person=fay, group=group, of=CallFrom.COORDINATOR, reach="0113", now=timezone.now()
    )
    for reader in (
        world.person(),
        leader(group),
        world.role(RoleKind.COORDINATOR, site=world.site("York")),
        fay,
    ):
        client = world.browser(reader)
        assert client.post(reverse("call_take", args=[call.pk])).status_code == 404
    assert "0113" not in world.browser(leader(group)).get(reverse("calls")).content.decode()


def test_who_answers_is_the_next_in_line_where_a_role_is_empty_and_never_oneself(
    group: Group, now: datetime
) -> None:
    both = world.role(RoleKind.COORDINATOR, leader(group), site=group.site)
    call = CallAsked(person=both, group=group, of=CallFrom.SAFETY_LEAD, asked_at=now)
    assert answering(call, now=now) == []
    with pytest.raises(actions.NobodyToCall):
        actions.ask_for_call(person=both, group=group, of=CallFrom.SAFETY_LEAD, reach="", now=now)
    assert not CallAsked.objects.exists()
    operator = world.role(RoleKind.OPERATOR)
    assert answering(call, now=now) == [operator]
    lead = world.role(RoleKind.SAFETY_LEAD)
    assert answering(call, now=now) == [lead]
