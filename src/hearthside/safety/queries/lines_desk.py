"""The page where two people check crisis lines: what is due, for whom, and what was said before."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from hearthside.accounts.models import Person
from hearthside.safety import country
from hearthside.safety.enums import CHANNEL_NAMES, DEAF_NAMES, KIND_NAMES, STATE_NAMES
from hearthside.safety.helplines import Helpline, Kind
from hearthside.safety.ledger import (
    DUE_BEFORE,
    LINES_NEEDED,
    VALID_FOR,
    Checked,
    Outcome,
    PrioritySet,
    Standing,
    State,
    priority,
    standing,
    verified_everywhere,
)
from hearthside.safety.models import Line, Verification
from hearthside.safety.ports import served_countries, stewards
from hearthside.safety.queries.ledger import Thread, threads_in, verifications

# Whoever reached nobody is asked again the next day, not at once.
AGAIN_AFTER: Final = timedelta(hours=20)
UNDONE_WITHIN: Final = timedelta(minutes=10)


@dataclass(frozen=True)
class Entry:
    """One line on the desk: its newest facts, how far they are checked, and who said what of them."""

    thread: Thread
    standing: Standing
    said: Sequence[Verification]

    @property
    def line(self) -> Helpline:
        return self.thread.newest

    @property
    def is_waiting(self) -> bool:
        """Whether one person wrote these facts, and nobody else has looked at them yet."""
        written = self.thread.written
        return written is not None and written.confirmed_at is None

    @property
    def before(self) -> Helpline | None:
        """What people see until then."""
        return self.thread.shown if self.is_waiting else None

    @property
    def is_gone(self) -> bool:
        return not self.line.is_offered

    @property
    def languages(self) -> list[str]:
        return country.languages_named(self.line.languages)

    @property
    def country_name(self) -> str:
        return country.name_of(self.line.country)

    @property
    def kind_name(self) -> str:
        return str(KIND_NAMES[self.line.kind])

    @property
    def channel_name(self) -> str:
        line = self.line
        return str(DEAF_NAMES[line.deaf_by] if line.deaf_by else CHANNEL_NAMES[line.channel])

    @property
    def state_name(self) -> str:
        return str(STATE_NAMES[self.standing.state])

    @property
    def is_emergency(self) -> bool:
        return self.line.kind is Kind.EMERGENCY

    def is_due(self, *, now: datetime) -> bool:
        if self.is_gone:
            return self.is_waiting
        return self.standing.is_due(now=now)

    def is_for(self, person: Person, *, now: datetime) -> bool:
        """Whether this person can do something about it now: everybody's word counts once."""
        return self.is_due(now=now) and not any(
            _is_enough(each, now=now) for each in self.said if each.by_id == person.pk
        )


@dataclass(frozen=True)
class Country:
    """What one country that the programme serves has and lacks."""

    code: str
    name: str
    entries: Sequence[Entry]
    both: PrioritySet
    verified: int

    @property
    def checked(self) -> int:
        """How many of the lines listed here are verified, wherever in the country they serve."""
        return sum(entry.standing.is_verified for entry in self.entries)

    @property
    def is_ready(self) -> bool:
        """Whether people there are shown two verified lines, the first two among them."""
        return self.verified >= LINES_NEEDED and self.both.is_verified

    @property
    def lacking(self) -> list[Checked]:
        """Of the two that stand under every page, those that are not verified."""
        both = (self.both.emergency, self.both.talk)
        return [one for one in both if one is not None and not one.is_verified]


@dataclass(frozen=True)
class Desk:
    """Everything for one person: `due` is theirs, in order; `others` wait for somebody else."""

    countries: Sequence[Country]
    due: Sequence[Entry]
    others: int
    said_now: Sequence[Verification]
    written_now: Sequence[Line]


def is_keeper(person: Person, *, now: datetime) -> bool:
    """Whether the person looks after the crisis lines: who leads safety or coordinates, here or at a site."""
    answers = stewards()
    return (
        answers.runs_programme(person, now=now)
        or answers.leads_safety(person, now=now)
        or person in answers.coordinators(now=now)
    )


