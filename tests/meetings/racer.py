"""A process of its own that does what its lines on standard input say, as fast as it can.

Each line is a verb and the keys of its rows: "take MEETING PERSON", "release SEAT", "remind MOMENT".
It says "ready" once Django is up and starts when its first line comes.
"""

import os
import sys
from datetime import UTC, datetime
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
django.setup()

from hearthside.accounts.models import Person  # noqa: E402
from hearthside.meetings import actions  # noqa: E402
from hearthside.meetings.models import Meeting, Seat  # noqa: E402
from tests.world import NOW  # noqa: E402


def obey(verb: str, *keys: str) -> None:
    if verb == "take":
        meeting, person = Meeting.objects.get(pk=keys[0]), Person.objects.get(pk=keys[1])
        actions.take_seat(
            meeting=meeting, person=person, now=NOW.replace(microsecond=os.getpid() % 1000)
        )
    elif verb == "release":
        actions.release(seat=Seat.objects.select_related("meeting").get(pk=keys[0]), now=NOW)
    elif verb == "remind":
        moment = datetime.fromisoformat(keys[0]).astimezone(UTC)
        actions.ask_all(now=moment)
        actions.remind(now=moment)


print("ready", flush=True)
for line in sys.stdin:
    obey(*line.split())
