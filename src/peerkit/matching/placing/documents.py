"""A problem and a plan as JSON: read and written, with errors that name the place in words."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from peerkit.matching.placing.explaining import Explainer
from peerkit.matching.placing.fields import DocumentIsWrong, Row, as_rows
from peerkit.matching.placing.values import (
    Facilitator,
    Group,
    Member,
    Pair,
    Placement,
    Problem,
    Rules,
)

FORMAT: Final = "peerkit.placement/1"
_PARTS: Final = frozenset(
    (
        "format",
        "members",
        "groups",
        "facilitators",
        "apart",
        "together",
        "pinned",
        "forbidden",
        "rules",
    )
)


def read_problem(path: Path) -> Problem:
    """Read a problem from a JSON file. Raises DocumentIsWrong with the place in words."""
    try:
        text = path.read_text("utf-8-sig")
        document = json.loads(text, object_pairs_hook=_once)
    except UnicodeDecodeError as wrong:
        raise DocumentIsWrong(f"{path} is no text in UTF-8 (byte {wrong.start + 1}).") from wrong
    except RecursionError as wrong:
        raise DocumentIsWrong(f"{path} has too many brackets inside one another.") from wrong
    except DocumentIsWrong:
        raise
    except json.JSONDecodeError as wrong:
        raise DocumentIsWrong(
            f"Line {wrong.lineno}, column {wrong.colno} is no JSON: {wrong.msg}."
        ) from wrong
    except ValueError as wrong:
        raise DocumentIsWrong(f"{path} has a number with too many digits.") from wrong
    return problem_from(document)


def write_problem(problem: Problem, path: Path) -> None:
    """Write a problem so that `read_problem` gives the same one back."""
    text = json.dumps(problem_document(problem), ensure_ascii=False, indent=1)
    path.write_text(text + "\n", "utf-8")


def problem_from(document: object) -> Problem:
    """Return the problem that a parsed JSON document describes. Raises DocumentIsWrong."""
    whole = Row(document, "The document", _PARTS)
    if whole.text("format", FORMAT) != FORMAT:
        raise DocumentIsWrong(f'The format is not "{FORMAT}".')
    return whole.made(
        lambda: Problem(
            members=tuple(_member(row) for row in as_rows(whole, "members", _MEMBER, "Member")),
            groups=tuple(_group(row) for row in as_rows(whole, "groups", _GROUP, "Group")),
            facilitators=tuple(
                _facilitator(row)
                for row in as_rows(
                    whole, "facilitators", _FACILITATOR, "Facilitator", is_optional=True
                )
            ),
            apart=tuple(Pair(*pair) for pair in whole.pairs("apart")),
            together=tuple(Pair(*pair) for pair in whole.pairs("together")),
            pinned=whole.texts("pinned"),
            forbidden=frozenset(whole.pairs("forbidden")),
            rules=_rules(Row(whole.raw("rules", {}), "The rules", _RULES)),
        )
    )


def problem_document(problem: Problem) -> dict[str, Any]:
    """Return a problem as what JSON can hold, sorted, so that equal problems give equal documents."""
    rules = {name: getattr(problem.rules, name) for name in sorted(_RULES)}
    return {
        "format": FORMAT,
        "members": [_member_document(one) for one in _by_id(problem.members)],
        "groups": [_fields(one, _GROUP) for one in _by_id(problem.groups)],
        "facilitators": [_fields(one, _FACILITATOR) for one in _by_id(problem.facilitators)],
        "apart": sorted(list(pair) for pair in problem.apart),
        "together": sorted(list(pair) for pair in problem.together),
        "pinned": dict(sorted(problem.pinned.items())),
        "forbidden": sorted(list(pair) for pair in problem.forbidden),
        "rules": rules,
    }


def placement_document(problem: Problem, placement: Placement) -> dict[str, Any]:
    """Return a plan as what JSON can hold: the figures, and for everybody where and why."""
    return {
        "format": "peerkit.plan/1",
        "value": placement.value,
        "bound": placement.bound,
        "share": round(placement.share, 6),
        "is_optimal": placement.is_optimal,
        "was_stopped": placement.was_stopped,
        "seconds": round(placement.seconds, 3),
        "placed": placement.placed,
        "waiting": len(placement.where) - placement.placed,
        "members": [_why_document(one) for one in Explainer(problem, placement).everybody()],
    }


def _why_document(why: Any) -> dict[str, Any]:
    return {
        "id": why.member,
        "group": why.group,
        "code": why.code,
        "params": dict(why.params),
        "fit": why.fit,
        "rank": why.rank,
        "better": [
            {"group": one.group, "fit": one.fit, "code": one.code, "params": dict(one.params)}
            for one in why.better
        ],
        "would": [
            {"code": one.code, "group": one.group, "params": dict(one.params)} for one in why.would
        ],
    }


_MEMBER: Final = frozenset(("id", "experience", "fits", "is_new", "sits_in", "may_move", "weeks"))
_GROUP: Final = frozenset(("id", "seats_max", "seats_min", "is_running", "facilitator"))
_FACILITATOR: Final = frozenset(("id", "people_max"))
_RULES: Final = frozenset(Rules.__dataclass_fields__)


def _member(row: Row) -> Member:
    return row.made(
        lambda: Member(
            id=row.text("id"),
            experience=row.text("experience"),
            fits=row.numbers("fits"),
            is_new=row.flag("is_new", otherwise=False),
            sits_in=row.text("sits_in", ""),
            may_move=row.flag("may_move", otherwise=False),
            weeks=row.number("weeks", 0),
        )
    )


def _group(row: Row) -> Group:
    return row.made(
        lambda: Group(
            id=row.text("id"),
            seats_max=row.number("seats_max"),
            seats_min=row.number("seats_min", 1),
            is_running=row.flag("is_running", otherwise=True),
            facilitator=row.text("facilitator", ""),
        )
    )


def _facilitator(row: Row) -> Facilitator:
    return row.made(lambda: Facilitator(row.text("id"), row.number("people_max")))


def _rules(row: Row) -> Rules:
    standard = Rules()
    given = {name: row.number(name, getattr(standard, name)) for name in _RULES - {"opened_max"}}
    most = row.raw("opened_max", None)
    return row.made(
        lambda: Rules(**given, opened_max=None if most is None else row.number("opened_max"))
    )


def _member_document(one: Member) -> dict[str, Any]:
    return {**_fields(one, _MEMBER), "fits": dict(sorted(one.fits.items()))}


def _fields(value: object, names: frozenset[str]) -> dict[str, Any]:
    return {name: getattr(value, name) for name in sorted(names)}


def _by_id(values: Sequence[Any]) -> list[Any]:
    return sorted(values, key=lambda one: one.id)


def _once(pairs: Sequence[tuple[str, Any]]) -> Mapping[str, Any]:
    """Refuse a name that stands twice: the second would silently win."""
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise DocumentIsWrong(f'The name "{name}" stands twice in one place.')
        found[name] = value
    return found
