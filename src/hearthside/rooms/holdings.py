"""What rooms hold about a person: to be seen, and erased."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Count
from django.utils.translation import gettext as _

from hearthside.accounts.models import Person
from hearthside.accounts.ports import Held
from hearthside.rooms.actions import receipts
from hearthside.rooms.models import Device, Outside, Report
from hearthside.rooms.queries.receipts import entries_of


class RoomHoldings:
    """A DataHolder for receipts, devices, being asked outside, and reports made."""

    def held(self, person: Person) -> Sequence[Held]:
        return [
            Held(
                _("Meetings you came to in the room"),
                _("Your receipt of what you agreed to and when you were there. Nothing of what was said."),
                list(_entries(person)),
            ),
            Held(
                _("Browsers that you were in a room with"),
                _("So that others can seal what they say for you. The keys themselves are on your device only."),
                list(_devices(person)),
            ),
            Held(
                _("When you were asked to wait outside"),
                _("So that a facilitator can keep a room safe. It goes when the room closes."),
                list(_exclusions(person)),
            ),
            _reported(person),
        ]  # fmt: skip

    def erase(self, person: Person, *, now: datetime) -> None:
        receipts.erase_of(person=person, now=now)


def _reported(person: Person) -> Held:
    rows = list(_reports(person))
    return Held(
        _("Messages you reported"),
        _("So that somebody can help. What you wrote and what came of it is with your concerns."),
        rows,
        stays_because=_("Others may still be at risk. It stays without your name until it has been dealt with.") if rows else "",
    )  # fmt: skip


def _entries(person: Person) -> Iterable[dict[str, Any]]:
    for entry in entries_of(person):
        yield {
            _("Group"): entry.room.group.name,
            _("Room"): entry.room.get_kind_display(),
            _("Meeting"): entry.room.starts_at,
            _("As"): entry.get_part_display(),
            _("Agreed to the ground rules"): entry.accepted_at,
            _("Version"): entry.ground_rules.version if entry.ground_rules else "",
            _("There from"): entry.first_here_at,
            _("Until"): entry.left_at or entry.last_here_at,
            _("People who came"): entry.room.people_came,
            _("Erased on"): entry.kept_until,
        }


def _devices(person: Person) -> Iterable[dict[str, Any]]:
    devices: Iterable[Any] = Device.objects.of(person).annotate(packages=Count("key_packages"))
    for device in devices:
        yield {
            _("Its public key"): device.fingerprint,
            _("First used"): device.made_at,
            _("Last used"): device.seen_at,
            _("No longer used"): device.ended_at,
            _("Keys by which others can let it in"): device.packages,
        }


def _exclusions(person: Person) -> Iterable[dict[str, Any]]:
    for outside in Outside.objects.of(person).select_related("room__group").order_by("from_at"):
        yield {
            _("Group"): outside.room.group.name,
            _("What"): outside.get_kind_display(),
            _("From"): outside.from_at,
            _("Until"): outside.until_at,
        }


def _reports(person: Person) -> Iterable[dict[str, Any]]:
    for report in (
        Report.objects.filter(reporter=person).select_related("group").order_by("made_at")
    ):
        yield {
            _("Group"): report.group.name,
            _("Sent"): report.made_at,
            _("Messages"): "\n".join(str(each["text"]) for each in report.messages),
        }
