"""A room, how a group wants its rooms, and who may not be in one."""

from typing import Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from hearthside.groups.models import Group
from hearthside.kit.models import Lasting, LastingQuerySet, Row
from hearthside.rooms.enums import Exclusion, Kind, Phase, Step


class RoomRules(Row):
    """How one group wants its rooms; a group without a row has the defaults."""

    group = models.OneToOneField(Group, on_delete=models.CASCADE, related_name="room_rules")
    # 0: the door stays open. Who was in may always come back.
    door_minutes = models.PositiveSmallIntegerField(
        _("the door closes after"), default=15, validators=[MaxValueValidator(240)]
    )
    people_min = models.PositiveSmallIntegerField(
        _("fewest people to begin with"), default=3, validators=[MinValueValidator(2)]
    )
    # 0: nobody's time is shown.
    seconds_each = models.PositiveSmallIntegerField(_("time for each"), default=180)
    is_order_random = models.BooleanField(_("a new order each round"), default=False)
    shows_presence = models.BooleanField(_("show who is here"), default=True)
    # One row per step: {"step": Step, "minutes": int, "prompt": str}; empty is the default run-sheet.
    run_sheet = models.JSONField(default=list, blank=True)

    class Meta:
        verbose_name_plural = "room rules"

    def __str__(self) -> str:
        return f"{self.group}"


class RoomQuerySet(models.QuerySet["Room"]):
    """Sets of rooms."""

    def live(self) -> Self:
        """Not closed: somebody may still come in."""
        return self.exclude(phase=Phase.CLOSED)

    def with_group(self) -> Self:
        return self.select_related(
            "group__site", "group__room_rules", "lead", "keeper", "second", "parent"
        )


class Room(Row):
    """Where one meeting is held, or one private word beside it. Nothing said is ever in this row.

    `revision` grows with every change that people in the room must see or that lets somebody in or
    out: the gateway watches it, and never trusts what it remembers of an older one.
    """

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="rooms")
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.MEETING)
    parent = models.ForeignKey(
        "self", on_delete=models.CASCADE, null=True, blank=True, related_name="side_rooms"
    )
    # Of a private word only: the member in it; `lead` is the facilitator (none until one comes). Whoever
    # has an Entry in it said yes to it: no member and no `second` sits there without their own tap.
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    lead = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    # Room safety: may pause, hold and remove, so that whoever leads can listen.
    keeper = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    # Of a private word only: sits beside `lead`, once the member agrees to it.
    second = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    # Of a private word only: since when `lead` has asked for somebody to sit beside them.
    second_called_at = models.DateTimeField(null=True, blank=True)
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"), db_index=True)
    phase = models.CharField(max_length=8, choices=Phase.choices, default=Phase.WAITING)
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    paused_at = models.DateTimeField(null=True, blank=True)
    step = models.CharField(max_length=8, choices=Step.choices, blank=True)
    step_from_at = models.DateTimeField(null=True, blank=True)
    revision = models.PositiveBigIntegerField(default=0)
    # Written at the close, when who said what and when is erased.
    people_came = models.PositiveSmallIntegerField(null=True, blank=True)

    objects = RoomQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind=Kind.MEETING, parent=None, member=None)
                | models.Q(kind=Kind.SIDE, parent__isnull=False, member__isnull=False),
                name="a_private_word_has_a_meeting_and_a_member",
            ),
            models.UniqueConstraint(
                fields=["parent", "member"],
                condition=models.Q(kind=Kind.SIDE, closed_at=None),
                name="one_private_word_at_a_time",
            ),
            models.CheckConstraint(
                condition=models.Q(phase=Phase.CLOSED, closed_at__isnull=False)
                | (~models.Q(phase=Phase.CLOSED) & models.Q(closed_at=None)),
                name="a_closed_room_says_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.starts_at:%Y-%m-%d %H:%M}"

    def is_closed(self) -> bool:
        return self.phase == Phase.CLOSED

    def is_open(self) -> bool:
        return self.phase in (Phase.OPEN, Phase.CLOSING)

    def is_side(self) -> bool:
        return self.kind == Kind.SIDE


class OutsideQuerySet(LastingQuerySet["Outside"]):
    """Sets of exclusions."""

    def of(self, person: object) -> Self:
        return self.filter(person=person)


class Outside(Lasting):
    """Somebody with a seat may not be in the room for a while: held, or removed for this meeting."""

    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="exclusions")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=8, choices=Exclusion.choices)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    objects = OutsideQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["room", "person"],
                condition=models.Q(until_at=None),
                name="one_open_exclusion_per_person",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind}"
