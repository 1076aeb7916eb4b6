"""The verbs of meetings, by noun."""

from hearthside.meetings.actions.duties import confirm, decline
from hearthside.meetings.actions.duties_rota import ask_all
from hearthside.meetings.actions.meetings import cancel, move, move_back, restore
from hearthside.meetings.actions.planning import plan, plan_running
from hearthside.meetings.actions.reminders import remind
from hearthside.meetings.actions.rooms import room_of
from hearthside.meetings.actions.roster import mark, may_mark, unmark, write_note
from hearthside.meetings.actions.seats import release, release_all, resize, take_back, take_seat
from hearthside.meetings.actions.series import change_series, end_series, start_series

__all__ = [
    "ask_all",
    "cancel",
    "change_series",
    "confirm",
    "decline",
    "end_series",
    "mark",
    "may_mark",
    "move",
    "move_back",
    "plan",
    "plan_running",
    "release",
    "release_all",
    "remind",
    "resize",
    "restore",
    "room_of",
    "start_series",
    "take_back",
    "take_seat",
    "unmark",
    "write_note",
]
