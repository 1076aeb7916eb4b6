"""The engine's codes in words: why somebody has a place or waits, as they read it and as coordinators do."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hearthside.finder import wording as finder

Labels = Callable[[str], str]
Params = Mapping[str, Any]
Words = Callable[[Params, Labels], str]

# A place that cannot be offered any more, and no page says why.
GONE: Final = "gone"
# Before a code of what would give a place, where it stands among those of what is in the way.
WOULD: Final = "would_"
# Before a code of what all groups here lack that would fit otherwise.
LACKS: Final = "lacks_"
# What somebody felt at a visit is theirs alone: it may change what fits, but no page says so.
UNSAID: Final = frozenset({"tried_right", "tried_unsure", "tried_not_for_me"})
# Said elsewhere on the page: how full a group is, when it meets next.
_BESIDE: Final = frozenset({"seats", "soon", "others", "returns"})


def packed(code: str, params: Params) -> dict[str, Any]:
    """A reason as JSON can hold it."""
    plain = {
        key: value.isoformat() if isinstance(value, datetime) else value
        for key, value in params.items()
    }
    return {"code": code, "params": plain}


def why_words(code: str, params: Params, labels: Labels) -> str:
    """A reason for the person it is about: why a group fits, what stands between, or what would help.

    "" is left unsaid. `labels` names an experience by its slug. Numbers about other people are never told.
    """
    if code.startswith(WOULD):
        words = WOULD_FOR_THEM.get(code.removeprefix(WOULD))
        return words(params, labels) if words else ""
    if code.startswith(LACKS):
        lacks = LACKS_FOR_THEM.get(code.removeprefix(LACKS))
        return lacks(params, labels) if lacks else ""
    if code in FOR_THEM:
        return FOR_THEM[code](params, labels)
    if code in finder.REASONS and code not in UNSAID:
        return finder.REASONS[code](_opened(params), labels)
    return ""


def desk_why_words(code: str, params: Params, labels: Labels) -> str:
    """Why a group suits somebody, for their coordinator. "" is left unsaid.

    Only what is listed here is ever said: what else counted may be theirs alone.
    """
    if code in _BESIDE or code not in DESK_WHY:
        return ""
    return DESK_WHY[code](_opened(params), labels)


def desk_why_not_words(code: str, params: Params) -> str:
    """What stands between somebody and a group, for their coordinator."""
    words = DESK_WHY_NOT.get(code, DESK_WHY_NOT["unavailable"])
    return words(params, str)


def desk_lacks_words(code: str, params: Params) -> str:
    """What the groups lack that would fit somebody otherwise, for their coordinator. "" is left unsaid."""
    words = DESK_LACKS.get(code.removeprefix(LACKS))
    return words(params, str) if words else ""


def desk_would_words(code: str, params: Params, group: str, labels: Labels) -> str:
    """What would give somebody a place, for their coordinator; `group` is a group's name, or ""."""
    words = DESK_WOULD.get(code.removeprefix(WOULD))
    return "" if words is None else words({**params, "group": group}, labels)


def refused_words(code: str) -> str:
    """Why somebody was not invited, for their coordinator; whatever has no words of its own is gone."""
    return REFUSED.get(code, REFUSED[GONE])()


def _opened(params: Params) -> dict[str, Any]:
    at = params.get("at")
    opened = dict(params)
    if isinstance(at, str):
        opened["at"] = datetime.fromisoformat(at)
    return {key: tuple(one) if isinstance(one, list) else one for key, one in opened.items()}


def _counted(one: str, many: str, params: Params, key: str) -> str:
    number = int(params[key])
    return ngettext(one, many, number) % {**params, "count": number}


