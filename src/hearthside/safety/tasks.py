"""What runs by the clock: calls that nobody answered go on to the next person. Safe to run twice."""

from django.utils import timezone
from django_tasks import task

from hearthside.safety.actions import (
    blocks,
    care,
    case_questions,
    cases,
    concerns,
    duty_calls,
    flags,
    line_letters,
    measures,
)


@task()
def escalate() -> int:
    """Call the next person wherever the time to answer is over; returns for how many concerns."""
    return duty_calls.escalate(now=timezone.now())


@task()
def erase_expired() -> int:
    """Erase concerns that were answered long enough ago; returns how many."""
    return concerns.erase_expired(now=timezone.now())


@task()
def remind_of_lines() -> int:
    """Write to those who check crisis lines three weeks before one runs out; how many letters were due."""
    return line_letters.remind(now=timezone.now())


@task()
def forget_what_is_over() -> int:
    """Erase mutes that are over, flags that count no more, and measures that ended long ago; returns how many."""
    now = timezone.now()
    over = blocks.forget_ended(now=now) + flags.forget_old(now=now)
    return over + measures.erase_expired(now=now)


@task()
def look_after_cases() -> int:
    """Remind those who are named in overdue cases, and erase those whose time has come; returns how many."""
    now = timezone.now()
    over = cases.erase_expired(now=now) + case_questions.erase_old(now=now)
    return cases.remind(now=now) + over


@task()
def look_after_people() -> int:
    """Remind those who said that they would be in touch, and forget what is long over; returns how many."""
    now = timezone.now()
    return care.remind(now=now) + care.erase_old(now=now)
