"""The engine's codes in words: why a group fits, what does not, and what to know before going."""

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC
from functools import lru_cache
from typing import Any, Final

from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from hearthside.finder.enums import LGBTQ_ONLY, Only, Way
from hearthside.groups.ages import ADULT_FROM
from hearthside.groups.enums import Access, Comfort
from hearthside.groups.queries.words import language_name
from hearthside.kit.zones import zone_called
from hearthside.meetings.queries.times import day_words
from peerkit.matching import Reason

Labels = Callable[[str], str]
Words = Callable[[Mapping[str, Any], Labels], str]

MINUTES_IN_HOUR: Final = 60
MILES_IN_KM: Final = 0.621371


def reason_words(reason: Reason, labels: Labels) -> str:
    """Why a group fits. `labels` names an experience by its slug. KeyError for a code without words."""
    return REASONS[reason.code](reason.params, labels)


def miss_words(miss: Reason, labels: Labels) -> str:
    """What does not fit, and so would have to change."""
    return MISSES[miss.code](miss.params, labels)


def note_words(note: Reason, labels: Labels) -> str:
    """What to know before going, fitting or not."""
    return NOTES[note.code](note.params, labels)


def distance_words(km: float) -> str:
    """A distance in kilometres and miles, as "2.4 km (1.5 miles)"."""
    return _("%(km)s km (%(miles)s miles)") % {
        "km": _number(km),
        "miles": _number(km * MILES_IN_KM),
    }


def way_words(ways: Iterable[str]) -> str:
    return _way_words(tuple(ways), get_language())


@lru_cache(maxsize=256)
def _way_words(ways: tuple[str, ...], _language: str | None) -> str:
    return _listed(str(Way(way).label).lower() for way in ways if way in Way.values)


def language_words(codes: Iterable[str]) -> str:
    return _listed(language_name(code) for code in codes)


def access_words(needs: Iterable[str]) -> str:
    return _listed(access_word(need) for need in needs)


def access_word(need: str) -> str:
    if need == LGBTQ_ONLY:
        return str(Only.LGBTQ.label)
    return str(Access(need).label) if need in Access.values else need.replace("_", " ")


def limit_words(rule: str) -> str:
    """Who a group is for, when a rule about gender limits it."""
    rules = {
        "women": _("It is for women only."),
        "men": _("It is for men only."),
        "lgbtq": _("It is for LGBTQ+ people."),
    }
    return rules.get(rule) or _("It is not for everyone: please read its page first.")


def age_words(params: Mapping[str, Any]) -> str:
    if "until" not in params:
        return _("It is for people aged %(from)d or older.") % params
    if "from" not in params:
        return _("It is for people up to the age of %(until)d.") % params
    return _("It is for people aged %(from)d to %(until)d.") % params


def is_worth_a_note(note: Reason) -> bool:
    """Nearly every group is for adults; a card that says so each time is read no more."""
    return note.code != "age_rule" or dict(note.params) != {"from": ADULT_FROM}


def _experience_same(params: Mapping[str, Any], labels: Labels) -> str:
    return _("It is about what you named: %s.") % labels(params["wanted"])


def _experience_narrower(params: Mapping[str, Any], labels: Labels) -> str:
    return _("It is about “%(offered)s”, a part of “%(wanted)s”.") % _both(params, labels)


def _experience_broader(params: Mapping[str, Any], labels: Labels) -> str:
    return _("It is about “%(offered)s”, which includes “%(wanted)s”.") % _both(params, labels)


def _experience_related(params: Mapping[str, Any], labels: Labels) -> str:
    return _("It is about “%(offered)s”, which is close to “%(wanted)s”.") % _both(params, labels)


def _both(params: Mapping[str, Any], labels: Labels) -> dict[str, str]:
    return {"offered": labels(params["offered"]), "wanted": labels(params["wanted"])}


def _time_off(params: Mapping[str, Any], _labels: Labels) -> str:
    minutes = int(params["minutes_off"])
    if minutes < MINUTES_IN_HOUR:
        return (
            ngettext(
                "It is %d minute outside the times you are free.",
                "It is %d minutes outside the times you are free.",
                minutes,
            )
            % minutes
        )
    return _("It is not at a time when you are free.")


def _only(params: Mapping[str, Any], _labels: Labels) -> str:
    rules = {
        "women": _("It is for women only, as you asked."),
        "men": _("It is for men only, as you asked."),
        "lgbtq": _("It is for LGBTQ+ people, as you asked."),
    }
    return rules.get(params["rule"]) or limit_words(params["rule"])


def _not_only(params: Mapping[str, Any], _labels: Labels) -> str:
    rules = {
        "women": _("It is not for women only."),
        "men": _("It is not for men only."),
        "lgbtq": _("It is not only for LGBTQ+ people."),
    }
    return rules.get(params["rule"]) or _("It is open to more people than you asked for.")


def _seats(params: Mapping[str, Any], _labels: Labels) -> str:
    free = int(params["free"])
    return ngettext("%d seat is free.", "%d seats are free.", free) % free