def keepers(*, now: datetime) -> list[Person]:
    """Everybody who looks after the crisis lines, each once."""
    answers = stewards()
    both = (*answers.coordinators(now=now), *answers.safety_leads(now=now))
    return list(dict.fromkeys(both))


def served(*, now: datetime) -> list[Country]:
    """Every country that the programme serves, in order of its name."""
    found = [country_now(code, now=now) for code in served_countries()]
    return sorted(found, key=lambda each: each.name)


def country_now(code: str, *, now: datetime) -> Country:
    """One country's lines as they stand now; two queries."""
    said: Mapping[str, list[Verification]] = defaultdict(list)
    for row in verifications(code, now=now).select_related("by").order_by("-from_at", "pk"):
        said[row.facts].append(row)
    threads = threads_in(code, now=now)
    entries = [_entry(thread, said.get(thread.newest.facts, ()), now=now) for thread in threads]
    seen = [thread.shown for thread in threads]
    checked = [Checked(line, _weigh(said.get(line.facts, ()), now=now)) for line in seen if line]
    return Country(
        code=code,
        name=country.name_of(code),
        entries=entries,
        both=priority(checked),
        verified=verified_everywhere(checked),
    )


def desk_of(person: Person, *, now: datetime) -> Desk:
    """What waits for this person, the second pair of eyes first, and what they did in the last minutes."""
    countries = served(now=now)
    every = [entry for each in countries for entry in each.entries]
    due = [entry for entry in every if entry.is_due(now=now)]
    own = [entry for entry in due if entry.is_for(person, now=now)]
    lately = {"by": person, "until_at": None, "from_at__gt": now - UNDONE_WITHIN}
    return Desk(
        countries=countries,
        due=sorted(own, key=_urgency),
        others=len(due) - len(own),
        said_now=list(Verification.objects.filter(**lately).order_by("-from_at")),
        written_now=list(Line.objects.filter(**lately, confirmed_at=None).order_by("-from_at")),
    )


def entry_of(facts: str, *, now: datetime) -> Entry | None:
    """The line that these facts belong or belonged to, in a country that the programme serves."""
    for code in served_countries():
        for entry in country_now(code, now=now).entries:
            if facts in {line.facts for line, _row in entry.thread.rows}:
                return entry
    return None


def history_of(entry: Entry) -> Sequence[Verification]:
    """All that was ever said of any version of the line, the newest first."""
    every = [line.facts for line, _row in entry.thread.rows]
    rows = Verification.objects.filter(facts__in=every, is_taken_back=False)
    return list(rows.select_related("by").order_by("-from_at", "pk")[:100])


def expiring(*, now: datetime) -> dict[str, list[Entry]]:
    """Verified lines that run out within three weeks, by the week in which they do (ISO 8601)."""
    weeks: dict[str, list[Entry]] = defaultdict(list)
    for each in served(now=now):
        for entry in each.entries:
            until = entry.standing.until
            if until is not None and until - now <= DUE_BEFORE:
                year, week, _day = until.isocalendar()
                weeks[f"{year}-W{week:02}"].append(entry)
    return dict(weeks)


def _entry(thread: Thread, said: Sequence[Verification], *, now: datetime) -> Entry:
    return Entry(thread, _weigh(said, now=now), said)


def _weigh(said: Iterable[Verification], *, now: datetime) -> Standing:
    return standing((each.verdict() for each in said), now=now)


def _is_enough(said: Verification, *, now: datetime) -> bool:
    """Whether after this word there is nothing more for the same person to say for a while."""
    age = now - said.from_at
    if said.outcome == Outcome.UNREACHED:
        return age < AGAIN_AFTER
    return said.outcome == Outcome.WRONG or age < VALID_FOR - DUE_BEFORE


def _urgency(entry: Entry) -> tuple[bool, int, str]:
    is_first = entry.standing.state is not State.SECOND and not entry.is_waiting
    return is_first, list(Kind).index(entry.line.kind), entry.line.name
