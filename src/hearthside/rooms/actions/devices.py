"""Browsers that hold keys: made known, given key packages, let into a room, ended."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import OuterRef, Subquery

from hearthside.accounts.models import Person
from hearthside.rooms.actions import presence
from hearthside.rooms.actions.changes import touch
from hearthside.rooms.actions.refusals import DeviceIsTaken
from hearthside.rooms.models import Device, DeviceQuerySet, Entry, KeyPackage, Room
from hearthside.rooms.queries.chairs import chairs_of, outside_of

# A phone, a tablet, a computer and their several browsers, and some that were lost; not a farm.
DEVICES_MAX = 10
# More than anybody is let into rooms before their browser is next open and publishes new ones.
PACKAGES_MAX = 50
# About 300 bytes in the cipher suite in use; the room is for later ones, whose keys are longer.
PACKAGE_BYTES_MAX = 8192
# RFC 9420 section 7.2 asks for a bounded lifetime; keys that were never fetched grow old unseen.
LIFETIME_MAX = timedelta(days=90)
# A full room, everybody with as many devices as they may have.
CLAIM_MAX = 300


@dataclass(frozen=True)
class Packages:
    """Key packages to publish, all of one device: used once each, and one kept for last (or none)."""

    once: Sequence[bytes]
    last_resort: bytes | None
    expires_at: datetime


@dataclass(frozen=True)
class Claimed:
    """One key package by which a device can be let in."""

    device_id: UUID
    data: bytes


@transaction.atomic
def make_known(
    *,
    person: Person,
    fingerprint: str,
    packages: Packages,
    now: datetime,
    device_id: UUID | None = None,
) -> Device:
    """The person's device with this key, in use from now on, with its key packages published.

    The same key again is the same device. A new one is called `device_id`, which its browser chose, because
    its keys name it. Beyond DEVICES_MAX the one unseen for longest is ended. Raises DeviceIsTaken.
    """
    # One after the other, or two new browsers at once would both be the tenth.
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    own = Device.objects.of(person).filter(fingerprint=fingerprint)
    # Threat: somebody registers the id of another person's device, to be shown as them.
    if device_id and Device.objects.filter(pk=device_id).exclude(pk__in=own).exists():
        raise DeviceIsTaken
    device, is_new = Device.objects.get_or_create(
        person=person,
        fingerprint=fingerprint,
        defaults={"pk": device_id or uuid4(), "made_at": now, "seen_at": now},
    )
    is_back = device.ended_at is not None
    device.seen_at, device.ended_at = now, None
    device.save(update_fields=["seen_at", "ended_at"])
    _end_oldest(person, now=now)
    publish(device=device, packages=packages, now=now)
    if is_new or is_back:
        for room in _live_rooms_of(person.pk):
            touch(room_id=room.pk)
    return device


@transaction.atomic
def publish(*, device: Device, packages: Packages, now: datetime) -> int:
    """Add key packages, replace the one kept for last if there is a new one; how many wait to be used.

    Of those used once the newest PACKAGES_MAX are kept.
    """
    _lock(Device.objects.filter(pk=device.pk))
    Device.objects.filter(pk=device.pk).update(seen_at=now)
    own = KeyPackage.objects.filter(device=device)
    own.filter(expires_at__lte=now).delete()
    if packages.last_resort is not None:
        own.filter(is_last_resort=True).delete()
    KeyPackage.objects.bulk_create(_rows(device, packages, now=now))
    once = own.filter(is_last_resort=False)
    too_old = once.order_by("-made_at", "-pk").values("pk")[PACKAGES_MAX:]
    # As a list: a database may not delete from a table by a cut-off look at the same table.
    KeyPackage.objects.filter(pk__in=[row["pk"] for row in too_old]).delete()
    return once.count()


@transaction.atomic
def claim(*, room: Room, devices: Iterable[UUID], now: datetime) -> list[Claimed]:
    """One key package for each of these devices whose person came into the room and may be there.

    Each is handed out once and is gone; only the one kept for last is handed out again. A device
    without any is left out. Constant number of queries.
    """
    reachable = Device.objects.in_use().filter(
        pk__in=set(devices), person__in=_people_inside(room, now=now)
    )
    # Locked in one order: of two who let the same device in at once, each gets a package of its own.
    known = _lock(reachable)
    first = KeyPackage.objects.usable(now=now).filter(device=OuterRef("pk")).values("pk")[:1]
    chosen = Device.objects.filter(pk__in=known).annotate(chosen=Subquery(first))
    found = list(KeyPackage.objects.filter(pk__in=list(chosen.values_list("chosen", flat=True))))
    used = [row.pk for row in found if not row.is_last_resort]
    KeyPackage.objects.filter(pk__in=used).delete()
    return [Claimed(row.device_id, bytes(row.data)) for row in found]


def left(*, device: Device, now: datetime) -> int:
    """How many key packages wait to be used once."""
    return KeyPackage.objects.usable(now=now).filter(device=device, is_last_resort=False).count()


@transaction.atomic
def end(*, device: Device, now: datetime) -> None:
    """The device is no longer in use: its key packages go, and rooms that it is in change their keys."""
    Device.objects.filter(pk=device.pk, ended_at=None).update(ended_at=now)
    KeyPackage.objects.filter(device=device).delete()
    # Threat: whoever found a lost phone reads on with the keys that are in it.
    for room in Room.objects.live().filter(journal__voices__device=device):
        presence.lose(room=room, now=now)
        touch(room_id=room.pk)


def _end_oldest(person: Person, *, now: datetime) -> None:
    in_use = Device.objects.in_use().of(person.pk).order_by("-seen_at", "-made_at", "pk")
    for device in list(in_use[DEVICES_MAX:]):
        end(device=device, now=now)


def _lock(devices: DeviceQuerySet) -> list[UUID]:
    """These devices, in one order for everybody; nobody else publishes for them or claims from them meanwhile."""
    rows = devices.select_for_update(no_key=True).order_by("pk")
    return [device.pk for device in rows]


def _rows(device: Device, packages: Packages, *, now: datetime) -> list[KeyPackage]:
    def row(data: bytes, *, is_last_resort: bool = False) -> KeyPackage:
        return KeyPackage(
            device=device, data=data, is_last_resort=is_last_resort,
            made_at=now, expires_at=packages.expires_at,
        )  # fmt: skip

    rows = [row(data) for data in packages.once]
    if packages.last_resort is not None:
        rows.append(row(packages.last_resort, is_last_resort=True))
    return rows


def _people_inside(room: Room, *, now: datetime) -> list[UUID]:
    # Threat: keys of somebody who is not in the room would let a device of theirs into it unseen.
    came = Entry.objects.filter(room=room).values_list("person_id", flat=True)
    may_be_here = chairs_of(room, now=now).keys() - outside_of(room, now=now).keys()
    return [person_id for person_id in came if person_id in may_be_here]


def _live_rooms_of(person_id: UUID) -> Iterable[Room]:
    return Room.objects.live().filter(entries__person=person_id)