def _distance(params: Mapping[str, Any], _labels: Labels) -> str:
    words = {"far": distance_words(params["km"]), "within": _number(params["within"])}
    return _("It is %(far)s away; you asked for %(within)s km.") % words


def _time(params: Mapping[str, Any], _labels: Labels) -> str:
    fitting, coming = int(params.get("fitting", 1)), int(params.get("coming", 1))
    if fitting >= coming:
        return _("It meets when you are free.")
    return ngettext(
        "%(fitting)d of its next %(coming)d meetings is when you are free.",
        "%(fitting)d of its next %(coming)d meetings are when you are free.",
        fitting,
    ) % {"fitting": fitting, "coming": coming}


def _access(params: Mapping[str, Any], _labels: Labels) -> str:
    needs = [need for need in params["needs"] if need != LGBTQ_ONLY]
    if not needs:
        return limit_words(Only.LGBTQ)
    return _("It has what you asked for: %s.") % access_words(needs)


def _no_access(params: Mapping[str, Any], _labels: Labels) -> str:
    if params["need"] == LGBTQ_ONLY:
        return _("It is not only for LGBTQ+ people.")
    return _("It does not say that it has this: %s.") % access_word(params["need"])


def _comfort(params: Mapping[str, Any], _labels: Labels) -> str:
    met = [str(Comfort(one).label) for one in params["met"] if one in Comfort.values]
    return _("It is as you would like it: %s.") % _listed(met)


def _others(params: Mapping[str, Any], labels: Labels) -> str:
    """Never fewer than three, and never how many: only from how many up."""
    words = {"many": int(params["at_least"]), "what": labels(params["experience"])}
    return (
        _("You would not be the only one: %(many)d or more people there live with “%(what)s”.")
        % words
    )


def _returns(params: Mapping[str, Any], _labels: Labels) -> str:
    return _("About %d of 10 people who came once came again.") % int(params["of_ten"])


def _time_changes(params: Mapping[str, Any], words: str) -> str:
    zone = zone_called(str(params["zone"])) or UTC
    return words % {"day": day_words(params["at"].astimezone(zone))}


def _listed(words: Iterable[str]) -> str:
    *first, last = list(words) or [""]
    if not first:
        return last
    # Translators: the last two of a list, as in "in person and online"
    return pgettext("list", "%(first)s and %(last)s") % {"first": ", ".join(first), "last": last}


def _number(value: float) -> str:
    """One digit after the point below ten, none above: nobody walks to the metre."""
    return f"{value:.1f}".removesuffix(".0") if value < 10 else f"{value:.0f}"  # noqa: PLR2004


REASONS: Final[Mapping[str, Words]] = {
    "experience_same": _experience_same,
    "experience_narrower": _experience_narrower,
    "experience_broader": _experience_broader,
    "experience_related": _experience_related,
    "time": _time,
    "soon": lambda _p, _l: _("It meets soon."),
    "language": lambda p, _l: _("It is held in %s.") % language_words([p["language"]]),
    "format": lambda p, _l: _("You can come %s.") % way_words(p["formats"]),
    "near": lambda p, _l: _("It is %s away.") % distance_words(p["km"]),
    "access": _access,
    "only": _only,
    "seats": _seats,
    "newcomers": lambda _p, _l: _(
        "Someone there looks out for people who come for the first time."
    ),
    "comfort": _comfort,
    "others": _others,
    "returns": _returns,
    "tried_right": lambda _p, _l: _("It felt right when you were there."),
}
MISSES: Final[Mapping[str, Words]] = {
    "experience": lambda _p, _l: _("It is about something else."),
    "not_wanted": lambda p, labels: (
        _("It is also about something you left out: %s.") % labels(p["term"])
    ),
    "time": _time_off,
    "no_meeting": lambda _p, _l: _("No meeting is planned at the moment."),
    "language": lambda p, _l: _("It is held in %s.") % language_words(p["offered"]),
    "format": lambda p, _l: _("You can only come %s.") % way_words(p["offered"]),
    "distance": _distance,
    "place_unknown": lambda _p, _l: _("We do not know how far away it is."),
    "access": _no_access,
    "age": lambda p, _l: age_words(p),
    "gender": lambda p, _l: limit_words(p["rule"]),
    "only": _not_only,
    "not_open": lambda _p, _l: _("It is not taking new people at the moment."),
    "full": lambda _p, _l: _("It is full. There is a waiting list."),
}
NOTES: Final[Mapping[str, Words]] = {
    "age_rule": lambda p, _l: age_words(p),
    "gender_rule": lambda p, _l: limit_words(p["rule"]),
    "time_from": lambda p, _l: _time_changes(
        p, _("It fits your times from %(day)s on, when clocks change.")
    ),
    "time_until": lambda p, _l: _time_changes(
        p, _("From %(day)s on, clocks change: then it is outside your times.")
    ),
    "tried_unsure": lambda _p, _l: _("You have been there, and were not sure yet."),
    "tried_not_for_me": lambda _p, _l: _("You have been there, and said that it was not for you."),
}
