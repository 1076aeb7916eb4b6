"""A run as its coordinator reads it: by group who would come, what could open, who waits and what would help."""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any, Final

from django.utils.dateformat import time_format
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from hearthside.groups.models import Experience, Group
from hearthside.groups.queries.words import language_name
from hearthside.placing import wording
from hearthside.placing.enums import Answer, Verdict
from hearthside.placing.models import Decision, Invitation, Opening, Proposal, Request, Run
from hearthside.placing.queries import people

Label = Callable[[str], str]
WAITING_SHOWN: Final = 200
# What is true of nearly everybody who would come says nothing of the one whom it is said of.
NEARLY: Final = 0.9
FEW: Final = 5


@dataclass(frozen=True)
class Comer:
    """Somebody and the place that a run proposes, with the reasons in words.

    `invited` is the offer that stands, or was answered, for this very proposal. `verdict` is what the
    coordinator has decided about the two since or before.
    """

    proposal: Proposal
    why: Sequence[str]
    verdict: str
    invitation: Invitation | None
    weeks: int
    refused: str = ""

    @property
    def request(self) -> Request:
        return self.proposal.request

    @property
    def percent(self) -> int:
        """How well it fits, of 100."""
        return round(self.proposal.fit / 10)

    @property
    def is_inside(self) -> bool:
        """Sits in the group by now, or has the seat kept: counted there already."""
        return self.invitation is not None and self.invitation.answer != Answer.DECLINED

    @property
    def may_be_invited(self) -> bool:
        is_open = self.invitation is None and self.request.until_at is None
        return is_open and self.verdict != Verdict.FORBID and not self.is_to_come

    @property
    def is_to_come(self) -> bool:
        """Was accepted, and is invited in the background."""
        return self.proposal.accepted_at is not None and self.proposal.settled_at is None


@dataclass(frozen=True)
class GroupDiff:
    """One group: how many sit there now, and who would come."""

    group: Group
    now: int
    comers: Sequence[Comer]

    @property
    def then(self) -> int:
        coming = sum(
            comer.may_be_invited or comer.is_inside or comer.is_to_come for comer in self.comers
        )
        return self.now + coming

    @property
    def may_invite(self) -> int:
        """How many can be invited now."""
        return sum(comer.may_be_invited for comer in self.comers)


@dataclass(frozen=True)
class OpeningDiff:
    """A group that could open, with those who would come to it."""

    opening: Opening
    comers: Sequence[Comer]
    when: str
    language: str


@dataclass(frozen=True)
class Waiter:
    """Somebody who goes on waiting: what stands between, and what would give them a place.

    `lacks` says what keeps every group away, for those whom none here fits.
    """

    proposal: Proposal
    between: Sequence[str]
    lacks: Sequence[str]
    would: Sequence[str]
    weeks: int
    kept_out: str = ""

    @property
    def request(self) -> Request:
        return self.proposal.request

    @property
    def first_help(self) -> str:
        """What would help most, or else what is lacking; "" where neither is known."""
        said = [] if self.kept_out or self.proposal.opening_id else [*self.would, *self.lacks]
        return said[0] if said else ""


@dataclass(frozen=True)
class Diff:
    """Everything a run proposes. Nothing of it has happened.

    `could_open` people wait for a group that could open, and stand with it: they are not in `waiting`.
    """

    groups: Sequence[GroupDiff]
    openings: Sequence[OpeningDiff]
    waiting: Sequence[Waiter]
    more_waiting: int = 0
    could_open: int = 0

    @property
    def invited(self) -> int:
        """How many were invited from this run, whatever they said."""
        return sum(bool(comer.invitation) for diff in self.groups for comer in diff.comers)

    @property
    def to_undo(self) -> int:
        """How many invitations of this run nobody has answered."""
        offers = [comer.invitation for diff in self.groups for comer in diff.comers]
        return sum(one is not None and not one.answer for one in offers)

    @property
    def may_invite(self) -> int:
        """How many can be invited now."""
        return sum(diff.may_invite for diff in self.groups)

    @property
    def go_on_waiting(self) -> int:
        """How many have no place in sight, not even in a group that could open."""
        return len(self.waiting) + self.more_waiting


def diff_of(run: Run, *, now: datetime) -> Diff:
    """The run's proposals in words, in a fixed number of queries."""
    found = run.proposals.select_related("request__person", "request__wish", "group")
    rows = list(found.order_by("request__from_at", "pk").prefetch_related("invitations"))
    teller = _Teller(run, rows, now)
    waiting = [row for row in rows if row.group is None]
    shown = [row for row in waiting if row.opening_id is None or teller.is_kept_out(row)]
    return Diff(
        groups=_groups(rows, teller, now),
        openings=_openings(run, rows, teller),
        waiting=[teller.waiter(row) for row in shown[:WAITING_SHOWN]],
        more_waiting=max(len(shown) - WAITING_SHOWN, 0),
        could_open=len(waiting) - len(shown),
    )


