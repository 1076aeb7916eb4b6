"""What the lobby of one room tells one person before they come in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from hearthside.groups.models import GroundRules
from hearthside.groups.queries.belonging import rules_in_force
from hearthside.groups.queries.groups import team_of
from hearthside.rooms.enums import Part, Phase, Stance
from hearthside.rooms.models import Entry, Room
from hearthside.rooms.ports import Chair
from hearthside.rooms.queries.doors import Door, Doorway, door_of
from hearthside.rooms.queries.receipts import NextMeeting, meeting_address, next_meeting_of
from hearthside.rooms.queries.rules import RunSheet, rules_of, run_sheet_of


@dataclass(frozen=True)
class Lobby:
    """One room before somebody comes in: the door, what will happen, who is there, what to agree to."""

    room: Room
    entry: Entry | None
    door: Door
    doorway: Doorway
    sheet: RunSheet
    leaders: Sequence[str]
    greeter: str
    rules: GroundRules | None
    here: int
    people_min: int
    shows_presence: bool
    is_late: bool
    stance: Stance
    meeting: str
    next_meeting: NextMeeting | None

    @property
    def state(self) -> str:
        """What the page can tell from what it shows already; it begins with how the door stands."""
        return f"{self.doorway}-{self.room.phase}-{self.here}-{int(self.is_late)}"

    @property
    def is_open(self) -> bool:
        return self.doorway == Doorway.OPEN

    @property
    def is_early(self) -> bool:
        return self.doorway == Doorway.EARLY

    @property
    def has_too_few(self) -> bool:
        """It is time, and the meeting waits for more people, or for whoever leads it to say what next."""
        return self.is_late and self.here < self.people_min


def lobby_of(room: Room, chair: Chair, entry: Entry | None, *, now: datetime) -> Lobby:
    """The lobby for whoever has the chair. A fixed number of queries, however many people are there."""
    door = door_of(room, part=chair.part, has_been_in=entry is not None)
    doorway = door.stands(now=now)
    here = list(Entry.objects.here(now=now).filter(room=room).select_related("person"))
    leaders, greeter = _team(room, chair, here, now)
    rules = rules_of(room.group)
    is_left = doorway in (Doorway.SHUT, Doorway.OVER)
    return Lobby(
        room=room,
        entry=entry,
        door=door,
        doorway=doorway,
        sheet=run_sheet_of(rules),
        leaders=leaders,
        greeter=greeter,
        rules=rules_in_force(room.group),
        here=len(here),
        people_min=rules.people_min,
        shows_presence=rules.shows_presence,
        is_late=room.phase == Phase.WAITING and now >= room.starts_at,
        stance=_stance(chair, entry),
        meeting=meeting_address(room),
        next_meeting=next_meeting_of(room, now=now) if is_left else None,
    )


def _stance(chair: Chair, entry: Entry | None) -> Stance:
    if entry is not None:
        return Stance(entry.stance)
    return Stance.LISTEN if chair.is_listening_only else Stance.SPEAK


def _team(room: Room, chair: Chair, here: Sequence[Entry], now: datetime) -> tuple[list[str], str]:
    """Who leads, and who looks out for the person if it is their first time: those who are here, first."""
    team = team_of(room.group, now=now)
    leading = [room.lead] if room.lead else [role.person for role in team.facilitators]
    greeting = [each.person for each in here if each.part == Part.GREETER]
    if not greeting and team.greeter:
        greeting = [team.greeter]
    is_met = chair.is_first_time and greeting and greeting[0] != chair.person
    return [str(each) for each in leading], str(greeting[0]) if is_met else ""
