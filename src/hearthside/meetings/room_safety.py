"""Somebody beside whoever leads: who is asked to keep an online room safe, and when the lead hears that nobody does.

Plain values in, a frozen step out, like `ladder`. The meeting opens either way. Whoever leads is looked for
first: nobody is asked for this while that is open.
"""

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from hearthside.meetings.ladder import AT_ONCE, DAY_BEFORE, patience
from hearthside.meetings.rungs import Act, Answer, Climb, Rung, Step

# So long before the start that somebody can still be found by whoever leads.
TOLD_BEFORE: Final = timedelta(hours=1)
# More letters than that for a part without which the meeting is held are too many.
WAVES: Final = 2


@dataclass(frozen=True)
class Watch:
    """What is known of one meeting. `answers` are those of everybody asked; `others` may be asked, in this order."""

    starts_at: datetime
    is_led: bool
    answers: tuple[Answer, ...] = ()
    others: tuple[Hashable, ...] = ()
    climbs: tuple[Climb, ...] = ()


def next_step(watch: Watch, *, now: datetime) -> Step:
    """What is to be done at that moment: ASK a wave, END by telling the lead, WAIT, or DONE."""
    is_told = any(climb.rung == Rung.ALONE for climb in watch.climbs)
    if Answer.YES in watch.answers or is_told or now >= watch.starts_at:
        return Step(Act.DONE)
    begins, ends = watch.starts_at - DAY_BEFORE, watch.starts_at - TOLD_BEFORE
    if not watch.is_led or now < begins:
        return Step(Act.WAIT, until=max(begins, now))
    if now >= ends:
        return Step(Act.END, Rung.ALONE)
    asked = [climb for climb in watch.climbs if climb.rung == Rung.SAFETY]
    is_awaited = Answer.OPEN in watch.answers
    if asked and is_awaited:
        again = asked[-1].at + patience(watch.starts_at, asked[-1])
        if now < again:
            return Step(Act.WAIT, until=min(again, ends))
    if watch.others and len(asked) < WAVES:
        return Step(Act.ASK, Rung.SAFETY, len(asked) + 1, watch.others[:AT_ONCE])
    # Nobody is left who could say yes: the sooner the lead knows, the better.
    return Step(Act.WAIT, until=ends) if is_awaited else Step(Act.END, Rung.ALONE)