def _groups(rows: Sequence[Proposal], teller: "_Teller", now: datetime) -> list[GroupDiff]:
    by_group: dict[Group, list[Comer]] = defaultdict(list)
    for row in rows:
        if row.group is not None:
            by_group[row.group].append(teller.comer(row))
    sitting = Counter(one.group for one in people.sitters(list(by_group), now=now))
    return [
        GroupDiff(group, sitting[group.pk] - sum(one.is_inside for one in comers), comers)
        for group, comers in sorted(by_group.items(), key=lambda one: one[0].name.casefold())
    ]


def _openings(run: Run, rows: Sequence[Proposal], teller: "_Teller") -> list[OpeningDiff]:
    by_opening: dict[Any, list[Comer]] = defaultdict(list)
    for row in rows:
        by_opening[row.opening_id].append(teller.comer(row))
    openings = run.openings.select_related("experience", "group")
    found = [
        OpeningDiff(one, by_opening[one.pk], _when(one), language_name(one.language))
        for one in openings.prefetch_related("experience__names")
    ]
    return sorted(found, key=lambda one: (-len(one.comers), str(one.opening.pk)))


def _when(opening: Opening) -> str:
    clock = time_format(time(*divmod(opening.minute, 60)), pgettext("time format", "P"))
    return _("%(day)s, %(time)s") % {"day": WEEKDAYS[opening.weekday], "time": clock}


def labels() -> Label:
    """Names of experiences by slug in the reader's language, in two queries."""
    names = {one.slug: one.label() for one in Experience.objects.with_names()}
    return lambda slug: names.get(slug) or slug.replace("-", " ")


class _Teller:
    """Puts proposals into words, with what they have in common read once."""

    def __init__(self, run: Run, rows: Sequence[Proposal], now: datetime) -> None:
        self._kept_out: Mapping[str, str] = run.result.get("kept_out", {})
        self._now = now
        self._labels = labels()
        decided = Decision.objects.filter(request__in=[row.request_id for row in rows])
        self._usual = self._said_of_nearly_all(rows)
        self._verdicts: Mapping[Any, str] = {
            (one.request_id, one.group_id): one.verdict for one in decided
        }
        keys = {one.get("group") for row in rows for one in row.why_not if one.get("group")}
        keys |= set(self._kept_out.values())
        self._names = {
            str(key): name
            for key, name in Group.objects.filter(pk__in=keys).values_list("pk", "name")
        }

    def comer(self, row: Proposal) -> Comer:
        offers = sorted(row.invitations.all(), key=lambda one: one.at)
        standing = [one for one in offers if one.answer or one.stands(now=self._now)]
        return Comer(
            proposal=row,
            why=self._why(row),
            verdict=self._verdicts.get((row.request_id, row.group_id), ""),
            invitation=standing[-1] if standing else None,
            weeks=self._weeks(row),
            refused="" if standing or not row.refused else wording.refused_words(row.refused),
        )

    def _why(self, row: Proposal) -> list[str]:
        """What tells this choice from others; where nothing does, the strongest reason."""
        said = self._reasons(row)
        return [one for one in said if one not in self._usual] or said[:1]

    def _reasons(self, row: Proposal) -> list[str]:
        told = (
            wording.desk_why_words(one["code"], one["params"], self._labels) for one in row.reasons
        )
        return [words for words in told if words]

    def _said_of_nearly_all(self, rows: Sequence[Proposal]) -> set[str]:
        coming = [self._reasons(row) for row in rows if row.group_id]
        counted = Counter(words for said in coming for words in set(said))
        least = NEARLY * len(coming)
        return {one for one, count in counted.items() if len(coming) >= FEW and count >= least}

    def is_kept_out(self, row: Proposal) -> bool:
        """True for somebody whose group the coordinator chose, and it could not be kept."""
        return str(row.request_id) in self._kept_out

    def waiter(self, row: Proposal) -> Waiter:
        # Whatever keeps a chosen group away is said in one sentence, and nothing beside it tells which.
        chosen = self._kept_out.get(str(row.request_id), "")
        said = [one for one in row.why_not if not chosen or one.get("group") != chosen]
        between = [
            f"{self._names[one['group']]}: "
            + wording.desk_why_not_words(one["code"], one["params"])
            for one in said
            if not one["code"].startswith(wording.WOULD) and one.get("group") in self._names
        ]
        lacks = (
            wording.desk_lacks_words(one["code"], one["params"])
            for one in said
            if one["code"].startswith(wording.LACKS)
        )
        would = (
            wording.desk_would_words(
                one["code"], one["params"], self._names.get(one["group"], ""), self._labels
            )
            for one in said
            if one["code"].startswith(wording.WOULD)
        )
        return Waiter(
            proposal=row,
            between=between,
            lacks=[one for one in lacks if one],
            would=[one for one in would if one],
            weeks=self._weeks(row),
            kept_out=self._names.get(chosen, ""),
        )

    def _weeks(self, row: Proposal) -> int:
        return people.weeks_waited(row.request, now=self._now)
