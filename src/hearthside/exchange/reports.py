"""A reading of a list as a report: plain values for programs, lines for people."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hearthside.exchange.models import RowChange
from hearthside.exchange.queries.lists import words_of
from hearthside.exchange.queries.proposals import Proposal, ProposedRow

FIRST: Final = 8
LONGEST: Final = 150


def as_plain(proposal: Proposal) -> dict[str, Any]:
    """The report as JSON: counts, and every note of every row (counted from 1)."""
    outcomes, changes = proposal.outcomes(), proposal.changes()
    return {
        "source": proposal.choices.source,
        "experiences": list(proposal.choices.experiences),
        "rows": len(proposal.listed),
        **{name: outcomes[name] for name in ("understood", "repaired", "refused")},
        "findable": proposal.findable,
        "changes": {change.value: changes[change] for change in RowChange},
        "file": list(proposal.notes),
        "problems": [problem for row in proposal.listed for problem in _problems(row)],
    }


def refused(code: str, words: str) -> dict[str, Any]:
    """The report on a list that could not be read at all."""
    counts = dict.fromkeys(("rows", "understood", "repaired", "refused"), 0)
    return {**counts, "problems": [], "error": {"code": code, "words": words}}


def lines(proposal: Proposal) -> Iterator[str]:
    """The report for a person at a terminal."""
    outcomes = proposal.outcomes()
    total = len(proposal.listed)
    yield ngettext(
        "%(count)d row in the list “%(source)s”.", "%(count)d rows in the list “%(source)s”.", total
    ) % {
        "count": total,
        "source": proposal.choices.source,
    }
    yield _(
        "%(understood)d understood as they are, %(repaired)d repaired, %(refused)d refused."
    ) % {name: outcomes[name] for name in ("understood", "repaired", "refused")}
    yield _("%(findable)d would be found with their next meeting.") % {
        "findable": proposal.findable
    }
    yield from (words_of(note) for note in proposal.notes)
    yield from _refusals(proposal)
    yield from _not_findable(proposal)
    yield from _by_code(proposal)
    yield from _changes(proposal)


def _problems(row: ProposedRow) -> Iterator[dict[str, Any]]:
    for note in row.notes:
        yield {
            "row": row.index + 1,
            "slug": row.slug,
            "name": row.name,
            "outcome": row.outcome,
            **note,
        }


def _refusals(proposal: Proposal) -> Iterator[str]:
    rows = [row for row in proposal.rows if row.change == RowChange.REFUSED]
    if rows:
        yield ""
        yield _("Refused, and what to do:")
        yield from (_line(row, words_of(row.notes[-1])) for row in rows)


def _not_findable(proposal: Proposal) -> Iterator[str]:
    rows = [row for row in proposal.rows if row.proposed.get("name") and not row.is_findable()]
    if rows:
        yield ""
        yield _("Imported, but with no date that the list would tell:")
        yield from _first(
            _line(
                row,
                " ".join(words_of(note) for note in row.notes if note["field"] in ("day", "time")),
            )
            for row in rows
        )


def _by_code(proposal: Proposal) -> Iterator[str]:
    notes = [
        (row, note)
        for row in proposal.listed
        if row.change != RowChange.REFUSED
        for note in row.notes
    ]
    if not notes:
        return
    yield ""
    yield _("Repaired or worth a look (--json lists every one):")
    for code, count in Counter(note["code"] for _row, note in notes).most_common():
        row, note = next(pair for pair in notes if pair[1]["code"] == code)
        example = _("such as row %(row)d: %(words)s") % {
            "row": row.index + 1,
            "words": words_of(note),
        }
        yield f"{count:6}  {_cut(example)}"


def _changes(proposal: Proposal) -> Iterator[str]:
    counts = proposal.changes()
    yield ""
    yield ", ".join(f"{change.label}: {counts[change]}" for change in RowChange if counts[change])
    rows = [row for row in proposal.rows if row.change in (RowChange.CHANGED, RowChange.GONE)]
    yield from _first(
        _line(row, f"{name}: {_value(now)} → {_value(then)}")
        for row in rows
        for name, (now, then) in row.difference.items()
    )


def _first(told: Iterable[str]) -> Iterator[str]:
    all_lines = list(told)
    yield from all_lines[:FIRST]
    if len(all_lines) > FIRST:
        yield "  " + _("… and %(count)d more.") % {"count": len(all_lines) - FIRST}


def _line(row: ProposedRow, words: str) -> str:
    where = _("row %(row)d") % {"row": row.index + 1} if row.outcome else "—"
    return f"  {where} “{row.name or row.slug}”: {words}"


def _value(value: object) -> str:
    return _cut(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))


def _cut(text: str) -> str:
    one_line = " ".join(text.split())
    return one_line if len(one_line) <= LONGEST else one_line[: LONGEST - 1] + "…"
