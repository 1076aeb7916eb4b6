"""What a placement amounts to, in codes and keys: its sums, who goes where and why, who waits and why."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from hearthside.groups.models import Site
from hearthside.placing.clashes import SAID
from hearthside.placing.queries import engine
from hearthside.placing.queries.trials import Outcome
from hearthside.placing.wording import LACKS, UNSAID, WOULD, packed

# Clashes whose first id is a group's; ids of people stay out of what is kept.
ABOUT_A_GROUP: Final = frozenset(
    {"pinned_beyond_seats", "seated_beyond_seats", "no_seats", "never_enough", "wanted_by_many"}
)
MOST: Final = 5


def as_plain(outcome: Outcome, site: Site) -> dict[str, Any]:
    """The outcome as JSON can hold it; `gap` is what may be missing to the best possible, 0..1."""
    every = sums(outcome)
    return {
        "site": site.slug,
        **{key: one for key, one in every.items() if key not in ("kept_out", "share")},
        "gap": max(1 - outcome.placement.share, 0.0),
        "placements": [_placement(outcome, name) for name in sorted(outcome.placed)],
        "waits": [
            _wait(outcome, name)
            for name in sorted(outcome.case.requests)
            if name not in outcome.placed
        ],
        "openings": [
            {
                "experience": one.experience,
                "language": one.language,
                "way": one.way,
                "weekday": one.weekday,
                "minute": one.minute,
                "zone": one.zone,
                "requests": list(one.members),
            }
            for one in outcome.openings
        ],
    }


def _placement(outcome: Outcome, name: str) -> dict[str, Any]:
    group = outcome.placed[name]
    return {
        "request": name,
        "group": outcome.case.groups[group].slug,
        "fit": fit_of(outcome, name),
        "reasons": reasons_of(outcome, name),
    }


def _wait(outcome: Outcome, name: str) -> dict[str, Any]:
    why = outcome.whys[name]
    slugs = {key: group.slug for key, group in outcome.case.groups.items()}
    return {
        "request": name,
        "why": packed(why.code, why.params),
        "lacks": list(outcome.case.lacks.get(name, ())),
        "would": [
            {**packed(one.code, one.params), "group": slugs.get(one.group, "")} for one in why.would
        ],
    }


def sums(outcome: Outcome) -> dict[str, Any]:
    """The numbers of a run, for its page and for programs."""
    plan = outcome.placement
    return {
        "value": plan.value,
        "bound": plan.bound,
        "share": plan.share,
        "is_optimal": plan.is_optimal,
        "was_stopped": plan.was_stopped,
        "seconds": round(plan.seconds, 2),
        "waiting": len(outcome.case.requests),
        "invited": outcome.case.invited,
        "placed": len(outcome.placed),
        "worst": outcome.worst,
        "kept_out": dict(outcome.case.kept_out),
        "clashes": clashes(outcome.clashes),
        "prices": [
            {"floor": one.floor, "placed": one.placed, "worst": one.worst} for one in outcome.prices
        ],
    }


def clashes(found: Iterable[engine.Clash]) -> list[dict[str, Any]]:
    """Clashes that a coordinator may read, as JSON can hold them; of ids only those of groups."""
    return [
        {
            "code": one.code,
            "people": one.people,
            "ids": list(one.ids[:1]) if one.code in ABOUT_A_GROUP else [],
            "params": dict(one.params),
        }
        for one in found
        if one.code in SAID
    ]


def fit_of(outcome: Outcome, name: str) -> int:
    match = outcome.case.matches.get((name, outcome.placed.get(name, "")))
    return round(match.score * engine.FIT_MAX) if match else 0


def reasons_of(outcome: Outcome, name: str) -> list[dict[str, Any]]:
    """Why the group fits, strongest first."""
    match = outcome.case.matches.get((name, outcome.placed.get(name, "")))
    told = sorted(match.reasons, key=lambda one: -one.points) if match else []
    return [packed(one.code, one.params) for one in told if one.code not in UNSAID]


def why_not_of(outcome: Outcome, name: str) -> list[dict[str, Any]]:
    """What stands between somebody and each group, best fit first, what all groups lack, and what would help.

    Threat: "not available" beside a group with free seats says that somebody there is the reason. It is
    left out, as are groups taken away before the run.
    """
    why, lacks = outcome.whys[name], _lacks(outcome, name)
    between = [
        {**packed(one.code, one.params), "group": one.group}
        for one in why.better
        if one.code != "unavailable"
    ]
    would = [
        {**packed(f"{WOULD}{one.code}", {**one.params, **_named(one, lacks)}), "group": one.group}
        for one in why.would
    ]
    said = [{**packed(f"{LACKS}{code}", params), "group": ""} for code, params in lacks.items()]
    return [*between[:MOST], *said, *would]


def _lacks(outcome: Outcome, name: str) -> dict[str, dict[str, Any]]:
    """What keeps every group away from somebody, by code, with what they asked for."""
    seeker = outcome.case.seekers[name]
    asked = {
        "language": {"languages": list(seeker.languages)},
        "format": {"ways": sorted(seeker.formats)},
        "access": {"needs": sorted(seeker.access)},
    }
    return {code: asked.get(code, {}) for code in outcome.case.lacks.get(name, ())}


def _named(one: engine.Would, lacks: Mapping[str, Mapping[str, Any]]) -> Mapping[str, Any]:
    """A new group would have to be held in a language that somebody speaks."""
    return lacks.get("language", {}) if one.code == "group" else {}
