"""Where and how to join a meeting, told only as far as the reader may know."""

from dataclasses import dataclass

from hearthside.groups.models import Group


@dataclass(frozen=True)
class Joining:
    """Where and how to join; what the reader may not know yet is empty."""

    venue: str = ""
    address: str = ""
    link: str = ""
    phone: str = ""
    notes: str = ""
    is_address_kept_back: bool = False
    is_link_kept_back: bool = False


def joining(group: Group, *, belongs: bool, has_seat: bool) -> Joining:
    """How to join the group's meetings.

    A link or number lets its holder into the room, so only those with a seat learn it; a hidden
    address is told to those who belong to the group.
    """
    knows_address = belongs or not group.is_venue_hidden
    in_person, remote = group.is_in_person(), group.is_remote()
    return Joining(
        venue=group.venue if in_person and knows_address else "",
        address=group.address if in_person and knows_address else "",
        link=group.link if remote and has_seat else "",
        phone=group.phone if remote and has_seat else "",
        notes=group.joining_notes if has_seat else "",
        is_address_kept_back=in_person and not knows_address and bool(group.venue or group.address),
        is_link_kept_back=remote and not has_seat and bool(group.link or group.phone),
    )