def _in_percent(params: Params, *keys: str) -> dict[str, Any]:
    return {**params, **{key: int(params[key]) // 10 for key in keys}}


FOR_THEM: Final[Mapping[str, Words]] = {
    "full": lambda _p, _l: _("All its places are taken."),
    "facilitator": lambda _p, _l: _(
        "Whoever leads it looks after as many people as they can for now."
    ),
    "only_one": lambda _p, _l: _(
        "You would be the only one there with your experience. We wait for somebody else."
    ),
    "not_opened": lambda _p, _l: _("It opens when a few more people come."),
    "openings": lambda _p, _l: _("No more groups open at the moment."),
    "newcomers": lambda _p, _l: _("Many people there are new. We add others a little later."),
    "floor": lambda _p, _l: _("It does not fit well enough to offer it to you."),
    "together": lambda _p, _l: _("Not everybody you would like to come with can come there."),
    "missed": lambda _p, _l: _("Its places went to people whom it fits better."),
    "nothing_fits": lambda _p, _l: _("No group here fits what you look for yet."),
    "unavailable": lambda _p, _l: _("It is not available."),
}
WOULD_FOR_THEM: Final[Mapping[str, Words]] = {
    "seats": lambda _p, _l: _("It would help if somebody gave up a place."),
    "facilitator": lambda _p, _l: _("It would help if somebody had time to lead more people."),
    "alike": lambda _p, _l: _(
        "It would help if somebody else with your experience looked for a group too."
    ),
    "people": lambda _p, _l: _("It would help if a few more people looked for the same."),
    "experienced": lambda _p, _l: _("Time helps: the group gets used to those who are new."),
    "openings": lambda _p, _l: _("A new group would help."),
    "floor": lambda _p, _l: _("A group that fits you better would help."),
    "group": lambda p, _l: (
        _("A new group held in %s would help.") % finder.language_words(p["languages"])
        if p.get("languages")
        else _("A new group would help, or more times and ways in which you can come.")
    ),
}
LACKS_FOR_THEM: Final[Mapping[str, Words]] = {
    "language": lambda p, _l: (
        _("The groups here that would fit are not held in %s.")
        % finder.language_words(p["languages"])
    ),
    "format": lambda p, _l: (
        _("The groups here that would fit do not meet %s.") % finder.way_words(p["ways"])
    ),
    "time": lambda _p, _l: _("The groups here that would fit meet when you are not free."),
    "distance": lambda _p, _l: _("The groups here that would fit are too far away for you."),
    "access": lambda p, _l: (
        _("The groups here that would fit do not have what you need: %s.")
        % finder.access_words(p["needs"])
    ),
    "only": lambda _p, _l: _("The groups here that would fit are open to more people."),
}
DESK_LACKS: Final[Mapping[str, Words]] = {
    "language": lambda p, _l: (
        _("What would fit is not held in %s.") % finder.language_words(p["languages"])
    ),
    "format": lambda p, _l: _("What would fit does not meet %s.") % finder.way_words(p["ways"]),
    "time": lambda _p, _l: _("What would fit meets at other times."),
    "distance": lambda _p, _l: _("What would fit is too far away for them."),
    "access": lambda p, _l: (
        _("What would fit does not have what they need: %s.") % finder.access_words(p["needs"])
    ),
    "only": lambda _p, _l: _("What would fit is open to more people than they asked for."),
}
DESK_WHY: Final[Mapping[str, Words]] = {
    "experience_same": lambda p, labels: (
        _("It is about what they named: %s.") % labels(p["wanted"])
    ),
    "experience_narrower": finder.REASONS["experience_narrower"],
    "experience_broader": finder.REASONS["experience_broader"],
    "experience_related": finder.REASONS["experience_related"],
    "time": lambda _p, _l: _("It meets when they are free."),
    "language": finder.REASONS["language"],
    "format": lambda p, _l: _("They can come %s.") % finder.way_words(p["formats"]),
    "near": finder.REASONS["near"],
    "access": lambda p, _l: _("It has what they asked for: %s.") % finder.access_words(p["needs"]),
    "only": lambda p, _l: finder.limit_words(p["rule"]),
    "newcomers": finder.REASONS["newcomers"],
}
DESK_WHY_NOT: Final[Mapping[str, Words]] = {
    "full": lambda p, _l: _counted(
        "its %(count)d place is taken", "all %(count)d places are taken", p, "seats"
    ),
    "facilitator": lambda _p, _l: _("whoever leads it looks after as many people as they can"),
    "only_one": lambda _p, _l: _("they would be the only one there with their experience"),
    "not_opened": lambda p, _l: _counted(
        "it opens when %(count)d more comes", "it opens when %(count)d more come", p, "needs"
    ),
    "openings": lambda _p, _l: _("no group may open in this run"),
    "newcomers": lambda _p, _l: _("too many people there would be new"),
    "floor": lambda p, _l: (
        _("it fits %(fit)s %%, and your floor is %(floor)s %%") % _in_percent(p, "fit", "floor")
    ),
    "together": lambda _p, _l: _("not everybody they come with can come there"),
    "missed": lambda _p, _l: _("possible, but the plan as a whole is better like this"),
    "pinned": lambda _p, _l: _("you chose their group"),
    "forbidden": lambda _p, _l: _("you said not this group, or they said no to it"),
    "unavailable": lambda _p, _l: _("not available"),
}
DESK_WOULD: Final[Mapping[str, Words]] = {
    "seats": lambda p, _l: _counted(
        "%(count)d more place in “%(group)s”.", "%(count)d more places in “%(group)s”.", p, "count"
    ),
    "facilitator": lambda p, _l: _counted(
        "Whoever leads “%(group)s” could look after %(count)d more.",
        "Whoever leads “%(group)s” could look after %(count)d more.",
        p,
        "count",
    ),
    "alike": lambda p, _l: _counted(
        "%(count)d more person with the same experience who can come to “%(group)s”.",
        "%(count)d more people with the same experience who can come to “%(group)s”.",
        p,
        "count",
    ),
    "people": lambda p, _l: _counted(
        "%(count)d more person for “%(group)s”.",
        "%(count)d more people for “%(group)s”.",
        p,
        "count",
    ),
    "experienced": lambda p, _l: (
        _("People in “%(group)s” who have come for longer than eight weeks.") % p
    ),
    "openings": lambda p, _l: _("Letting “%(group)s” open.") % p,
    "floor": lambda p, _l: _("A floor of %(floor)s %% instead.") % _in_percent(p, "floor"),
    "group": lambda p, labels: (
        _("A new group about “%(about)s”, held in %(languages)s.")
        % {
            "about": labels(str(p["experience"])),
            "languages": finder.language_words(p["languages"]),
        }
        if p.get("experience") and p.get("languages")
        else _("A new group about “%s”, at a time and in a way that suits them.")
        % labels(str(p["experience"]))
        if p.get("experience")
        else _("A new group, or a wish that says more.")
    ),
}
REFUSED: Final[Mapping[str, Callable[[], str]]] = {
    GONE: lambda: _("This place cannot be offered any more. The next run looks again."),
    "offered": lambda: _("They have been offered a place and have not answered yet."),
    "belongs": lambda: _("They belong to this group already."),
    "said_no": lambda: _("They said no to this group, so it is not offered to them again."),
    "waits_no_more": lambda: _("They do not wait any more."),
    "forbidden": lambda: _("You said not this group for them after the run."),
}
